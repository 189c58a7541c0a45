//! What a guest can do, and what the answers mean.

use domain::api::{OrderRequest, RedeemCode};
use domain::view::OrderView;
use domain::{Code, OrderId, Status, name, spelling};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::Fault;
use ui::outbox::with_id;

use crate::draft::{Draft, Question};
use crate::guest::Guest;
use crate::refused::{Next, Refused};
use crate::visit::Visit;
use crate::{address, backward, guest_session, memory};

impl Guest {
    /// Redeems the code of the address, or the one typed: a place in the bar, and time to choose.
    pub(crate) fn start(self) {
        let mut code = self.code.get_untracked();
        if code.is_empty() {
            code = self.typed.with_untracked(|typed| spelling::from_typing(typed));
        }
        let bar = self.bar_id();
        self.outbox.send(with_id(RedeemCode { code }), self.on_answer(), move |api, sent| {
            let bar = bar.clone();
            async move {
                let mut answer = Err(Fault::Unreachable);
                // Twice, when the session is over: then it is forgotten by now, and a new one is
                // on its way.
                for _ in 0..2 {
                    guest_session::wait_for(api.session()).await;
                    answer = api.redeem(&bar, &sent).await;
                    if !matches!(&answer, Err(fault) if fault.code() == Code::NoSession) {
                        break;
                    }
                }
                answer
            }
        });
    }

    /// Puts the draft into the queue.
    pub(crate) fn place(self) {
        let name = self.name.with_untracked(|name| name::tidy(name).ok().flatten());
        memory::keep_name(name.as_deref().unwrap_or_default());
        let drink =
            self.draft.with_untracked(|draft| self.menu.with_untracked(|menu| draft.check(menu)));
        // Without either the screen is about to say why.
        if let (Some(order), Ok(drink)) = (self.order.get_untracked(), drink) {
            let request = OrderRequest::Place { drink: drink.drink, options: drink.options, name };
            self.outbox.order(order.order, request, self.on_answer());
        }
    }

    /// What is to be done with the answer to any command about the order.
    pub(crate) fn on_answer(self) -> Callback<Result<OrderView, Fault>> {
        Callback::new(move |answer| self.answered(answer))
    }

    fn answered(self, answer: Result<OrderView, Fault>) {
        let refused = match answer {
            Ok(order) => return self.hear_order(order),
            // Nobody knows whether it was done: the notice offers to send the same again.
            Err(fault) if fault.may_pass() => return,
            Err(fault) => Refused::of_fault(&fault),
        };
        match refused.next() {
            Next::Stay => {
                self.notices.clear();
                let (code, retry_at) = (refused.code, refused.retry_at);
                self.feed.hear(move |visit| visit.hear_refusal(code, retry_at));
            }
            Next::TypeCode | Next::FollowOrder | Next::ChooseAgain | Next::Nothing => {
                self.notices.clear();
                self.refused.set(Some(refused));
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

    /// Does what takes the guest on from a refusal.
    pub(crate) fn go_on(self, refused: &Refused) {
        match refused.next() {
            Next::Stay => {}
            Next::FollowOrder => {
                let order = refused.order.clone();
                return spawn_local(async move { self.follow(order).await });
            }
            Next::TypeCode => {
                self.code.set(String::new());
                address::forget_code();
            }
            Next::ChooseAgain => {
                self.menu.with_untracked(|menu| {
                    self.draft.update(|draft| {
                        draft.forget_sold_out(menu);
                        draft.question = match draft.drink(menu) {
                            Some(drink) if menu.is_available(drink) => Question::Options,
                            Some(_) | None => Question::Drink,
                        };
                    });
                });
            }
            Next::TryAgain | Next::Nothing => self.catch_up(),
        }
        self.refused.set(None);
    }

    async fn follow(self, order: Option<OrderId>) {
        match order {
            Some(order) => match self.api.order(&order).await {
                Ok(order) => self.hear_order(order),
                Err(fault) => return self.notices.show(&fault, None),
            },
            None => self.catch_up(),
        }
        self.refused.set(None);
    }

    /// The guest has seen how the order ended: back to the door.
    pub(crate) fn dismiss(self) {
        memory::unfollow(&self.bar_id());
        self.feed.hear(Visit::dismiss);
        self.catch_up();
    }

    /// Once there is nothing to choose any more, the next choice begins from scratch.
    pub(crate) fn forget_choice_unless_choosing(self) {
        let status = self.order.with(|order| order.as_ref().map(|order| order.status));
        if status != Some(Status::Choosing) {
            backward::forget();
            self.is_asking.set(false);
            if self.draft.with_untracked(|draft| *draft != Draft::default()) {
                self.draft.set(Draft::default());
            }
        }
    }
}
