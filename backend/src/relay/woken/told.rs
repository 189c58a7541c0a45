//! Everybody who is told, each on its own.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::view::Names;
use domain::{Bar, BarId, BusEvent, Entry, Event, Timestamp};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use tokio::time::Instant;

use super::super::STATUS_EVERY;
use super::super::messages::{self, Message, News, Told};
use super::super::missed::Missed;
use super::passing::Passing;
use super::{Folded, WokenRelay};
use crate::ports::{Cursor, Sink, Unavailable};
use crate::snapshot;

/// Entries told at once.
const PAGE: u32 = 100;
/// Messages sent at the same time: no two of them are about the same.
const AT_ONCE: usize = 8;
/// IoT Core takes messages of 128 KB, whichever kilobyte that is.
const LONGEST: usize = 128_000;
/// How often to look for news while the status has to wait.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

impl WokenRelay {
    /// Tells the history, which keeps its place itself.
    pub(super) async fn tell_history(
        &self,
        bar: &BarId,
        folded: &mut Option<Folded>,
        passing: &Passing<'_>,
    ) -> Result<(), Unavailable> {
        let cursor = self.ports.history.cursor(bar).await?;
        let folded = self.fold(bar, cursor, folded).await?;
        loop {
            let entries = self.read(bar, folded.bar.seq()).await?;
            if entries.is_empty() {
                return Ok(());
            }
            passing.read(&entries);
            let (after, missed) = taken_in(&folded.bar, &entries);
            missed.store(bar, &*self.ports.history).await?;
            passing.told(&entries, |hops| &mut hops.history);
            folded.bar = after;
            if is_last(&entries) {
                return Ok(());
            }
        }
    }

    /// Tells the screens, and everybody how the bar is. That comes once a second at most: when it
    /// has to wait, what happens meanwhile is told as well, because whoever wakes us waits, too.
    pub(super) async fn tell_screens(
        &self,
        bar: &BarId,
        folded: &mut Option<Folded>,
        passing: &Passing<'_>,
    ) -> Result<(), Unavailable> {
        let cursor = self.cursors.cursor(bar, Sink::Live).await?;
        let folded = self.fold(bar, cursor.seq, folded).await?;
        self.send_messages(folded, passing).await?;
        let status = self.cursors.cursor(bar, Sink::Status).await?;
        // What comes after that brings a wake-up of its own.
        if folded.bar.seq() <= status.seq {
            return Ok(());
        }
        let since = Duration::from_millis(self.now().millis_since(status.at));
        let due = Instant::now() + STATUS_EVERY.saturating_sub(since);
        while Instant::now() < due {
            tokio::time::sleep_until(due.min(Instant::now() + LOOK_AGAIN)).await;
            self.send_messages(folded, passing).await?;
        }
        let cursor = Cursor { seq: folded.bar.seq(), at: self.now() };
        let (topic, payload) = messages::status(&folded.bar, cursor.at);
        self.ports.live.publish(&topic, payload).await?;
        self.cursors.advance(bar, Sink::Status, cursor).await
    }

    /// Tells the bus.
    pub(super) async fn tell_bus(
        &self,
        bar: &BarId,
        passing: &Passing<'_>,
    ) -> Result<(), Unavailable> {
        let mut told = self.cursors.cursor(bar, Sink::Bus).await?.seq;
        loop {
            let entries = self.read(bar, told).await?;
            let Some(last) = entries.last() else {
                return Ok(());
            };
            passing.read(&entries);
            let events: Vec<_> = entries.iter().flat_map(BusEvent::all_of).collect();
            self.bus.publish(&events).await?;
            passing.told(&entries, |hops| &mut hops.bus);
            told = last.seq;
            self.cursors.advance(bar, Sink::Bus, Cursor { seq: told, at: self.now() }).await?;
            if is_last(&entries) {
                return Ok(());
            }
        }
    }

