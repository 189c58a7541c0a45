//! Every step of an order is found in the log, however much has happened meanwhile and since.

use domain::api::path;
use serde_json::{Value, json};

use super::door::{House, Visitor};

/// The steps of an order as somebody is told of them: what happened, and who of the staff did it.
async fn steps(who: &Visitor<'_>, order: &Value) -> Vec<String> {
    let order = order["order"].as_str().expect("an order").parse().expect("an id");
    let journey = who.gets(&path::journey(&order)).await;
    let steps = journey["steps"].as_array().expect("steps").iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    steps.map(|step| format!("{} {}", text(&step["type"]), text(&step["by"]))).collect()
}

/// So many entries that are not about any order.
async fn others_go_on(bea: &Visitor<'_>, entries: usize) {
    for _ in 0..entries / 2 {
        bea.asks_bar(json!({"type": "close"})).await;
        bea.asks_bar(json!({"type": "open"})).await;
    }
}

#[tokio::test]
async fn all_steps_are_found_however_far_apart_and_long_ago() {
    let house = House::open().await;
    let (ada, eve) = (house.guest().await, house.guest().await);
    let bea = house.staff("bea").await;
    let code = bea.code().await;
    let order = ada.orders_a_latte(&code).await;
    let other = eve.orders_a_latte(&code).await;
    bea.asks(&order, json!({"type": "claim"})).await;
    others_go_on(&bea, 100).await;
    bea.asks(&order, json!({"type": "complete"})).await;
    bea.asks(&other, json!({"type": "complete"})).await;
    others_go_on(&bea, 300).await;
    ada.asks(&order, json!({"type": "collect"})).await;
    others_go_on(&bea, 50).await;
    let expected = [
        "CodeRedeemed ",
        "OrderPlaced ",
        "OrderClaimed bea",
        "OrderCompleted bea",
        "OrderCollected ",
    ];
    assert_eq!(steps(&bea, &order).await, expected);
    assert_eq!(steps(&ada, &order).await, expected.map(|step| step.replace("bea", "")));

    // Forty others later the bar has forgotten it; its guest and the staff have not.
    for _ in 0..41 {
        let made = json!({"drink": "tea", "options": {}});
        let (_, walk_up) = bea.posts(&path::orders(&house.bar()), made).await;
        bea.asks(&walk_up, json!({"type": "complete"})).await;
        bea.asks(&walk_up, json!({"type": "collect"})).await;
    }
    house.pass(3600);
    bea.asks_bar(json!({"type": "close"})).await;
    assert_eq!(steps(&bea, &order).await, expected);
    assert_eq!(steps(&ada, &order).await.len(), expected.len());
    assert_eq!(steps(&eve, &other).await.len(), 4, "what ran out meanwhile is told, too");
    let id = order["order"].as_str().expect("an order").parse().expect("an id");
    assert_eq!(eve.sends(axum::http::Method::GET, &path::journey(&id), None).await.0, 404);
}
