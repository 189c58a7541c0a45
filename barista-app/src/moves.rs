//! Steps ahead of the server: a ticket moves at the tap. The server decides; when it says no, the
//! ticket goes back and the notice says why.
//!
//! What the server says is never changed here. The screen shows it with what was tapped on top, so
//! that messages and answers need not know of each other, and going back is forgetting the tap.

use domain::api::{OrderRequest, Sent};
use domain::view::{OrderView, QueueView};
use domain::{OrderId, Step, Timestamp};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::Fault;
use ui::outbox::with_id;

use crate::desk::Desk;

/// A step that was tapped and is not answered yet.
#[derive(Clone)]
pub(crate) struct Move {
    order: OrderId,
    step: Step,
    sent: Sent<OrderRequest>,
    at: Timestamp,
}

impl Move {
    /// Takes the step in a queue.
    pub(crate) fn expect(&self, queue: &mut QueueView, me: Option<&str>) {
        queue.expect(&self.order, self.step, me, self.at);
    }
}

impl Desk {
    /// Takes a step with the order of a number.
    pub(crate) fn takes(self, order: &OrderId, number: u32, step: Step, request: OrderRequest) {
        self.notices.clear();
        self.offers_undo(order, number, step);
        let at = self.clock.now_untracked();
        self.moves_on(Move { order: order.clone(), step, sent: with_id(request), at });
    }

    /// Whether a step with an order is not answered yet; follows it.
    pub(crate) fn is_moving(&self, order: &OrderId) -> bool {
        self.moves.with(|moves| moves.iter().any(|tapped| tapped.order == *order))
    }

    /// Steps with one order go out one after the other, because the second builds on the first;
    /// those with other orders do not wait for them.
    fn moves_on(self, tapped: Move) {
        let waits = self.moves.try_update(|moves| {
            let waits = moves.iter().any(|before| before.order == tapped.order);
            moves.push(tapped.clone());
            waits
        });
        if waits == Some(false) {
            self.sends(tapped);
        }
    }

    fn sends(self, tapped: Move) {
        spawn_local(async move {
            let answer = self.api.order_command(&tapped.order, &tapped.sent).await;
            match answer {
                Ok(order) => self.is_done(&tapped, order),
                Err(fault) => self.goes_back(tapped, &fault),
            }
        });
    }

    fn is_done(self, done: &Move, order: OrderView) {
        self.hear(order);
        let next = self.moves.try_update(|moves| {
            moves.retain(|tapped| tapped.sent.command_id != done.sent.command_id);
            moves.iter().find(|tapped| tapped.order == done.order).cloned()
        });
        if let Some(next) = next.flatten() {
            self.sends(next);
        }
    }

    fn goes_back(self, refused: Move, fault: &Fault) {
        // With what was tapped after it, and built on it.
        self.moves.try_update(|moves| moves.retain(|tapped| tapped.order != refused.order));
        self.forgets_undo_of(&refused.order);
        self.queue.refetch();
        // The very same, with its id: nobody knows whether it was done when nobody answered.
        let again = Callback::new(move |()| self.moves_on(refused.clone()));
        self.notices.show(fault, Some(again));
    }
}
