//! Starting again: from a snapshot and what came after it, never to another bar than its log's.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::Bar;
use domain::api::{path, route};
use domain::bar::Snapshot;
use serde_json::{Value, json};

use super::door::House;
use crate::host::fold;
use crate::ports::{History as _, Log as _};
use crate::snapshot::EVERY;

/// Drinks until the bar has written a snapshot by itself, and some more.
async fn a_rush(house: &House) {
    let bea = house.staff("bea").await;
    while house.memory.snapshot(&house.bar()).await.expect("memory").is_none() {
        bea.asks_bar(json!({"type": "close"})).await;
        bea.asks_bar(json!({"type": "open"})).await;
    }
    let ada = house.guest().await;
    let code = bea.code().await;
    for _ in 0..3 {
        let order = ada.orders_a_latte(&code).await;
        bea.asks(&order, json!({"type": "claim"})).await;
        bea.asks(&order, json!({"type": "complete"})).await;
        ada.asks(&order, json!({"type": "collect"})).await;
    }
}

async fn kept(house: &House) -> Bar {
    let written = house.memory.snapshot(&house.bar()).await.expect("memory");
    serde_json::from_str::<Snapshot>(&written.expect("a snapshot")).expect("of this version").bar()
}

fn at_hand(house: &House) -> Bar {
    house.app.host(&house.bar()).expect("a bar").durable().bar.clone()
}

async fn folded(house: &House) -> Bar {
    fold(&*house.memory, &house.bar(), 0, &mut |_: &Bar, _| {}).await.expect("memory").bar
}

#[tokio::test]
async fn a_bar_that_starts_from_its_snapshot_is_the_bar_of_its_log() {
    let house = House::open().await;
    a_rush(&house).await;
    let snapshot = kept(&house).await;
    assert!(snapshot.seq() >= EVERY, "not before it is worth it");
    let house = house.reopened().await;
    assert!(snapshot.seq() < at_hand(&house).seq(), "the tail counts");
    assert_eq!(at_hand(&house), folded(&house).await);
    house.pass(1);
    a_rush(&house).await;
    assert_eq!(at_hand(&house), folded(&house).await);
}

#[tokio::test]
async fn a_snapshot_that_fits_is_used() {
    let house = House::open().await;
    a_rush(&house).await;
    let mut snapshot = serde_json::to_value(Snapshot::of(kept(&house).await)).expect("plain data");
    snapshot["bar"]["place"] = json!("what only the snapshot says");
    house.memory.put_snapshot(&house.bar(), snapshot.to_string()).await.expect("memory");
    let house = house.reopened().await;
    let view = house.guest().await.gets(&path::bar(&house.bar())).await;
    assert_eq!(view["place"], snapshot["bar"]["place"]);
}

#[tokio::test]
async fn a_server_that_is_stopped_writes_its_snapshots_and_tells_the_history_everything() {
    let house = House::open().await;
    let order = house.guest().await.orders_a_latte(&house.staff("bea").await.code().await).await;
    house.app.stop().await;
    assert_eq!(kept(&house).await, folded(&house).await);
    let last = at_hand(&house).seq();
    assert_eq!(house.memory.cursor(&house.bar()).await.expect("memory"), last);
    let house = house.reopened().await;
    assert_eq!(at_hand(&house), folded(&house).await);
    assert_eq!(house.staff("bea").await.looks_at(&order).await["status"], "placed");
}

#[tokio::test]
async fn a_snapshot_that_does_not_fit_is_not_used() {
    let house = House::open().await;
    a_rush(&house).await;
    let good: Value = serde_json::to_value(Snapshot::of(kept(&house).await)).expect("plain data");
    let changed = |change: fn(&mut Value)| {
        let mut snapshot = good.clone();
        change(&mut snapshot);
        snapshot.to_string()
    };
    let mut house = house;
    for wrong in [
        changed(|snapshot| snapshot["version"] = json!(0)),
        changed(|snapshot| snapshot["bar"]["seq"] = json!(1_000_000)),
        changed(|snapshot| snapshot["bar"]["at"] = json!("2026-11-21T09:29:59.000Z")),
        changed(|snapshot| snapshot["bar"]["bar"] = json!("hall-2")),
        changed(|snapshot| snapshot["bar"]["guessed"] = json!(true)),
        good.to_string()[..1000].to_owned(),
        String::new(),
    ] {
        house.memory.put_snapshot(&house.bar(), wrong.clone()).await.expect("memory");
        house = house.reopened().await;
        assert_eq!(at_hand(&house), folded(&house).await, "{wrong}");
    }
}

