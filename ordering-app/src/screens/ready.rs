//! Ready: the whole page is green, to be held up at the bar.

use domain::api::OrderRequest;
use leptos::prelude::*;
use ui::element::{button, div, p, span};
use ui::status_badge;

use super::parts::{for_whom, order_number, screen, waits_for_answer};
use crate::guest::Guest;
use crate::screen::Followed;
use crate::{signals, words};

/// The green page.
pub(crate) fn ready(guest: Guest, followed: Followed) -> AnyView {
    let language = guest.language();
    let order = followed.order;
    let where_to = p("ready-place")
        .child(span("show").text(words::show_this(language)))
        .child(span("where-place").text(followed.place));
    let body = div("body")
        .child(p("state").child(status_badge(order.status, "order-status")))
        .child(order_number(guest, &order))
        .child(for_whom(&order, followed.named))
        .child(where_to)
        .child(signals::about(guest, true));
    let collect = button("button primary", move || {
        guest.command(&order.order, OrderRequest::Collect {});
    });
    let got_it = waits_for_answer(guest, collect).testid("got-it").text(words::got_it(language));
    screen().child(body).child(div("foot").child(got_it)).done()
}
