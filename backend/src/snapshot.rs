//! Snapshots: a bar written down now and then, so that a start need not fold its whole log. The
//! log stays the truth: a snapshot that does not fit it, or that a server of another version
//! wrote, is not used.

use domain::bar::Snapshot;
use domain::{Bar, BarId, Entry, Timestamp};
use serde::{Deserialize, Serialize};

use crate::host::Host;
use crate::ports::{Counted, Log, Unavailable};
use crate::turned_away::are_told_by;

/// Entries between two snapshots: what a start folds at most, after a crash.
pub(crate) const EVERY: u64 = 500;

/// What is written down.
#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(flatten)]
    snapshot: Snapshot,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    turned_away: Option<Counted>,
}

/// A bar as far as it has been folded.
pub(crate) struct Folded {
    pub(crate) bar: Bar,
    /// Guests turned away before the last stop whom the log does not know.
    pub(crate) turned_away: Option<Counted>,
}

impl Folded {
    /// Takes in the next entry.
    pub(crate) fn evolve(&mut self, entry: &Entry) {
        self.bar.evolve(entry);
        if are_told_by(entry) {
            self.turned_away = None;
        }
    }
}

/// The bar to fold on from: as its snapshot has it, unless that is newer than `not_after`; else
/// one that nothing has happened to yet.
pub(crate) async fn begin(
    log: &dyn Log,
    bar: &BarId,
    not_after: u64,
) -> Result<Folded, Unavailable> {
    let written = log.snapshot(bar).await?;
    match written.map(|written| serde_json::from_str::<Written>(&written)).transpose() {
        Ok(Some(Written { snapshot, turned_away })) => {
            let written = snapshot.bar();
            if written.id() == bar && written.seq() <= not_after && fits(log, &written).await? {
                return Ok(Folded { bar: written, turned_away });
            }
        }
        Ok(None) => {}
        Err(error) => tracing::info!(%bar, %error, "the whole log is folded"),
    }
    Ok(Folded { bar: Bar::new(bar.clone()), turned_away: None })
}

/// Whether the log has the entry that the bar was written down after.
async fn fits(log: &dyn Log, written: &Bar) -> Result<bool, Unavailable> {
    let Some(before) = written.seq().checked_sub(1) else {
        return Ok(false);
    };
    let entries = log.read(written.id(), before, 1).await?;
    let dated = written.clamp(Timestamp::default());
    Ok(entries.first().is_some_and(|entry| entry.seq == written.seq() && entry.at == dated))
}

/// Writes down what is durable of a bar.
pub(crate) async fn keep(log: &dyn Log, host: &Host) -> Result<(), Unavailable> {
    let durable = host.durable().bar.clone();
    // Looked at after the bar: what is in neither of them is in the log behind it.
    let turned_away = host.turned_away.unwritten();
    write(log, durable, turned_away).await
}

/// Writes down a bar, and the guests turned away whom its log does not know.
pub(crate) async fn write(
    log: &dyn Log,
    bar: Bar,
    turned_away: Option<Counted>,
) -> Result<(), Unavailable> {
    let id = bar.id().clone();
    let written = Written { snapshot: Snapshot::of(bar), turned_away };
    let written = serde_json::to_string(&written).expect("a bar is plain data");
    log.put_snapshot(&id, written).await
}
