//! What can be asked of a bar.

use crate::actor::Sender;
use crate::id::{OrderId, Slug};
use crate::limits::{Limits, LimitsChange};
use crate::menu::{Menu, Options};
use crate::time::{Day, Timestamp};
use crate::turned_away::Counts;

/// An order to the bar. What a command needs to know beyond its sender's words (a fresh order id,
/// whether the code is genuine) was looked up before and is part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Make the bar; it starts closed.
    CreateBar {
        /// Its name.
        name: String,
        /// Where it stands.
        place: String,
        /// Its limits.
        limits: Limits,
        /// What it serves.
        menu: Menu,
    },
    /// Take orders; ends a pause.
    OpenBar,
    /// Take no more orders.
    CloseBar,
    /// Let nobody in for a while.
    PauseBar {
        /// When it ends by itself; never, when not given.
        until: Option<Timestamp>,
        /// Why, for the guests.
        reason: Option<String>,
    },
    /// Mark a drink, or an option of a group, sold out or there again.
    SetAvailability {
        /// What.
        item: Item,
        /// Whether it can be had.
        available: bool,
    },
    /// Serve another menu.
    SetMenu {
        /// The menu.
        menu: Menu,
    },
    /// Change limits.
    SetLimits {
        /// Those that change.
        limits: LimitsChange,
    },
    /// Change what the bar is called and where it is.
    SetDetails(Details),
    /// Begin a new day; only the clock does.
    StartDay,
    /// Write down the guests who were turned away; only the clock does.
    CountTurnedAway {
        /// When the first of them came.
        since: Timestamp,
        /// How many, by reason.
        counts: Counts,
    },
    /// A guest scanned a code.
    RedeemCode {
        /// The id the order will have.
        order: OrderId,
        /// What the code turned out to be.
        scan: Scan,
    },
    /// Staff take an order for a guest without a phone.
    TakeOrder {
        /// The id the order will have.
        order: OrderId,
        /// What it is.
        choice: Choice,
    },
    /// Take a step with an order.
    Order {
        /// Which.
        order: OrderId,
        /// What to do with it.
        command: OrderCommand,
        /// Only if the order's version still is this.
        if_version: Option<u64>,
    },
}

impl Command {
    /// The name in figures and log lines.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::CreateBar { .. } => "create_bar",
            Self::OpenBar => "open",
            Self::CloseBar => "close",
            Self::PauseBar { .. } => "pause",
            Self::SetAvailability { .. } => "set_availability",
            Self::SetMenu { .. } => "set_menu",
            Self::SetLimits { .. } => "set_limits",
            Self::SetDetails(_) => "set_details",
            Self::StartDay => "start_day",
            Self::CountTurnedAway { .. } => "count_turned_away",
            Self::RedeemCode { .. } => "redeem_code",
            Self::TakeOrder { .. } => "take_order",
            Self::Order { command, .. } => command.step().as_str(),
        }
    }
}

/// What can be asked of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderCommand {
    /// Put the choice into the queue.
    Place(Choice),
    /// Make it something else.
    Change(Choice),
    /// Start making it.
    Claim,
    /// Put it back.
    Release,
    /// It is ready.
    Complete,
    /// It is not ready after all.
    Recall,
    /// It was collected.
    Collect,
    /// It was not collected after all.
    Return,
    /// Call it off.
    Cancel {
        /// Why.
        reason: Option<String>,
    },
    /// Its time has run out.
    Expire,
}

impl OrderCommand {
    /// The row of the transition table.
    pub const fn step(&self) -> crate::status::Step {
        use crate::status::Step;
        match self {
            Self::Place(_) => Step::Place,
            Self::Change(_) => Step::Change,
            Self::Claim => Step::Claim,
            Self::Release => Step::Release,
            Self::Complete => Step::Complete,
            Self::Recall => Step::Recall,
            Self::Collect => Step::Collect,
            Self::Return => Step::Return,
            Self::Cancel { .. } => Step::Cancel,
            Self::Expire => Step::Expire,
        }
    }
}

/// A drink and its options, as a guest asks for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which drink.
    pub drink: Slug,
    /// What was chosen in its groups.
    pub options: Options,
}

/// Something of the menu that can be sold out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A drink.
    Drink(Slug),
    /// An option of a group.
    Option(Slug, Slug),
}

/// What a bar is called and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: String,
    /// The languages guests are offered, by tag, the first being its own.
    pub languages: Vec<String>,
    /// Its time zone by IANA name, checked before.
    pub time_zone: String,
}

/// What a scanned code turned out to be when its signature was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scan {
    /// Made by this deployment, for a window of this bar that opens at this moment.
    Genuine(Timestamp),
    /// Anything else.
    Unknown,
}

/// What a decision needs beside the bar's own state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What the clock says; a bar never goes back behind its last entry.
    pub now: Timestamp,
    /// The bar's day at that moment, which begins at 04:00 in its time zone.
    pub today: Day,
    /// When the bar's next day begins.
    pub tomorrow: Timestamp,
    /// Who asks.
    pub sender: Sender,
}
