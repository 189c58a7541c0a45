//! In the queue or being made: the number, the wait, where to collect.

use domain::text;
use domain::view::OrderView;
use domain::wait::{Shown, remaining};
use domain::{Status, Timestamp};
use leptos::prelude::*;
use ui::StatusBadge;

use super::cancelling::cancel;
use super::parts::{for_whom, order_number};
use crate::guest::Guest;
use crate::words;

/// The waiting page.
pub(crate) fn waiting(guest: Guest) -> AnyView {
    view! {
        <main class="screen waiting">
            {move || guest.order.get().map(|order| state(guest, &order)).into_any()}
            <div class="foot">{cancel(guest)}</div>
        </main>
    }
    .into_any()
}

fn state(guest: Guest, order: &OrderView) -> AnyView {
    let language = guest.language;
    let wait = order.wait_seconds.map(|seconds| wait(guest, seconds, order.now));
    view! {
        <div class="body">
            <p class="state">
                <StatusBadge status=order.status testid="order-status" />
            </p>
            {order_number(guest, order)}
            {for_whom(order)}
            <p class="card wait-now">
                {wait}
                <span class="muted where">
                    {words::collect_at(language)} " · "
                    <span class="where-place">
                        {move || guest.face.with(|face| face.place.clone())}
                    </span>
                </span>
            </p>
            {journey(guest, order.status)}
            <p class="muted small">{words::number_stays(language)}</p>
        </div>
    }
    .into_any()
}

fn wait(guest: Guest, seconds: u32, told: Timestamp) -> AnyView {
    let left = move || remaining(seconds, told, guest.clock.now());
    view! {
        <span class="wait" data-testid="wait" data-seconds=move || left().to_string()>
            {move || words::about(guest.language, Shown::of(left()))}
        </span>
    }
    .into_any()
}

/// The three steps of a drink, and which of them it is at: the badge says the same in a word.
fn journey(guest: Guest, status: Status) -> AnyView {
    let steps = [Status::Placed, Status::Making, Status::Ready].map(|step| {
        let state = match step.cmp(&status) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "ahead",
        };
        view! { <span class="step" data-state=state>{text::status(guest.language, step)}</span> }
            .into_any()
    });
    view! { <div class="journey" aria-hidden="true">{steps.collect_view()}</div> }.into_any()
}
