//! A morning at a bar, as its log has it.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::api::path;
use domain::view::Names;
use domain::{Bar, BarId, Entry, Event, Order, Timestamp};
use serde_json::json;

use super::super::told::taken_in;
use crate::memory::Memory;
use crate::ports::{Log as _, PickupNames as _};
use crate::scenarios::door::House;

/// What happened, with the names that go with it.
#[derive(Clone)]
pub(super) struct Morning {
    pub(super) entries: Vec<Entry>,
    pub(super) names: Names,
}

impl Morning {
    /// One on which everything happens that screens are told of.
    pub(super) async fn whole() -> Arc<Self> {
        let house = House::open().await;
        let (bea, olga) = (house.staff("bea").await, house.staff("olga").await);
        let code = bea.code().await;
        let take = json!({"drink": "latte", "options": {}, "name": "Zoe"});
        bea.posts(&path::orders(&house.bar()), take).await;
        let guests = [house.guest().await, house.guest().await, house.guest().await];
        let [ada, eve, ivo] = &guests;
        let order = ada.orders_a_latte(&code).await;
        let named = json!({"type": "change", "drink": "latte", "options": {}, "name": "Ada"});
        ada.asks(&order, named).await;
        let (_, theirs) = eve.redeems(&code).await;
        eve.asks(&theirs, json!({"type": "cancel"})).await;
        for step in ["claim", "release", "claim", "complete", "recall", "complete", "collect"] {
            bea.asks(&order, json!({"type": step})).await;
        }
        bea.asks(&order, json!({"type": "return"})).await;
        let forgotten = ivo.orders_a_latte(&code).await;
        bea.asks(&forgotten, json!({"type": "cancel", "reason": "out-of-stock"})).await;
        ivo.redeems(&code).await;
        bea.asks_bar(json!({"type": "pause", "reason": "a break"})).await;
        house.guest().await.redeems(&code).await;
        bea.asks_bar(json!({"type": "open"})).await;
        let sold_out = json!({"type": "set_availability", "drink": "espresso", "available": false});
        bea.asks_bar(sold_out).await;
        olga.asks_bar(json!({"type": "set_limits", "limits": {"baristas": 3}})).await;
        // Who went away is told, and the place that was kept too long is free.
        house.pass(301);
        house.app.nudge(&house.bar()).await.expect("nothing fails");
        let code = bea.code().await;
        eve.orders_a_latte(&code).await;
        ivo.redeems(&code).await;
        let entries = house.memory.read(&house.bar(), 0, 1000).await.expect("the log");
        Arc::new(Self::of(&house, entries).await)
    }

    /// These entries, with the names there are.
    pub(super) async fn of(house: &House, entries: Vec<Entry>) -> Self {
        let pickup = house.memory.of_bar(&house.bar()).await.expect("names");
        // As the house calls them.
        let staff = ["bea", "olga"].map(|who| (who.parse().expect("an id"), who.to_owned()));
        let names = Names { pickup: pickup.into_iter().collect(), staff: staff.into() };
        Self { entries, names }
    }

    pub(super) fn bar(&self) -> BarId {
        self.entries[0].bar.clone()
    }

    /// When it ended.
    pub(super) fn end(&self) -> Timestamp {
        self.entries[self.entries.len() - 1].at
    }

    /// The bar after so many entries, and every order there was until then.
    pub(super) fn after(&self, count: usize) -> (Bar, Vec<Order>) {
        let (bar, missed) = taken_in(&Bar::new(self.bar()), &self.entries[..count]);
        (bar, missed.into_orders())
    }

    /// A place in which nothing has happened yet.
    pub(super) async fn elsewhere(&self) -> Arc<Memory> {
        let memory = Arc::new(Memory::default());
        House::hire(&memory).await;
        memory
    }

    /// Writes entries into another log, each with the names it brings.
    pub(super) async fn write(&self, memory: &Memory, entries: &[Entry]) {
        for entry in entries {
            let events = entry.events.iter();
            let placed = events.filter(|event| {
                matches!(event, Event::OrderPlaced { .. } | Event::OrderChanged { .. })
            });
            for order in placed.filter_map(Event::order) {
                let name = self.names.pickup.get(order).map(String::as_str);
                memory.put(order, name).await.expect("nothing fails");
            }
            memory.append(Arc::new(entry.clone())).await.expect("it follows");
        }
    }
}

/// How many events there are of each name.
pub(super) fn tallied(entries: &[Entry]) -> BTreeMap<&'static str, usize> {
    let mut tally = BTreeMap::new();
    for event in entries.iter().flat_map(|entry| &entry.events) {
        *tally.entry(event.name()).or_default() += 1;
    }
    tally
}
