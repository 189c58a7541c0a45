//! One lane of the queue.

use domain::view::OrderView;
use domain::{Status, text};
use leptos::prelude::*;
use ui::{DrinkIcon, language};

use crate::counter::Desk;
use crate::ticket::Ticket;
use crate::words;

/// The orders in one status, oldest first; a friendly word when there are none.
#[component]
pub(crate) fn Lane(
    /// Placed, making or ready.
    status: Status,
) -> impl IntoView {
    let language = language::current();
    let desk: Desk = expect_context();
    let orders = Memo::new(move |_| {
        desk.queue.view().with(|queue| {
            let orders = queue.iter().flat_map(|queue| &queue.orders);
            let mut orders: Vec<OrderView> =
                orders.filter(|order| order.status == status).cloned().collect();
            orders.sort_by_key(waits_since);
            orders
        })
    });
    let count = move || orders.with(Vec::len);
    let known = move || desk.queue.view().with(Option::is_some);
    let name = status.as_str();
    let heading = ["lane-title-", name].concat();
    let labelled_by = heading.clone();
    view! {
        <section
            class="lane"
            data-lane=name
            data-testid=["lane-", name].concat()
            data-count=count
            aria-labelledby=labelled_by
        >
            <h2 id=heading class="lane-title">
                {text::lane(language, status)}
                <span class="lane-count number">{count}</span>
            </h2>
            <div class="lane-tickets">
                <For each=move || orders.get() key=|order| (order.order.clone(), order.version) let:order>
                    <Ticket order=order />
                </For>
                <Show when=move || known() && count() == 0>
                    <Empty status=status />
                </Show>
                <Show when=move || !known()>
                    <p class="quiet-line">{words::loading(language)}</p>
                </Show>
            </div>
        </section>
    }
}

/// Oldest first: the queue by place, ready drinks by how long they have stood there.
fn waits_since(order: &OrderView) -> (Option<domain::Timestamp>, Option<u32>) {
    match order.status {
        Status::Ready => (order.ready_at, order.number),
        Status::Choosing
        | Status::Placed
        | Status::Making
        | Status::Collected
        | Status::Cancelled
        | Status::Expired => (order.placed_at, order.number),
    }
}

#[component]
fn Empty(status: Status) -> impl IntoView {
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
    view! {
        <div class="empty">
            <DrinkIcon icon=icon.to_owned() />
            <p class="empty-title">{title}</p>
            <p>{hint}</p>
        </div>
    }
}
