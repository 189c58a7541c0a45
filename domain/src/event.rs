//! What has happened at a bar, as its log keeps it.

use serde::{Deserialize, Serialize};

use crate::actor::Sender;
use crate::id::{BarId, CommandId, OrderId, PersonId, Slug};
use crate::limits::Limits;
use crate::menu::{DrinkOrder, Menu};
use crate::status::Status;
use crate::time::{Day, Timestamp};
use crate::turned_away::Counts;

/// One entry of a bar's log: everything one command did, in one atomic step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// Whose log.
    pub bar: BarId,
    /// Its place in the log: 1, 2, 3, without a gap.
    pub seq: u64,
    /// When; never before the entry ahead of it.
    pub at: Timestamp,
    /// Who.
    pub by: Sender,
    /// The command it answers, as its sender named it.
    pub cause: CommandId,
    /// A digest of that command's address and body: the same id with another digest is a mistake.
    pub digest: String,
    /// What happened. Never empty.
    pub events: Vec<Event>,
}

/// Something that has happened. Fields are only ever added; the wire name of each is pinned by a
/// golden file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type")]
#[expect(missing_docs, reason = "the fields are those of the views and commands of the same name")]
pub enum Event {
    /// The bar was made, closed.
    BarCreated {
        name: String,
        place: String,
        languages: Vec<String>,
        time_zone: String,
        day: Day,
        limits: Limits,
        menu: Menu,
    },
    /// It takes orders.
    BarOpened {},
    /// It lets nobody in, until a moment or until it is opened.
    BarPaused {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// It takes no more orders.
    BarClosed {},
    /// It serves another menu.
    MenuChanged { menu: Menu },
    /// A drink, or an option of a group, is sold out or there again.
    AvailabilityChanged {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        drink: Option<Slug>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<Slug>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        option: Option<Slug>,
        available: bool,
    },
    /// Its limits changed; the length of its windows from `window_from` on.
    LimitsChanged { limits: Limits, window_from: Timestamp },
    /// Its name, place, languages or time zone changed.
    DetailsChanged { name: String, place: String, languages: Vec<String>, time_zone: String },
    /// A new day began: numbers start again, daily counts are cleared.
    DayStarted { day: Day },
    /// Guests who redeemed a code were not let in, since `since`: how many, by reason. At most one a
    /// minute.
    GuestsTurnedAway { since: Timestamp, counts: Counts },
    /// A guest took one use of the window that opened at `window`, and a place in the bar until
    /// `until`.
    CodeRedeemed { order: OrderId, person: PersonId, window: Timestamp, until: Timestamp },
    /// A drink went into the queue; `person` is null when staff took the order.
    OrderPlaced {
        order: OrderId,
        person: Option<PersonId>,
        number: u32,
        #[serde(flatten)]
        drink: DrinkOrder,
        promised_at: Timestamp,
        until: Timestamp,
    },
    /// The guest wants something else, at the same place of the queue.
    OrderChanged {
        order: OrderId,
        number: u32,
        #[serde(flatten)]
        drink: DrinkOrder,
    },
    /// A barista makes it.
    OrderClaimed { order: OrderId, number: u32, barista: PersonId },
    /// It was put back into the queue.
    OrderReleased { order: OrderId, number: u32, until: Timestamp },
    /// It is ready.
    OrderCompleted { order: OrderId, number: u32, barista: PersonId, until: Timestamp },
    /// It is not ready after all.
    OrderRecalled { order: OrderId, number: u32, barista: PersonId },
    /// The guest has it: who said so.
    OrderCollected { order: OrderId, number: u32, by: EndedBy },
    /// It was not collected after all.
    OrderReturned { order: OrderId, number: u32, until: Timestamp },
    /// It was called off; `use_returned` when its use of the code was given back.
    OrderCancelled {
        order: OrderId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u32>,
        by: EndedBy,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        use_returned: bool,
    },
    /// Its time ran out in the status `stage`.
    OrderExpired {
        order: OrderId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u32>,
        stage: Status,
    },
}

/// Which side ended an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// The guest.
    Customer,
    /// The bar.
    Staff,
    /// The clock.
    System,
}

