//! How it ended, until the guest has seen it.

use domain::text;
use domain::view::OrderView;
use leptos::prelude::*;
use ui::element::{Element, button, div, p};
use ui::{drink_icon, status_badge};

use super::cancelling::BY_GUEST;
use super::parts::{heading, screen};
use crate::guest::Guest;
use crate::screen::Followed;
use crate::words;

/// Collected: thanks, and how long it took.
pub(crate) fn collected(guest: Guest, followed: Followed) -> AnyView {
    let language = guest.language;
    let order = followed.order;
    let took = order.ready_at.or(order.ended_at).zip(order.placed_at).map(|(ready, placed)| {
        let took = words::duration(language, ready.millis_since(placed) / 1000);
        [words::took(language), " ", &took].concat()
    });
    let said = ending(&order)
        .child(drink_icon(&followed.icon))
        .child(heading(words::enjoy(language)))
        .child(p("for-drink").text(order.drink_name.unwrap_or_default()))
        .child(p("muted").text(took.unwrap_or_default()));
    end(guest, words::order_another(language), said)
}

/// Cancelled: by whom and why.
pub(crate) fn cancelled(guest: Guest, followed: Followed) -> AnyView {
    let language = guest.language;
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
    end(guest, words::order_another(language), said)
}

/// Out of time: what happened, and what to do.
pub(crate) fn expired(guest: Guest, followed: Followed) -> AnyView {
    let language = guest.language;
    let said = ending(&followed.order)
        .child(heading(words::time_ran_out(language)))
        .child(p("refusal-sentence").text(text::expired(language, followed.order.stage)));
    end(guest, words::done(language), said)
}

fn ending(order: &OrderView) -> Element {
    div("ending").child(status_badge(order.status, "order-status"))
}

/// An end, and the way on from it.
fn end(guest: Guest, leave: &'static str, said: Element) -> AnyView {
    let leave = button("button primary", move || guest.dismiss()).text(leave);
    screen().child(div("body").child(said)).child(div("foot").child(leave)).done()
}
