//! How it ended, until the guest has seen it.

use domain::text;
use domain::view::OrderView;
use leptos::prelude::*;
use ui::element::{Element, button, div, p};
use ui::{drink_icon, status_badge};

use super::cancelling::BY_GUEST;
use super::parts::{every_step, heading, screen};
use crate::guest::Guest;
use crate::screen::Followed;
use crate::words;

/// Collected: thanks, and how long it took.
pub(crate) fn collected(guest: Guest, followed: Followed) -> AnyView {
    let language = guest.language();
    let order = followed.order;
    let took = order.ready_at.or(order.ended_at).zip(order.placed_at).map(|(ready, placed)| {
        let took = text::duration(ready.millis_since(placed) / 1000);
        [words::took(language), " ", &took].concat()
    });
    let said = ending(&order)
        .child(drink_icon(&followed.icon))
        .child(heading(words::enjoy(language)))
        .child(p("for-drink").text(&followed.named.drink))
        .child(p("muted").text(took.unwrap_or_default()));
    end(guest, order, said)
}

/// Cancelled: by whom and why.
pub(crate) fn cancelled(guest: Guest, followed: Followed) -> AnyView {
    let language = guest.language();
    let reason = followed.order.reason.as_deref();
    let who = if reason == Some(BY_GUEST) {
        words::cancelled_by_you(language)
    } else {
        words::cancelled(language)
    };
    let why = reason
        .filter(|reason| *reason != BY_GUEST)
        .map(|reason| p("refusal-remark").text(text::reason(language, reason)));
    let said = ending(&followed.order)
        .child(heading(who))
        .children(why)
        .child(p("muted").text(words::cancelled_next(language)));
    end(guest, followed.order, said)
}

/// Out of time: what happened, and what to do.
pub(crate) fn expired(guest: Guest, followed: Followed) -> AnyView {
    let language = guest.language();
    let said = ending(&followed.order)
        .child(heading(words::time_ran_out(language)))
        .child(p("refusal-sentence").text(text::expired(language, followed.order.stage)));
    end(guest, followed.order, said)
}

fn ending(order: &OrderView) -> Element {
    div("ending").child(status_badge(order.status, "order-status"))
}

/// An end, and the ways on from it.
fn end(guest: Guest, order: OrderView, said: Element) -> AnyView {
    let language = guest.language();
    let again = if order.drink.is_some() {
        words::order_again(language)
    } else {
        words::order_another(language)
    };
    let steps = every_step(guest, &order);
    let again = button("button primary", move || guest.order_again(order.clone()))
        .testid("order-again")
        .text(again);
    let done = button("button quiet", move || guest.dismiss()).testid("back");
    let said = said.child(steps);
    let foot = div("foot").child(again).child(done.text(words::done(language)));
    screen().child(div("body").child(said)).child(foot).done()
}
