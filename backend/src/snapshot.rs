//! Snapshots: a bar written down now and then, so that a start need not fold its whole log. The
//! log stays the truth: a snapshot that does not fit it, or that a server of another version
//! wrote, is not used.

use domain::bar::Snapshot;
use domain::{Bar, BarId, Timestamp};

use crate::host::Host;
use crate::ports::{Log, Unavailable};

/// Entries between two snapshots: what a start folds at most, after a crash.
pub(crate) const EVERY: u64 = 500;

/// The bar to fold on from: as its snapshot has it, unless that is newer than `not_after`; else
/// one that nothing has happened to yet.
pub(crate) async fn begin(log: &dyn Log, bar: &BarId, not_after: u64) -> Result<Bar, Unavailable> {
    let written = log.snapshot(bar).await?;
    match written.map(|written| serde_json::from_str::<Snapshot>(&written)).transpose() {
        Ok(Some(snapshot)) => {
            let written = snapshot.bar();
            if written.id() == bar && written.seq() <= not_after && fits(log, &written).await? {
                return Ok(written);
            }
        }
        Ok(None) => {}
        Err(error) => tracing::info!(%bar, %error, "the whole log is folded"),
    }
    Ok(Bar::new(bar.clone()))
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
    let written = serde_json::to_string(&Snapshot::of(durable)).expect("a bar is plain data");
    log.put_snapshot(&host.bar, written).await
}
