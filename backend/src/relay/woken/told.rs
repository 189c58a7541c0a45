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
use super::place::Place;
use super::{Folded, WokenRelay};
use crate::ports::Unavailable;
use crate::snapshot;

/// Entries told at once.
const PAGE: u32 = 100;
/// Messages sent at the same time: no two of them are about the same.
const AT_ONCE: usize = 8;
/// IoT Core takes messages of 128 KB, whichever kilobyte that is.
const LONGEST: usize = 128_000;
/// How often to look for news while the status has to wait.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// What a wake-up has found in the log, behind whoever has been told least.
pub(super) struct Tail {
    entries: Vec<Entry>,
    /// Whether there may have been more. What came since brings a wake-up of its own, so looking
    /// again would be paid for in vain.
    goes_on: bool,
}

impl Tail {
    /// A page of the log.
    pub(super) fn of(entries: Vec<Entry>) -> Self {
        let goes_on = entries.len() == PAGE as usize;
        Self { entries, goes_on }
    }
}

impl WokenRelay {
    /// Tells the history.
    pub(super) async fn tell_history(
        &self,
        bar: &BarId,
        folded: &mut Option<Folded>,
        tail: &Tail,
        place: &mut Place,
        passing: &Passing<'_>,
    ) -> Result<(), Unavailable> {
        let folded = self.fold(bar, place.seq(), folded).await?;
        while let Some(entries) = self.next(bar, place, tail).await? {
            passing.read(&entries);
            let (after, missed) = taken_in(&folded.bar, &entries);
            missed.tell(bar, &*self.ports.history).await?;
            passing.told(&entries, |hops| &mut hops.history);
            place.has_been_told(after.seq(), self.now());
            folded.bar = after;
        }
        Ok(())
    }

    /// Tells the screens, and everybody how the bar is. That comes once a second at most: when it
    /// has to wait, what happens meanwhile is told as well, because whoever wakes us waits, too.
    pub(super) async fn tell_screens(
        &self,
        bar: &BarId,
        folded: &mut Option<Folded>,
        tail: &Tail,
        [live, status]: [&mut Place; 2],
        passing: &Passing<'_>,
    ) -> Result<(), Unavailable> {
        let folded = self.fold(bar, live.seq(), folded).await?;
        self.send_messages(folded, tail, live, passing).await?;
        // What comes after that brings a wake-up of its own.
        if folded.bar.touched().status <= status.seq() {
            status.has_been_told(folded.bar.seq(), status.at());
            return Ok(());
        }
        let since = Duration::from_millis(self.now().millis_since(status.at()));
        let due = Instant::now() + STATUS_EVERY.saturating_sub(since);
        while Instant::now() < due {
            self.keep(bar, [&mut *live]).await?;
            tokio::time::sleep_until(due.min(Instant::now() + LOOK_AGAIN)).await;
            let tail = Tail::of(self.read(bar, live.seq()).await?);
            self.send_messages(folded, &tail, live, passing).await?;
        }
        let (seq, now) = (folded.bar.seq(), self.now());
        let (topic, payload) = messages::status(&folded.bar, now);
        self.ports.live.publish(&topic, payload).await?;
        status.has_been_told(seq, now);
        Ok(())
    }

    /// Tells the bus.
    pub(super) async fn tell_bus(
        &self,
        bar: &BarId,
        tail: &Tail,
        place: &mut Place,
        passing: &Passing<'_>,
    ) -> Result<(), Unavailable> {
        while let Some(entries) = self.next(bar, place, tail).await? {
            passing.read(&entries);
            let events: Vec<_> = entries.iter().flat_map(BusEvent::all_of).collect();
            self.bus.publish(&events).await?;
            passing.told(&entries, |hops| &mut hops.bus);
            let last = entries.last().map_or(place.seq(), |entry| entry.seq);
            place.has_been_told(last, self.now());
        }
        Ok(())
    }

    async fn send_messages(
        &self,
        folded: &mut Folded,
        tail: &Tail,
        place: &mut Place,
        passing: &Passing<'_>,
    ) -> Result<(), Unavailable> {
        let bar = folded.bar.id().clone();
        while let Some(entries) = self.next(&bar, place, tail).await? {
            passing.read(&entries);
            let (after, messages, entries) = self.messages(&folded.bar, entries).await?;
            let sent = stream::iter(messages)
                .map(async |(topic, payload)| self.ports.live.publish(&topic, payload).await);
            sent.buffer_unordered(AT_ONCE).try_collect::<()>().await?;
            passing.told(&entries, |hops| &mut hops.live);
            place.has_been_told(after.seq(), self.now());
            folded.bar = after;
        }
        Ok(())
    }

    /// What a sink is to be told next, if there is anything. What it was told before is written
    /// down first, so that a process that has much to tell and falls does not begin anew.
    async fn next(
        &self,
        bar: &BarId,
        place: &mut Place,
        tail: &Tail,
    ) -> Result<Option<Vec<Entry>>, Unavailable> {
        let behind = tail.entries.iter().filter(|entry| place.seq() < entry.seq);
        let mut entries: Vec<_> = behind.cloned().collect();
        if entries.is_empty() && tail.goes_on {
            entries = self.read(bar, place.seq()).await?;
        }
        if entries.is_empty() {
            return Ok(None);
        }
        self.keep(bar, [place]).await?;
        Ok(Some(entries))
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
        let (pickup, staff) = tokio::try_join!(
            self.ports.names.of_orders(&bar, &orders),
            self.ports.identity.names()
        )?;
        Ok(Names { pickup: pickup.into_iter().collect(), staff })
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

    pub(super) async fn read(&self, bar: &BarId, after: u64) -> Result<Vec<Entry>, Unavailable> {
        self.ports.log.read(bar, after, PAGE).await
    }
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
