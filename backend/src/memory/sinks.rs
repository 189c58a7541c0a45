//! The bus, and how far everybody has been told, in memory.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::{BarId, BusEvent};

use super::{Memory, others_go_on};
use crate::ports::{Bus, Cursor, Cursors, Sink, Unavailable};

#[derive(Default)]
pub(super) struct State {
    cursors: BTreeMap<(BarId, Sink), Cursor>,
    events: Vec<BusEvent>,
}

impl Memory {
    /// Takes what was handed over to the bus so far.
    pub(crate) fn events(&self) -> Vec<BusEvent> {
        std::mem::take(&mut self.sinks().events)
    }

    fn sinks(&self) -> MutexGuard<'_, State> {
        self.sinks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Bus for Memory {
    async fn publish(&self, events: &[BusEvent]) -> Result<(), Unavailable> {
        self.sinks().events.extend_from_slice(events);
        Ok(())
    }
}

#[async_trait]
impl Cursors for Memory {
    async fn cursor(&self, bar: &BarId, sink: Sink) -> Result<Cursor, Unavailable> {
        let cursor = self.sinks().cursors.get(&(bar.clone(), sink)).copied().unwrap_or_default();
        others_go_on().await;
        Ok(cursor)
    }

    async fn advance(&self, bar: &BarId, sink: Sink, cursor: Cursor) -> Result<(), Unavailable> {
        let mut sinks = self.sinks();
        let kept = sinks.cursors.entry((bar.clone(), sink)).or_default();
        if kept.seq < cursor.seq {
            *kept = cursor;
        }
        Ok(())
    }
}
