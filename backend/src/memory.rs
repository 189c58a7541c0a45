//! Every port in memory, for tests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use domain::topic::Topic;
use domain::{Actor, BarId, CommandId, Entry, Order, OrderId, PersonId, Timestamp};
use futures_util::FutureExt as _;

use crate::ports::{AppendError, History, Identity, Live, Log, PickupNames, Ticket, Unavailable};

/// Logs, names, histories and accounts of one process's life.
#[derive(Default)]
pub(crate) struct Memory {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    logs: BTreeMap<BarId, Vec<Entry>>,
    snapshots: BTreeMap<BarId, String>,
    names: BTreeMap<OrderId, String>,
    cursors: BTreeMap<BarId, u64>,
    orders: BTreeMap<OrderId, Order>,
    staff: BTreeMap<String, (Actor, String)>,
    revoked: BTreeSet<String>,
    published: Vec<(Topic, Bytes)>,
}

impl Memory {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes an account.
    pub(crate) fn hire(&self, username: &str, password: &str, actor: Actor) {
        self.state().staff.insert(username.to_owned(), (actor, password.to_owned()));
    }

    /// Takes what was published so far.
    pub(crate) fn published(&self) -> Vec<(Topic, Bytes)> {
        std::mem::take(&mut self.state().published)
    }
}

#[async_trait]
impl Log for Memory {
    fn append(&self, entry: Arc<Entry>) -> Ticket {
        let mut state = self.state();
        let log = state.logs.entry(entry.bar.clone()).or_default();
        let answer = if entry.seq == log.len() as u64 + 1 {
            log.push(Entry::clone(&entry));
            Ok(())
        } else {
            Err(AppendError::Conflict)
        };
        std::future::ready(answer).boxed().shared()
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
        Ok(self.state().snapshots.get(bar).cloned())
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
        let names = &mut self.state().names;
        match name {
            Some(name) => names.insert(order.clone(), name.to_owned()),
            None => names.remove(order),
        };
        Ok(())
    }

    async fn of_bar(&self, bar: &BarId) -> Result<Vec<(OrderId, String)>, Unavailable> {
        let state = self.state();
        let names = state.names.iter().filter(|(order, _)| order.bar() == *bar);
        Ok(names.map(|(order, name)| (order.clone(), name.clone())).collect())
    }
}

#[async_trait]
impl History for Memory {
    async fn cursor(&self, bar: &BarId) -> Result<u64, Unavailable> {
        Ok(self.state().cursors.get(bar).copied().unwrap_or(0))
    }

    async fn put(&self, bar: &BarId, through: u64, orders: &[Order]) -> Result<(), Unavailable> {
        let mut state = self.state();
        state.cursors.insert(bar.clone(), through);
        state.orders.extend(orders.iter().map(|order| (order.order.clone(), order.clone())));
        Ok(())
    }

    async fn forget(&self, bar: &BarId) -> Result<(), Unavailable> {
        let mut state = self.state();
        state.cursors.remove(bar);
        state.orders.retain(|order, _| order.bar() != *bar);
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

impl Live for Memory {
    fn publish(&self, topic: &Topic, payload: Bytes) {
        self.state().published.push((topic.clone(), payload));
    }
}

#[async_trait]
impl Identity for Memory {
    async fn verify(&self, username: &str, password: &str) -> Result<Option<Actor>, Unavailable> {
        let state = self.state();
        let account = state.staff.get(username).filter(|(_, theirs)| theirs == password);
        Ok(account.map(|(actor, _)| actor.clone()))
    }

    async fn names(&self) -> Result<Vec<(PersonId, String)>, Unavailable> {
        let state = self.state();
        let staff = state.staff.values();
        Ok(staff
            .filter_map(|(actor, _)| Some((actor.person.clone(), actor.name.clone()?)))
            .collect())
    }

    async fn revoke(&self, session: &str, _expires_at: Timestamp) -> Result<(), Unavailable> {
        self.state().revoked.insert(session.to_owned());
        Ok(())
    }

    fn is_revoked(&self, session: &str) -> bool {
        self.state().revoked.contains(session)
    }
}
