//! Calling an order off, which asks first.

use domain::Step;
use domain::api::OrderRequest;
use domain::status::{Party, Transition, transition};
use leptos::prelude::*;
use ui::{CommandButton, Dialog};

use crate::guest::Guest;
use crate::words;

/// The reason the baristas read; the word for it is in `domain::text`.
pub(crate) const BY_GUEST: &str = "changed-mind";

/// What the question says.
struct Said {
    open: &'static str,
    title: &'static str,
    effect: &'static str,
    yes: &'static str,
    no: &'static str,
}

/// While choosing: give the place back.
#[component]
pub(crate) fn Stop() -> impl IntoView {
    let language = Guest::here().language;
    asking(Said {
        open: words::stop(language),
        title: words::stop_question(language),
        effect: words::stop_effect(language),
        yes: words::stop_confirm(language),
        no: words::stop_keep(language),
    })
}

/// While in the queue: call the order off.
#[component]
pub(crate) fn CancelOrder() -> impl IntoView {
    let language = Guest::here().language;
    asking(Said {
        open: words::cancel(language),
        title: words::cancel_question(language),
        effect: words::cancel_effect(language),
        yes: words::cancel_confirm(language),
        no: words::cancel_keep(language),
    })
}

/// The button and its question, while the order may still be cancelled.
fn asking(said: Said) -> impl IntoView {
    let guest = Guest::here();
    let order = Memo::new(move |_| {
        let known = guest.order(|order| (order.order.clone(), order.status));
        known.filter(|(_, status)| {
            matches!(transition(Party::Owner, Step::Cancel, *status), Transition::To(_))
        })
    });
    let is_asking = RwSignal::new(false);
    let close = Callback::new(move |()| is_asking.set(false));
    let on_answer = guest.on_answer();
    let answered = Callback::new(move |answer| {
        close.run(());
        on_answer.run(answer);
    });
    let question = move || {
        order.get().filter(|_| is_asking.get()).map(|(order, status)| {
            view! {
                <Dialog title=said.title close>
                    <p>{said.effect}</p>
                    <div class="answers">
                        <button type="button" class="button" on:click=move |_| close.run(())>
                            {said.no}
                        </button>
                        <CommandButton
                            order
                            status
                            step=Step::Cancel
                            party=Party::Owner
                            class="danger"
                            testid="confirm"
                            label=said.yes
                            request=OrderRequest::Cancel { reason: Some(BY_GUEST.to_owned()) }
                            answered
                        />
                    </div>
                </Dialog>
            }
        })
    };
    view! {
        {move || {
            order.read().is_some().then(|| {
                view! {
                    <button
                        type="button"
                        class="button quiet cancel"
                        data-testid="cancel-order"
                        on:click=move |_| is_asking.set(true)
                    >
                        {said.open}
                    </button>
                }
            })
        }}
        {question}
    }
}
