//! The relay where nothing goes on by itself: woken, it tells what there is to tell and ends.
//!
//! Each of those who are told stands where its cursor says, which is moved when it has been told:
//! whoever ends before that tells it again, and nothing is skipped. So any number of these may run
//! at once, wake-ups may come twice, late or in any order, and one that is lost costs time only.

mod passing;
#[cfg(test)]
mod tests;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{Bar, BarId};
use futures_util::{StreamExt as _, stream};
use passing::Passing;

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
        let (history, live, status, bus) = tokio::try_join!(
            self.ports.history.cursor(bar),
            self.cursors.cursor(bar, Sink::Live),
            self.cursors.cursor(bar, Sink::Status),
            self.cursors.cursor(bar, Sink::Bus),
        )?;
        let told = history.min(live.seq).min(status.seq).min(bus.seq);
        let untold = self.ports.log.read(bar, told, 1).await?;
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
        let (history, screens, bus) = tokio::join!(
            self.tell_history(bar, &mut warm.history, &passing),
            self.tell_screens(bar, &mut warm.screens, &passing),
            self.tell_bus(bar, &passing),
        );
        let mut is_told = true;
        for (who, told) in [("history", history), ("screens", screens), ("bus", bus)] {
            if let Err(error) = told {
                tracing::error!(%bar, who, error = chain(&error), "not everything could be told");
                is_told = false;
            }
        }
        if let Some(times) = &self.ports.hop_times {
            passing.keep(bar, &**times).await;
        }
        self.keep_snapshot(&warm).await;
        self.warm().insert(bar.clone(), warm);
        is_told
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
