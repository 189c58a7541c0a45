//! Every port in memory, for tests.

mod crowded;
mod identity;
mod sinks;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use domain::topic::Topic;
use domain::turned_away::{Counts, TurnedAwayHour};
use domain::{BarId, Code, CommandId, Entry, Event, Order, OrderId, PersonId, Timestamp};
use futures_util::FutureExt as _;
use tokio::sync::oneshot;

pub(crate) use crowded::Crowded;

use crate::ports::{
    AppendError, Counted, History, Live, Log, Named, PickupNames, Tally, Ticket, TurnedAway,
    Unavailable,
};

/// What becomes of the entries that are appended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Disk {
    /// They are written at once.
    #[default]
    Sound,
    /// They wait until it is sound or broken.
    Slow,
    /// They are lost.
    Broken,
    /// They are written, and nobody is told.
    Mute,
}

/// Logs, names, histories and accounts of one process's life.
#[derive(Default)]
pub(crate) struct Memory {
    state: Mutex<State>,
    identity: Mutex<identity::State>,
    sinks: Mutex<sinks::State>,
    webhooks: Mutex<webhooks::State>,
}

/// An entry with the names that go with it, and who waits for it.
type Queued = (Arc<Entry>, Vec<Named>, oneshot::Sender<Result<(), AppendError>>);

#[derive(Default)]
struct State {
    disk: Disk,
    queue: VecDeque<Queued>,
    logs: BTreeMap<BarId, Vec<Entry>>,
    snapshots: BTreeMap<BarId, String>,
    /// Names that wait for the next entry of their bar.
    named: BTreeMap<BarId, Vec<Named>>,
    names: BTreeMap<OrderId, String>,
    cursors: BTreeMap<BarId, u64>,
    orders: BTreeMap<OrderId, Order>,
    turned_away: BTreeMap<(BarId, u64), TurnedAway>,
    tally: BTreeMap<BarId, Counted>,
    published: Vec<(Topic, Bytes)>,
    withdrawn: Vec<PersonId>,
}

impl State {
    /// Does what is queued, unless it has to wait.
    fn work(&mut self) {
        if self.disk == Disk::Slow {
            return;
        }
        while let Some((entry, names, answer)) = self.queue.pop_front() {
            let failed = || Err(Unavailable::new("the disk fails").into());
            let written = match self.disk {
                Disk::Sound => self.write(&entry, names),
                Disk::Mute => self.write(&entry, names).and(failed()),
                Disk::Broken | Disk::Slow => failed(),
            };
            // Whoever asked may be gone.
            let _ = answer.send(written);
        }
    }

    fn write(&mut self, entry: &Entry, names: Vec<Named>) -> Result<(), AppendError> {
        let log = self.logs.entry(entry.bar.clone()).or_default();
        if entry.seq != log.len() as u64 + 1 {
            return Err(AppendError::Conflict);
        }
        for event in &entry.events {
            if let Event::GuestsTurnedAway { counts, .. } = event {
                let counted = self.tally.get(&entry.bar);
                if counted.is_some_and(|counted| counted.counts != *counts) {
                    return Err(AppendError::Conflict);
                }
                self.tally.remove(&entry.bar);
            }
        }
        log.push(entry.clone());
        for (order, name) in names {
            match name {
                Some(name) => self.names.insert(order, name),
                None => self.names.remove(&order),
            };
        }
        Ok(())
    }
}

impl Memory {
    /// From now on, and for what waits.
    pub(crate) fn disk_is(&self, disk: Disk) {
        let state = &mut *self.state();
        state.disk = disk;
        state.work();
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn append_named(&self, entry: Arc<Entry>, names: Vec<Named>) -> Ticket {
        let state = &mut *self.state();
        let (done, answer) = oneshot::channel();
        state.queue.push_back((entry, names, done));
        state.work();
        let answer =
            async { answer.await.unwrap_or_else(|gone| Err(Unavailable::new(gone).into())) };
        answer.boxed().shared()
    }

    /// Takes what was published so far.
    pub(crate) fn published(&self) -> Vec<(Topic, Bytes)> {
        std::mem::take(&mut self.state().published)
    }

    /// Takes the people whose live connections were to be looked at so far.
    pub(crate) fn withdrawn(&self) -> Vec<PersonId> {
        std::mem::take(&mut self.state().withdrawn)
    }
}

/// As with any other store, something may happen before an answer is read.
async fn others_go_on() {
    tokio::task::yield_now().await;
}

#[async_trait]
impl Log for Memory {
    fn append(&self, entry: Arc<Entry>) -> Ticket {
        let names = self.state().named.remove(&entry.bar).unwrap_or_default();
        self.append_named(entry, names)
    }

    async fn read(&self, bar: &BarId, after: u64, limit: u32) -> Result<Vec<Entry>, Unavailable> {
        let state = self.state();
        let log = state.logs.get(bar).map_or(&[][..], Vec::as_slice);
        let entries = log.iter().filter(|entry| entry.seq > after);
        Ok(entries.take(limit as usize).cloned().collect())
    }

    async fn find(
        &self,
        bar: &BarId,
        person: &PersonId,
        command: &CommandId,
    ) -> Result<Option<Entry>, Unavailable> {
        let state = self.state();
        let mut log = state.logs.get(bar).into_iter().flatten();
        let caused = |entry: &&Entry| entry.by.person() == Some(person) && entry.cause == *command;
        Ok(log.find(caused).cloned())
    }

