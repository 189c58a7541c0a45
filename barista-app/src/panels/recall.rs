//! The last 40 collected: any of them can be brought back.

use domain::Step;
use domain::view::OrderView;
use leptos::prelude::*;
use ui::element::{Element, button, div, element, p, span};
use ui::{address, clock, language};

use super::sheet;
use crate::desk::Desk;
use crate::ticket::{number, step_button};
use crate::words;

/// The list as it is when it opens: a row that moved under a finger would bring back the wrong
/// drink.
pub(super) fn recall(desk: Desk) -> AnyView {
    let language = language::current();
    let recent = desk.shown.with_untracked(|queue| {
        queue.as_ref().map(|queue| queue.recent.clone()).unwrap_or_default()
    });
    let nothing = recent.is_empty().then(|| p("").text(words::none_collected(language)));
    let rows = recent.iter().map(|order| row(desk, order));
    let body = div("wide")
        .children(nothing)
        .child(div("rows scrolled").children(rows))
        .child(button("button", move || desk.closes()).text(words::done_here(language)));
    sheet(desk, words::recall_title(language), body)
}

fn row(desk: Desk, order: &OrderView) -> Element {
    let number = number(order);
    let mut what = order.drink_name.clone().unwrap_or_default();
    if let Some(name) = &order.name {
        what = [name, " · ", &what].concat();
    }
    let at = order.ended_at.map(clock::time_of_day).unwrap_or_default();
    element("ARTICLE", "row")
        .testid(["ticket-", &number].concat())
        .attr("data-status", order.status.as_str())
        .attr("aria-label", ["#", &number].concat())
        .child(span("row-number number").text(number))
        .child(
            element("A", "row-what every-step")
                .attr("href", address::journey_for_staff(&order.order))
                .testid("every-step")
                .text(what)
                .child(span("row-at number").text(at)),
        )
        // It goes back to its lane, which is what one wants to see then.
        .child(step_button(desk, order, Step::Return, "button").on("click", move |_| desk.closes()))
}
