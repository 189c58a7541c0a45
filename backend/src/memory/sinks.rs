//! The bus, how far everybody has been told, and when, in memory.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::journey::Hops;
use domain::{BarId, BusEvent, Timestamp};

use super::{Memory, others_go_on};
use crate::ports::{Bus, Cursors, HopTimes, Places, Unavailable};

#[derive(Default)]
pub(super) struct State {
    places: BTreeMap<BarId, Places>,
    events: Vec<BusEvent>,
    hops: BTreeMap<(BarId, u64), Hops>,
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
    async fn places(&self, bar: &BarId) -> Result<Places, Unavailable> {
        let places = self.sinks().places.get(bar).cloned().unwrap_or_default();
        others_go_on().await;
        Ok(places)
    }

    async fn advance(&self, bar: &BarId, to: Places) -> Result<(), Unavailable> {
        let mut sinks = self.sinks();
        let places = sinks.places.entry(bar.clone()).or_default();
        for (sink, cursor) in to {
            let kept = places.entry(sink).or_default();
            if kept.seq < cursor.seq {
                *kept = cursor;
            }
        }
        Ok(())
    }
}

#[async_trait]
impl HopTimes for Memory {
    async fn keep(
        &self,
        bar: &BarId,
        hops: &BTreeMap<u64, Hops>,
        _: Timestamp,
    ) -> Result<(), Unavailable> {
        let mut sinks = self.sinks();
        for (seq, hops) in hops {
            let kept = sinks.hops.entry((bar.clone(), *seq)).or_default();
            *kept = kept.or(*hops);
        }
        Ok(())
    }

    async fn of(&self, bar: &BarId, entries: &[u64]) -> Result<BTreeMap<u64, Hops>, Unavailable> {
        let sinks = self.sinks();
        let kept = |seq: &u64| Some((*seq, *sinks.hops.get(&(bar.clone(), *seq))?));
        Ok(entries.iter().filter_map(kept).collect())
    }
}
