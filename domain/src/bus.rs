//! What happened, as it travels outside: on the bus and to webhooks, each event alone.

use serde::{Deserialize, Serialize};

use crate::event::{Entry, Event};
use crate::id::{BarId, CommandId};
use crate::time::Timestamp;

/// Who says so.
pub const SOURCE: &str = "serverlesspresso";

/// How events are written; another number when fields are no longer only added.
const SCHEMA: u32 = 1;

/// One event. `(bar, seq, index)` names it for good and gives the order. Like the log it holds
/// nothing personal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BusEvent {
    /// At which bar.
    pub bar: BarId,
    /// In which entry of its log.
    pub seq: u64,
    /// Its place in that entry, from 0.
    pub index: u32,
    /// When.
    pub at: Timestamp,
    /// The command it answers.
    pub cause: CommandId,
    /// How it is written.
    #[cfg_attr(feature = "schema", schemars(extend("const" = SCHEMA)))]
    pub schema: u32,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

impl BusEvent {
    /// The events of an entry.
    pub fn all_of(entry: &Entry) -> impl Iterator<Item = Self> {
        (0..).zip(&entry.events).map(|(index, event)| Self {
            bar: entry.bar.clone(),
            seq: entry.seq,
            index,
            at: entry.at,
            cause: entry.cause.clone(),
            schema: SCHEMA,
            event: event.clone(),
        })
    }
}
