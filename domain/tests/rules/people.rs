//! What people at the bar do, in a verb each.

use domain::command::{Item, Scan};
use domain::limits::LimitsChange;
use domain::menu::Options;
use domain::{Choice, Command, Event, Menu, OrderCommand, Sender};

use crate::outcome::Outcome;
use crate::scenario::{Scenario, order_id, time};

/// Somebody about to do something at the bar. A guest's order has the guest's name for its
/// nickname unless the verb says otherwise.
pub(crate) struct Somebody<'a> {
    pub(crate) bar: &'a mut Scenario,
    pub(crate) sender: Sender,
}

impl Somebody<'_> {
    pub(crate) fn sends(self, command: Command) -> Outcome {
        self.bar.send(self.sender, &command)
    }

    fn own(&self) -> String {
        let person = self.sender.person().expect("a person has orders");
        person.as_str().to_owned()
    }

    pub(crate) fn redeems(self) -> Outcome {
        let own = self.own();
        self.redeems_for(&own)
    }

    pub(crate) fn redeems_for(self, order: &str) -> Outcome {
        let scan = self.bar.code();
        self.redeems_code_for(order, scan)
    }

    pub(crate) fn redeems_code(self, scan: Scan) -> Outcome {
        let own = self.own();
        self.redeems_code_for(&own, scan)
    }

    pub(crate) fn redeems_code_for(self, order: &str, scan: Scan) -> Outcome {
        let order = order_id(order);
        self.sends(Command::RedeemCode { order, scan })
    }

    pub(crate) fn places(self, drink: &str) -> Outcome {
        let own = self.own();
        self.steps(&own, OrderCommand::Place(just(drink)))
    }

    pub(crate) fn changes_to(self, drink: &str) -> Outcome {
        let own = self.own();
        self.steps(&own, OrderCommand::Change(just(drink)))
    }

    /// Redeems the code on the monitor and places.
    #[track_caller]
    pub(crate) fn orders(self, drink: &str) -> Event {
        let Self { bar, sender } = self;
        bar.sender(sender.clone()).redeems().succeeds();
        bar.sender(sender).places(drink).succeeds()
    }

    pub(crate) fn takes(self, order: &str, drink: &str) -> Outcome {
        let order = order_id(order);
        let choice = just(drink);
        self.sends(Command::TakeOrder { order, choice })
    }

    pub(crate) fn steps(self, order: &str, command: OrderCommand) -> Outcome {
        self.steps_if(order, command, None)
    }

    pub(crate) fn steps_if(
        self,
        order: &str,
        command: OrderCommand,
        if_version: Option<u64>,
    ) -> Outcome {
        let order = order_id(order);
        self.sends(Command::Order { order, command, if_version })
    }

    pub(crate) fn claims(self, order: &str) -> Outcome {
        self.steps(order, OrderCommand::Claim)
    }

    pub(crate) fn releases(self, order: &str) -> Outcome {
        self.steps(order, OrderCommand::Release)
    }

    pub(crate) fn completes(self, order: &str) -> Outcome {
        self.steps(order, OrderCommand::Complete)
    }

    pub(crate) fn recalls(self, order: &str) -> Outcome {
        self.steps(order, OrderCommand::Recall)
    }

    pub(crate) fn collects(self, order: &str) -> Outcome {
        self.steps(order, OrderCommand::Collect)
    }

    pub(crate) fn returns(self, order: &str) -> Outcome {
        self.steps(order, OrderCommand::Return)
    }

    pub(crate) fn cancels(self, order: &str) -> Outcome {
        self.steps(order, OrderCommand::Cancel { reason: None })
    }

    pub(crate) fn cancels_because(self, order: &str, reason: &str) -> Outcome {
        let reason = Some(reason.to_owned());
        self.steps(order, OrderCommand::Cancel { reason })
    }

    pub(crate) fn opens(self) -> Outcome {
        self.sends(Command::OpenBar)
    }

    pub(crate) fn closes(self) -> Outcome {
        self.sends(Command::CloseBar)
    }

    pub(crate) fn pauses(self) -> Outcome {
        let (until, reason) = (None, None);
        self.sends(Command::PauseBar { until, reason })
    }

    pub(crate) fn pauses_until(self, clock: &str) -> Outcome {
        let (until, reason) = (Some(time(clock)), None);
        self.sends(Command::PauseBar { until, reason })
    }

    pub(crate) fn sets_limits(self, limits: LimitsChange) -> Outcome {
        self.sends(Command::SetLimits { limits })
    }

    pub(crate) fn sets_menu(self, menu: Menu) -> Outcome {
        self.sends(Command::SetMenu { menu })
    }

    pub(crate) fn marks(self, item: Item, available: bool) -> Outcome {
        self.sends(Command::SetAvailability { item, available })
    }
}

/// A drink as the menu's defaults have it.
pub(crate) fn just(drink: &str) -> Choice {
    Choice { drink: drink.parse().expect("a slug"), options: Options::new() }
}
