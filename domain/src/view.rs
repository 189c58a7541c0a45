//! What each audience sees, and the messages that keep it current.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{BarId, OrderId, PersonId, Slug};
use crate::limits::Limits;
use crate::menu::{Menu, Options};
use crate::rejection::Code;
use crate::status::Status;
use crate::time::Timestamp;

/// Names that are not in the log: of orders to call, and of staff.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The name to call, by order.
    pub pickup: BTreeMap<OrderId, String>,
    /// The names of staff, by person.
    pub staff: BTreeMap<PersonId, String>,
}

/// Whether a bar takes orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BarStatus {
    /// It takes orders.
    Open,
    /// It lets nobody in for a while.
    Paused,
    /// It takes no orders.
    Closed,
}

impl BarStatus {
    /// The name on the wire and in `data-status`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paused => "paused",
            Self::Closed => "closed",
        }
    }
}

/// Why nobody is let in at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refusal {
    /// The reason's name.
    pub code: Code,
    /// When to try again, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<Timestamp>,
}

/// A bar in the list of bars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BarSummary {
    /// Which bar.
    pub bar: BarId,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: String,
    /// Whether it takes orders.
    pub status: BarStatus,
}

/// A bar as everybody may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BarView {
    /// Which bar.
    pub bar: BarId,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: String,
    /// The languages guests are offered, its own first.
    pub languages: Vec<String>,
    /// Its time zone by IANA name.
    pub time_zone: String,
    /// Whether it takes orders.
    pub status: BarStatus,
    /// When a pause ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_until: Option<Timestamp>,
    /// Why it pauses, in the barista's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether one more guest would be let in.
    pub accepting: bool,
    /// If not, why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// What it serves; left out of live messages, where `menu_seq` tells when to fetch it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub menu: Option<Menu>,
    /// The entry that last changed the menu.
    pub menu_seq: u64,
    /// Its limits.
    pub limits: Limits,
    /// Seconds somebody who orders now would wait.
    pub wait_seconds: u32,
    /// Orders choosing, placed or being made.
    pub in_progress: u32,
    /// The entry this view was folded up to.
    pub seq: u64,
    /// The server's clock when it answered.
    pub now: Timestamp,
}

/// One order, as its guest and the staff may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderView {
    /// Which order.
    pub order: OrderId,
    /// At which bar.
    pub bar: BarId,
    /// The number called out; drawn when it is placed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Where it is in its life.
    pub status: Status,
    /// Which drink.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drink: Option<Slug>,
    /// The drink's name as sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drink_name: Option<String>,
    /// What was chosen in each group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<Options>,
    /// The names of those options as sold, in the menu's order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option_names: Option<Vec<String>>,
    /// The name to call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who makes it, by name; only for staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why it was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// In which status its time ran out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Status>,
    /// Seconds until it is ready, as far as one can tell; while choosing, placed or making.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_seconds: Option<u32>,
    /// When the guest was told, on placing, that it would be ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised_at: Option<Timestamp>,
    /// When the code was scanned or the order taken.
    pub created_at: Timestamp,
    /// When it went into the queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed_at: Option<Timestamp>,
    /// When a barista started it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it was ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_at: Option<Timestamp>,
    /// When it was collected, cancelled or ran out of time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// When its present stage runs out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The entry that last changed it.
    pub version: u64,
    /// The server's clock when it answered.
    pub now: Timestamp,
}

/// What the baristas work through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QueueView {
    /// Which bar.
    pub bar: BarId,
    /// The entry this view was folded up to.
    pub seq: u64,
    /// Placed, making and ready orders, in the order of the queue.
    pub orders: Vec<OrderView>,
    /// The last 40 collected, newest first.
    pub recent: Vec<OrderView>,
    /// The server's clock when it answered.
    pub now: Timestamp,
}

/// What changed in the queue since `prev`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueMessage {
    /// The entry that last touched this topic before.
    pub prev: u64,
    /// The entry that touched it now.
    pub seq: u64,
    /// Orders that came or changed; a collected one belongs to `recent`.
    pub upsert: Vec<OrderView>,
    /// Orders that are gone.
    pub remove: Vec<OrderId>,
}

/// The two zones of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// In the queue or being made.
    Preparing,
    /// On the counter.
    Ready,
}

/// One order on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Card {
    /// The number called out.
    pub number: u32,
    /// The name to call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The drink.
    pub drink_name: String,
    /// Where on the board it belongs.
    pub zone: Zone,
    /// Since when it is there.
    pub since: Timestamp,
}

/// What the monitor shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BoardView {
    /// Which bar.
    pub bar: BarId,
    /// The entry this view was folded up to.
    pub seq: u64,
    /// Whether the bar takes orders.
    pub status: BarStatus,
    /// Orders in the queue or being made, oldest first.
    pub preparing: Vec<Card>,
    /// Orders on the counter, newest first.
    pub ready: Vec<Card>,
    /// The server's clock when it answered.
    pub now: Timestamp,
}

/// What changed on the board since `prev`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardMessage {
    /// The entry that last touched this topic before.
    pub prev: u64,
    /// The entry that touched it now.
    pub seq: u64,
    /// Cards that came or changed.
    pub upsert: Vec<Card>,
    /// Numbers that are gone.
    pub remove: Vec<u32>,
    /// Whether the bar takes orders, when that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<BarStatus>,
}

/// The code on the monitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CodeView {
    /// The code, for typing.
    pub code: String,
    /// The address the QR holds.
    pub url: String,
    /// When its window opened.
    pub opens_at: Timestamp,
    /// When the next code replaces it.
    pub closes_at: Timestamp,
    /// How many more drinks it is good for.
    pub uses_left: u32,
    /// Whether one more guest with this code would be let in.
    pub accepting: bool,
    /// If not, why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// The entry this view was folded up to.
    pub seq: u64,
    /// The server's clock when it answered.
    pub now: Timestamp,
}

/// What a message meant to the screen that got it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The view is now that much newer.
    Yes,
    /// The view had it already.
    Stale,
    /// Something was missed: fetch the view again. Nothing was applied.
    Gap,
}

/// How many collected orders can be brought back.
pub const RECALLABLE: usize = 40;
