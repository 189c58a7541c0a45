//! Calling an order off: asks why first, because it has no way back.

use domain::api::OrderRequest;
use domain::view::OrderView;
use domain::{OrderId, Step, text};
use leptos::prelude::*;
use ui::element::{button, div, p, span};
use ui::language;

use super::sheet;
use crate::desk::Desk;
use crate::words;

/// The order about which is being asked.
#[derive(Clone)]
pub(crate) struct Asked {
    order: OrderId,
    number: u32,
    /// What it is, so that nobody calls off the wrong one.
    what: String,
}

impl Asked {
    /// About this one.
    pub(crate) fn about(order: &OrderView) -> Self {
        let number = order.number.unwrap_or_default();
        let mut what = ["#", &number.to_string()].concat();
        for part in [&order.drink_name, &order.name].into_iter().flatten() {
            what.push_str(" · ");
            what.push_str(part);
        }
        Self { order: order.order.clone(), number, what }
    }
}

/// The question.
pub(super) fn cancelling(desk: Desk, asked: Asked) -> AnyView {
    let language = language::current();
    // Counted from 1; 0 is none yet.
    let chosen = RwSignal::new(0_usize);
    let reasons = text::CANCEL_REASONS.into_iter().enumerate().map(|(index, slug)| {
        let is_chosen = move || Some((chosen.get() == index + 1).to_string());
        button("button reason", move || chosen.set(index + 1))
            .testid(["reason-", slug].concat())
            .live_attr("aria-pressed", is_chosen)
            .child(span("").text(words::reason(language, slug).unwrap_or_default()))
            .child(span("reason-read").text(text::reason(language, slug)))
    });
    let Asked { order, number, what } = asked;
    let confirm = move || {
        let reason = chosen.get_untracked().checked_sub(1);
        let reason = reason.and_then(|index| text::CANCEL_REASONS.get(index));
        if let Some(reason) = reason {
            desk.closes();
            let request = OrderRequest::Cancel { reason: Some((*reason).to_owned()) };
            desk.takes(&order, number, Step::Cancel, request);
        }
    };
    let confirm = button("button danger", confirm)
        .testid("confirm")
        .live_attr("disabled", move || (chosen.get() == 0).then(String::new))
        .text(words::cancel_confirm(language));
    let answers = div("dialog-buttons")
        .child(button("button", move || desk.closes()).text(words::keep_order(language)))
        .child(confirm);
    let body = div("asking")
        .child(p("dialog-what number").text(what))
        .child(div("reasons").children(reasons))
        .child(p("quiet-line").text(words::cancel_effect(language)))
        .child(answers);
    sheet(desk, words::cancel_question(language), body)
}
