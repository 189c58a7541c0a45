//! The writer thread: many commands, one commit, one sync.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvError, RecvTimeoutError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, TransactionBehavior};

use super::sqlite::{Counters, Job, Reader, Work, WriteError, connect, lock};
use crate::ports::{AppendError, Unavailable};

/// Owns the connection that writes; everything it is asked goes through its queue.
pub(super) struct Writer {
    pub(super) path: PathBuf,
    /// None after a failure, until the file can be opened again.
    pub(super) connection: Option<Connection>,
    pub(super) queue: Receiver<Job>,
    pub(super) reader: Reader,
    pub(super) counters: Arc<Counters>,
    pub(super) closing: Arc<AtomicBool>,
}

/// How long the writer waits for the next of the commands it expects, so that many share a sync…
const QUIET: Duration = Duration::from_millis(10);
/// …but never longer than this in all.
const PATIENCE: Duration = Duration::from_millis(40);
/// Who has not come again after so long is not expected any more.
const MEMORY: Duration = Duration::from_millis(50);

impl Writer {
    /// Works until the store is closed, or every [`super::sqlite::SqliteStore`] of this file is
    /// gone. The last to close the file folds the write-ahead log into it.
    ///
    /// Whoever is answered at a busy bar soon sends the next command: as many are expected as were
    /// answered last, and as came in while that was written. A lone command is never kept waiting.
    pub(super) fn run(mut self) {
        let mut answered = 0;
        let mut committed = Instant::now();
        while !self.closing.load(Ordering::Acquire) {
            let mut batch: Vec<Job> = self.queue.try_iter().collect();
            let others = batch.len();
            if batch.is_empty() {
                match self.queue.recv() {
                    Ok(job) => batch.push(job),
                    Err(RecvError) => break,
                }
            }
            if answered > 1 && committed.elapsed() < MEMORY {
                self.gather(&mut batch, answered + others);
            }
            answered = batch.len();
            self.commit(batch);
            committed = Instant::now();
        }
        // What was queued before the end is done all the same.
        let rest: Vec<Job> = self.queue.try_iter().collect();
        if !rest.is_empty() {
            self.commit(rest);
        }
        *lock(&self.reader) = None;
    }

    /// Waits for as many as are expected.
    fn gather(&self, batch: &mut Vec<Job>, expected: usize) {
        let patience = Instant::now() + PATIENCE;
        while batch.len() < expected {
            let left = patience.saturating_duration_since(Instant::now());
            match self.queue.recv_timeout(QUIET.min(left)) {
                Ok(job) => batch.push(job),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
            batch.extend(self.queue.try_iter());
        }
    }

    fn commit(&mut self, batch: Vec<Job>) {
        let (works, answers): (Vec<_>, Vec<_>) =
            batch.into_iter().map(|job| (job.work, job.done)).unzip();
        let count = works.len() as u64;
        match self.transact(works) {
            Ok(results) => {
                self.counters.commits.fetch_add(1, Ordering::Relaxed);
                self.counters.jobs.fetch_add(count, Ordering::Relaxed);
                for (answer, result) in answers.into_iter().zip(results) {
                    // Whoever asked may be gone.
                    let _ = answer.send(result);
                }
            }
            Err(error) => {
                // SQLite's state after a failed sync is not to be trusted: begin anew.
                self.connection = None;
                if let Ok(fresh) = connect(&self.path) {
                    *lock(&self.reader) = Some(fresh);
                }
                let unavailable = Unavailable::new(error);
                for answer in answers {
                    let _ = answer.send(Err(unavailable.clone().into()));
                }
            }
        }
    }

    fn transact(&mut self, works: Vec<Work>) -> rusqlite::Result<Vec<Result<(), AppendError>>> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            closed => closed.insert(connect(&self.path)?),
        };
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut results = Vec::with_capacity(works.len());
        for work in works {
            match work(&transaction) {
                Ok(()) => results.push(Ok(())),
                Err(WriteError::Conflict) => results.push(Err(AppendError::Conflict)),
                Err(WriteError::Failed(error)) => return Err(error),
            }
        }
        transaction.commit()?;
        Ok(results)
    }
}
