//! Steps with one order: what the transition table allows, as events.

use super::Bar;
use super::decide::{check_words, invalid};
use crate::actor::{Role, Sender};
use crate::command::{Choice, Facts, OrderCommand};
use crate::event::{EndedBy, Event};
use crate::id::OrderId;
use crate::menu::MenuError;
use crate::mistake::Mistake;
use crate::order::Order;
use crate::rejection::Rejection;
use crate::status::{Party, Status, Transition, transition};
use crate::time::Timestamp;

impl Bar {
    pub(super) fn step(
        &self,
        id: &OrderId,
        command: &OrderCommand,
        if_version: Option<u64>,
        facts: &Facts,
        at: Timestamp,
    ) -> Result<Vec<Event>, Rejection> {
        let order = self.order(id).ok_or(Rejection::NoSuchOrder)?;
        let party = party(order, &facts.sender)?;
        let answer = transition(party, command.step(), order.status);
        if answer == Transition::NotAllowed {
            return Err(Rejection::NotAllowed);
        }
        self.check_words_of(order, command, party)?;
        // Who is making it says more than that the order has moved on.
        let moved_on = if_version.is_some_and(|version| version != order.version);
        if moved_on && answer != Transition::Taken {
            return Err(Rejection::Changed);
        }
        match answer {
            Transition::To(_) => self.follow(order, command, party, facts, at),
            Transition::Taken => Err(match &order.barista {
                Some(barista) => Rejection::Taken { by: barista.clone() },
                None => Rejection::WrongStatus { order_status: order.status },
            }),
            Transition::WrongStatus => Err(Rejection::WrongStatus { order_status: order.status }),
            Transition::NotAllowed => Err(Rejection::NotAllowed),
        }
    }

    /// What makes no sense whatever the order's status: told before anything about the order.
    fn check_words_of(
        &self,
        order: &Order,
        command: &OrderCommand,
        party: Party,
    ) -> Result<(), Rejection> {
        match command {
            OrderCommand::Place(choice) | OrderCommand::Change(choice) => {
                match self.menu.check(&choice.drink, &choice.options) {
                    Err(fault @ MenuError::Invalid { .. }) => Err(fault.into()),
                    Ok(_) | Err(MenuError::SoldOut { .. }) => Ok(()),
                }
            }
            OrderCommand::Cancel { reason } => match reason {
                Some(reason) => check_words("reason", reason).map(|_| ()),
                None if party == Party::Staff && order.status == Status::Making => {
                    Err(invalid("reason", Mistake::NoReason))
                }
                None => Ok(()),
            },
            OrderCommand::Claim
            | OrderCommand::Release
            | OrderCommand::Complete
            | OrderCommand::Recall
            | OrderCommand::Collect
            | OrderCommand::Return
            | OrderCommand::Expire => Ok(()),
        }
    }

    pub(super) fn place(
        &self,
        order: &Order,
        choice: &Choice,
        at: Timestamp,
    ) -> Result<Vec<Event>, Rejection> {
        let drink = self.menu.check(&choice.drink, &choice.options)?;
        let wait = self.wait_when_placed(Some(order), drink.seconds, at);
        Ok(vec![Event::OrderPlaced {
            order: order.order.clone(),
            person: order.person.clone(),
            number: self.next_number(),
            drink,
            promised_at: at.plus_seconds(wait),
            until: at.plus_seconds(self.limits.start_seconds),
        }])
    }

    /// The next number nobody waits under and nobody can be called back by.
    fn next_number(&self) -> u32 {
        let held = |number: u32| {
            let mut holders = self.orders.values().chain(&self.collected);
            holders.any(|order| order.number == Some(number))
        };
        let mut number = self.last_number + 1;
        while held(number) {
            number += 1;
        }
        number
    }

    /// The events of a step the table allows.
    fn follow(
        &self,
        order: &Order,
        command: &OrderCommand,
        party: Party,
        facts: &Facts,
        at: Timestamp,
    ) -> Result<Vec<Event>, Rejection> {
        let id = order.order.clone();
        let moved = Rejection::WrongStatus { order_status: order.status };
        // The clock acts on a stage that has run out by now, not on one that began since it looked.
        if party == Party::System && order.until.is_none_or(|until| at < until) {
            return Err(moved);
        }
        let number = || order.number.ok_or(moved.clone());
        let barista = || facts.sender.person().cloned().ok_or(Rejection::NotAllowed);
        let event = match command {
            OrderCommand::Place(choice) => return self.place(order, choice, at),
            OrderCommand::Change(choice) => {
                let drink = self.menu.check(&choice.drink, &choice.options)?;
                Event::OrderChanged { order: id, number: number()?, drink }
            }
            OrderCommand::Claim => {
                Event::OrderClaimed { order: id, number: number()?, barista: barista()? }
            }
            OrderCommand::Release => {
                let until = at.plus_seconds(self.limits.start_seconds);
                Event::OrderReleased { order: id, number: number()?, until }
            }
            OrderCommand::Complete => Event::OrderCompleted {
                order: id,
                number: number()?,
                // Who makes it keeps it, whoever says that it is ready.
                barista: order.barista.clone().map_or_else(barista, Ok)?,
                until: at.plus_seconds(self.limits.collect_seconds),
            },
            OrderCommand::Recall => {
                Event::OrderRecalled { order: id, number: number()?, barista: barista()? }
            }
            OrderCommand::Collect => {
                Event::OrderCollected { order: id, number: number()?, by: side(party) }
            }
            OrderCommand::Return => {
                if self.collected_place(&order.order).is_none() {
                    return Err(moved);
                }
                let until = at.plus_seconds(self.limits.collect_seconds);
                Event::OrderReturned { order: id, number: number()?, until }
            }
            OrderCommand::Cancel { reason } => Event::OrderCancelled {
                order: id,
                number: order.number,
                by: side(party),
                reason: reason.as_ref().map(|reason| reason.trim().to_owned()),
                use_returned: order.status == Status::Choosing
                    && order.window.is_some_and(|opens_at| {
                        let window = self.windows.opening_at(opens_at, at);
                        window.is_some_and(|window| window.contains(at))
                    }),
            },
            OrderCommand::Expire => {
                Event::OrderExpired { order: id, number: order.number, stage: order.status }
            }
        };
        Ok(vec![event])
    }
}

/// What the sender is to this order. Somebody else's order does not exist for a guest.
fn party(order: &Order, sender: &Sender) -> Result<Party, Rejection> {
    match sender {
        Sender::System(_) => Ok(Party::System),
        Sender::Person { person, role } => match role {
            Role::Barista | Role::Organiser => Ok(Party::Staff),
            Role::Display => Ok(Party::Display),
            Role::Customer if order.person.as_ref() == Some(person) => Ok(Party::Owner),
            Role::Customer => Err(Rejection::NoSuchOrder),
        },
    }
}

fn side(party: Party) -> EndedBy {
    match party {
        Party::Owner => EndedBy::Customer,
        Party::Staff | Party::Display => EndedBy::Staff,
        Party::System => EndedBy::System,
    }
}
