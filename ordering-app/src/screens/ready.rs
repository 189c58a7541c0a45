//! Ready: the whole page is green, to be held up at the bar.

use domain::status::Party;
use domain::{Status, Step};
use leptos::prelude::*;
use ui::{CommandButton, StatusBadge};

use super::waiting::{Drink, OrderNumber};
use crate::guest::Guest;
use crate::words;

/// The green page.
#[component]
pub(crate) fn Ready() -> impl IntoView {
    let guest = Guest::here();
    let language = guest.language;
    let place = Memo::new(move |_| guest.bar(|bar| bar.place.clone()));
    let order = Memo::new(move |_| guest.order(|order| order.order.clone()));
    view! {
        <main class="screen ready">
            <div class="body">
                <p class="state">
                    <StatusBadge status=Status::Ready testid="order-status" />
                </p>
                <OrderNumber />
                <Drink />
                <p class="ready-place">
                    {words::show_this(language)} <br /> <b>{move || place.get()}</b>
                </p>
            </div>
            <div class="foot">
                {move || {
                    order.get().map(|order| {
                        view! {
                            <CommandButton
                                order
                                status=Status::Ready
                                step=Step::Collect
                                party=Party::Owner
                                class="primary"
                                testid="got-it"
                                label=words::got_it(language)
                                answered=guest.on_answer()
                            />
                        }
                    })
                }}
            </div>
        </main>
    }
}
