//! The way on: from a refusal, from an order that has ended, through the questions.

use std::time::Duration;

use domain::menu::Menu;
use domain::view::OrderView;
use domain::{OrderId, Status};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::sleep::{sleep, sleep_about};

use crate::draft::{Draft, Question};
use crate::guest::{Guest, Hand};
use crate::refused::{Next, Refused};
use crate::screen::Screen;
use crate::visit::Visit;
use crate::{address, backward, memory};

/// What a thousand phones that wait for the same moment wait longer at most.
const JITTER: Duration = Duration::from_secs(1);
/// How often a phone that waits for a moment looks at the clock.
const NAP: Duration = Duration::from_secs(1);

impl Guest {
    /// Changes the drink in the making.
    pub(crate) fn choose(self, change: impl FnOnce(&mut Draft)) {
        self.hand.update(|hand| change(&mut hand.draft));
    }

    /// The questions are answered, or not to be: the next choice begins from scratch.
    pub(crate) fn stop_choosing(self) {
        backward::forget();
        self.choose(|draft| *draft = Draft::default());
    }

    /// The same questions again, about an order in the queue.
    pub(crate) fn change(self, order: &OrderView) {
        let draft = Draft::change(&self.menu(), order);
        self.hand.update(|hand| {
            hand.draft = draft;
            hand.name = order.name.clone().unwrap_or_default();
        });
        backward::answered();
    }

    /// What there is to choose from.
    pub(crate) fn menu(self) -> Menu {
        let visit = self.feed.view();
        visit.with_untracked(|visit| visit.as_ref()?.bar.menu.clone()).unwrap_or_default()
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
        let menu = self.menu();
        self.hand.update(|hand| {
            hand.refused = None;
            hand.code = address::code();
            if refused.next() == Next::ChooseAgain {
                choose_again(&mut hand.draft, &menu);
            }
        });
    }

    /// Goes on from a refusal that ends at a time, when it has come. In naps, by the server's
    /// clock: a phone that slept does not know for how long.
    pub(crate) fn go_on_at(self, refused: &Refused) {
        let Some(at) = refused.retry_at else {
            return;
        };
        let refused = refused.clone();
        spawn_local(async move {
            let is_shown = || {
                let same = |hand: &Hand| hand.refused.as_ref() == Some(&refused);
                self.hand.try_with_untracked(same) == Some(true)
            };
            while is_shown() && self.clock.now_untracked() < at {
                sleep(NAP).await;
            }
            sleep_about(Duration::ZERO, JITTER).await;
            if is_shown() {
                self.go_on(&refused);
            }
        });
    }

    /// A guest who asked to come in, and was told to wait, goes in as soon as there is a place. To
    /// be called in an effect. Nobody is taken in behind their back: the page has to be looked at.
    pub(crate) fn go_in_when_let_in(self) {
        let is_let_in = self.screen.with(|screen| matches!(screen, Screen::Welcome(_)));
        let wants_in = self.hand.with_untracked(|hand| hand.wants_in);
        if is_let_in && wants_in && !document().hidden() {
            self.hand.update(|hand| hand.wants_in = false);
            spawn_local(async move {
                sleep_about(Duration::ZERO, JITTER).await;
                let still = self.screen.try_with_untracked(|screen| screen.name() == "welcome");
                if still == Some(true) {
                    self.start();
                }
            });
        }
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
        self.hand.update(|hand| hand.wants_in = false);
        self.feed.hear(Visit::dismiss);
        self.catch_up();
    }

    /// Back to the door for the same drink once more. It needs a code that is good now: the one of
    /// the address may still be, or a fresh one is scanned, which loads the page again.
    pub(crate) fn order_again(self, order: OrderView) {
        if order.drink.is_some() {
            memory::keep_again(&self.bar_id(), &order.order);
            self.hand.update(|hand| hand.again = Some(order));
        }
        self.dismiss();
    }

    /// Finds the drink that was wanted once more before the page was loaded.
    pub(crate) fn remember_again(self) {
        let Some(order) = memory::again(&self.bar_id()) else {
            return;
        };
        spawn_local(async move {
            match self.api.order(&order).await {
                Ok(order) => {
                    self.hand.try_update(|hand| hand.again = Some(order));
                }
                // Of a server or a session that is no more; else it is asked for next time.
                Err(fault) if fault.may_pass() => {}
                Err(_) => memory::forget_again(&self.bar_id()),
            }
        });
    }

    /// Keeps what is in hand in step with where the order is. To be called in an effect.
    pub(crate) fn keep_draft_in_step(self) {
        let order = self.feed.view().with(|visit| visit.as_ref()?.order.clone());
        let again = self.hand.with(|hand| hand.again.clone());
        let draft = self.hand.with_untracked(|hand| hand.draft.clone());
        let is_choosing = order.is_some_and(|order| match order.status {
            Status::Choosing => true,
            Status::Placed => draft.changes(&order.order),
            Status::Making
            | Status::Ready
            | Status::Collected
            | Status::Cancelled
            | Status::Expired => false,
        });
        if !is_choosing && draft != Draft::default() {
            self.stop_choosing();
        }
        if is_choosing && let Some(again) = again {
            memory::forget_again(&self.bar_id());
            let menu = self.menu();
            self.hand.update(|hand| {
                hand.again = None;
                if hand.draft == Draft::default() {
                    hand.draft = Draft::again(&menu, &again);
                }
            });
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
