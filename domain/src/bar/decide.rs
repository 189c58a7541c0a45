//! What follows from a command, or why nothing does.

use super::{Bar, Door};
use crate::actor::{Role, Sender};
use crate::admission;
use crate::command::{Choice, Command, Details, Facts, Item, OrderCommand};
use crate::event::{EndedBy, Event};
use crate::id::OrderId;
use crate::menu::MenuError;
use crate::order::Order;
use crate::rejection::Rejection;
use crate::status::{Party, Status, Transition, transition};
use crate::time::Timestamp;
use crate::view::BarStatus;

impl Bar {
    /// The events that follow from a command: none when it changes nothing, a reason when it is
    /// refused. Pure; whatever the decision needs beside the bar is in `command` and `facts`.
    ///
    /// The stages that have run out are to be ended before (see [`crate::deadline`]).
    pub fn decide(&self, command: &Command, facts: &Facts) -> Result<Vec<Event>, Rejection> {
        let at = self.clamp(facts.now);
        if !self.exists() && !matches!(command, Command::CreateBar { .. }) {
            return Err(Rejection::NoSuchBar);
        }
        match command {
            Command::CreateBar { name, place, limits, menu } => {
                allow(facts, |role| role == Role::Organiser)?;
                check_words("name", name)?;
                check_words("place", place)?;
                limits.validate().map_err(out_of_range)?;
                menu.validate()?;
                if self.exists() {
                    return Err(Rejection::BarExists);
                }
                Ok(vec![Event::BarCreated {
                    name: name.trim().to_owned(),
                    place: place.trim().to_owned(),
                    languages: vec!["en".to_owned()],
                    time_zone: self.time_zone.clone(),
                    day: facts.today,
                    limits: *limits,
                    menu: menu.clone(),
                }])
            }
            Command::OpenBar => {
                allow(facts, Role::is_staff)?;
                let open = self.status(at) == BarStatus::Open;
                Ok(unless(open, Event::BarOpened {}))
            }
            Command::CloseBar => {
                allow(facts, Role::is_staff)?;
                Ok(unless(self.door == Door::Closed, Event::BarClosed {}))
            }
            Command::PauseBar { until, reason } => {
                allow(facts, Role::is_staff)?;
                self.pause(*until, reason.as_deref(), at)
            }
            Command::SetAvailability { item, available } => {
                allow(facts, Role::is_staff)?;
                self.set_availability(item, *available)
            }
            Command::SetMenu { menu } => {
                allow(facts, |role| role == Role::Organiser)?;
                menu.validate()?;
                Ok(unless(*menu == self.menu, Event::MenuChanged { menu: menu.clone() }))
            }
            Command::SetLimits { limits } => {
                allow(facts, |role| role == Role::Organiser)?;
                let limits = limits.applied_to(&self.limits);
                limits.validate().map_err(out_of_range)?;
                let closed = self.status(at) == BarStatus::Closed;
                let window_from = self.windows.change_holds_from(at, closed);
                Ok(unless(limits == self.limits, Event::LimitsChanged { limits, window_from }))
            }
            Command::SetDetails(details) => {
                allow(facts, |role| role == Role::Organiser)?;
                self.set_details(details)
            }
            Command::StartDay => {
                allow(facts, |_| false)?;
                let new = facts.today > self.day;
                Ok(unless(!new, Event::DayStarted { day: facts.today }))
            }
            Command::RedeemCode { order, scan } => {
                allow(facts, |role| role == Role::Customer)?;
                let person = facts.sender.person().ok_or(Rejection::NotAllowed)?;
                let window = admission::admit(self, person, *scan, at)?;
                Ok(vec![Event::CodeRedeemed {
                    order: order.clone(),
                    person: person.clone(),
                    window: window.opens_at,
                    until: at.plus_seconds(self.limits.choose_seconds),
                }])
            }
            Command::TakeOrder { order, choice } => {
                allow(facts, Role::is_staff)?;
                let check = self.menu.check(&choice.drink, &choice.options);
                if let Err(fault @ MenuError::Invalid { .. }) = check {
                    return Err(fault.into());
                }
                if self.status(at) == BarStatus::Closed {
                    return Err(Rejection::BarClosed);
                }
                let new = Order::begin(order.clone(), None, at);
                self.place(&new, choice, at)
            }
            Command::Order { order, command, if_version } => {
                self.step(order, command, *if_version, facts, at)
            }
        }
    }

