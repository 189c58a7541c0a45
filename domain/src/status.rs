//! The life of an order: its statuses, and the one table of who may take which step from where.

use serde::{Deserialize, Serialize};

/// Where an order is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The guest has a place and is picking a drink.
    Choosing,
    /// In the queue with a number.
    Placed,
    /// A barista is making it.
    Making,
    /// It stands on the counter.
    Ready,
    /// The guest has it.
    Collected,
    /// Called off, by whom and why is on the order.
    Cancelled,
    /// Its time ran out, at which stage is on the order.
    Expired,
}

impl Status {
    /// Every status, in the order of an order's life.
    pub const ALL: [Self; 7] = [
        Self::Choosing,
        Self::Placed,
        Self::Making,
        Self::Ready,
        Self::Collected,
        Self::Cancelled,
        Self::Expired,
    ];

    /// The name on the wire and in `data-status`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Choosing => "choosing",
            Self::Placed => "placed",
            Self::Making => "making",
            Self::Ready => "ready",
            Self::Collected => "collected",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// Choosing, placed, making or ready: it counts as somebody's running order.
    pub const fn is_live(self) -> bool {
        match self {
            Self::Choosing | Self::Placed | Self::Making | Self::Ready => true,
            Self::Collected | Self::Cancelled | Self::Expired => false,
        }
    }

    /// Choosing, placed or making: it takes one of the bar's places.
    pub const fn is_in_progress(self) -> bool {
        match self {
            Self::Choosing | Self::Placed | Self::Making => true,
            Self::Ready | Self::Collected | Self::Cancelled | Self::Expired => false,
        }
    }
}

/// One step somebody, or the clock, may take with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The guest's choice goes into the queue.
    Place,
    /// The guest chooses something else while still in the queue.
    Change,
    /// A barista starts making it.
    Claim,
    /// A barista puts it back into the queue.
    Release,
    /// It is ready.
    Complete,
    /// It is not ready after all.
    Recall,
    /// The guest has it.
    Collect,
    /// It was not collected after all.
    Return,
    /// It is called off.
    Cancel,
    /// Its time has run out.
    Expire,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 10] = [
        Self::Place,
        Self::Change,
        Self::Claim,
        Self::Release,
        Self::Complete,
        Self::Recall,
        Self::Collect,
        Self::Return,
        Self::Cancel,
        Self::Expire,
    ];

    /// The name on the wire and in `data-command`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Change => "change",
            Self::Claim => "claim",
            Self::Release => "release",
            Self::Complete => "complete",
            Self::Recall => "recall",
            Self::Collect => "collect",
            Self::Return => "return",
            Self::Cancel => "cancel",
            Self::Expire => "expire",
        }
    }

    /// The step that takes this one back, where the table has one: what "undo" sends.
    pub const fn undone_by(self) -> Option<Self> {
        match self {
            Self::Claim => Some(Self::Release),
            Self::Complete => Some(Self::Recall),
            Self::Collect => Some(Self::Return),
            Self::Place
            | Self::Change
            | Self::Release
            | Self::Recall
            | Self::Return
            | Self::Cancel
            | Self::Expire => None,
        }
    }
}

/// What a sender is to one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// The guest whose order it is.
    Owner,
    /// A barista or organiser of the bar.
    Staff,
    /// A monitor: it looks, it never acts.
    Display,
    /// The clock.
    System,
}

impl Party {
    /// Every party.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Staff, Self::Display, Self::System];
}

/// What the table answers to a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transition {
    /// Allowed; the order is then in this status.
    To(Status),
    /// This party may take the step, but not from this status.
    WrongStatus,
    /// Somebody is making the order already.
    Taken,
    /// This party may never take this step.
    NotAllowed,
}

/// The transition table of the product: what `step`, sent by `party`, does to an order in `from`.
///
/// A `Return` is allowed here whenever the order is collected; that it is still among the last 40
/// is known only to the bar.
pub const fn transition(party: Party, step: Step, from: Status) -> Transition {
    use Status::{Cancelled, Choosing, Collected, Expired, Making, Placed, Ready};
    use Transition::{NotAllowed, Taken, To, WrongStatus};

    match (party, step) {
        (Party::Owner, Step::Place) => match from {
            Choosing => To(Placed),
            Placed | Making | Ready | Collected | Cancelled | Expired => WrongStatus,
        },
        (Party::Owner, Step::Change) => match from {
            Placed => To(Placed),
            Choosing | Making | Ready | Collected | Cancelled | Expired => WrongStatus,
        },
        (Party::Owner, Step::Cancel) => match from {
            Choosing | Placed => To(Cancelled),
            Making | Ready | Collected | Cancelled | Expired => WrongStatus,
        },
        (Party::Staff, Step::Cancel) => match from {
            Placed | Making => To(Cancelled),
            Choosing | Ready | Collected | Cancelled | Expired => WrongStatus,
        },
        (Party::Staff, Step::Claim) => match from {
            Placed => To(Making),
            Making => Taken,
            Choosing | Ready | Collected | Cancelled | Expired => WrongStatus,
        },
        (Party::Staff, Step::Release) => match from {
            Making => To(Placed),
            Choosing | Placed | Ready | Collected | Cancelled | Expired => WrongStatus,
        },
        (Party::Staff, Step::Complete) => match from {
            Placed | Making => To(Ready),
            Choosing | Ready | Collected | Cancelled | Expired => WrongStatus,
        },
        (Party::Staff, Step::Recall) => match from {
            Ready => To(Making),
            Choosing | Placed | Making | Collected | Cancelled | Expired => WrongStatus,
        },
        (Party::Owner | Party::Staff | Party::System, Step::Collect) => match from {
            Ready => To(Collected),
            Choosing | Placed | Making | Collected | Cancelled | Expired => WrongStatus,
        },
        (Party::Staff, Step::Return) => match from {
            Collected => To(Ready),
            Choosing | Placed | Making | Ready | Cancelled | Expired => WrongStatus,
        },
        (Party::System, Step::Expire) => match from {
            Choosing | Placed => To(Expired),
            Making | Ready | Collected | Cancelled | Expired => WrongStatus,
        },
        (Party::Owner, Step::Claim | Step::Release | Step::Complete | Step::Recall)
        | (Party::Owner, Step::Return | Step::Expire)
        | (Party::Staff, Step::Place | Step::Change | Step::Expire)
        | (Party::System, Step::Place | Step::Change | Step::Claim | Step::Release)
        | (Party::System, Step::Complete | Step::Recall | Step::Return | Step::Cancel)
        | (
            Party::Display,
            Step::Place | Step::Change | Step::Claim | Step::Release | Step::Complete,
        )
        | (
            Party::Display,
            Step::Recall | Step::Collect | Step::Return | Step::Cancel | Step::Expire,
        ) => NotAllowed,
    }
}
