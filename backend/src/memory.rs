//! Every port in memory, for tests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use domain::topic::Topic;
use domain::turned_away::{Counts, TurnedAwayHour};
use domain::{BarId, CommandId, Entry, Order, OrderId, PersonId, Timestamp, Username};
use futures_util::FutureExt as _;

use crate::ports::{
    Account, AppendError, History, Identity, Live, Log, PickupNames, Ticket, TurnedAway,
    Unavailable,
};

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
    turned_away: BTreeMap<(BarId, u64), TurnedAway>,
    /// With their passwords.
    staff: BTreeMap<Username, (Account, Option<String>)>,
    links: BTreeMap<String, (Username, Timestamp)>,
    revoked: BTreeSet<String>,
    published: Vec<(Topic, Bytes)>,
    withdrawn: Vec<PersonId>,
}

impl Memory {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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

    async fn put(
        &self,
        bar: &BarId,
        through: u64,
        orders: &[Order],
        turned_away: &[TurnedAway],
    ) -> Result<(), Unavailable> {
        let mut state = self.state();
        state.cursors.insert(bar.clone(), through);
        state.orders.extend(orders.iter().map(|order| (order.order.clone(), order.clone())));
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

impl Live for Memory {
    fn publish(&self, topic: &Topic, payload: Bytes) {
        self.state().published.push((topic.clone(), payload));
    }

    fn sessions_withdrawn(&self, person: &PersonId) {
        self.state().withdrawn.push(person.clone());
    }
}

#[async_trait]
impl Identity for Memory {
    async fn verify(&self, username: &str, password: &str) -> Result<Option<Account>, Unavailable> {
        let state = self.state();
        let account =
            username.parse().ok().and_then(|username: Username| state.staff.get(&username));
        let account = account.filter(|(_, theirs)| theirs.as_deref() == Some(password));
        Ok(account.map(|(account, _)| account.clone()))
    }

    async fn accounts(&self) -> Result<Vec<Account>, Unavailable> {
        Ok(self.state().staff.values().map(|(account, _)| account.clone()).collect())
    }

    async fn put(&self, account: &Account, password: Option<&str>) -> Result<(), Unavailable> {
        let mut state = self.state();
        let username = account.member.username.clone();
        let before = state.staff.remove(&username);
        if before.as_ref().is_none_or(|(before, _)| before.seal != account.seal) {
            state.links.retain(|_, (whose, _)| *whose != username);
        }
        let password = password.map(str::to_owned).or(before.and_then(|(_, password)| password));
        let mut account = account.clone();
        account.member.has_password = password.is_some();
        state.staff.insert(username, (account, password));
        Ok(())
    }

    async fn remove(&self, username: &Username) -> Result<(), Unavailable> {
        let mut state = self.state();
        state.staff.remove(username);
        state.links.retain(|_, (whose, _)| whose != username);
        Ok(())
    }

    fn is_sealed(&self, person: &PersonId, seal: &str) -> bool {
        let state = self.state();
        state.staff.values().any(|(account, _)| account.person == *person && account.seal == seal)
    }

    async fn put_link(
        &self,
        mark: &str,
        username: &Username,
        expires_at: Timestamp,
    ) -> Result<(), Unavailable> {
        self.state().links.insert(mark.to_owned(), (username.clone(), expires_at));
        Ok(())
    }

    async fn take_link(&self, mark: &str, now: Timestamp) -> Result<Option<Account>, Unavailable> {
        let mut state = self.state();
        let running = state.links.remove(mark).filter(|(_, expires_at)| now < *expires_at);
        let account = running.and_then(|(username, _)| state.staff.get(&username));
        Ok(account.map(|(account, _)| account.clone()))
    }

    async fn revoke(&self, sessions: &[(String, Timestamp)]) -> Result<(), Unavailable> {
        self.state().revoked.extend(sessions.iter().map(|(session, _)| session.clone()));
        Ok(())
    }

    fn is_revoked(&self, session: &str) -> bool {
        self.state().revoked.contains(session)
    }
}
