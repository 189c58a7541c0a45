//! Guests turned away from one bar and not written down yet.
//!
//! They are counted in memory, so that a rush costs no write for each of them: a crash loses what
//! has been counted since the last entry, a minute at most.

use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::turned_away::{Counts, EVERY_SECONDS};
use domain::{Code, Timestamp};

/// What has been counted since the last entry.
#[derive(Debug, Default)]
pub(crate) struct TurnedAway(Mutex<Option<Counted>>);

/// How many, and since when.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    pub(crate) since: Timestamp,
    pub(crate) counts: Counts,
}

impl TurnedAway {
    /// One more.
    pub(crate) fn count(&self, code: Code, at: Timestamp) {
        let mut counted = self.counted();
        let counted = counted.get_or_insert_with(|| Counted { since: at, counts: Counts::new() });
        *counted.counts.entry(code).or_default() += 1;
    }

    /// Whether it is time to write them down: a minute after the first.
    pub(crate) fn is_due(&self, at: Timestamp) -> bool {
        let counted = self.counted();
        counted.as_ref().is_some_and(|counted| counted.since.plus_seconds(EVERY_SECONDS) <= at)
    }

    /// Takes all that were counted, to be written down.
    pub(crate) fn take(&self) -> Option<Counted> {
        self.counted().take()
    }

    fn counted(&self) -> MutexGuard<'_, Option<Counted>> {
        // A count is whole before and after whatever panicked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
