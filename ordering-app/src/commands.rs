//! What a guest can do, and what the answers mean.

use domain::api::{OrderRequest, RedeemCode, path};
use domain::menu::DrinkOrder;
use domain::view::OrderView;
use domain::{Code, OrderId, Status, name, spelling};
use leptos::prelude::*;
use ui::outbox::with_id;
use ui::{Fault, json};

use crate::guest::Guest;
use crate::pending::Pending;
use crate::refused::{Next, Refused};
use crate::visit::Visit;
use crate::{guest_session, memory};

impl Guest {
    /// Redeems the code of the address, or the one typed: a place in the bar, and time to choose.
    pub(crate) fn start(self) {
        let code = self.hand.with_untracked(|hand| {
            if hand.code.is_empty() {
                spelling::from_typing(&hand.typed)
            } else {
                hand.code.clone()
            }
        });
        self.send(path::orders(&self.bar_id()), json::written(&with_id(RedeemCode { code })));
    }

    /// Puts a drink into the queue, or into the place of the one that is there.
    pub(crate) fn place(self, order: &OrderView, drink: DrinkOrder) {
        let name = self.hand.with_untracked(|hand| name::typed(&hand.name));
        memory::keep_name(name.as_deref().unwrap_or_default());
        let DrinkOrder { drink, options, .. } = drink;
        let request = if order.status == Status::Choosing {
            OrderRequest::Place { drink, options, name }
        } else {
            OrderRequest::Change { drink, options, name }
        };
        self.command(&order.order, request);
    }

    /// Takes a step with the order.
    pub(crate) fn command(self, order: &OrderId, request: OrderRequest) {
        self.send(path::order_commands(order), json::written(&with_id(request)));
    }

    fn send(self, path: String, body: String) {
        if !self.outbox.is_busy_untracked() {
            let bar = self.bar_id();
            let pending = Pending { path, body };
            // The same once more is the same command: it may have been carried out unheard.
            let again = Pending::load(&bar).filter(|kept| kept.asks_the_same(&pending));
            self.deliver(again.unwrap_or_else(|| pending.keep(&bar)));
        }
    }

    /// Sends what was on its way when the page was left, or when nobody answered.
    pub(crate) fn resume(self) {
        if let Some(pending) = Pending::load(&self.bar_id()) {
            self.deliver(pending);
        }
    }

    fn deliver(self, pending: Pending) {
        let bar = self.bar_id();
        self.outbox.deliver(self.answered, move |api| {
            let (pending, bar) = (pending.clone(), bar.clone());
            async move {
                let mut answer = Err(Fault::Unreachable);
                // Twice, when the session is over: then it is forgotten by now, and a new one is
                // on its way.
                for _ in 0..2 {
                    guest_session::wait_for(api.session()).await;
                    answer = api.written_command(&pending.path, &pending.body).await;
                    if !matches!(&answer, Err(fault) if fault.code() == Code::NoSession) {
                        break;
                    }
                }
                if !matches!(&answer, Err(fault) if fault.may_pass()) {
                    Pending::forget(&bar);
                }
                answer
            }
        });
    }

    /// What is to be done with the answer to any command.
    pub(crate) fn answered(self, answer: Result<OrderView, Fault>) {
        self.ask(false);
        let refused = match answer {
            Ok(order) => {
                if order.status != Status::Choosing {
                    self.stop_choosing();
                }
                return self.hear_order(order);
            }
            // Nobody knows whether it was done: the notice offers to send the same again.
            Err(fault) if fault.may_pass() => return,
            Err(fault) => Refused::of_fault(&fault),
        };
        match refused.next() {
            Next::Stay => {
                self.notices.clear();
                self.hand.update(|hand| hand.wants_in = true);
                let (code, retry_at) = (refused.code, refused.retry_at);
                self.feed.hear(move |visit| visit.hear_refusal(code, retry_at));
            }
            Next::TypeCode | Next::FollowOrder | Next::ChooseAgain | Next::Nothing => {
                self.notices.clear();
                self.go_on_at(&refused);
                self.hand.update(|hand| hand.refused = Some(refused));
            }
            // The notice stays, over a screen that shows the truth.
            Next::TryAgain => {}
        }
        self.catch_up();
    }

    /// Takes in an order of this guest, and follows it while it is on its way.
    pub(crate) fn hear_order(self, order: OrderView) {
        if order.bar == self.bar_id() && order.status.is_live() {
            memory::follow(&order.bar, &order.order);
        }
        self.feed.hear(move |visit| visit.hear_order(&order));
    }

    /// Fetches everything: something may have been missed.
    pub(crate) fn catch_up(self) {
        if self.feed.view().with_untracked(Option::is_none) {
            self.feed.refetch();
        } else {
            self.feed.hear(Visit::fall_behind);
        }
    }

    /// Opens or closes the question before an order is called off.
    pub(crate) fn ask(self, is_asking: bool) {
        self.hand.update(|hand| hand.is_asking = is_asking);
    }
}
