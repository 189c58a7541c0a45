//! The relay where nothing goes on by itself: woken, it tells what there is to tell and ends.
//!
//! Each of those who are told stands where its cursor says, which is moved when it has been told:
//! whoever ends before that tells it again, and nothing is skipped. Cursors and log are read once
//! for all of them, and how far each has come is written down in one step. So any number of these
//! may run at once, wake-ups may come twice, late or in any order, and one that is lost costs time
//! only.

mod passing;
mod place;
#[cfg(test)]
mod tests;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{Bar, BarId};
use futures_util::{StreamExt as _, stream};
use passing::Passing;
use place::Place;
use told::Tail;

use crate::app::{Ports, chain};
use crate::code::Codes;
use crate::config::Settings;
use crate::ports::{Bus, Cursors, Sink, Unavailable};
use crate::snapshot;

/// Bars told of at the same time.
const BARS_AT_ONCE: usize = 16;
/// How long an entry may be on its way to everybody before its wake-up counts as lost.
const LOST_AFTER_SECONDS: u32 = 10;

/// Tells history, screens and bus of what happens at bars that others append to.
pub struct WokenRelay {
    ports: Ports,
    cursors: Arc<dyn Cursors>,
    bus: Arc<dyn Bus>,
    codes: Codes,
    order_url: String,
    warm: Mutex<BTreeMap<BarId, Warm>>,
}

/// What is still at hand when a bar has something to tell again. Others may have told it since.
#[derive(Default)]
struct Warm {
    history: Option<Folded>,
    screens: Option<Folded>,
}

/// A bar, folded as far as one of them has been told of it.
struct Folded {
    bar: Bar,
    /// Where it stood before this wake-up.
    began: u64,
}

impl WokenRelay {
    /// A relay that knows nothing yet.
    pub fn new(
        ports: Ports,
        cursors: Arc<dyn Cursors>,
        bus: Arc<dyn Bus>,
        settings: &Settings,
    ) -> Self {
        let codes = Codes::new(&ports.secret);
        let order_url = settings.order_url();
        Self { ports, cursors, bus, codes, order_url, warm: Mutex::default() }
    }

    /// Tells everything these bars have to tell, and answers which of them could not tell all of
    /// it. Those have been told as much as possible; the same wake-up again tells the rest.
    pub async fn wake(&self, bars: BTreeSet<BarId>) -> BTreeSet<BarId> {
        let all = stream::iter(bars).map(async |bar| {
            let is_told = self.tell(&bar).await;
            (!is_told).then_some(bar)
        });
        all.buffer_unordered(BARS_AT_ONCE).filter_map(std::future::ready).collect().await
    }

    /// Tells what has not been told for so long that whoever should have was not woken, or came to
    /// an end. What is newer has a wake-up of its own: told by both, screens would hear it twice.
    pub async fn catch_up(&self) -> Result<(), Unavailable> {
        let mut behind = BTreeSet::new();
        for bar in self.bars().await? {
            if self.is_behind(&bar).await? {
                behind.insert(bar);
            }
        }
        self.wake(behind).await;
        Ok(())
    }

    async fn is_behind(&self, bar: &BarId) -> Result<bool, Unavailable> {
        let places = self.cursors.places(bar).await?;
        let told = Sink::ALL.map(|sink| Place::of(sink, &places).seq()).into_iter().min();
        let untold = self.ports.log.read(bar, told.unwrap_or_default(), 1).await?;
        let now = self.ports.clock.now();
        Ok(untold.first().is_some_and(|entry| entry.at.plus_seconds(LOST_AFTER_SECONDS) <= now))
    }

    /// Every bar there is.
    pub async fn bars(&self) -> Result<BTreeSet<BarId>, Unavailable> {
        Ok(self.ports.log.bars().await?.into_iter().collect())
    }

    /// Answers whether everybody has been told everything.
    async fn tell(&self, bar: &BarId) -> bool {
        // Taken away meanwhile: what is left behind by one that is ended half-way is not used.
        let mut warm = self.warm().remove(bar).unwrap_or_default();
        let passing = Passing::begins(&*self.ports.clock);
        let told = self.tell_everybody(bar, &mut warm, &passing).await;
        let is_told = told.unwrap_or_else(|error| {
            tracing::error!(%bar, error = chain(&error), "nobody could be told");
            false
        });
        self.keep_snapshot(&warm).await;
        self.warm().insert(bar.clone(), warm);
        is_told
    }

    /// Tells each of them what it has not been told.
    async fn tell_everybody(
        &self,
        bar: &BarId,
        warm: &mut Warm,
        passing: &Passing<'_>,
    ) -> Result<bool, Unavailable> {
        let places = self.cursors.places(bar).await?;
        let place = |sink| Place::of(sink, &places);
        let (mut history, mut bus) = (place(Sink::History), place(Sink::Bus));
        let (mut live, mut status) = (place(Sink::Live), place(Sink::Status));
        let told = history.seq().min(live.seq()).min(bus.seq());
        let tail = Tail::of(self.read(bar, told).await?);
        let (by_history, by_screens, by_bus) = tokio::join!(
            self.tell_history(bar, &mut warm.history, &tail, &mut history, passing),
            self.tell_screens(bar, &mut warm.screens, &tail, [&mut live, &mut status], passing),
            self.tell_bus(bar, &tail, &mut bus, passing),
        );
        let all = [&mut history, &mut live, &mut status, &mut bus];
        let (kept, ()) = tokio::join!(self.keep(bar, all), self.keep_times(bar, passing));
        let mut is_told = true;
        let all = [("history", by_history), ("screens", by_screens), ("bus", by_bus)];
        for (who, told) in all.into_iter().chain([("cursors", kept)]) {
            if let Err(error) = told {
                tracing::error!(%bar, who, error = chain(&error), "not everything could be told");
                is_told = false;
            }
        }
        Ok(is_told)
    }

    async fn keep_times(&self, bar: &BarId, passing: &Passing<'_>) {
        if let Some(times) = &self.ports.hop_times {
            passing.keep(bar, &**times).await;
        }
    }

    /// Writes a snapshot now and then, and none that is ahead of anybody who folds on from it.
    async fn keep_snapshot(&self, warm: &Warm) {
        let (Some(history), Some(screens)) = (&warm.history, &warm.screens) else {
            return;
        };
        let began = history.began.min(screens.began);
        let behind = if history.bar.seq() <= screens.bar.seq() { history } else { screens };
        let bar = &behind.bar;
        if began / snapshot::EVERY < bar.seq() / snapshot::EVERY
            && let Err(error) = snapshot::write(&*self.ports.log, bar.clone(), None).await
        {
            tracing::warn!(bar = %bar.id(), error = chain(&error), "a snapshot was not written");
        }
    }

    fn warm(&self) -> MutexGuard<'_, BTreeMap<BarId, Warm>> {
        // Bars are put in and taken out whole.
        self.warm.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
