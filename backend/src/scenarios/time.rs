//! What the clock does: deadlines, windows, days, and being set back.

use axum::http::StatusCode;
use domain::api::{path, route};
use serde_json::{Value, json};

use super::door::House;

fn refused(answer: &(StatusCode, Value), status: u16, code: &str) {
    assert_eq!(
        (answer.0.as_u16(), answer.1["code"].as_str()),
        (status, Some(code)),
        "{}",
        answer.1
    );
}

#[tokio::test]
async fn a_command_after_the_deadline_finds_the_order_expired_without_any_timer() {
    let house = House::open().await;
    let (bea, ada) = (house.staff("bea").await, house.guest().await);
    let (_, order) = ada.redeems(&bea.code().await).await;
    house.pass(300);
    let late = ada.asks(&order, json!({"type": "place", "drink": "latte"})).await;
    refused(&late, 409, "wrong_status");
    assert_eq!(late.1["order_status"], "expired");
    let view = ada.looks_at(&order).await;
    assert_eq!((&view["status"], &view["stage"]), (&json!("expired"), &json!("choosing")));
}

#[tokio::test]
async fn a_nudge_ends_what_has_run_out_once() {
    let house = House::open().await;
    let (bea, ada) = (house.staff("bea").await, house.guest().await);
    let order = ada.orders_a_latte(&bea.code().await).await;
    house.pass(1799);
    house.app.nudge(&house.bar()).await.expect("nothing fails");
    assert_eq!(ada.looks_at(&order).await["status"], "placed");
    house.pass(1);
    for _ in 0..3 {
        house.app.nudge(&house.bar()).await.expect("nothing fails");
    }
    assert_eq!(ada.looks_at(&order).await["status"], "expired");
    let log = bea.gets(&path::log(&house.bar())).await;
    let entries = log["entries"].as_array().expect("entries");
    let expiries: Vec<_> =
        entries.iter().filter(|entry| entry["events"][0]["type"] == "OrderExpired").collect();
    assert_eq!(expiries.len(), 1);
    assert_eq!(expiries[0]["by"], json!({"role": "system"}));
}

