//! How far a sink has been told in one wake-up, and how much of that is written down.

use domain::{BarId, Timestamp};

use super::WokenRelay;
use crate::ports::{Cursor, Places, Sink, Unavailable};

/// Where a sink of a bar stands.
#[derive(Debug)]
pub(super) struct Place {
    sink: Sink,
    now: Cursor,
    /// The last entry that is written down.
    kept: u64,
}

impl Place {
    /// Where it stood before this wake-up.
    pub(super) fn of(sink: Sink, places: &Places) -> Self {
        let now = places.get(&sink).copied().unwrap_or_default();
        Self { sink, now, kept: now.seq }
    }

    /// The last entry it has been told of.
    pub(super) fn seq(&self) -> u64 {
        self.now.seq
    }

    /// When it was told.
    pub(super) fn at(&self) -> Timestamp {
        self.now.at
    }

    /// It has just been told of everything up to an entry.
    pub(super) fn has_been_told(&mut self, seq: u64, at: Timestamp) {
        self.now = Cursor { seq, at };
    }
}

impl WokenRelay {
    /// Writes down how far these have come, in one step. From here on a process that falls tells
    /// none of it again.
    pub(super) async fn keep<const N: usize>(
        &self,
        bar: &BarId,
        places: [&mut Place; N],
    ) -> Result<(), Unavailable> {
        let moved = places.iter().filter(|place| place.kept < place.now.seq);
        let to: Places = moved.map(|place| (place.sink, place.now)).collect();
        if !to.is_empty() {
            self.cursors.advance(bar, to).await?;
        }
        for place in places {
            place.kept = place.now.seq;
        }
        Ok(())
    }
}