    async fn put_snapshot(&self, bar: &BarId, snapshot: String) -> Result<(), Unavailable> {
        self.state().snapshots.insert(bar.clone(), snapshot);
        Ok(())
    }

    async fn snapshot(&self, bar: &BarId) -> Result<Option<String>, Unavailable> {
        let snapshot = self.state().snapshots.get(bar).cloned();
        others_go_on().await;
        Ok(snapshot)
    }

    async fn bars(&self) -> Result<Vec<BarId>, Unavailable> {
        Ok(self.state().logs.keys().cloned().collect())
    }

    async fn check(&self) -> Result<(), Unavailable> {
        Ok(())
    }
}

#[async_trait]
impl PickupNames for Memory {
    async fn put(&self, order: &OrderId, name: Option<&str>) -> Result<(), Unavailable> {
        let named = (order.clone(), name.map(str::to_owned));
        self.state().named.entry(order.bar()).or_default().push(named);
        Ok(())
    }

    async fn of_bar(&self, bar: &BarId) -> Result<Vec<(OrderId, String)>, Unavailable> {
        let state = self.state();
        let names = state.names.iter().filter(|(order, _)| order.bar() == *bar);
        Ok(names.map(|(order, name)| (order.clone(), name.clone())).collect())
    }

    async fn of_orders(
        &self,
        _: &BarId,
        orders: &BTreeSet<OrderId>,
    ) -> Result<Vec<(OrderId, String)>, Unavailable> {
        let state = self.state();
        let name = |order: &OrderId| Some((order.clone(), state.names.get(order)?.clone()));
        Ok(orders.iter().filter_map(name).collect())
    }
}

#[async_trait]
impl Tally for Memory {
    async fn count(&self, bar: &BarId, code: Code, at: Timestamp) -> Result<(), Unavailable> {
        let tally = &mut self.state().tally;
        let none = || Counted { since: at, counts: Counts::new() };
        let counted = tally.entry(bar.clone()).or_insert_with(none);
        *counted.counts.entry(code).or_default() += 1;
        Ok(())
    }

    async fn counted(&self, bar: &BarId) -> Result<Option<Counted>, Unavailable> {
        let counted = self.state().tally.get(bar).cloned();
        others_go_on().await;
        Ok(counted)
    }
}

#[async_trait]
impl History for Memory {
    async fn cursor(&self, bar: &BarId) -> Result<u64, Unavailable> {
        let cursor = self.state().cursors.get(bar).copied().unwrap_or(0);
        others_go_on().await;
        Ok(cursor)
    }

    async fn put(
        &self,
        bar: &BarId,
        through: Option<u64>,
        orders: &[Order],
        turned_away: &[TurnedAway],
    ) -> Result<(), Unavailable> {
        let mut state = self.state();
        let cursor = state.cursors.entry(bar.clone()).or_default();
        *cursor = through.unwrap_or_default().max(*cursor);
        for order in orders {
            let kept = state.orders.entry(order.order.clone()).or_insert_with(|| order.clone());
            if kept.version < order.version {
                *kept = order.clone();
            }
        }
        let told = turned_away.iter().map(|told| ((bar.clone(), told.seq), told.clone()));
        state.turned_away.extend(told);
        Ok(())
    }

    async fn turned_away(&self, bar: &BarId) -> Result<Vec<TurnedAwayHour>, Unavailable> {
        let mut hours: BTreeMap<Timestamp, Counts> = BTreeMap::new();
        for ((theirs, _), told) in &self.state().turned_away {
            if theirs == bar {
                let counts = hours.entry(told.hour).or_default();
                for (code, count) in &told.counts {
                    *counts.entry(*code).or_default() += count;
                }
            }
        }
        Ok(hours.into_iter().map(|(hour, counts)| TurnedAwayHour { hour, counts }).collect())
    }

    async fn forget(&self, bar: &BarId) -> Result<(), Unavailable> {
        let mut state = self.state();
        state.cursors.remove(bar);
        state.orders.retain(|order, _| order.bar() != *bar);
        state.turned_away.retain(|(theirs, _), _| theirs != bar);
        Ok(())
    }

    async fn order(&self, order: &OrderId) -> Result<Option<Order>, Unavailable> {
        Ok(self.state().orders.get(order).cloned())
    }

    async fn of_person(
        &self,
        person: &PersonId,
        before: Option<&OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, Unavailable> {
        let state = self.state();
        let age = |order: &Order| (order.created_at, order.order.clone());
        let before = before.and_then(|before| state.orders.get(before)).map(age);
        let theirs = state.orders.values().filter(|order| order.person.as_ref() == Some(person));
        let older = |order: &&Order| before.as_ref().is_none_or(|before| age(order) < *before);
        let mut orders: Vec<_> = theirs.filter(older).cloned().collect();
        orders.sort_by_key(|order| std::cmp::Reverse(age(order)));
        orders.truncate(limit as usize);
        Ok(orders)
    }
}

#[async_trait]
impl Live for Memory {
    async fn publish(&self, topic: &Topic, payload: Bytes) -> Result<(), Unavailable> {
        self.state().published.push((topic.clone(), payload));
        Ok(())
    }

    fn sessions_withdrawn(&self, person: &PersonId) {
        self.state().withdrawn.push(person.clone());
    }
}
