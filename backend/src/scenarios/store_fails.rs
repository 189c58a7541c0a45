//! A store that is slow or fails: nobody sees what it does not have, and nothing is lost or told
//! twice.

use std::time::Duration;

use axum::http::StatusCode;
use domain::api::path;
use serde_json::{Value, json};

use super::door::{House, Visitor};
use super::turned_away::{is_refused, told};
use crate::memory::Disk;
use crate::ports::Log as _;

/// Until everybody waits.
async fn quiet() {
    tokio::time::sleep(Duration::from_secs(5)).await;
}

/// The name that the guest, the staff and the monitor are shown.
async fn names(house: &House, guest: &Visitor<'_>, order: &Value) -> [Value; 4] {
    let bea = house.staff("bea").await;
    let queue = bea.gets(&path::queue(&house.bar())).await;
    let board = bea.gets(&path::board(&house.bar())).await;
    [
        guest.looks_at(order).await["name"].clone(),
        bea.looks_at(order).await["name"].clone(),
        queue["orders"][0]["name"].clone(),
        board["preparing"][0]["name"].clone(),
    ]
}

fn all(name: Value) -> [Value; 4] {
    std::array::from_fn(|_| name.clone())
}

/// A latte for Ada, placed; and what makes it a mocha for Adele.
async fn a_latte_for_ada(house: &House, ada: &Visitor<'_>) -> (Value, Value) {
    let (_, order) = ada.redeems(&house.staff("bea").await.code().await).await;
    let place = json!({"type": "place", "drink": "latte", "name": "Ada"});
    assert_eq!(ada.asks(&order, place).await.0, StatusCode::OK);
    quiet().await;
    let change = json!({
        "type": "change", "drink": "mocha", "name": "Adele", "command_id": "for-adele"
    });
    (order, change)
}

/// Whether any screen was told of Adele.
fn adele_is_told(house: &House) -> bool {
    let told = house.memory.published();
    told.iter().any(|(_, message)| String::from_utf8_lossy(message).contains("Adele"))
}

#[tokio::test(start_paused = true)]
async fn a_name_shows_when_its_command_is_durable_and_not_before() {
    let house = House::open().await;
    let ada = house.guest().await;
    let (order, change) = a_latte_for_ada(&house, &ada).await;
    house.memory.disk_is(Disk::Slow);
    let looks = async {
        quiet().await;
        assert_eq!(names(&house, &ada, &order).await, all(json!("Ada")));
        assert!(!adele_is_told(&house));
        house.memory.disk_is(Disk::Sound);
    };
    let (changed, ()) = tokio::join!(ada.asks(&order, change), looks);
    assert_eq!((changed.0, &changed.1["name"]), (StatusCode::OK, &json!("Adele")));
    assert_eq!(names(&house, &ada, &order).await, all(json!("Adele")));
    quiet().await;
    assert!(adele_is_told(&house));
}

#[tokio::test(start_paused = true)]
async fn a_name_is_lost_with_its_command() {
    let house = House::open().await;
    let ada = house.guest().await;
    let (order, change) = a_latte_for_ada(&house, &ada).await;
    let nobody = json!({"type": "change", "drink": "mocha", "name": ""});
    house.memory.disk_is(Disk::Broken);
    for lost in [&change, &nobody] {
        let (status, problem) = ada.asks(&order, lost.clone()).await;
        assert_eq!((status.as_u16(), &problem["code"]), (503, &json!("unavailable")));
        assert_eq!(names(&house, &ada, &order).await, all(json!("Ada")));
        quiet().await;
    }
    let walk_up = json!({"drink": "tea", "name": "Zoe"});
    let orders = path::orders(&house.bar());
    assert_eq!(house.staff("bea").await.posts(&orders, walk_up).await.0.as_u16(), 503);
    quiet().await;

    house.memory.disk_is(Disk::Sound);
    let walk_up = json!({"drink": "tea"});
    let (status, other) = house.staff("bea").await.posts(&orders, walk_up).await;
    assert_eq!((status, &other["name"]), (StatusCode::CREATED, &Value::Null));
    assert_eq!(names(&house, &ada, &order).await, all(json!("Ada")));
    quiet().await;
    assert!(!adele_is_told(&house));
    // Sent again, it is another attempt at the same.
    assert_eq!(ada.asks(&order, change).await.0, StatusCode::OK);
    assert_eq!(names(&house, &ada, &order).await, all(json!("Adele")));
    let (token, person) = (ada.token(), ada.person());
    let house = house.reopened().await;
    let ada = house.again(token, person);
    assert_eq!(names(&house, &ada, &order).await, all(json!("Adele")), "as the store has it");
}

#[tokio::test(start_paused = true)]
async fn what_was_written_in_spite_of_a_failure_counts_with_its_name() {
    let house = House::open().await;
    let ada = house.guest().await;
    let (order, change) = a_latte_for_ada(&house, &ada).await;
    house.memory.disk_is(Disk::Mute);
    assert_eq!(ada.asks(&order, change.clone()).await.0.as_u16(), 503);
    quiet().await;
    assert_eq!(names(&house, &ada, &order).await, all(json!("Adele")));
    house.memory.disk_is(Disk::Sound);
    let written = async || house.memory.read(&house.bar(), 0, 1000).await.expect("memory").len();
    let before = written().await;
    assert_eq!(ada.asks(&order, change).await.0, StatusCode::OK);
    assert_eq!(written().await, before, "once");
}

#[tokio::test(start_paused = true)]
async fn guests_turned_away_are_counted_until_they_are_written_down() {
    for disk in [Disk::Broken, Disk::Mute] {
        let house = House::open().await;
        let bea = house.staff("bea").await;
        let forged = json!({"code": "0000000000"});
        is_refused(&house, &forged, 3).await;
        house.pass(60);
        house.memory.disk_is(disk);
        assert!(house.app.nudge(&house.bar()).await.is_err());
        quiet().await;
        house.memory.disk_is(Disk::Sound);
        assert_eq!(told(&bea, &house).await.is_empty(), disk == Disk::Broken);
        is_refused(&house, &forged, 2).await;
        for seconds in [0, 59, 1, 60] {
            house.pass(seconds);
            house.app.tick().await;
        }
        let event = |since, count| {
            let counts = json!({"code_unknown": count});
            json!({"type": "GuestsTurnedAway", "since": since, "counts": counts})
        };
        let once = [event("2026-11-21T09:30:00.000Z", 3), event("2026-11-21T09:31:00.000Z", 2)];
        assert_eq!(told(&bea, &house).await, once, "{disk:?}");
    }
}
