//! The journey of one order: every step it has taken, with its time, from the log of its bar.

use serde::{Deserialize, Serialize};

use crate::bar::Audience;
use crate::event::{EndedBy, Entry, Event};
use crate::id::{BarId, OrderId};
use crate::menu::DrinkOrder;
use crate::status::Status;
use crate::time::Timestamp;
use crate::view::Names;

/// Every step of one order, as its guest and the staff may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JourneyView {
    /// Which order.
    pub order: OrderId,
    /// At which bar.
    pub bar: BarId,
    /// The number called out; drawn when it is placed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// When its guest was told it would be ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised_at: Option<Timestamp>,
    /// The steps, oldest first.
    pub steps: Vec<JourneyStep>,
    /// The server's clock when it answered.
    pub now: Timestamp,
}

/// One step of an order: an event of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JourneyStep {
    /// In which entry of the bar's log.
    pub seq: u64,
    /// Its place in that entry, from 0.
    pub index: u32,
    /// When.
    pub at: Timestamp,
    /// What happened.
    #[serde(rename = "type")]
    pub milestone: Milestone,
    /// The status it left the order in.
    pub status: Status,
    /// Which side took it.
    pub side: EndedBy,
    /// Who of the staff took it; told to staff only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why it was called off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// In which status its time ran out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Status>,
    /// What was ordered with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drink: Option<DrinkOrder>,
    /// When others had heard of it; told to staff only, and only where and while it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hops: Option<Hops>,
}

/// What can happen to an order: the event of the log by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Milestone {
    /// Its guest came in with a code.
    CodeRedeemed,
    /// A drink went into the queue.
    OrderPlaced,
    /// Its guest wanted something else.
    OrderChanged,
    /// A barista started it.
    OrderClaimed,
    /// It was put back into the queue.
    OrderReleased,
    /// It was ready.
    OrderCompleted,
    /// It was not ready after all.
    OrderRecalled,
    /// Its guest had it.
    OrderCollected,
    /// It was not collected after all.
    OrderReturned,
    /// It was called off.
    OrderCancelled,
    /// Its time ran out.
    OrderExpired,
}

impl Milestone {
    /// What an event is to its order; none for an event of the bar.
    pub const fn of(event: &Event) -> Option<Self> {
        match event {
            Event::CodeRedeemed { .. } => Some(Self::CodeRedeemed),
            Event::OrderPlaced { .. } => Some(Self::OrderPlaced),
            Event::OrderChanged { .. } => Some(Self::OrderChanged),
            Event::OrderClaimed { .. } => Some(Self::OrderClaimed),
            Event::OrderReleased { .. } => Some(Self::OrderReleased),
            Event::OrderCompleted { .. } => Some(Self::OrderCompleted),
            Event::OrderRecalled { .. } => Some(Self::OrderRecalled),
            Event::OrderCollected { .. } => Some(Self::OrderCollected),
            Event::OrderReturned { .. } => Some(Self::OrderReturned),
            Event::OrderCancelled { .. } => Some(Self::OrderCancelled),
            Event::OrderExpired { .. } => Some(Self::OrderExpired),
            Event::BarCreated { .. }
            | Event::BarOpened {}
            | Event::BarPaused { .. }
            | Event::BarClosed {}
            | Event::MenuChanged { .. }
            | Event::AvailabilityChanged { .. }
            | Event::LimitsChanged { .. }
            | Event::DetailsChanged { .. }
            | Event::DayStarted { .. }
            | Event::GuestsTurnedAway { .. } => None,
        }
    }

    /// The status it leaves an order in.
    pub const fn status(self) -> Status {
        match self {
            Self::CodeRedeemed => Status::Choosing,
            Self::OrderPlaced | Self::OrderChanged | Self::OrderReleased => Status::Placed,
            Self::OrderClaimed | Self::OrderRecalled => Status::Making,
            Self::OrderCompleted | Self::OrderReturned => Status::Ready,
            Self::OrderCollected => Status::Collected,
            Self::OrderCancelled => Status::Cancelled,
            Self::OrderExpired => Status::Expired,
        }
    }
}

/// How many milliseconds after an entry's `at` those behind the log had it. What is not known is
/// left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hops {
    /// It was in the log, whose stream had woken the relay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<u64>,
    /// The relay had read it, and began to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relay: Option<u64>,
    /// The broker of the live topics had every message of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<u64>,
    /// The bus had its events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bus: Option<u64>,
    /// The history had what it made of its order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<u64>,
}

impl Hops {
    /// These, and of `later` ones what is not known yet: the first time counts.
    #[must_use]
    pub fn or(self, later: Self) -> Self {
        Self {
            log: self.log.or(later.log),
            relay: self.relay.or(later.relay),
            live: self.live.or(later.live),
            bus: self.bus.or(later.bus),
            history: self.history.or(later.history),
        }
    }
}

impl JourneyView {
    /// The journey of `order`, as `audience` may see it, of entries of its bar's log that hold at
    /// least all of its own, in order.
    pub fn of<'a>(
        order: &OrderId,
        entries: impl IntoIterator<Item = &'a Entry>,
        names: &Names,
        audience: Audience,
        now: Timestamp,
    ) -> Self {
        let mut journey = Self {
            order: order.clone(),
            bar: order.bar(),
            number: None,
            promised_at: None,
            steps: Vec::new(),
            now,
        };
        for entry in entries {
            for (index, event) in (0..).zip(&entry.events) {
                if event.order() == Some(order)
                    && let Some(milestone) = Milestone::of(event)
                {
                    journey.steps.push(step(entry, index, event, milestone, names, audience));
                    if let Event::OrderPlaced { number, promised_at, .. } = event {
                        journey.number = Some(*number);
                        journey.promised_at = Some(*promised_at);
                    }
                }
            }
        }
        journey
    }
}

fn step(
    entry: &Entry,
    index: u32,
    event: &Event,
    milestone: Milestone,
    names: &Names,
    audience: Audience,
) -> JourneyStep {
    let by = match audience {
        Audience::Staff => entry.by.person().and_then(|person| names.staff.get(person)),
        Audience::Guest => None,
    };
    let mut step = JourneyStep {
        seq: entry.seq,
        index,
        at: entry.at,
        milestone,
        status: milestone.status(),
        side: entry.by.side(),
        by: by.cloned(),
        reason: None,
        stage: None,
        drink: None,
        hops: None,
    };
    if let Event::OrderPlaced { drink, .. } | Event::OrderChanged { drink, .. } = event {
        step.drink = Some(drink.clone());
    }
    if let Event::OrderCancelled { reason, .. } = event {
        step.reason.clone_from(reason);
    }
    if let Event::OrderExpired { stage, .. } = event {
        step.stage = Some(*stage);
    }
    step
}
