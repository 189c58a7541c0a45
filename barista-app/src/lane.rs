//! One lane of the queue.

use domain::view::{OrderView, QueueView};
use domain::{Status, text};
use leptos::prelude::*;
use ui::element::{button, div, element, live, p, span};
use ui::{drink_icon, language};

use crate::desk::Desk;
use crate::order_words::{drawn, slots_of};
use crate::paging::{self, Page};
use crate::ticket::ticket;
use crate::words;

/// The orders in one status, oldest first, a page at a time, that which is `wanted` first; a
/// friendly word when there are none.
pub(crate) fn lane(desk: Desk, status: Status, wanted: RwSignal<usize>) -> AnyView {
    let language = language::current();
    let count = move || count_of(desk, status).to_string();
    let page =
        move || desk.shown.with(|queue| page_of(&in_lane(queue.as_ref(), status), desk, wanted));
    let each = move || {
        desk.shown.with(|queue| {
            let lane = in_lane(queue.as_ref(), status);
            let Page { tickets, .. } = page_of(&lane, desk, wanted);
            lane[tickets].iter().copied().cloned().collect::<Vec<_>>()
        })
    };
    let key = move |order: &OrderView| drawn(language, order);
    let tickets = view! { <For each key let:order>{ticket(desk, order)}</For> };
    let nothing = move || {
        let is_known = desk.shown.with(Option::is_some);
        match (is_known, count_of(desk, status)) {
            (false, _) => p("quiet-line").text(words::loading(language)).done(),
            (true, 0) => empty(status),
            (true, _) => ().into_any(),
        }
    };
    let heading = ["lane-title-", status.as_str()].concat();
    let title = element("H2", "lane-title")
        .attr("id", &heading)
        .text(text::lane(language, status))
        .child(span("lane-count number").live_text(count));
    let head = div("lane-head").child(title).child(pager(status, wanted, page));
    let body = div("lane-tickets")
        .live_attr("data-slots", move || Some(desk.slots.get().to_string()))
        .child(tickets.into_any())
        .live(nothing);
    element("SECTION", "lane")
        .testid(["lane-", status.as_str()].concat())
        .live_attr("data-count", move || Some(count()))
        .attr("aria-labelledby", heading)
        .child(head)
        .child(body)
        .done()
}

/// The page that is shown, and the ways to its neighbours, where there is more than one.
fn pager(
    status: Status,
    wanted: RwSignal<usize>,
    page: impl Fn() -> Page + Copy + Send + 'static,
) -> AnyView {
    live(move || {
        let Page { index, of, .. } = page();
        if of == 1 {
            return ().into_any();
        }
        let language = language::current();
        let turn = |sign: &'static str, words: &'static str, to: Option<usize>| {
            let turn = move || {
                if let Some(to) = to {
                    wanted.set(to);
                }
            };
            let button = button("button page-turn", turn).attr("aria-label", words).text(sign);
            if to.is_some() { button } else { button.attr("disabled", "") }
        };
        let back = turn("‹", words::page_back(language), index.checked_sub(1));
        let on = turn("›", words::page_on(language), Some(index + 1).filter(|next| *next < of));
        let shown = [&(index + 1).to_string(), "/", &of.to_string()].concat();
        let shown = span("number").testid(["page-", status.as_str()].concat()).text(shown);
        div("pager")
            .child(back.testid(["page-back-", status.as_str()].concat()))
            .child(shown)
            .child(on.testid(["page-on-", status.as_str()].concat()))
            .done()
    })
}

fn page_of(lane: &[&OrderView], desk: Desk, wanted: RwSignal<usize>) -> Page {
    let heights: Vec<usize> = lane.iter().map(|order| slots_of(order)).collect();
    paging::page(&heights, desk.slots.get(), wanted.get())
}

fn count_of(desk: Desk, status: Status) -> usize {
    desk.shown.with(|queue| in_lane(queue.as_ref(), status).len())
}

/// The orders of a lane, oldest first.
fn in_lane(queue: Option<&QueueView>, status: Status) -> Vec<&OrderView> {
    let mut lane: Vec<&OrderView> = Vec::new();
    let orders = queue.into_iter().flat_map(|queue| &queue.orders);
    for order in orders.filter(|order| order.status == status) {
        // The queue is in its order already; ready drinks go by how long they have stood there.
        let at = match status {
            Status::Ready => lane.partition_point(|other| other.ready_at <= order.ready_at),
            Status::Choosing
            | Status::Placed
            | Status::Making
            | Status::Collected
            | Status::Cancelled
            | Status::Expired => lane.len(),
        };
        lane.insert(at, order);
    }
    lane
}

fn empty(status: Status) -> AnyView {
    let (title, hint) = words::empty(language::current(), status);
    let icon = match status {
        Status::Making => "double-espresso",
        Status::Ready => "latte",
        Status::Choosing
        | Status::Placed
        | Status::Collected
        | Status::Cancelled
        | Status::Expired => "cappuccino",
    };
    div("empty")
        .child(drink_icon(icon))
        .child(p("empty-title").text(title))
        .child(p("").text(hint))
        .done()
}
