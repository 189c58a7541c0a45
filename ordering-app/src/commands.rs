//! What a guest can do, and what the answers mean.

use domain::api::{OrderRequest, RedeemCode};
use domain::menu::{DrinkOrder, Menu};
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
        let code = self.hand.with_untracked(|hand| {
            if hand.code.is_empty() {
                spelling::from_typing(&hand.typed)
            } else {
                hand.code.clone()
            }
        });
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

    /// Puts a drink into the queue.
    pub(crate) fn place(self, order: OrderId, drink: DrinkOrder) {
        let name = self.hand.with_untracked(|hand| name::tidy(&hand.name).ok().flatten());
        memory::keep_name(name.as_deref().unwrap_or_default());
        let request = OrderRequest::Place { drink: drink.drink, options: drink.options, name };
        self.command(order, request);
    }

    /// Takes a step with the order.
    pub(crate) fn command(self, order: OrderId, request: OrderRequest) {
        self.outbox.order(order, request, self.on_answer());
    }

    /// What is to be done with the answer to any command.
    fn on_answer(self) -> Callback<Result<OrderView, Fault>> {
        Callback::new(move |answer| self.answered(answer))
    }

    fn answered(self, answer: Result<OrderView, Fault>) {
        self.ask(false);
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

    /// Changes the drink in the making.
    pub(crate) fn choose(self, change: impl FnOnce(&mut Draft)) {
        self.hand.update(|hand| change(&mut hand.draft));
    }

    /// Opens or closes the question before an order is called off.
    pub(crate) fn ask(self, is_asking: bool) {
        self.hand.update(|hand| hand.is_asking = is_asking);
    }

    /// Does what takes the guest on from a refusal.
    pub(crate) fn go_on(self, refused: &Refused) {
        match refused.next() {
            Next::Stay | Next::ChooseAgain => {}
            Next::FollowOrder => {
                let order = refused.order.clone();
                return spawn_local(async move { self.follow(order).await });
            }
            Next::TypeCode => address::forget_code(),
            Next::TryAgain | Next::Nothing => self.catch_up(),
        }
        let menu = self.feed.view().with_untracked(|visit| visit.as_ref()?.bar.menu.clone());
        self.hand.update(|hand| {
            hand.refused = None;
            hand.code = address::code();
            if refused.next() == Next::ChooseAgain {
                choose_again(&mut hand.draft, &menu.unwrap_or_default());
            }
        });
    }

    async fn follow(self, order: Option<OrderId>) {
        match order {
            Some(order) => match self.api.order(&order).await {
                Ok(order) => self.hear_order(order),
                Err(fault) => return self.notices.show(&fault, None),
            },
            None => self.catch_up(),
        }
        self.hand.update(|hand| hand.refused = None);
    }

    /// The guest has seen how the order ended: back to the door.
    pub(crate) fn dismiss(self) {
        memory::unfollow(&self.bar_id());
        self.feed.hear(Visit::dismiss);
        self.catch_up();
    }

    /// Once there is nothing to choose any more, the next choice begins from scratch. To be called
    /// in an effect.
    pub(crate) fn forget_choice_unless_choosing(self) {
        let is_choosing = self.feed.view().with(|visit| {
            let order = visit.as_ref().and_then(|visit| visit.order.as_ref());
            order.is_some_and(|order| order.status == Status::Choosing)
        });
        let chosen = self.hand.with_untracked(|hand| hand.draft != Draft::default());
        if !is_choosing && chosen {
            backward::forget();
            self.choose(|draft| *draft = Draft::default());
        }
    }
}

/// Back to what the drink comes with, or to the drinks when it is gone itself.
fn choose_again(draft: &mut Draft, menu: &Menu) {
    draft.forget_sold_out(menu);
    draft.question = match draft.drink(menu) {
        Some(drink) if menu.is_available(drink) => Question::Options,
        Some(_) | None => Question::Drink,
    };
}
