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
#[derive(Clone, Copy)]
struct Said {
    open: &'static str,
    title: &'static str,
    effect: &'static str,
    yes: &'static str,
    no: &'static str,
}

/// While choosing: give the place back.
pub(crate) fn stop(guest: Guest) -> AnyView {
    let language = guest.language;
    let said = Said {
        open: words::stop(language),
        title: words::stop_question(language),
        effect: words::stop_effect(language),
        yes: words::stop_confirm(language),
        no: words::stop_keep(language),
    };
    asking(guest, said)
}

/// While in the queue: call the order off.
pub(crate) fn cancel(guest: Guest) -> AnyView {
    let language = guest.language;
    let said = Said {
        open: words::cancel(language),
        title: words::cancel_question(language),
        effect: words::cancel_effect(language),
        yes: words::cancel_confirm(language),
        no: words::cancel_keep(language),
    };
    asking(guest, said)
}

/// The button and its question, while the order may still be cancelled.
fn asking(guest: Guest, said: Said) -> AnyView {
    let may_cancel = move || {
        let status = guest.order.with(|order| order.as_ref().map(|order| order.status));
        status.is_some_and(|status| {
            matches!(transition(Party::Owner, Step::Cancel, status), Transition::To(_))
        })
    };
    view! {
        {move || may_cancel().then(|| button(guest, said)).into_any()}
        {move || {
            let is_asked = guest.is_asking.get() && may_cancel();
            is_asked.then(|| question(guest, said)).into_any()
        }}
    }
    .into_any()
}

fn button(guest: Guest, said: Said) -> AnyView {
    view! {
        <button
            type="button"
            class="button quiet cancel"
            data-testid="cancel-order"
            on:click=move |_| guest.is_asking.set(true)
        >
            {said.open}
        </button>
    }
    .into_any()
}

fn question(guest: Guest, said: Said) -> AnyView {
    let Some(order) = guest.order.get_untracked() else {
        return ().into_any();
    };
    let close = Callback::new(move |()| guest.is_asking.set(false));
    let answered = Callback::new(move |answer| {
        guest.is_asking.set(false);
        guest.on_answer().run(answer);
    });
    view! {
        <Dialog title=said.title close>
            <p class="effect">{said.effect}</p>
            <div class="answers">
                <button type="button" class="button" on:click=move |_| close.run(())>
                    {said.no}
                </button>
                <CommandButton
                    order=order.order
                    status=order.status
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
    .into_any()
}
