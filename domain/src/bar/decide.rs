//! What follows from a command, or why nothing does.

use super::{Bar, Door};
use crate::actor::{Role, Sender};
use crate::admission;
use crate::command::{Command, Details, Facts, Item};
use crate::event::Event;
use crate::menu::MenuError;
use crate::mistake::Mistake;
use crate::order::Order;
use crate::rejection::Rejection;
use crate::text::Language;
use crate::time::Timestamp;
use crate::turned_away::EVERY_SECONDS;
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
                    languages: Language::ALL.map(|language| language.tag().to_owned()).into(),
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
            Command::CountTurnedAway { since, counts } => {
                allow(facts, |_| false)?;
                let next = self.turned_away_at.map(|last| last.plus_seconds(EVERY_SECONDS));
                let too_soon = next.is_some_and(|next| at < next);
                let (since, counts) = (*since, counts.clone());
                Ok(unless(too_soon || counts.is_empty(), Event::GuestsTurnedAway { since, counts }))
            }
            Command::RedeemCode { order, scan } => {
                allow(facts, |role| role == Role::Customer)?;
                let person = facts.sender.person().ok_or(Rejection::NotAllowed)?;
                let window = admission::admit(self, person, *scan, facts)?;
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
            return Err(invalid("until", Mistake::NotInTheFuture));
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
                let drink = drink.ok_or_else(|| invalid("drink", Mistake::NotOnTheMenu))?;
                (Some(slug.clone()), None, None, drink.available)
            }
            Item::Option(group, slug) => {
                let found = self.menu.group(group);
                let found = found.ok_or_else(|| invalid("group", Mistake::NotOnTheMenu))?;
                let option = found.option(slug);
                let option = option.ok_or_else(|| invalid("option", Mistake::NotOnTheMenu))?;
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
            return Err(invalid("languages", Mistake::NoLanguages));
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

pub(super) fn invalid(field: &str, problem: Mistake) -> Rejection {
    Rejection::Invalid { field: field.to_owned(), problem }
}

fn out_of_range(field: &'static str) -> Rejection {
    invalid(field, Mistake::OutOfRange)
}

/// Words for people: something to read, not a book.
pub(super) fn check_words(field: &str, words: &str) -> Result<String, Rejection> {
    let words = words.trim();
    if words.is_empty() || words.chars().count() > 120 || words.chars().any(char::is_control) {
        return Err(invalid(field, Mistake::NoPlainWords));
    }
    Ok(words.to_owned())
}
