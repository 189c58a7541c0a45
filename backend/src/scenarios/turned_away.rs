//! Guests who were not let in are counted, written down once a minute, and read by the staff.

use domain::api::path;
use serde_json::{Value, json};

use super::PROCESSES;
use super::door::{House, Visitor};

/// What the log says of guests turned away.
pub(super) async fn told(bea: &Visitor<'_>, house: &House) -> Vec<Value> {
    let log = bea.gets(&path::log(&house.bar())).await;
    let entries = log["entries"].as_array().expect("entries").iter();
    let all = entries.flat_map(|entry| entry["events"].as_array().expect("events").clone());
    all.filter(|event| event["type"] == "GuestsTurnedAway").collect()
}

pub(super) async fn is_refused(house: &House, code: &Value, times: usize) {
    for _ in 0..times {
        assert_eq!(house.guest().await.redeems(code).await.0, 409);
    }
}

async fn nudged(house: &House) {
    house.app.nudge(&house.bar()).await.expect("nothing fails");
}

#[tokio::test]
async fn a_minute_after_the_first_they_are_written_down_together() {
    let house = House::open().await;
    let bea = house.staff("bea").await;
    let forged = json!({"code": "0000000000"});
    is_refused(&house, &forged, 3).await;
    bea.asks_bar(json!({"type": "close"})).await;
    house.pass(59);
    is_refused(&house, &forged, 2).await;
    nudged(&house).await;
    assert_eq!(told(&bea, &house).await, Vec::<Value>::new(), "not yet");
    house.pass(1);
    nudged(&house).await;
    nudged(&house).await;
    let counts = json!({"code_unknown": 3, "bar_closed": 2});
    let expected = json!({
        "type": "GuestsTurnedAway", "since": "2026-11-21T09:30:00.000Z", "counts": counts
    });
    assert_eq!(told(&bea, &house).await, [expected], "once");
}

#[tokio::test]
async fn who_is_let_in_or_asks_for_nonsense_is_not_counted() {
    let house = House::open().await;
    let bea = house.staff("bea").await;
    let order = house.guest().await.orders_a_latte(&bea.code().await).await;
    assert_eq!(house.guest().await.asks(&order, json!({"type": "collect"})).await.0, 404);
    assert_eq!(house.guest().await.redeems(&json!({"code": 7})).await.0, 422);
    house.pass(120);
    nudged(&house).await;
    assert_eq!(told(&bea, &house).await, Vec::<Value>::new());
}

#[tokio::test]
async fn hours_are_added_up_and_a_stop_loses_nothing() {
    let house = House::open().await;
    {
        let bea = house.staff("bea").await;
        let forged = json!({"code": "0000000000"});
        for wait in [61, 61, 3600] {
            is_refused(&house, &forged, 2).await;
            house.pass(wait);
            nudged(&house).await;
        }
        assert_eq!(told(&bea, &house).await.len(), 3);
        is_refused(&house, &forged, 1).await;
        assert_eq!(told(&bea, &house).await.len(), 3, "counted only");
    }
    house.pass(60);
    house.app.stop().await;
    let house = house.reopened().await;
    let bea = house.staff("bea").await;
    if PROCESSES > 1 {
        // Nobody writes down at the end what is not its own.
        nudged(&house).await;
    }
    assert_eq!(told(&bea, &house).await.len(), 4, "written down at the end");
    let view = bea.gets(&path::turned_away(&house.bar())).await;
    let expected = json!([
        {"hour": "2026-11-21T09:00:00.000Z", "counts": {"code_unknown": 6}},
        {"hour": "2026-11-21T10:00:00.000Z", "counts": {"code_unknown": 1}},
    ]);
    assert_eq!(view["hours"], expected);
}

#[tokio::test]
async fn who_came_within_a_minute_of_the_last_entry_is_told_of_after_the_restart() {
    let house = House::open().await;
    let forged = json!({"code": "0000000000"});
    is_refused(&house, &forged, 3).await;
    house.pass(60);
    nudged(&house).await;
    is_refused(&house, &forged, 2).await;
    let house = house.restarted().await;
    is_refused(&house, &forged, 1).await;
    for (seconds, entries) in [(59, 1), (1, 2)] {
        house.pass(seconds);
        house.ticks().await;
        assert_eq!(told(&house.staff("bea").await, &house).await.len(), entries);
    }
    // The snapshot still has those whom the log has by now.
    let house = house.reopened().await;
    house.pass(120);
    house.ticks().await;
    let told = told(&house.staff("bea").await, &house).await;
    let counts: Vec<_> = told.iter().map(|event| &event["counts"]["code_unknown"]).collect();
    assert_eq!(counts, [&json!(3), &json!(3)]);
}
