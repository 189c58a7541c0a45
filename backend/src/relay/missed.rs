//! What a history is to be told: orders as entries left them, and guests turned away.

use std::collections::{BTreeMap, BTreeSet};

use domain::turned_away::hour_of;
use domain::{Bar, BarId, Entry, Event, Order, OrderId};

use crate::ports::{History, TurnedAway, Unavailable};

/// The orders these entries are about, as the bar has them now; none if it has forgotten one.
pub(super) fn orders_of(bar: &Bar, entries: &[Entry]) -> Option<Vec<Order>> {
    let events = entries.iter().flat_map(|entry| &entry.events);
    let orders: BTreeSet<_> = events.filter_map(Event::order).collect();
    orders.into_iter().map(|order| bar.order(order).cloned()).collect()
}

/// The guests who, by these entries, were turned away.
pub(super) fn turned_away(entries: &[Entry]) -> Vec<TurnedAway> {
    let events =
        entries.iter().flat_map(|entry| entry.events.iter().map(move |event| (entry, event)));
    let told = events.filter_map(|(entry, event)| {
        let Event::GuestsTurnedAway { since, counts } = event else {
            return None;
        };
        Some(TurnedAway { seq: entry.seq, hour: hour_of(*since), counts: counts.clone() })
    });
    told.collect()
}

/// What a history has not been told yet, gathered while its bar is folded from the log.
pub(crate) struct Missed {
    after: u64,
    through: u64,
    orders: BTreeMap<OrderId, Order>,
    turned_away: Vec<TurnedAway>,
}

impl Missed {
    /// Nothing yet, of what comes behind an entry.
    pub(crate) fn after(cursor: u64) -> Self {
        Self { after: cursor, through: cursor, orders: BTreeMap::new(), turned_away: Vec::new() }
    }

    /// Notes an entry; the bar has just taken it in.
    pub(crate) fn take_in(&mut self, bar: &Bar, entry: &Entry) {
        if entry.seq > self.after {
            self.through = entry.seq;
            let orders = orders_of(bar, std::slice::from_ref(entry));
            let orders = orders.expect("a bar knows the orders it has just heard of");
            self.orders.extend(orders.into_iter().map(|order| (order.order.clone(), order)));
            self.turned_away.extend(turned_away(std::slice::from_ref(entry)));
        }
    }

    /// The orders, as the entries left them.
    pub(super) fn into_orders(self) -> Vec<Order> {
        self.orders.into_values().collect()
    }

    /// Tells the history, which keeps how far that has come.
    pub(crate) async fn store(self, bar: &BarId, history: &dyn History) -> Result<(), Unavailable> {
        let through = Some(self.through);
        self.put(bar, through, history).await
    }

    /// Tells the history; how far that has come is kept elsewhere.
    #[cfg(any(test, feature = "aws"))]
    pub(super) async fn tell(self, bar: &BarId, history: &dyn History) -> Result<(), Unavailable> {
        self.put(bar, None, history).await
    }

    async fn put(
        self,
        bar: &BarId,
        through: Option<u64>,
        history: &dyn History,
    ) -> Result<(), Unavailable> {
        if self.through > self.after {
            let orders: Vec<_> = self.orders.into_values().collect();
            history.put(bar, through, &orders, &self.turned_away).await?;
        }
        Ok(())
    }
}
