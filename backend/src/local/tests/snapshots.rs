//! Snapshots in the database, as a server leaves them that was killed between two of them.

use domain::bar::Snapshot;
use domain::{Bar, BarId};
use tempfile::TempDir;

use super::migrations::{SCHEMAS, make};
use super::{directory, store};
use crate::host::fold;
use crate::local::data::DataDirectory;
use crate::local::sqlite_log::SqliteLog;
use crate::ports::Log as _;
use crate::snapshot::begin;

async fn folded(log: &SqliteLog, bar: &BarId, not_after: u64) -> Bar {
    fold(log, bar, not_after, &mut |_: &Bar, _| {}).await.expect("folded").bar
}

/// The directory as it is on disk at this moment, with nothing closed.
fn killed(data: &TempDir) -> (TempDir, DataDirectory) {
    let (temporary, copy) = directory();
    for name in ["bar.db", "bar.db-wal"] {
        let [from, to] = [data, &temporary].map(|of| of.path().join("data").join(name));
        std::fs::copy(from, to).expect("a file");
    }
    (temporary, copy)
}

#[tokio::test]
async fn a_start_from_any_snapshot_is_a_start_from_the_whole_log() {
    let (temporary, data) = directory();
    make(&temporary.path().join("data").join("bar.db"), SCHEMAS[SCHEMAS.len() - 1]);
    let log = SqliteLog::new(store(&data));
    let bar: BarId = "hall-2".parse().expect("a slug");
    let whole = folded(&log, &bar, 0).await;
    let mut written = Bar::new(bar.clone());
    for entry in log.read(&bar, 0, 1000).await.expect("read") {
        written.evolve(&entry);
        let snapshot = serde_json::to_string(&Snapshot::of(written.clone())).expect("plain data");
        log.put_snapshot(&bar, snapshot).await.expect("put");
        let (_temporary, data) = killed(&temporary);
        let log = SqliteLog::new(store(&data));
        assert_eq!(begin(&log, &bar, u64::MAX).await.expect("begun").bar, written, "it is used");
        assert_eq!(folded(&log, &bar, u64::MAX).await, whole, "from {} on", entry.seq);
    }
}
