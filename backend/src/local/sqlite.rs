//! The laptop's store: one SQLite file, one writer thread, group commit.

use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use super::sqlite_writer::Writer;
use crate::ports::{AppendError, Ticket, Unavailable};

/// A database file with one writer. Cheap to clone.
#[derive(Clone)]
pub(crate) struct SqliteStore {
    jobs: Sender<Job>,
    reader: Arc<Mutex<Connection>>,
    counters: Arc<Counters>,
}

/// What the writer has done since it was opened.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    /// Transactions committed; each is one sync of the write-ahead log.
    pub(crate) commits: AtomicU64,
    /// Jobs that were part of them.
    pub(crate) jobs: AtomicU64,
}

/// Writes inside the transaction it is given. When it answers `Conflict` it has written nothing.
pub(super) type Work = Box<dyn FnOnce(&Transaction<'_>) -> Result<(), WriteError> + Send>;

pub(super) struct Job {
    pub(super) work: Work,
    pub(super) done: oneshot::Sender<Result<(), AppendError>>,
}

/// Why a piece of work was not done.
pub(crate) enum WriteError {
    /// It does not fit what is there.
    Conflict,
    /// The database failed; the whole batch is lost.
    Failed(rusqlite::Error),
}

impl From<rusqlite::Error> for WriteError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error)
    }
}

/// The shape of the tables; goes up with every change of it.
pub(super) const SCHEMA_VERSION: i64 = 1;

const SCHEMA: &str = "
    CREATE TABLE entries (
        bar TEXT NOT NULL,
        seq INTEGER NOT NULL,
        person TEXT,
        cause TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (bar, seq)
    ) WITHOUT ROWID, STRICT;
    CREATE INDEX entries_by_command ON entries (bar, person, cause) WHERE person IS NOT NULL;
    CREATE TABLE names (
        order_id TEXT PRIMARY KEY,
        bar TEXT NOT NULL,
        name TEXT NOT NULL
    ) WITHOUT ROWID, STRICT;
    CREATE INDEX names_by_bar ON names (bar);
    CREATE TABLE staff (
        username TEXT PRIMARY KEY,
        person TEXT NOT NULL,
        role TEXT NOT NULL,
        name TEXT NOT NULL,
        bars TEXT,
        password TEXT NOT NULL
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE revoked (
        session TEXT PRIMARY KEY,
        expires_at INTEGER NOT NULL
    ) WITHOUT ROWID, STRICT;
";

/// The database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    /// A newer server has been here.
    #[error(
        "the database is from a newer version of serverlesspresso: use that version, or another data directory"
    )]
    Newer,
    /// SQLite says why.
    #[error("the database cannot be opened")]
    Sqlite(#[from] rusqlite::Error),
}

impl SqliteStore {
    /// Opens the file, makes its tables if it is new, and starts the writer.
    pub(crate) fn open(path: &Path) -> Result<Self, OpenError> {
        let mut writer = connect(path)?;
        let version: i64 = writer.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version > SCHEMA_VERSION {
            return Err(OpenError::Newer);
        }
        if version == 0 {
            let tables = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
            tables.execute_batch(SCHEMA)?;
            tables.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            tables.commit()?;
        }
        let reader = Arc::new(Mutex::new(connect(path)?));
        let (jobs, queue) = channel();
        let counters = Arc::new(Counters::default());
        let writer = Writer {
            path: path.to_owned(),
            connection: Some(writer),
            queue,
            reader: reader.clone(),
            counters: counters.clone(),
        };
        std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || writer.run())
            .expect("a thread can be started");
        Ok(Self { jobs, reader, counters })
    }

    /// Queues work for the next commit. Work is done in the order in which it was queued.
    pub(crate) fn write(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<(), WriteError> + Send + 'static,
    ) -> Ticket {
        let (done, answer) = oneshot::channel();
        // Both ends fail only when the writer is gone, which the answer then says.
        let _ = self.jobs.send(Job { work: Box::new(work), done });
        let answer = async {
            answer.await.unwrap_or_else(|_| Err(Unavailable::new("the writer has stopped").into()))
        };
        answer.boxed().shared()
    }

    /// Reads what has been committed.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Unavailable> {
        read(&lock(&self.reader)).map_err(Unavailable::new)
    }

    /// What the writer has done.
    pub(crate) fn counters(&self) -> &Counters {
        &self.counters
    }
}

pub(super) fn lock(reader: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    // A reader that panicked has left nothing behind.
    reader.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // A checkpoint syncs twice more: one for 16 MB rather than one for 4.
    connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
    Ok(connection)
}
