//! Which screen is shown: a function of what is known, and of nothing else. A reload, a locked
//! phone or a closed tab comes back to the same place because this has no memory.

use domain::Status;
use domain::menu::MenuError;

use crate::draft::{Draft, Question};
use crate::refused::Refused;
use crate::visit::Visit;

/// What is known at a moment.
pub(crate) struct Known<'a> {
    /// The bar and the guest's order; nothing until the server has answered.
    pub(crate) visit: Option<&'a Visit>,
    /// The drink in the making.
    pub(crate) draft: &'a Draft,
    /// What the guest was refused last, until they go on from there.
    pub(crate) refused: Option<&'a Refused>,
}

/// What the guest sees: one question, or one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    /// Nothing is known yet.
    Loading,
    /// Here is the bar, this is the wait: start?
    Welcome,
    /// Not now, and why.
    Refused(Refused),
    /// Which drink?
    Drinks,
    /// With what?
    Options,
    /// Is that all?
    Confirm,
    /// In the queue or being made.
    Waiting,
    /// On the counter.
    Ready,
    /// Enjoy.
    Collected,
    /// Called off.
    Cancelled,
    /// Out of time.
    Expired,
}

impl Screen {
    /// The name style sheets know it by.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Welcome => "welcome",
            Self::Refused(_) => "refused",
            Self::Drinks => "drinks",
            Self::Options => "options",
            Self::Confirm => "confirm",
            Self::Waiting => "waiting",
            Self::Ready => "ready",
            Self::Collected => "collected",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

/// The screen for what is known.
pub(crate) fn screen(known: &Known<'_>) -> Screen {
    let order = known.visit.and_then(|visit| visit.order.as_ref());
    match order.map(|order| order.status) {
        Some(Status::Placed | Status::Making) => Screen::Waiting,
        Some(Status::Ready) => Screen::Ready,
        Some(Status::Collected) => Screen::Collected,
        Some(Status::Cancelled) => Screen::Cancelled,
        Some(Status::Expired) => Screen::Expired,
        Some(Status::Choosing) => refused(known).unwrap_or_else(|| question(known)),
        None => refused(known).unwrap_or_else(|| door(known)),
    }
}

fn refused(known: &Known<'_>) -> Option<Screen> {
    known.refused.cloned().map(Screen::Refused)
}

/// Before there is an order: may one come in?
fn door(known: &Known<'_>) -> Screen {
    match known.visit {
        Some(visit) => Refused::of_bar(&visit.bar).map_or(Screen::Welcome, Screen::Refused),
        None => Screen::Loading,
    }
}

/// While choosing: the question the draft is at, unless the menu has moved on meanwhile.
fn question(known: &Known<'_>) -> Screen {
    let Some(menu) = known.visit.and_then(|visit| visit.bar.menu.as_ref()) else {
        return Screen::Loading;
    };
    let Some(drink) = known.draft.drink(menu) else {
        return Screen::Drinks;
    };
    let question = known.draft.question;
    if question != Question::Drink && !menu.is_available(drink) {
        return Screen::Refused(Refused::sold_out(drink.name.clone()));
    }
    match question {
        Question::Drink => Screen::Drinks,
        Question::Options => Screen::Options,
        Question::Confirm => match known.draft.check(menu) {
            Ok(_) => Screen::Confirm,
            Err(MenuError::SoldOut { item, .. }) => Screen::Refused(Refused::sold_out(item)),
            // The menu asks more than it did.
            Err(MenuError::Invalid { .. }) => Screen::Options,
        },
    }
}

#[cfg(test)]
mod tests;
