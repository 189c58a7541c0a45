//! One of many processes that share what is in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use domain::{BarId, Code, CommandId, Entry, OrderId, PersonId, Timestamp};
use futures_util::FutureExt as _;

use super::{Memory, others_go_on};
use crate::ports::{Counted, Log, Named, PickupNames, Tally, Ticket, Unavailable};

/// Logs, names and counts that others get at before what was asked is done.
pub(crate) struct Crowded {
    memory: Arc<Memory>,
    /// Names that wait for this process's next entry of their bar.
    named: Mutex<BTreeMap<BarId, Vec<Named>>>,
}

impl Crowded {
    /// Another process.
    pub(crate) fn new(memory: Arc<Memory>) -> Self {
        Self { memory, named: Mutex::default() }
    }

    fn named(&self) -> std::sync::MutexGuard<'_, BTreeMap<BarId, Vec<Named>>> {
        self.named.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Log for Crowded {
    fn append(&self, entry: Arc<Entry>) -> Ticket {
        let names = self.named().remove(&entry.bar).unwrap_or_default();
        let memory = self.memory.clone();
        let late = async move {
            others_go_on().await;
            memory.append_named(entry, names).await
        };
        late.boxed().shared()
    }

    fn is_shared(&self) -> bool {
        true
    }

    async fn read(&self, bar: &BarId, after: u64, limit: u32) -> Result<Vec<Entry>, Unavailable> {
        let entries = self.memory.read(bar, after, limit).await;
        others_go_on().await;
        entries
    }

    async fn find(
        &self,
        bar: &BarId,
        person: &PersonId,
        command: &CommandId,
    ) -> Result<Option<Entry>, Unavailable> {
        self.memory.find(bar, person, command).await
    }

    async fn put_snapshot(&self, bar: &BarId, snapshot: String) -> Result<(), Unavailable> {
        self.memory.put_snapshot(bar, snapshot).await
    }

    async fn snapshot(&self, bar: &BarId) -> Result<Option<String>, Unavailable> {
        self.memory.snapshot(bar).await
    }

    async fn bars(&self) -> Result<Vec<BarId>, Unavailable> {
        self.memory.bars().await
    }

    async fn check(&self) -> Result<(), Unavailable> {
        self.memory.check().await
    }
}

#[async_trait]
impl PickupNames for Crowded {
    async fn put(&self, order: &OrderId, name: Option<&str>) -> Result<(), Unavailable> {
        let named = (order.clone(), name.map(str::to_owned));
        self.named().entry(order.bar()).or_default().push(named);
        Ok(())
    }

    async fn of_bar(&self, bar: &BarId) -> Result<Vec<(OrderId, String)>, Unavailable> {
        self.memory.of_bar(bar).await
    }

    async fn of_orders(
        &self,
        bar: &BarId,
        orders: &BTreeSet<OrderId>,
    ) -> Result<Vec<(OrderId, String)>, Unavailable> {
        self.memory.of_orders(bar, orders).await
    }
}

#[async_trait]
impl Tally for Crowded {
    async fn count(&self, bar: &BarId, code: Code, at: Timestamp) -> Result<(), Unavailable> {
        self.memory.count(bar, code, at).await
    }

    async fn counted(&self, bar: &BarId) -> Result<Option<Counted>, Unavailable> {
        self.memory.counted(bar).await
    }
}