    fn pause(
        &self,
        until: Option<Timestamp>,
        reason: Option<&str>,
        at: Timestamp,
    ) -> Result<Vec<Event>, Rejection> {
        if until.is_some_and(|until| until <= at) {
            return Err(invalid("until", "must lie in the future"));
        }
        let reason = reason.map(|reason| check_words("reason", reason)).transpose()?;
        if self.status(at) == BarStatus::Closed {
            return Err(Rejection::BarClosed);
        }
        let door = Door::Paused { until, reason: reason.clone() };
        Ok(unless(door == self.door, Event::BarPaused { until, reason }))
    }

    fn set_availability(&self, item: &Item, available: bool) -> Result<Vec<Event>, Rejection> {
        let (drink, group, option, now) = match item {
            Item::Drink(slug) => {
                let drink = self.menu.drink(slug);
                let drink = drink.ok_or_else(|| invalid("drink", "is not on the menu"))?;
                (Some(slug.clone()), None, None, drink.available)
            }
            Item::Option(group, slug) => {
                let found = self.menu.group(group);
                let found = found.ok_or_else(|| invalid("group", "is not on the menu"))?;
                let option = found.option(slug);
                let option = option.ok_or_else(|| invalid("option", "is not on the menu"))?;
                (None, Some(group.clone()), Some(slug.clone()), option.available)
            }
        };
        let changed = Event::AvailabilityChanged { drink, group, option, available };
        Ok(unless(now == available, changed))
    }

    fn set_details(&self, details: &Details) -> Result<Vec<Event>, Rejection> {
        let name = check_words("name", &details.name)?;
        let place = check_words("place", &details.place)?;
        let tag = |tag: &String| {
            (2..=16).contains(&tag.len())
                && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if !(1..=16).contains(&details.languages.len()) || !details.languages.iter().all(tag) {
            return Err(invalid("languages", "must be language tags such as `en` or `pt-BR`"));
        }
        let same = name == self.name
            && place == self.place
            && details.languages == self.languages
            && details.time_zone == self.time_zone;
        Ok(unless(
            same,
            Event::DetailsChanged {
                name,
                place,
                languages: details.languages.clone(),
                time_zone: details.time_zone.clone(),
            },
        ))
    }

    fn step(
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
                    Err(invalid("reason", "is needed to cancel a drink that is being made"))
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

    fn place(
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
                        let window = self.windows.opening_at(opens_at);
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

fn allow(facts: &Facts, may: impl Fn(Role) -> bool) -> Result<(), Rejection> {
    match &facts.sender {
        Sender::System(_) => Ok(()),
        Sender::Person { role, .. } if may(*role) => Ok(()),
        Sender::Person { .. } => Err(Rejection::NotAllowed),
    }
}

fn unless(nothing_changes: bool, event: Event) -> Vec<Event> {
    if nothing_changes { Vec::new() } else { vec![event] }
}

fn invalid(field: &str, problem: &'static str) -> Rejection {
    Rejection::Invalid { field: field.to_owned(), problem }
}

fn out_of_range(field: &'static str) -> Rejection {
    invalid(field, "is out of its range")
}

/// Words for people: something to read, not a book.
fn check_words(field: &str, words: &str) -> Result<String, Rejection> {
    let words = words.trim();
    if words.is_empty() || words.chars().count() > 120 || words.chars().any(char::is_control) {
        return Err(invalid(field, "must be 1 to 120 plain characters"));
    }
    Ok(words.to_owned())
}
