//! Ready: the whole page is green, to be held up at the bar.

use domain::Step;
use domain::status::Party;
use domain::view::OrderView;
use leptos::prelude::*;
use ui::{CommandButton, StatusBadge};

use super::parts::{for_whom, order_number};
use crate::guest::Guest;
use crate::words;

/// The green page.
pub(crate) fn ready(guest: Guest) -> AnyView {
    view! {
        <main class="screen ready">
            {move || guest.order.get().map(|order| state(guest, &order)).into_any()}
        </main>
    }
    .into_any()
}

fn state(guest: Guest, order: &OrderView) -> AnyView {
    let language = guest.language;
    view! {
        <div class="body">
            <p class="state">
                <StatusBadge status=order.status testid="order-status" />
            </p>
            {order_number(guest, order)}
            {for_whom(order)}
            <p class="ready-place">
                <span class="show">{words::show_this(language)}</span>
                <span class="where-place">{move || guest.face.with(|face| face.place.clone())}</span>
            </p>
        </div>
        <div class="foot">
            <CommandButton
                order=order.order.clone()
                status=order.status
                step=Step::Collect
                party=Party::Owner
                class="primary"
                testid="got-it"
                label=words::got_it(language)
                answered=guest.on_answer()
            />
        </div>
    }
    .into_any()
}