    async fn send_messages(
        &self,
        folded: &mut Folded,
        passing: &Passing<'_>,
    ) -> Result<(), Unavailable> {
        loop {
            let entries = self.read(folded.bar.id(), folded.bar.seq()).await?;
            let Some(last) = entries.last().map(|entry| entry.seq) else {
                return Ok(());
            };
            let ends = is_last(&entries).then_some(last);
            passing.read(&entries);
            let (after, messages, entries) = self.messages(&folded.bar, entries).await?;
            let sent = stream::iter(messages)
                .map(async |(topic, payload)| self.ports.live.publish(&topic, payload).await);
            sent.buffer_unordered(AT_ONCE).try_collect::<()>().await?;
            passing.told(&entries, |hops| &mut hops.live);
            let cursor = Cursor { seq: after.seq(), at: self.now() };
            self.cursors.advance(after.id(), Sink::Live, cursor).await?;
            folded.bar = after;
            if ends == Some(cursor.seq) {
                return Ok(());
            }
        }
    }

    /// The messages of these entries, or of as many of them as fit, and the bar with those, and
    /// which they are.
    async fn messages(
        &self,
        before: &Bar,
        mut entries: Vec<Entry>,
    ) -> Result<(Bar, Vec<Message>, Vec<Entry>), Unavailable> {
        let names = self.names(&entries).await?;
        loop {
            let (after, missed) = taken_in(before, &entries);
            let now = self.now();
            let code = |bar| self.codes.view(bar, &self.order_url, now);
            let told = Told::of(before, Some(&code(before)));
            let (mut messages, _) = told.messages(&News {
                bar: &after,
                names: &names,
                entries: &entries,
                orders: &missed.into_orders(),
                code: code(&after),
                now,
            });
            let fits = |message: &Message| message.1.len() <= LONGEST;
            if entries.len() > 1 && !messages.iter().all(fits) {
                entries.truncate(entries.len() / 2);
                continue;
            }
            // A request is half as long at most, so nothing in an entry is; if it were, screens
            // would find that they missed something and fetch it.
            messages.retain(fits);
            return Ok((after, messages, entries));
        }
    }

    /// The names that orders of these entries are shown with.
    async fn names(&self, entries: &[Entry]) -> Result<Names, Unavailable> {
        let events = entries.iter().flat_map(|entry| &entry.events);
        let orders: BTreeSet<_> = events.filter_map(Event::order).cloned().collect();
        let Some(order) = orders.first() else {
            return Ok(Names::default());
        };
        let bar = order.bar();
        let (pickup, accounts) = tokio::try_join!(
            self.ports.names.of_orders(&bar, &orders),
            self.ports.identity.accounts()
        )?;
        let staff = accounts.all.into_iter().map(|account| (account.person, account.member.name));
        Ok(Names { pickup: pickup.into_iter().collect(), staff: staff.collect() })
    }

    /// The bar as far as somebody has been told of it, from what is at hand or from its snapshot.
    async fn fold<'a>(
        &self,
        bar: &BarId,
        cursor: u64,
        folded: &'a mut Option<Folded>,
    ) -> Result<&'a mut Folded, Unavailable> {
        let log = &*self.ports.log;
        let at_hand = folded.take().map(|folded| folded.bar);
        let mut now = match at_hand.filter(|at_hand| at_hand.seq() <= cursor) {
            Some(at_hand) => at_hand,
            None => snapshot::begin(log, bar, cursor).await?.bar,
        };
        while now.seq() < cursor {
            let entries = self.read(bar, now.seq()).await?;
            if entries.is_empty() {
                return Err(Unavailable::new("somebody has been told more than the log knows"));
            }
            entries.iter().take_while(|entry| entry.seq <= cursor).for_each(|it| now.evolve(it));
        }
        Ok(folded.insert(Folded { bar: now, began: cursor }))
    }

    fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    async fn read(&self, bar: &BarId, after: u64) -> Result<Vec<Entry>, Unavailable> {
        self.ports.log.read(bar, after, PAGE).await
    }
}

/// Whether there was nothing behind these entries when they were read. What came since brings a
/// wake-up of its own, so looking again would be paid for in vain.
fn is_last(entries: &[Entry]) -> bool {
    entries.len() < PAGE as usize
}

/// The bar with these entries, and what they made of its orders.
pub(super) fn taken_in(before: &Bar, entries: &[Entry]) -> (Bar, Missed) {
    let mut bar = before.clone();
    let mut missed = Missed::after(bar.seq());
    for entry in entries {
        bar.evolve(entry);
        missed.take_in(&bar, entry);
    }
    (bar, missed)
}
