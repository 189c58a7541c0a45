//! Those who are told, by a process that may die, be held up, or not reach somebody.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use domain::journey::Hops;
use domain::topic::Topic;
use domain::turned_away::TurnedAwayHour;
use domain::{BarId, BusEvent, Order, OrderId, PersonId, Timestamp};
use tokio::sync::Notify;

use crate::memory::Memory;
use crate::ports::{Bus, Cursors, History, HopTimes, Live, Places, TurnedAway, Unavailable};

/// Whom a call is to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whom {
    History,
    Screens,
    Bus,
    Cursors,
    HopTimes,
}

/// What is told arrives in memory, unless something happens on the way.
pub(super) struct Perils {
    pub(super) memory: Arc<Memory>,
    /// Places passed: there is one before and one behind everything that is told.
    passed: AtomicUsize,
    /// Where the process stops until it is let go on.
    stops_at: Option<usize>,
    pub(super) stopped: Notify,
    pub(super) go_on: Notify,
    out_of_reach: Mutex<BTreeSet<Whom>>,
}

impl Perils {
    /// A process that stops at this place, if at any.
    pub(super) fn of(memory: &Arc<Memory>, stops_at: Option<usize>) -> Arc<Self> {
        Arc::new(Self {
            memory: memory.clone(),
            passed: AtomicUsize::new(0),
            stops_at,
            stopped: Notify::new(),
            go_on: Notify::new(),
            out_of_reach: Mutex::default(),
        })
    }

    /// From now on these cannot be told anything.
    pub(super) fn out_of_reach(&self, whom: &[Whom]) {
        let mut out_of_reach = self.out_of_reach.lock().unwrap_or_else(PoisonError::into_inner);
        *out_of_reach = whom.iter().copied().collect();
    }

    /// Whether the process has come to where it stops.
    pub(super) fn is_stopped(&self) -> bool {
        self.stops_at.is_some_and(|place| self.passed.load(Ordering::SeqCst) > place)
    }

    async fn passes(&self) {
        if Some(self.passed.fetch_add(1, Ordering::SeqCst)) == self.stops_at {
            self.stopped.notify_one();
            self.go_on.notified().await;
        }
    }

    async fn tells<T>(
        &self,
        whom: Whom,
        told: impl Future<Output = Result<T, Unavailable>>,
    ) -> Result<T, Unavailable> {
        self.passes().await;
        let is_out_of_reach = {
            let whoms = self.out_of_reach.lock().unwrap_or_else(PoisonError::into_inner);
            whoms.contains(&whom)
        };
        if is_out_of_reach {
            return Err(Unavailable::new(format!("{whom:?} cannot be reached")));
        }
        let told = told.await;
        self.passes().await;
        told
    }
}

#[async_trait]
impl Live for Perils {
    async fn publish(&self, topic: &Topic, payload: Bytes) -> Result<(), Unavailable> {
        self.tells(Whom::Screens, Live::publish(&*self.memory, topic, payload)).await
    }

    fn sessions_withdrawn(&self, person: &PersonId) {
        self.memory.sessions_withdrawn(person);
    }
}

#[async_trait]
impl Bus for Perils {
    async fn publish(&self, events: &[BusEvent]) -> Result<(), Unavailable> {
        self.tells(Whom::Bus, Bus::publish(&*self.memory, events)).await
    }
}

#[async_trait]
impl Cursors for Perils {
    async fn places(&self, bar: &BarId) -> Result<Places, Unavailable> {
        self.memory.places(bar).await
    }

    async fn advance(&self, bar: &BarId, to: Places) -> Result<(), Unavailable> {
        self.tells(Whom::Cursors, self.memory.advance(bar, to)).await
    }
}

#[async_trait]
impl HopTimes for Perils {
    async fn keep(
        &self,
        bar: &BarId,
        hops: &BTreeMap<u64, Hops>,
        now: Timestamp,
    ) -> Result<(), Unavailable> {
        self.tells(Whom::HopTimes, self.memory.keep(bar, hops, now)).await
    }

    async fn of(&self, bar: &BarId, entries: &[u64]) -> Result<BTreeMap<u64, Hops>, Unavailable> {
        self.memory.of(bar, entries).await
    }
}

#[async_trait]
impl History for Perils {
    async fn cursor(&self, bar: &BarId) -> Result<u64, Unavailable> {
        History::cursor(&*self.memory, bar).await
    }

    async fn put(
        &self,
        bar: &BarId,
        through: Option<u64>,
        orders: &[Order],
        turned_away: &[TurnedAway],
    ) -> Result<(), Unavailable> {
        let put = History::put(&*self.memory, bar, through, orders, turned_away);
        self.tells(Whom::History, put).await
    }

    async fn forget(&self, bar: &BarId) -> Result<(), Unavailable> {
        self.memory.forget(bar).await
    }

    async fn turned_away(&self, bar: &BarId) -> Result<Vec<TurnedAwayHour>, Unavailable> {
        self.memory.turned_away(bar).await
    }

    async fn order(&self, order: &OrderId) -> Result<Option<Order>, Unavailable> {
        self.memory.order(order).await
    }

    async fn of_person(
        &self,
        person: &PersonId,
        before: Option<&OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, Unavailable> {
        self.memory.of_person(person, before, limit).await
    }
}