#[tokio::test]
async fn a_drink_that_is_being_made_is_never_struck_out_and_a_ready_one_is_collected_by_the_clock()
{
    let house = House::open().await;
    let (bea, ada) = (house.staff("bea").await, house.guest().await);
    let order = ada.orders_a_latte(&bea.code().await).await;
    bea.asks(&order, json!({"type": "claim"})).await;
    house.pass(3 * 3600);
    house.app.nudge(&house.bar()).await.expect("nothing fails");
    assert_eq!(ada.looks_at(&order).await["status"], "making");
    bea.asks(&order, json!({"type": "complete"})).await;
    house.pass(600);
    house.app.nudge(&house.bar()).await.expect("nothing fails");
    assert_eq!(ada.looks_at(&order).await["status"], "collected");
    assert_eq!(bea.asks(&order, json!({"type": "return"})).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_code_works_for_its_window_and_its_grace() {
    let house = House::open().await;
    let bea = house.staff("bea").await;
    let code = bea.code().await;
    house.pass(300);
    let next = bea.code().await;
    assert_ne!(code["code"], next["code"]);
    house.pass(59);
    assert_eq!(house.guest().await.redeems(&code).await.0, StatusCode::CREATED);
    house.pass(1);
    refused(&house.guest().await.redeems(&code).await, 409, "code_expired");
    assert_eq!(house.guest().await.redeems(&next).await.0, StatusCode::CREATED);
}

#[tokio::test]
async fn a_clock_set_back_revives_nothing() {
    let house = House::open().await;
    let (bea, ada) = (house.staff("bea").await, house.guest().await);
    let code = bea.code().await;
    let (_, order) = ada.redeems(&code).await;
    house.pass(400);
    house.app.nudge(&house.bar()).await.expect("nothing fails");
    house.pass(-3600);
    refused(&house.guest().await.redeems(&code).await, 409, "code_expired");
    let late = ada.asks(&order, json!({"type": "place", "drink": "latte"})).await;
    refused(&late, 409, "wrong_status");
    let order = house.guest().await.orders_a_latte(&bea.code().await).await;
    assert_eq!(order["status"], "placed", "service goes on");
    let log = bea.gets(&path::log(&house.bar())).await;
    let entries = log["entries"].as_array().expect("entries");
    let times: Vec<_> = entries.iter().map(|entry| entry["at"].as_str().expect("a time")).collect();
    assert!(times.is_sorted());
}

#[tokio::test]
async fn a_command_is_remembered_for_good_and_across_a_restart() {
    let house = House::open().await;
    let order = {
        let (bea, ada) = (house.staff("bea").await, house.guest().await);
        let order = ada.orders_a_latte(&bea.code().await).await;
        let claim = json!({"type": "claim", "command_id": "claim-once"});
        assert_eq!(bea.asks(&order, claim).await.0, StatusCode::OK);
        order
    };
    house.pass(1200);
    let house = house.reopened().await;
    let bea = house.staff("bea").await;
    let claim = json!({"type": "claim", "command_id": "claim-once"});
    let again = bea.asks(&order, claim).await;
    assert_eq!((again.0, &again.1["status"]), (StatusCode::OK, &json!("making")));
    let other = json!({"type": "complete", "command_id": "claim-once"});
    refused(&bea.asks(&order, other).await, 409, "command_reused");
}

#[tokio::test]
async fn a_new_day_begins_at_four_with_number_one() {
    let house = House::open().await;
    let bea = house.staff("bea").await;
    let first = house.guest().await.orders_a_latte(&bea.code().await).await;
    assert_eq!(first["number"], 1);
    bea.asks(&first, json!({"type": "cancel"})).await;
    house.pass(18 * 3600 + 1799);
    let still = house.guest().await.orders_a_latte(&bea.code().await).await;
    assert_eq!(still["number"], 2, "03:59:59 is still yesterday");
    house.pass(1);
    let new = house.guest().await.orders_a_latte(&bea.code().await).await;
    assert_eq!(new["number"], 1);
}

#[tokio::test]
async fn the_past_is_told_by_the_history_when_the_bar_has_forgotten_it() {
    let house = House::open().await;
    let (bea, ada) = (house.staff("bea").await, house.guest().await);
    let order = ada.orders_a_latte(&bea.code().await).await;
    ada.asks(&order, json!({"type": "cancel"})).await;
    house.pass(3600);
    house.guest().await.orders_a_latte(&bea.code().await).await;
    // The history is told in the background.
    let told = async {
        while ada.gets(route::MY_ORDERS).await.as_array().is_none_or(Vec::is_empty) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), told).await.expect("soon");
    assert_eq!(ada.looks_at(&order).await["status"], "cancelled");
    refused(&ada.asks(&order, json!({"type": "collect"})).await, 409, "wrong_status");
    assert_eq!(house.guest().await.asks(&order, json!({"type": "collect"})).await.0, 404);
}

#[tokio::test]
async fn a_session_ends_when_it_says_and_can_be_renewed_until_then() {
    let house = House::open().await;
    let (bea, ada) = (house.staff("bea").await, house.guest().await);
    house.pass(24 * 3600 - 1);
    assert_eq!(bea.posts(route::CURRENT_SESSION, json!({})).await.0, StatusCode::CREATED);
    house.pass(1);
    refused(&bea.posts(route::CURRENT_SESSION, json!({})).await, 401, "no_session");
    assert_eq!(ada.posts(route::CURRENT_SESSION, json!({})).await.0, StatusCode::CREATED);
    house.pass(29 * 24 * 3600);
    refused(&ada.posts(route::CURRENT_SESSION, json!({})).await, 401, "no_session");
}

#[tokio::test]
async fn an_order_is_among_ones_own_at_once_and_on_one_page() {
    let house = House::open().await;
    let (bea, ada) = (house.staff("bea").await, house.guest().await);
    let code = bea.code().await;
    let first = ada.orders_a_latte(&code).await;
    ada.asks(&first, json!({"type": "cancel"})).await;
    house.pass(1);
    let second = ada.orders_a_latte(&code).await;
    let own = async |query: String| {
        let orders = ada.gets(&format!("{}{query}", route::MY_ORDERS)).await;
        let orders = orders.as_array().expect("a list").iter();
        orders.map(|order| order["order"].clone()).collect::<Vec<_>>()
    };
    let id = second["order"].as_str().expect("an id");
    assert_eq!(own(String::new()).await, [second["order"].clone(), first["order"].clone()]);
    assert_eq!(own("?limit=1".to_owned()).await, [second["order"].clone()]);
    assert_eq!(own(format!("?limit=1&before={id}")).await, [first["order"].clone()]);
}
