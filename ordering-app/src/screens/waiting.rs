//! In the queue or being made: the number, the wait, where to collect.

use std::cmp::Ordering;

use domain::status::{Party, Transition, transition};
use domain::text;
use domain::view::OrderView;
use domain::wait::{Shown, remaining};
use domain::{Status, Step, Timestamp};
use leptos::prelude::*;
use ui::element::{Element, button, div, p, span};
use ui::status_badge;

use super::cancelling::cancel;
use super::parts::{every_step, for_whom, order_number, screen};
use crate::guest::Guest;
use crate::screen::Followed;
use crate::{signals, words};

/// The waiting page.
pub(crate) fn waiting(guest: Guest, followed: Followed) -> AnyView {
    let language = guest.language();
    let order = followed.order;
    let place = span("muted where")
        .text([words::collect_at(language), " · "].concat())
        .child(span("where-place").text(followed.place));
    let wait = order.wait_seconds.map(|seconds| wait(guest, seconds, order.now));
    let body = div("body")
        .child(p("state").child(status_badge(order.status, "order-status")))
        .child(order_number(guest, &order))
        .child(for_whom(&order, followed.named))
        .child(p("card wait-now").children(wait).child(place))
        .child(journey(guest, order.status))
        .child(every_step(guest, &order))
        .child(signals::about(guest, false));
    let foot = div("foot calm").children(change(guest, &order)).children(cancel(guest, &order));
    screen().child(body).child(foot).done()
}

/// While in the queue: another drink in the same place.
fn change(guest: Guest, order: &OrderView) -> Option<AnyView> {
    let may = matches!(transition(Party::Owner, Step::Change, order.status), Transition::To(_));
    may.then(|| {
        let order = order.clone();
        button("button", move || guest.change(&order))
            .testid("change-order")
            .text(words::change(guest.language()))
            .done()
    })
}

fn wait(guest: Guest, seconds: u32, told: Timestamp) -> Element {
    let left = move || remaining(seconds, told, guest.clock.now());
    span("wait")
        .testid("wait")
        .live_attr("data-seconds", move || Some(left().to_string()))
        .live_text(move || words::about(guest.language(), Shown::of(left())))
}

/// The three steps of a drink, and which of them it is at: the badge says the same in a word.
fn journey(guest: Guest, status: Status) -> Element {
    let steps = [Status::Placed, Status::Making, Status::Ready].map(|step| {
        let state = match step.cmp(&status) {
            Ordering::Less => "done",
            Ordering::Equal => "now",
            Ordering::Greater => "ahead",
        };
        span("step").attr("data-state", state).text(text::status(guest.language(), step))
    });
    div("journey").attr("aria-hidden", "true").children(steps)
}
