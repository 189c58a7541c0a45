//! The stages of a good order, one after the other, for whoever waits for their ends.

use serde::{Deserialize, Serialize};

use crate::deadline;
use crate::order::Order;
use crate::status::Status;
use crate::time::Timestamp;

/// A stage of a good order. An order in a later one has passed those before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    /// Its guest chooses.
    Choosing,
    /// It is in the queue or being made.
    Placed,
    /// It is ready and has not been collected.
    Ready,
}

/// How an order stands to a stage whose end somebody waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has not passed it.
    Within {
        /// When it runs out of time; never while it is being made.
        until: Option<Timestamp>,
    },
    /// It has passed it.
    Passed {
        /// When it runs out of time; never while it is being made, or at its end.
        until: Option<Timestamp>,
    },
    /// It ended on the way: there is no next stage.
    Ended,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 3] = [Self::Choosing, Self::Placed, Self::Ready];

    /// The stage of an order in this status; none when it has ended.
    pub const fn of(status: Status) -> Option<Self> {
        match status {
            Status::Choosing => Some(Self::Choosing),
            Status::Placed | Status::Making => Some(Self::Placed),
            Status::Ready => Some(Self::Ready),
            Status::Collected | Status::Cancelled | Status::Expired => None,
        }
    }

    /// How an order stands to this stage. One that nobody knows any more has ended long ago.
    pub fn standing_of(self, order: Option<&Order>) -> Standing {
        let until = order.and_then(deadline::of_order);
        match order.and_then(|order| Self::of(order.status)) {
            Some(stage) if stage <= self => Standing::Within { until },
            Some(_) => Standing::Passed { until },
            // Behind the last stage there is nothing to miss.
            None if self == Self::Ready => Standing::Passed { until: None },
            None => Standing::Ended,
        }
    }
}
