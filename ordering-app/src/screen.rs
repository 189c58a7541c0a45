//! Which screen is shown, and what it shows: a function of what is known, and of nothing else. A
//! reload, a locked phone or a closed tab comes back to the same place because this has no memory.

use domain::Status;
use domain::menu::{DrinkOrder, Menu, MenuError, Named};
use domain::text::Language;
use domain::view::OrderView;

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
    /// What the guest reads.
    pub(crate) language: Language,
}

/// What the guest sees: one question, or one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    /// Nothing is known yet.
    Loading,
    /// Here is the bar, this is the wait: start?
    Welcome(Bar),
    /// Not now, and why.
    Refused(Refused),
    /// Which drink?
    Drinks(Choosing),
    /// With what?
    Options(Choosing),
    /// Is that all?
    Confirm(Choosing, DrinkOrder),
    /// In the queue or being made.
    Waiting(Followed),
    /// On the counter.
    Ready(Followed),
    /// Enjoy.
    Collected(Followed),
    /// Called off.
    Cancelled(Followed),
    /// Out of time.
    Expired(Followed),
}

/// The bar at its door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) wait_seconds: u32,
}

/// A place in the bar, and what there is to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choosing {
    pub(crate) order: OrderView,
    pub(crate) menu: Menu,
}

/// An order that has been placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Followed {
    pub(crate) order: OrderView,
    /// What it is.
    pub(crate) named: Named,
    /// Where to collect it.
    pub(crate) place: String,
    /// The picture of the drink.
    pub(crate) icon: String,
}

impl Screen {
    /// The name style sheets know it by.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Welcome(_) => "welcome",
            Self::Refused(_) => "refused",
            Self::Drinks(_) => "drinks",
            Self::Options(_) => "options",
            Self::Confirm(..) => "confirm",
            Self::Waiting(_) => "waiting",
            Self::Ready(_) => "ready",
            Self::Collected(_) => "collected",
            Self::Cancelled(_) => "cancelled",
            Self::Expired(_) => "expired",
        }
    }

    /// Whether it shows the wait at the bar, or why one may not come in.
    pub(crate) const fn is_at_the_door(&self) -> bool {
        match self {
            Self::Loading | Self::Welcome(_) | Self::Refused(_) => true,
            Self::Drinks(_)
            | Self::Options(_)
            | Self::Confirm(..)
            | Self::Waiting(_)
            | Self::Ready(_)
            | Self::Collected(_)
            | Self::Cancelled(_)
            | Self::Expired(_) => false,
        }
    }

    /// The order it is about.
    pub(crate) const fn order(&self) -> Option<&OrderView> {
        match self {
            Self::Loading | Self::Welcome(_) | Self::Refused(_) => None,
            Self::Drinks(choosing) | Self::Options(choosing) | Self::Confirm(choosing, _) => {
                Some(&choosing.order)
            }
            Self::Waiting(followed)
            | Self::Ready(followed)
            | Self::Collected(followed)
            | Self::Cancelled(followed)
            | Self::Expired(followed) => Some(&followed.order),
        }
    }
}

/// The screen for what is known.
pub(crate) fn screen(known: &Known<'_>) -> Screen {
    let refused = known.refused.cloned().map(Screen::Refused);
    let Some(visit) = known.visit else {
        return refused.unwrap_or(Screen::Loading);
    };
    let Some(order) = &visit.order else {
        return refused.unwrap_or_else(|| door(visit));
    };
    let is_choosing = match order.status {
        Status::Choosing => true,
        Status::Placed => known.draft.changes(&order.order),
        Status::Making
        | Status::Ready
        | Status::Collected
        | Status::Cancelled
        | Status::Expired => false,
    };
    if is_choosing {
        return refused.unwrap_or_else(|| question(visit, order, known));
    }
    let followed = followed(visit, order, known.language);
    match order.status {
        Status::Choosing | Status::Placed | Status::Making => Screen::Waiting(followed),
        Status::Ready => Screen::Ready(followed),
        Status::Collected => Screen::Collected(followed),
        Status::Cancelled => Screen::Cancelled(followed),
        Status::Expired => Screen::Expired(followed),
    }
}

/// Before there is an order: may one come in?
fn door(visit: &Visit) -> Screen {
    let bar = &visit.bar;
    match Refused::of_bar(bar) {
        Some(refused) => Screen::Refused(refused),
        None => Screen::Welcome(Bar {
            name: bar.name.clone(),
            place: bar.place.clone(),
            wait_seconds: bar.wait_seconds,
        }),
    }
}

/// While choosing: the question the draft is at, unless the menu has moved on meanwhile.
fn question(visit: &Visit, order: &OrderView, known: &Known<'_>) -> Screen {
    let draft = known.draft;
    let Some(menu) = &visit.bar.menu else {
        return Screen::Loading;
    };
    let choosing = Choosing { order: order.clone(), menu: menu.clone() };
    let Some(drink) = draft.drink(menu).filter(|_| draft.question != Question::Drink) else {
        return Screen::Drinks(choosing);
    };
    if !menu.is_available(drink) {
        return Screen::Refused(Refused::sold_out(drink.name_in(known.language)));
    }
    if draft.question == Question::Options {
        return Screen::Options(choosing);
    }
    match draft.check(menu) {
        Ok(drink) => Screen::Confirm(choosing, drink),
        Err(MenuError::SoldOut { .. }) => {
            Screen::Refused(Refused::sold_out(&draft.sold_out(menu, known.language)))
        }
        // The menu asks more than it did.
        Err(MenuError::Invalid { .. }) => Screen::Options(choosing),
    }
}

fn followed(visit: &Visit, order: &OrderView, language: Language) -> Followed {
    let menu = visit.bar.menu.as_ref();
    let drink = order.drink.as_ref().and_then(|slug| menu?.drink(slug));
    Followed {
        order: order.clone(),
        named: Named::order(menu.unwrap_or(&Menu::default()), order, language),
        place: visit.bar.place.clone(),
        icon: drink.map(|drink| drink.icon.clone()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
