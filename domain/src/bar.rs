//! One bar: the state in which everything that must be decided together lives.

mod decide;
mod evolve;
mod render;
mod snapshot;
mod step;
mod work;

pub use render::{Audience, card};
pub use snapshot::{SNAPSHOT_VERSION, Snapshot};

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::event::Event;
use crate::id::{BarId, CommandId, OrderId, PersonId};
use crate::limits::Limits;
use crate::menu::Menu;
use crate::order::Order;
use crate::rejection::Rejection;
use crate::time::{Day, Timestamp};
use crate::view::BarStatus;
use crate::window::{Window, Windows};

/// A bar, folded from its log. A few tens of KB, whatever has happened before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bar {
    pub(crate) bar: BarId,
    pub(crate) seq: u64,
    pub(crate) at: Timestamp,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) languages: Vec<String>,
    pub(crate) time_zone: String,
    pub(crate) day: Day,
    pub(crate) door: Door,
    pub(crate) menu: Menu,
    pub(crate) menu_seq: u64,
    pub(crate) limits: Limits,
    pub(crate) windows: Windows,
    /// Live orders.
    pub(crate) orders: BTreeMap<OrderId, Order>,
    /// The last 40 collected, oldest first.
    pub(crate) collected: VecDeque<Order>,
    /// Orders that ended within [`ENDED_KEPT_SECONDS`] and are not among the last 40 collected.
    pub(crate) ended: VecDeque<Order>,
    /// Uses taken, by the window's first moment; windows past their grace are dropped.
    pub(crate) uses: BTreeMap<Timestamp, u32>,
    /// Orders placed today, less cancelled and expired ones.
    pub(crate) daily: BTreeMap<PersonId, u32>,
    pub(crate) last_number: u32,
    pub(crate) samples: VecDeque<u32>,
    pub(crate) last_completed: Option<Timestamp>,
    /// When guests turned away were last written down.
    pub(crate) turned_away_at: Option<Timestamp>,
    pub(crate) remembered: Remembered,
    pub(crate) touched: Touched,
}

/// How long an order that has ended stays at hand; after that it is in the history only.
pub const ENDED_KEPT_SECONDS: u32 = 15 * 60;

/// How long a bar itself remembers command ids; older ones are looked up in the log.
pub const COMMANDS_KEPT_SECONDS: u32 = 10 * 60;

/// Whether the bar takes orders, as the log says; a pause may have ended since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Door {
    Open,
    Paused { until: Option<Timestamp>, reason: Option<String> },
    Closed,
}

/// An accepted command, so that sending it again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The digest of its address and body.
    pub digest: String,
    /// The order it made or moved.
    pub order: Option<OrderId>,
    at: Timestamp,
}

/// The commands accepted lately, by sender and id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<snapshot::Written>", into = "Vec<snapshot::Written>")]
pub(crate) struct Remembered {
    by_id: BTreeMap<(PersonId, CommandId), Accepted>,
    oldest_first: VecDeque<(PersonId, CommandId)>,
}

/// The entries that last touched live topics: what they are told differs from what they were told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    /// `…/board`
    pub board: u64,
    /// `…/queue`
    pub queue: u64,
    /// `…/status`
    pub status: u64,
}

impl Touched {
    /// Notes that the entry `seq` holds this event.
    pub fn note(&mut self, event: &Event, seq: u64) {
        let (board, queue, status) = match event {
            Event::BarOpened {} | Event::BarPaused { .. } | Event::BarClosed {} => {
                (true, false, true)
            }
            Event::OrderPlaced { .. }
            | Event::OrderChanged { .. }
            | Event::OrderCompleted { .. }
            | Event::OrderRecalled { .. } => (true, true, true),
            // What is ready is no work that others wait for.
            Event::OrderCollected { .. } | Event::OrderReturned { .. } => (true, true, false),
            // On the board it is the same card, and ahead of others the same work, until the clock
            // takes from it what is done.
            Event::OrderClaimed { .. } => (false, true, false),
            Event::OrderReleased { .. } => (false, true, true),
            // Before it has a number an order is on no screen but its guest's.
            Event::OrderCancelled { number, .. } | Event::OrderExpired { number, .. } => {
                (number.is_some(), number.is_some(), true)
            }
            Event::BarCreated { .. }
            | Event::MenuChanged { .. }
            | Event::AvailabilityChanged { .. }
            | Event::LimitsChanged { .. }
            | Event::DetailsChanged { .. }
            | Event::CodeRedeemed { .. } => (false, false, true),
            Event::DayStarted { .. } | Event::GuestsTurnedAway { .. } => (false, false, false),
        };
        if board {
            self.board = seq;
        }
        if queue {
            self.queue = seq;
        }
        if status {
            self.status = seq;
        }
    }
}