#[tokio::test]
async fn a_history_that_is_behind_the_snapshot_misses_nothing() {
    let house = House::open().await;
    let (bea, ada) = (house.staff("bea").await, house.guest().await);
    let order = ada.orders_a_latte(&bea.code().await).await;
    ada.asks(&order, json!({"type": "cancel"})).await;
    house.pass(3600);
    a_rush(&house).await;
    assert!(at_hand(&house).order(&order_id(&order)).is_none(), "the bar has forgotten it");
    let (token, ada, bar) = (ada.token(), ada.person(), house.bar());
    let (memory, mut house) = (house.memory.clone(), house.restarted().await);
    // All of it gone; or as if the power had failed after half of it.
    for through in [0, kept(&house).await.seq() / 2] {
        memory.forget(&bar).await.expect("memory");
        let half = orders_until(&house, through).await;
        memory.put(&bar, Some(through), &half, &[]).await.expect("memory");
        house = house.reopened().await;
        let orders = house.again(token.clone(), ada.clone()).gets(route::MY_ORDERS).await;
        let statuses: Vec<_> =
            orders.as_array().expect("a list").iter().map(|order| &order["status"]).collect();
        assert_eq!(statuses, [&json!("cancelled")], "from {through} on");
    }
}

#[tokio::test]
async fn a_history_of_another_log_is_folded_anew() {
    let house = House::open().await;
    let ada = house.guest().await;
    ada.orders_a_latte(&house.staff("bea").await.code().await).await;
    let (token, ada, bar) = (ada.token(), ada.person(), house.bar());
    let memory = house.memory.clone();
    let last = at_hand(&house).seq();
    house.app.stop().await;
    // The log was put back from a copy: the history knows an order that never was, by this log.
    let never = "espresso.00000000".parse().expect("an id");
    let never = domain::Order::begin(never, Some(ada.clone()), house.app.now());
    memory.put(&bar, Some(last + 1), &[never], &[]).await.expect("memory");
    let house = house.reopened().await;
    assert_eq!(memory.cursor(&bar).await.expect("memory"), last);
    let orders = house.again(token.clone(), ada.clone()).gets(route::MY_ORDERS).await;
    assert_eq!(orders.as_array().expect("a list").len(), 1, "{orders}");
}

#[tokio::test(start_paused = true)]
async fn a_relay_that_is_late_reads_on_from_before_the_snapshot() {
    let house = House::open().await;
    let (bea, ada) = (house.staff("bea").await, house.guest().await);
    let code = bea.code().await;
    let order = ada.orders_a_latte(&code).await;
    ada.asks(&order, json!({"type": "cancel"})).await;
    // Nobody else runs while this test does not wait: the relay has heard of nothing yet.
    house.pass(3600);
    house.app.nudge(&house.bar()).await.expect("memory");
    bea.asks_bar(json!({"type": "close"})).await;
    let written = serde_json::to_string(&Snapshot::of(at_hand(&house))).expect("plain data");
    house.memory.put_snapshot(&house.bar(), written).await.expect("memory");
    tokio::time::sleep(Duration::from_secs(5)).await;
    let past = house.memory.order(&order_id(&order)).await.expect("memory").expect("told");
    assert_eq!(past.status, domain::Status::Cancelled);
}

fn order_id(order: &Value) -> domain::OrderId {
    order["order"].as_str().expect("an order").parse().expect("an id")
}

/// Every order of the bar as it was after so many entries.
async fn orders_until(house: &House, seq: u64) -> Vec<domain::Order> {
    let mut bar = Bar::new(house.bar());
    let mut orders = BTreeMap::new();
    let limit = u32::try_from(seq).expect("few");
    for entry in house.memory.read(&house.bar(), 0, limit).await.expect("memory") {
        bar.evolve(&entry);
        let about = entry.events.iter().filter_map(domain::Event::order);
        orders.extend(about.map(|id| (id.clone(), bar.order(id).cloned().expect("known"))));
    }
    orders.into_values().collect()
}
