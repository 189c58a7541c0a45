//! How it ended, until the guest has seen it.

use domain::text;
use domain::view::OrderView;
use leptos::prelude::*;
use ui::{DrinkIcon, StatusBadge};

use super::cancelling::BY_GUEST;
use crate::guest::Guest;
use crate::words;

/// Collected: thanks, and how long it took.
pub(crate) fn collected(guest: Guest) -> AnyView {
    ending(guest, words::order_another(guest.language), |guest, order| {
        let language = guest.language;
        let icon = guest.menu.with_untracked(|menu| {
            let drink = order.drink.as_ref().and_then(|slug| menu.drink(slug));
            drink.map(|drink| drink.icon.clone()).unwrap_or_default()
        });
        let took = order.ready_at.or(order.ended_at).zip(order.placed_at).map(|(ready, placed)| {
            let took = words::duration(language, ready.millis_since(placed) / 1000);
            [words::took(language), " ", &took].concat()
        });
        view! {
            <DrinkIcon icon />
            <h1 tabindex="-1">{words::enjoy(language)}</h1>
            <p class="for-drink">{order.drink_name.clone().unwrap_or_default()}</p>
            <p class="muted">{took.unwrap_or_default()}</p>
        }
        .into_any()
    })
}

/// Cancelled: by whom and why.
pub(crate) fn cancelled(guest: Guest) -> AnyView {
    ending(guest, words::order_another(guest.language), |guest, order| {
        let language = guest.language;
        let reason = order.reason.as_deref();
        let who = if reason == Some(BY_GUEST) {
            words::cancelled_by_you(language)
        } else {
            words::cancelled(language)
        };
        let why = reason.filter(|reason| *reason != BY_GUEST).map(|reason| {
            let why = text::reason(language, reason).to_owned();
            view! { <p class="refusal-remark">{why}</p> }.into_any()
        });
        view! {
            <h1 tabindex="-1">{who}</h1>
            {why}
            <p class="muted">{words::cancelled_next(language)}</p>
        }
        .into_any()
    })
}

/// Out of time: what happened, and what to do.
pub(crate) fn expired(guest: Guest) -> AnyView {
    ending(guest, words::done(guest.language), |guest, order| {
        view! {
            <h1 tabindex="-1">{words::time_ran_out(guest.language)}</h1>
            <p class="refusal-sentence">{text::expired(guest.language, order.stage)}</p>
        }
        .into_any()
    })
}

/// An end, and the way on from it.
fn ending(guest: Guest, leave: &'static str, said: fn(Guest, &OrderView) -> AnyView) -> AnyView {
    let body = move |order: OrderView| {
        view! {
            <div class="ending">
                <StatusBadge status=order.status testid="order-status" />
                {said(guest, &order)}
            </div>
        }
        .into_any()
    };
    view! {
        <main class="screen">
            <div class="body">{move || guest.order.get().map(body).into_any()}</div>
            <div class="foot">
                <button
                    type="button"
                    class="button primary"
                    on:click=move |_| guest.dismiss()
                >
                    {leave}
                </button>
            </div>
        </main>
    }
    .into_any()
}
