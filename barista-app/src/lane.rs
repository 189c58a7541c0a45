//! One lane of the queue.

use domain::view::{OrderView, QueueView};
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
    let queue = desk.queue.view();
    let orders = move || queue.with(|queue| in_lane(queue.as_ref(), status));
    let known_count = move || queue.with(|queue| queue.as_ref().map(|queue| count(queue, status)));
    let shown_count = move || known_count().unwrap_or(0).to_string();
    let nothing = move || {
        let known = known_count();
        let loading =
            known.is_none().then(|| view! { <p class="quiet-line">{words::loading(language)}</p> });
        let empty = (known == Some(0)).then(|| view! { <Empty status=status /> });
        (loading, empty)
    };
    let name = status.as_str();
    let heading = ["lane-title-", name].concat();
    let labelled_by = heading.clone();
    view! {
        <section
            class="lane"
            data-lane=name
            data-testid=["lane-", name].concat()
            data-count=shown_count
            aria-labelledby=labelled_by
        >
            <h2 id=heading class="lane-title">
                {text::lane(language, status)}
                <span class="lane-count number">{shown_count}</span>
            </h2>
            <div class="lane-tickets">
                <For each=orders key=|order| (order.order.clone(), order.version) let:order>
                    <Ticket order=order />
                </For>
                {nothing}
            </div>
        </section>
    }
}

fn count(queue: &QueueView, status: Status) -> usize {
    let orders = queue.orders.iter();
    orders.filter(|order| order.status == status).count()
}

/// The orders of a lane, oldest first.
fn in_lane(queue: Option<&QueueView>, status: Status) -> Vec<OrderView> {
    let mut lane: Vec<OrderView> = Vec::new();
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
        lane.insert(at, order.clone());
    }
    lane
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