impl Event {
    /// The wire names of all events.
    pub const NAMES: [&'static str; 21] = [
        "BarCreated",
        "BarOpened",
        "BarPaused",
        "BarClosed",
        "MenuChanged",
        "AvailabilityChanged",
        "LimitsChanged",
        "DetailsChanged",
        "DayStarted",
        "GuestsTurnedAway",
        "CodeRedeemed",
        "OrderPlaced",
        "OrderChanged",
        "OrderClaimed",
        "OrderReleased",
        "OrderCompleted",
        "OrderRecalled",
        "OrderCollected",
        "OrderReturned",
        "OrderCancelled",
        "OrderExpired",
    ];

    /// The wire name: `type` in the log and the detail-type on the bus.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::BarCreated { .. } => "BarCreated",
            Self::BarOpened {} => "BarOpened",
            Self::BarPaused { .. } => "BarPaused",
            Self::BarClosed {} => "BarClosed",
            Self::MenuChanged { .. } => "MenuChanged",
            Self::AvailabilityChanged { .. } => "AvailabilityChanged",
            Self::LimitsChanged { .. } => "LimitsChanged",
            Self::DetailsChanged { .. } => "DetailsChanged",
            Self::DayStarted { .. } => "DayStarted",
            Self::GuestsTurnedAway { .. } => "GuestsTurnedAway",
            Self::CodeRedeemed { .. } => "CodeRedeemed",
            Self::OrderPlaced { .. } => "OrderPlaced",
            Self::OrderChanged { .. } => "OrderChanged",
            Self::OrderClaimed { .. } => "OrderClaimed",
            Self::OrderReleased { .. } => "OrderReleased",
            Self::OrderCompleted { .. } => "OrderCompleted",
            Self::OrderRecalled { .. } => "OrderRecalled",
            Self::OrderCollected { .. } => "OrderCollected",
            Self::OrderReturned { .. } => "OrderReturned",
            Self::OrderCancelled { .. } => "OrderCancelled",
            Self::OrderExpired { .. } => "OrderExpired",
        }
    }

    /// The order it is about, when it is about one.
    pub const fn order(&self) -> Option<&OrderId> {
        match self {
            Self::CodeRedeemed { order, .. }
            | Self::OrderPlaced { order, .. }
            | Self::OrderChanged { order, .. }
            | Self::OrderClaimed { order, .. }
            | Self::OrderReleased { order, .. }
            | Self::OrderCompleted { order, .. }
            | Self::OrderRecalled { order, .. }
            | Self::OrderCollected { order, .. }
            | Self::OrderReturned { order, .. }
            | Self::OrderCancelled { order, .. }
            | Self::OrderExpired { order, .. } => Some(order),
            Self::BarCreated { .. }
            | Self::BarOpened {}
            | Self::BarPaused { .. }
            | Self::BarClosed {}
            | Self::MenuChanged { .. }
            | Self::AvailabilityChanged { .. }
            | Self::LimitsChanged { .. }
            | Self::DetailsChanged { .. }
            | Self::DayStarted { .. }
            | Self::GuestsTurnedAway { .. } => None,
        }
    }

    /// Whether somebody changed what the bar is, and not only who waits there for what: what the
    /// topic [`crate::topic::Topic::Sign`] tells of.
    pub const fn is_about_the_bar(&self) -> bool {
        match self {
            Self::BarCreated { .. }
            | Self::BarOpened {}
            | Self::BarPaused { .. }
            | Self::BarClosed {}
            | Self::MenuChanged { .. }
            | Self::AvailabilityChanged { .. }
            | Self::LimitsChanged { .. }
            | Self::DetailsChanged { .. } => true,
            Self::DayStarted { .. }
            | Self::GuestsTurnedAway { .. }
            | Self::CodeRedeemed { .. }
            | Self::OrderPlaced { .. }
            | Self::OrderChanged { .. }
            | Self::OrderClaimed { .. }
            | Self::OrderReleased { .. }
            | Self::OrderCompleted { .. }
            | Self::OrderRecalled { .. }
            | Self::OrderCollected { .. }
            | Self::OrderReturned { .. }
            | Self::OrderCancelled { .. }
            | Self::OrderExpired { .. } => false,
        }
    }
}
