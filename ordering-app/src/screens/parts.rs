//! What several screens show.

use domain::text;
use domain::view::OrderView;
use leptos::prelude::*;

use crate::backward;
use crate::guest::Guest;
use crate::words;

/// Below this many seconds the time left is shown more plainly.
const SOON: u64 = 60;

/// How long the guest's place is kept while they choose: a calm countdown.
pub(crate) fn time_left(guest: Guest) -> AnyView {
    let left = move || {
        let until = guest.order.with(|order| order.as_ref().and_then(|order| order.until));
        until.map(|until| guest.seconds_to(until))
    };
    let is_soon = move || if left().is_some_and(|left| left < SOON) { "true" } else { "false" };
    view! {
        <p class="time-left" data-soon=is_soon>
            {words::place_kept(guest.language)} " "
            <span class="number">{move || left().map(text::clock).unwrap_or_default()}</span>
        </p>
    }
    .into_any()
}

/// The number called out, as large as the page allows.
pub(crate) fn order_number(guest: Guest, order: &OrderView) -> AnyView {
    let number = order.number.map(|number| number.to_string()).unwrap_or_default();
    let digits = number.len().to_string();
    view! {
        <h1 class="order-number" tabindex="-1" data-digits=digits>
            <span class="unseen">{words::your_number(guest.language)} " "</span>
            <span class="number" data-testid="order-number">{number}</span>
        </h1>
    }
    .into_any()
}

/// For whom, and what.
pub(crate) fn for_whom(order: &OrderView) -> AnyView {
    view! {
        <div class="for-whom">
            <p class="for-name">{order.name.clone().unwrap_or_default()}</p>
            <p class="for-drink">{order.drink_name.clone().unwrap_or_default()}</p>
            <p class="muted">{order.option_names.as_deref().unwrap_or_default().join(", ")}</p>
        </div>
    }
    .into_any()
}

/// The button to the question before.
pub(crate) fn back(guest: Guest) -> AnyView {
    view! {
        <button
            type="button"
            class="button"
            data-testid="back"
            on:click=move |_| backward::back(guest.draft)
        >
            {words::back(guest.language)}
        </button>
    }
    .into_any()
}

/// The button that sends what its form asks.
pub(crate) fn submit(
    guest: Guest,
    testid: &'static str,
    words: impl Fn() -> String + Send + 'static,
) -> AnyView {
    view! {
        <button
            class="button primary"
            data-testid=testid
            disabled=move || guest.outbox.is_busy()
            aria-busy=move || guest.outbox.is_busy().then_some("true")
        >
            {move || words()}
        </button>
    }
    .into_any()
}
