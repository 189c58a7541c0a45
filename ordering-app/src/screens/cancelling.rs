//! Calling an order off, which asks first.

use domain::api::OrderRequest;
use domain::status::{Party, Transition, transition};
use domain::view::OrderView;
use domain::{OrderId, Step};
use leptos::prelude::*;
use ui::dialog;
use ui::element::{button, div, live, p};

use super::parts::waits_for_answer;
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
pub(crate) fn stop(guest: Guest, order: &OrderView) -> Vec<AnyView> {
    let language = guest.language();
    let said = Said {
        open: words::stop(language),
        title: words::stop_question(language),
        effect: words::stop_effect(language),
        yes: words::stop_confirm(language),
        no: words::stop_keep(language),
    };
    asking(guest, order, said)
}

/// While in the queue: call the order off.
pub(crate) fn cancel(guest: Guest, order: &OrderView) -> Vec<AnyView> {
    let language = guest.language();
    let said = Said {
        open: words::cancel(language),
        title: words::cancel_question(language),
        effect: words::cancel_effect(language),
        yes: words::cancel_confirm(language),
        no: words::cancel_keep(language),
    };
    asking(guest, order, said)
}

/// The button and its question, while the order may still be cancelled.
fn asking(guest: Guest, order: &OrderView, said: Said) -> Vec<AnyView> {
    if !matches!(transition(Party::Owner, Step::Cancel, order.status), Transition::To(_)) {
        return Vec::new();
    }
    let open = button("button quiet cancel", move || guest.ask(true))
        .testid("cancel-order")
        .text(said.open);
    let order = order.order.clone();
    let asked = live(move || {
        if guest.hand.with(|hand| hand.is_asking) {
            question(guest, order.clone(), said)
        } else {
            ().into_any()
        }
    });
    vec![open.done(), asked]
}

fn question(guest: Guest, order: OrderId, said: Said) -> AnyView {
    let cancel = button("button danger", move || {
        guest.command(&order, OrderRequest::Cancel { reason: Some(BY_GUEST.to_owned()) });
    });
    let answers = div("answers")
        .child(button("button", move || guest.ask(false)).text(said.no))
        .child(waits_for_answer(guest, cancel).testid("confirm").text(said.yes));
    let close = Callback::new(move |()| guest.ask(false));
    let body = div("asking").child(p("").text(said.effect)).child(answers);
    dialog(said.title.to_owned(), close, body.done())
}
