//! One order, as the bar keeps it.

use serde::{Deserialize, Serialize};

use crate::event::EndedBy;
use crate::id::{OrderId, PersonId};
use crate::menu::DrinkOrder;
use crate::status::Status;
use crate::time::{Day, Timestamp};

/// One order, folded from the log. The name to call is not here: it is not in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Which order.
    pub order: OrderId,
    /// Whose; nobody's when staff took it.
    pub person: Option<PersonId>,
    /// Where it is in its life.
    pub status: Status,
    /// The number called out.
    pub number: Option<u32>,
    /// What it is.
    pub drink: Option<DrinkOrder>,
    /// When the window opened whose code let it in.
    pub window: Option<Timestamp>,
    /// The bar's day on which it was placed.
    pub placed_on: Option<Day>,
    /// Its place in the queue: the entry that placed it. It keeps it for life.
    pub queue_place: u64,
    /// When its guest was told it would be ready.
    pub promised_at: Option<Timestamp>,
    /// When the code was scanned or the order taken.
    pub created_at: Timestamp,
    /// When it went into the queue.
    pub placed_at: Option<Timestamp>,
    /// When a barista started it.
    pub started_at: Option<Timestamp>,
    /// When it was ready.
    pub ready_at: Option<Timestamp>,
    /// When it was collected, cancelled or ran out of time.
    pub ended_at: Option<Timestamp>,
    /// When its present stage runs out.
    pub until: Option<Timestamp>,
    /// Who makes or made it.
    pub barista: Option<PersonId>,
    /// Which side ended it.
    pub ended_by: Option<EndedBy>,
    /// Why it was cancelled.
    pub reason: Option<String>,
    /// In which status its time ran out.
    pub stage: Option<Status>,
    /// Whether its completion has been counted in the pace; bringing it back counts nothing twice.
    pub counted: bool,
    /// The entry that last changed it.
    pub version: u64,
}

impl Order {
    /// An order that has just begun, with nothing else known of it.
    pub fn begin(order: OrderId, person: Option<PersonId>, at: Timestamp) -> Self {
        Self {
            order,
            person,
            status: Status::Choosing,
            number: None,
            drink: None,
            window: None,
            placed_on: None,
            queue_place: 0,
            promised_at: None,
            created_at: at,
            placed_at: None,
            started_at: None,
            ready_at: None,
            ended_at: None,
            until: None,
            barista: None,
            ended_by: None,
            reason: None,
            stage: None,
            counted: false,
            version: 0,
        }
    }

    /// Milliseconds its drink takes to make; 0 before one is chosen.
    pub(crate) fn own_millis(&self) -> u64 {
        self.drink.as_ref().map_or(0, |drink| u64::from(drink.seconds) * 1000)
    }
}
