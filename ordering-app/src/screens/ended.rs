//! How it ended, until the guest has seen it.

use domain::Status;
use domain::text;
use leptos::prelude::*;
use ui::{DrinkIcon, StatusBadge};

use super::cancelling::BY_GUEST;
use crate::guest::Guest;
use crate::words;

/// Collected: thanks, and how long it took.
#[component]
pub(crate) fn Collected() -> impl IntoView {
    let guest = Guest::here();
    let language = guest.language;
    let drink = Memo::new(move |_| guest.order(|order| order.drink_name.clone()).flatten());
    let icon = Memo::new(move |_| {
        let slug = guest.order(|order| order.drink.clone()).flatten();
        guest.menu().with(|menu| {
            let drink = slug.and_then(|slug| menu.drink(&slug));
            drink.map(|drink| drink.icon.clone()).unwrap_or_default()
        })
    });
    let took = Memo::new(move |_| {
        guest
            .order(|order| {
                let ready = order.ready_at.or(order.ended_at)?;
                Some(ready.millis_since(order.placed_at?) / 1000)
            })
            .flatten()
    });
    view! {
        <main class="screen">
            <div class="body">
                <div class="ending">
                    {move || view! { <DrinkIcon icon=icon.get() /> }}
                    <h1 tabindex="-1">{words::enjoy(language)}</h1>
                    <p class="for-drink">{move || drink.get()}</p>
                    <StatusBadge status=Status::Collected testid="order-status" />
                    {move || {
                        took.get().map(|took| {
                            view! {
                                <p class="muted">
                                    {words::took(language)} " "
                                    <b class="number">{words::duration(language, took)}</b>
                                </p>
                            }
                        })
                    }}
                </div>
            </div>
            {leave(guest, words::order_another(language))}
        </main>
    }
}

/// Cancelled: by whom and why.
#[component]
pub(crate) fn Cancelled() -> impl IntoView {
    let guest = Guest::here();
    let language = guest.language;
    let reason = Memo::new(move |_| guest.order(|order| order.reason.clone()).flatten());
    let is_own = move || reason.read().as_deref() == Some(BY_GUEST);
    view! {
        <main class="screen">
            <div class="body">
                <div class="ending">
                    <StatusBadge status=Status::Cancelled testid="order-status" />
                    <h1 tabindex="-1">
                        {move || {
                            if is_own() {
                                words::cancelled_by_you(language)
                            } else {
                                words::cancelled(language)
                            }
                        }}
                    </h1>
                    {move || {
                        reason.get().filter(|_| !is_own()).map(|reason| {
                            view! {
                                <p class="refusal-remark">
                                    {text::reason(language, &reason).to_owned()}
                                </p>
                            }
                        })
                    }}
                    <p class="muted">{words::cancelled_next(language)}</p>
                </div>
            </div>
            {leave(guest, words::order_another(language))}
        </main>
    }
}

/// Out of time: what happened, and what to do.
#[component]
pub(crate) fn Expired() -> impl IntoView {
    let guest = Guest::here();
    let language = guest.language;
    let stage = Memo::new(move |_| guest.order(|order| order.stage).flatten());
    view! {
        <main class="screen">
            <div class="body">
                <div class="ending">
                    <StatusBadge status=Status::Expired testid="order-status" />
                    <h1 tabindex="-1">{words::time_ran_out(language)}</h1>
                    <p>{move || text::expired(language, stage.get())}</p>
                </div>
            </div>
            {leave(guest, words::done(language))}
        </main>
    }
}

fn leave(guest: Guest, words: &'static str) -> impl IntoView {
    view! {
        <div class="foot">
            <button type="button" class="button primary" on:click=move |_| guest.dismiss()>
                {words}
            </button>
        </div>
    }
}
