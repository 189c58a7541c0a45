//! The relay: reads the log from where it stopped and tells the history and the screens. Ringing
//! the bell only wakes it; what it tells, it reads.

mod missed;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::bar::{Audience, Touched, card};
use domain::topic::Topic;
use domain::view::{BarStatus, BoardMessage, CodeView, QueueMessage};
use domain::{Bar, Entry, Order, Status};
use serde::Serialize;
use tokio::time::Instant;

use crate::app::{App, chain};
use crate::host::{Host, fold};
use crate::ports::Unavailable;
use crate::snapshot;
pub(crate) use missed::Missed;
use missed::{orders_of, turned_away};

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
    /// The last entries that the topics have been told of.
    told: Touched,
    bar_status: BarStatus,
    code: Option<CodeView>,
    status_told: Option<Instant>,
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
            told: durable.bar.touched(),
            bar_status: durable.bar.status(domain::Timestamp::default()),
            code: None,
            status_told: None,
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
            app.ports().history.put(&host.bar, last.seq, &orders, &turned_away(&entries)).await?;
            self.cursor = last.seq;
            self.tell_orders(app, host, &entries, &orders);
            self.tell_code(app, host);
            host.has_told(last.seq);
            self.status_due.get_or_insert_with(|| {
                let now = Instant::now();
                self.status_told.map_or(now, |told| now.max(told + STATUS_EVERY))
            });
        }
        self.tell_status(app, host);
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

    fn tell_orders(&mut self, app: &App, host: &Host, entries: &[Entry], orders: &[Order]) {
        let durable = host.durable();
        let (bar, names, now) = (&durable.bar, &durable.names, app.now());
        let mut seen = self.told;
        for entry in entries {
            for event in &entry.events {
                seen.note(event, entry.seq);
            }
        }
        for order in orders {
            if let Some(person) = &order.person {
                let view = bar.order_view(order, names, Audience::Guest, now);
                publish(app, &Topic::Orders(person.clone()), &view);
            }
        }
        // An order without a number is on no screen but its guest's.
        let numbered = || orders.iter().filter(|order| order.number.is_some());
        if seen.queue > self.told.queue {
            let (upsert, remove): (Vec<_>, Vec<_>) = numbered().partition(|o| is_queued(o.status));
            let view = |order| bar.order_view(order, names, Audience::Staff, now);
            let message = QueueMessage {
                prev: self.told.queue,
                seq: seen.queue,
                upsert: upsert.into_iter().map(view).collect(),
                remove: remove.into_iter().map(|order| order.order.clone()).collect(),
            };
            publish(app, &Topic::Queue(host.bar.clone()), &message);
        }
        if seen.board > self.told.board {
            let status = bar.status(bar.clamp(now));
            let message = BoardMessage {
                prev: self.told.board,
                seq: seen.board,
                upsert: numbered().filter_map(|order| card(order, names)).collect(),
                remove: numbered()
                    .filter(|order| card(order, names).is_none())
                    .filter_map(|order| order.number)
                    .collect(),
                status: (status != self.bar_status).then_some(status),
            };
            self.bar_status = status;
            publish(app, &Topic::Board(host.bar.clone()), &message);
        }
        self.told = seen;
    }

    /// The code when the log has changed what it says; what the clock changes needs no message.
    fn tell_code(&mut self, app: &App, host: &Host) {
        let code = app.code_of(&host.durable().bar);
        let said = |view: &CodeView| (view.code.clone(), view.uses_left, view.refusal);
        if self.code.as_ref().map(said) != Some(said(&code)) {
            publish(app, &Topic::Code(host.bar.clone()), &code);
            self.code = Some(code);
        }
    }

    fn tell_status(&mut self, app: &App, host: &Host) {
        let now = Instant::now();
        if self.status_due.is_some_and(|due| due <= now) {
            self.status_due = None;
            self.status_told = Some(now);
            let view = host.durable().bar.status_view(app.now());
            publish(app, &Topic::Status(host.bar.clone()), &view);
        }
    }
}

fn publish(app: &App, topic: &Topic, message: &impl Serialize) {
    let payload = serde_json::to_vec(message).expect("views are plain data");
    app.ports().live.publish(topic, Bytes::from(payload));
}

/// Whether the baristas' screens show it, in a lane or among the collected.
fn is_queued(status: Status) -> bool {
    match status {
        Status::Placed | Status::Making | Status::Ready | Status::Collected => true,
        Status::Choosing | Status::Cancelled | Status::Expired => false,
    }
}
