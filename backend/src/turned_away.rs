//! Guests turned away from one bar whom its log does not know yet.
//!
//! They are counted in memory, so that a rush costs no write for each of them. A stop hands what is
//! left to the next start in the bar's snapshot; a crash loses a minute at most.

use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::turned_away::{Counts, EVERY_SECONDS};
use domain::{Code, Entry, Event, Timestamp};

use crate::ports::Counted;

/// What has been counted and is not durable.
#[derive(Debug, Default)]
pub(crate) struct TurnedAway(Mutex<Counting>);

#[derive(Debug, Default)]
struct Counting {
    gathered: Option<Counted>,
    /// Those in an entry that may yet be lost.
    queued: Option<Counted>,
}

impl Counted {
    /// Whether it is time to write them down: a minute after the first.
    pub(crate) fn is_due(&self, at: Timestamp) -> bool {
        self.since.plus_seconds(EVERY_SECONDS) <= at
    }

    fn and(mut self, later: Option<Self>) -> Self {
        for (code, count) in later.into_iter().flat_map(|later| later.counts) {
            *self.counts.entry(code).or_default() += count;
        }
        self
    }
}

impl TurnedAway {
    /// Goes on counting from here.
    pub(crate) fn from(counted: Option<Counted>) -> Self {
        Self(Mutex::new(Counting { gathered: counted, queued: None }))
    }

    /// One more.
    pub(crate) fn count(&self, code: Code, at: Timestamp) {
        let gathered = &mut self.counting().gathered;
        let counted = gathered.get_or_insert_with(|| Counted { since: at, counts: Counts::new() });
        *counted.counts.entry(code).or_default() += 1;
    }

    /// Whether it is time to write them down.
    pub(crate) fn is_due(&self, at: Timestamp) -> bool {
        self.counting().gathered.as_ref().is_some_and(|counted| counted.is_due(at))
    }

    /// What is to be written down now; none while an entry is under way.
    pub(crate) fn take(&self) -> Option<Counted> {
        let counting = &mut *self.counting();
        if counting.queued.is_none() {
            counting.queued = counting.gathered.take();
            return counting.queued.clone();
        }
        None
    }

    /// What was taken is durable.
    pub(crate) fn are_written(&self) {
        self.counting().queued = None;
    }

    /// What was taken has not been written, or was lost: it is counted still.
    pub(crate) fn put_back(&self) {
        let counting = &mut *self.counting();
        if let Some(queued) = counting.queued.take() {
            counting.gathered = Some(queued.and(counting.gathered.take()));
        }
    }

    /// All whom the log does not know for sure.
    pub(crate) fn unwritten(&self) -> Option<Counted> {
        let Counting { gathered, queued } = &*self.counting();
        match queued.clone() {
            Some(queued) => Some(queued.and(gathered.clone())),
            None => gathered.clone(),
        }
    }

    fn counting(&self) -> MutexGuard<'_, Counting> {
        // A count is whole before and after whatever panicked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an entry tells of guests turned away.
pub(crate) fn are_told_by(entry: &Entry) -> bool {
    entry.events.iter().any(|event| matches!(event, Event::GuestsTurnedAway { .. }))
}
