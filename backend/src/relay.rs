//! The relay: reads the log from where it stopped and tells the history and the screens. Ringing
//! the bell only wakes it; what it tells, it reads.
//!
//! Here is the one that goes on beside the application, on the laptop; where others append, too, it
//! is woken from outside (`woken`). What they tell is the same (`messages`, `missed`).

mod messages;
mod missed;
#[cfg(any(test, feature = "aws"))]
mod woken;

use std::sync::Arc;
use std::time::Duration;

use domain::{Bar, Entry, Order};
use tokio::time::Instant;

use crate::app::{App, chain};
use crate::host::{Host, fold};
use crate::ports::Unavailable;
use crate::snapshot;
use messages::{News, Told};
pub(crate) use missed::Missed;
use missed::{orders_of, turned_away};
#[cfg(any(test, feature = "aws"))]
pub use woken::WokenRelay;

/// The status of a bar is told at most this often.
const STATUS_EVERY: Duration = Duration::from_secs(1);
/// How long to leave a store alone that has just failed.
const AFTER_FAILURE: Duration = Duration::from_secs(1);
/// Entries told at once.
const BATCH: u32 = 500;

enum Turn {
    More,
    Done,
}

/// Tells everybody about one bar.
pub(crate) struct Relay {
    cursor: u64,
    told: Told,
    status_told: Option<Instant>,
    /// The last entry the status told of.
    status_seq: u64,
    status_due: Option<Instant>,
    /// How far the relay had come when it last wrote a snapshot.
    snapshot: u64,
}

impl Relay {
    /// A relay for a bar that was just loaded: it tells what happens from here on.
    pub(crate) fn new(host: &Host) -> Self {
        let durable = host.durable();
        Self {
            cursor: durable.bar.seq(),
            told: Told::of(&durable.bar, None),
            status_told: None,
            status_seq: durable.bar.seq(),
            status_due: None,
            snapshot: 0,
        }
    }

    /// Goes on until the application stops; then everything has been told.
    pub(crate) async fn run(mut self, app: App, host: Arc<Host>) {
        let mut stopping = app.stopping();
        loop {
            let stops = *stopping.borrow_and_update();
            let told = self.turn(&app, &host).await;
            if let Err(error) = &told {
                tracing::error!(bar = %host.bar, error = chain(error), "the relay will try again");
            }
            let is_due = match &told {
                // Once more even if nothing was appended since: there may be guests to be counted.
                Ok(Turn::Done) if stops => self.cursor > 0,
                Ok(Turn::Done | Turn::More) => self.cursor >= self.snapshot + snapshot::EVERY,
                Err(_) => false,
            };
            if is_due {
                self.keep_snapshot(&app, &host).await;
            }
            let next = match (&told, self.status_due) {
                (Ok(Turn::More), _) => continue,
                (Ok(Turn::Done) | Err(_), _) if stops => return,
                (Err(_), _) => Some(Instant::now() + AFTER_FAILURE),
                (Ok(Turn::Done), due) => due,
            };
            let due = async {
                match next {
                    Some(due) => tokio::time::sleep_until(due).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = host.grown.notified() => {}
                () = due => {}
                // Either way it stops: the sender is gone only with the application.
                _ = stopping.changed() => {}
            }
        }
    }

    /// Writes a snapshot, behind the history's back never: it has just been told.
    async fn keep_snapshot(&mut self, app: &App, host: &Host) {
        // Not tried again before the next one is due: the log has everything.
        self.snapshot = self.cursor;
        if let Err(error) = snapshot::keep(&*app.ports().log, host).await {
            tracing::warn!(bar = %host.bar, error = chain(&error), "a snapshot was not written");
        }
    }

    async fn turn(&mut self, app: &App, host: &Host) -> Result<Turn, Unavailable> {
        let mut entries = app.ports().log.read(&host.bar, self.cursor, BATCH).await?;
        let more = entries.len() == BATCH as usize;
        // What is on disk but not yet shown is told when it is shown.
        let shown = host.durable().bar.seq();
        entries.retain(|entry| entry.seq <= shown);
        if let Some(last) = entries.last() {
            let at_hand = orders_of(&host.durable().bar, &entries);
            let orders = match at_hand {
                Some(orders) => orders,
                // So late that the bar has forgotten some of them: the log has not.
                None => self.refold(app, host, last.seq).await?,
            };
            // First what can fail: telling the screens twice would only be wasteful, but telling
            // them and then stopping would leave a history that nobody completes.
            let (history, through) = (&app.ports().history, Some(last.seq));
            history.put(&host.bar, through, &orders, &turned_away(&entries)).await?;
            self.cursor = last.seq;
            self.tell_screens(app, host, &entries, &orders).await?;
            host.has_told(last.seq);
            if self.status_seq < host.durable().bar.touched().status {
                self.status_due.get_or_insert_with(|| {
                    let now = Instant::now();
                    self.status_told.map_or(now, |told| now.max(told + STATUS_EVERY))
                });
            }
        }
        self.tell_status(app, host).await?;
        Ok(if more && !entries.is_empty() { Turn::More } else { Turn::Done })
    }

    async fn refold(
        &self,
        app: &App,
        host: &Host,
        through: u64,
    ) -> Result<Vec<Order>, Unavailable> {
        let mut missed = Missed::after(self.cursor);
        fold(&*app.ports().log, &host.bar, self.cursor, &mut |bar: &Bar, entry: &Entry| {
            if entry.seq <= through {
                missed.take_in(bar, entry);
            }
        })
        .await?;
        Ok(missed.into_orders())
    }

    /// Tells the screens of these entries and orders.
    async fn tell_screens(
        &mut self,
        app: &App,
        host: &Host,
        entries: &[Entry],
        orders: &[Order],
    ) -> Result<(), Unavailable> {
        let (messages, told) = {
            let durable = host.durable();
            let (bar, names, now) = (&durable.bar, &durable.names, app.now());
            let code = app.code_of(bar);
            self.told.messages(&News { bar, names, entries, orders, code, now })
        };
        self.told = told;
        for (topic, payload) in messages {
            app.ports().live.publish(&topic, payload).await?;
        }
        Ok(())
    }

    async fn tell_status(&mut self, app: &App, host: &Host) -> Result<(), Unavailable> {
        let now = Instant::now();
        if self.status_due.is_some_and(|due| due <= now) {
            self.status_due = None;
            self.status_told = Some(now);
            let (seq, (topic, payload)) = {
                let bar = &host.durable().bar;
                (bar.seq(), messages::status(bar, app.now()))
            };
            app.ports().live.publish(&topic, payload).await?;
            self.status_seq = seq;
        }
        Ok(())
    }
}