impl Bar {
    /// A bar nothing has happened to yet: it does not exist until its log says `BarCreated`.
    pub fn new(bar: BarId) -> Self {
        Self {
            bar,
            seq: 0,
            at: Timestamp::default(),
            name: String::new(),
            place: String::new(),
            languages: Vec::new(),
            time_zone: "UTC".to_owned(),
            day: Day::default(),
            door: Door::Closed,
            menu: Menu::default(),
            menu_seq: 0,
            limits: Limits::default(),
            windows: Windows::of_length(Limits::default().window_seconds),
            orders: BTreeMap::new(),
            collected: VecDeque::new(),
            ended: VecDeque::new(),
            uses: BTreeMap::new(),
            daily: BTreeMap::new(),
            last_number: 0,
            samples: VecDeque::new(),
            last_completed: None,
            turned_away_at: None,
            remembered: Remembered::default(),
            touched: Touched::default(),
        }
    }

    /// Which bar.
    pub fn id(&self) -> &BarId {
        &self.bar
    }

    /// Whether it has been created.
    pub fn exists(&self) -> bool {
        self.seq > 0
    }

    /// The last entry of its log.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The day it is on.
    pub fn day(&self) -> Day {
        self.day
    }

    /// Its time zone by IANA name.
    pub fn time_zone(&self) -> &str {
        &self.time_zone
    }

    /// The entries that last touched live topics.
    pub fn touched(&self) -> Touched {
        self.touched
    }

    /// The moment a decision taken at `now` is dated: never before the last entry, so that a clock
    /// set back revives nothing.
    pub fn clamp(&self, now: Timestamp) -> Timestamp {
        now.max(self.at)
    }

    /// Whether it takes orders at `at`: a pause ends by itself.
    pub fn status(&self, at: Timestamp) -> BarStatus {
        match &self.door {
            Door::Open => BarStatus::Open,
            Door::Paused { until: Some(until), .. } if *until <= at => BarStatus::Open,
            Door::Paused { .. } => BarStatus::Paused,
            Door::Closed => BarStatus::Closed,
        }
    }

    /// The window whose code is shown at `at`.
    pub fn window(&self, at: Timestamp) -> Window {
        self.windows.at(at)
    }

    /// An order that is live, among the last 40 collected, or ended within 15 minutes.
    pub fn order(&self, order: &OrderId) -> Option<&Order> {
        self.orders.get(order).or_else(|| {
            let mut ended = self.collected.iter().chain(&self.ended);
            ended.find(|ended| ended.order == *order)
        })
    }

    /// Every order at hand: see [`Bar::order`].
    pub fn orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.values().chain(&self.collected).chain(&self.ended)
    }

    /// Every live order.
    pub fn live_orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.values()
    }

    /// Orders choosing, placed or being made.
    pub fn in_progress(&self) -> u32 {
        let count = self.orders.values().filter(|order| order.status.is_in_progress()).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// What an id stands for that this sender used lately: nothing yet, the same command accepted
    /// before, or another one.
    pub fn repeat(
        &self,
        person: &PersonId,
        id: &CommandId,
        digest: &str,
    ) -> Result<Option<&Accepted>, Rejection> {
        // A copy of the key is the price of a map keyed by both.
        match self.remembered.by_id.get(&(person.clone(), id.clone())) {
            Some(accepted) if accepted.digest == digest => Ok(Some(accepted)),
            Some(_) => Err(Rejection::CommandReused),
            None => Ok(None),
        }
    }

    fn collected_place(&self, order: &OrderId) -> Option<usize> {
        self.collected.iter().position(|collected| collected.order == *order)
    }

    pub(crate) fn uses_left(&self, window: Window) -> u32 {
        let taken = self.uses.get(&window.opens_at).copied().unwrap_or(0);
        self.limits.uses_per_window.saturating_sub(taken)
    }
}
