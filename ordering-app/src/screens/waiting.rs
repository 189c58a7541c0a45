//! In the queue or being made: the number, the wait, where to collect.

use domain::Status;
use domain::text;
use domain::wait::{Shown, remaining};
use leptos::prelude::*;
use ui::StatusBadge;

use super::cancelling::CancelOrder;
use crate::guest::Guest;
use crate::words;

/// The waiting page.
#[component]
pub(crate) fn Waiting() -> impl IntoView {
    let guest = Guest::here();
    let language = guest.language;
    let status = Memo::new(move |_| guest.order(|order| order.status).unwrap_or(Status::Placed));
    let place = Memo::new(move |_| guest.bar(|bar| bar.place.clone()));
    view! {
        <main class="screen waiting">
            <div class="body">
                <p class="state">
                    <StatusBadge status testid="order-status" />
                </p>
                <OrderNumber />
                <Drink />
                <p class="card wait-now">
                    <Wait />
                    <span class="muted where">
                        {words::collect_at(language)} " · " <b>{move || place.get()}</b>
                    </span>
                </p>
                <Journey status />
                <p class="muted small">{words::number_stays(language)}</p>
            </div>
            <div class="foot">
                <CancelOrder />
            </div>
        </main>
    }
}

/// The number called out, as large as the page allows.
#[component]
pub(crate) fn OrderNumber() -> impl IntoView {
    let guest = Guest::here();
    let number = Memo::new(move |_| {
        let number = guest.order(|order| order.number).flatten();
        number.map(|number| number.to_string()).unwrap_or_default()
    });
    view! {
        <h1 class="order-number" tabindex="-1" data-digits=move || number.with(String::len)>
            <span class="unseen">{words::your_number(guest.language)} " "</span>
            <span class="number" data-testid="order-number">{move || number.get()}</span>
        </h1>
    }
}

/// For whom, and what.
#[component]
pub(crate) fn Drink() -> impl IntoView {
    let guest = Guest::here();
    let name = Memo::new(move |_| guest.order(|order| order.name.clone()).flatten());
    let drink = Memo::new(move |_| guest.order(|order| order.drink_name.clone()).flatten());
    let options = Memo::new(move |_| {
        let names = guest.order(|order| order.option_names.clone()).flatten();
        names.unwrap_or_default().join(", ")
    });
    view! {
        <div class="for-whom">
            {move || name.get().map(|name| view! { <p class="for-name">{name}</p> })}
            <p class="for-drink">{move || drink.get()}</p>
            <p class="muted">{move || options.get()}</p>
        </div>
    }
}

#[component]
fn Wait() -> impl IntoView {
    let guest = Guest::here();
    let told = Memo::new(move |_| {
        let told = guest.order(|order| order.wait_seconds.map(|wait| (wait, order.now)));
        told.flatten()
    });
    let left = Memo::new(move |_| {
        let (wait, at) = told.get()?;
        Some(remaining(wait, at, guest.clock.now()))
    });
    view! {
        {move || {
            left.get().map(|left| {
                view! {
                    <strong data-testid="wait" data-seconds=left.to_string()>
                        {words::about(guest.language, Shown::of(left))}
                    </strong>
                }
            })
        }}
    }
}

/// The three steps of a drink, and which of them it is at.
#[component]
fn Journey(status: Memo<Status>) -> impl IntoView {
    let language = Guest::here().language;
    let steps = [Status::Placed, Status::Making, Status::Ready].map(|step| {
        view! {
            <li
                class:done=move || step < status.get()
                aria-current=move || (step == status.get()).then_some("step")
            >
                {text::status(language, step)}
            </li>
        }
    });
    view! { <ol class="journey">{steps.collect_view()}</ol> }
}
