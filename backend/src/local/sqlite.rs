//! The laptop's store: one SQLite file, one writer thread, group commit.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use futures_util::FutureExt as _;
use rusqlite::{Connection, Transaction};
use tokio::sync::oneshot;

use super::sqlite_schema::migrate;
use super::sqlite_writer::Writer;
use crate::ports::{AppendError, Ticket, Unavailable};

/// A database file with one writer. Cheap to clone.
#[derive(Clone)]
pub(crate) struct SqliteStore {
    jobs: Sender<Job>,
    reader: Reader,
    counters: Arc<Counters>,
    closing: Arc<AtomicBool>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
}

/// The connection that everybody reads with; none once the store is closed.
pub(super) type Reader = Arc<Mutex<Option<Connection>>>;

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
    /// Opens the file, brings its tables up to date, and starts the writer.
    pub(crate) fn open(path: &Path) -> Result<Self, OpenError> {
        let mut writer = connect(path)?;
        migrate(&mut writer)?;
        let reader = Arc::new(Mutex::new(Some(connect(path)?)));
        let (jobs, queue) = channel();
        let counters = Arc::new(Counters::default());
        let closing = Arc::new(AtomicBool::new(false));
        let writer = Writer {
            path: path.to_owned(),
            connection: Some(writer),
            queue,
            reader: reader.clone(),
            counters: counters.clone(),
            closing: closing.clone(),
        };
        let thread = std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || writer.run())
            .expect("a thread can be started");
        let thread = Arc::new(Mutex::new(Some(thread)));
        Ok(Self { jobs, reader, counters, closing, thread })
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
        let reader = lock(&self.reader);
        let connection = reader.as_ref().ok_or_else(|| Unavailable::new("the store is closed"))?;
        read(connection).map_err(Unavailable::new)
    }

    /// Does what has been queued, then closes the file and leaves no write-ahead log behind.
    /// Whatever is asked afterwards fails.
    pub(crate) async fn close(&self) {
        self.closing.store(true, Ordering::Release);
        // Wakes the writer, which then finds that it is over.
        let _ = self.write(|_| Ok(())).await;
        let thread = lock(&self.thread).take();
        if let Some(thread) = thread {
            let ended = tokio::task::spawn_blocking(move || thread.join());
            // A writer that panicked has closed its file by doing so.
            let _ = ended.await;
        }
    }

    /// What the writer has done.
    pub(crate) fn counters(&self) -> &Counters {
        &self.counters
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A reader that panicked has left nothing behind.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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
