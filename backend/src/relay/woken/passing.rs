//! When entries came by, noted while they are told. Whatever becomes of it, they are told.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::journey::Hops;
use domain::{BarId, Entry, Timestamp};

use crate::app::chain;
use crate::clock::Clock;
use crate::ports::HopTimes;

/// How long to wait at most for times to be kept: who comes next is not to wait for that.
const PATIENCE: Duration = Duration::from_millis(250);
/// Of how many entries of one wake-up times are kept. More at once are told after a failure, and
/// how long they took says nothing.
const MOST: usize = 256;

/// When entries came by in one wake-up.
pub(super) struct Passing<'a> {
    clock: &'a dyn Clock,
    woken: Timestamp,
    hops: Mutex<BTreeMap<u64, Hops>>,
}

/// Those who are told, by where the time is noted at which they had been.
pub(super) type Hop = fn(&mut Hops) -> &mut Option<u64>;

impl<'a> Passing<'a> {
    /// Woken now.
    pub(super) fn begins(clock: &'a dyn Clock) -> Self {
        Self { clock, woken: clock.now(), hops: Mutex::default() }
    }

    /// These have just been read from the log.
    pub(super) fn read(&self, entries: &[Entry]) {
        let now = self.clock.now();
        self.note(entries, |entry| {
            // What was written after the wake-up was seen in the log first.
            let stored = if self.woken < entry.at { now } else { self.woken };
            let after = |moment: Timestamp| Some(moment.millis_since(entry.at));
            Hops { log: after(stored), relay: after(now), ..Hops::default() }
        });
    }

    /// These have just been told to somebody.
    pub(super) fn told(&self, entries: &[Entry], hop: Hop) {
        let now = self.clock.now();
        self.note(entries, |entry| {
            let mut hops = Hops::default();
            *hop(&mut hops) = Some(now.millis_since(entry.at));
            hops
        });
    }

    fn note(&self, entries: &[Entry], times: impl Fn(&Entry) -> Hops) {
        let mut all = self.hops();
        for entry in entries {
            let noted = all.entry(entry.seq).or_default();
            *noted = noted.or(times(entry));
        }
        while all.len() > MOST {
            all.pop_first();
        }
    }

    fn hops(&self) -> MutexGuard<'_, BTreeMap<u64, Hops>> {
        self.hops.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what was noted, if that can be done soon.
    pub(super) async fn keep(&self, bar: &BarId, times: &dyn HopTimes) {
        let hops = std::mem::take(&mut *self.hops());
        if hops.is_empty() {
            return;
        }
        let kept = times.keep(bar, &hops, self.clock.now());
        match tokio::time::timeout(PATIENCE, kept).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(%bar, error = chain(&error), "times were not kept");
            }
            Err(_) => tracing::warn!(%bar, "times could not be kept soon enough"),
        }
    }
}
