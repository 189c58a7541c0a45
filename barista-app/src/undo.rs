//! One tap back: for a while after a step, the step of the table that takes it back.

use std::cell::Cell;
use std::time::Duration;

use domain::api::OrderRequest;
use domain::{OrderId, Step};
use leptos::prelude::*;
use ui::element::{button, div, live, span};
use ui::language;

use crate::desk::Desk;
use crate::words;

/// How long it is offered.
const OFFERED: Duration = Duration::from_secs(8);

/// The newest step, and what takes it back.
#[derive(Clone)]
pub(crate) struct Undo {
    order: OrderId,
    number: u32,
    done: Step,
    back: Step,
    /// Tells one offer from the next.
    count: u32,
}

thread_local! {
    /// How many offers there have been, so that the timer of one does not end another.
    static OFFERS: Cell<u32> = const { Cell::new(0) };
}

impl Desk {
    /// Offers to take a step back. One that has no way back, such as a step back itself, leaves
    /// the offer for another order alone.
    pub(crate) fn offers_undo(self, order: &OrderId, number: u32, done: Step) {
        let Some(back) = done.undone_by() else {
            return self.forgets_undo_of(order);
        };
        let count = OFFERS.get() + 1;
        OFFERS.set(count);
        self.undo.set(Some(Undo { order: order.clone(), number, done, back, count }));
        set_timeout(
            move || {
                self.undo.try_update(|undo| {
                    if undo.as_ref().is_some_and(|undo| undo.count == count) {
                        *undo = None;
                    }
                });
            },
            OFFERED,
        );
    }

    /// Takes the offer away, if it is about this order.
    pub(crate) fn forgets_undo_of(self, order: &OrderId) {
        self.undo.try_update(|undo| {
            if undo.as_ref().is_some_and(|undo| undo.order == *order) {
                *undo = None;
            }
        });
    }
}

/// The offer, always in the same place, and how much longer it stands.
pub(crate) fn undo_bar(desk: Desk) -> AnyView {
    let offer = live(move || match desk.undo.get() {
        Some(undo) => offered(desk, undo),
        None => ().into_any(),
    });
    div("undo-place").child(offer).done()
}

fn offered(desk: Desk, undo: Undo) -> AnyView {
    let language = language::current();
    let said = words::done(language, undo.number, undo.done);
    // Two names for one animation, so that the next offer begins it anew.
    let turn = (undo.count % 2).to_string();
    let press = move || {
        if let Some(request) = OrderRequest::plain(undo.back) {
            desk.takes(&undo.order, undo.number, undo.back, request);
        }
    };
    button("button undo", press)
        .testid("undo")
        .attr("data-command", undo.back.as_str())
        .attr("data-turn", turn)
        .child(span("undo-word").text(words::undo(language)))
        .child(span("undo-what number").attr("role", "status").text(said))
        .done()
}
