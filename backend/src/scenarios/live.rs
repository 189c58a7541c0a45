//! What the screens are told, message by message.

use std::time::Duration;

use bytes::Bytes;
use domain::api::path;
use domain::topic::Topic;
use domain::view::{Applied, BarView, BoardMessage, BoardView, OrderView, QueueMessage, QueueView};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::door::House;

/// Everything published until the relay has nothing more to say.
async fn told(house: &House) -> Vec<(Topic, Bytes)> {
    let mut told = Vec::new();
    loop {
        // On a paused clock this returns when every task waits.
        tokio::time::sleep(Duration::from_secs(2)).await;
        let news = house.memory.published();
        if news.is_empty() {
            return told;
        }
        told.extend(news);
    }
}

fn of<T: DeserializeOwned>(told: &[(Topic, Bytes)], topic: &Topic) -> Vec<T> {
    let ours = told.iter().filter(|(to, _)| to == topic);
    ours.map(|(_, payload)| serde_json::from_slice(payload).expect("a message")).collect()
}

#[tokio::test(start_paused = true)]
async fn messages_keep_every_view_current() {
    let house = House::open().await;
    let (bea, ada) = (house.staff("bea").await, house.guest().await);
    told(&house).await;
    let get = async |path: String| bea.gets(&path).await;
    let queue = path::queue(&house.bar());
    let board = path::board(&house.bar());
    let mut queue_view: QueueView =
        serde_json::from_value(get(queue.clone()).await).expect("a view");
    let mut board_view: BoardView =
        serde_json::from_value(get(board.clone()).await).expect("a view");

    let order = ada.orders_a_latte(&bea.code().await).await;
    for step in ["claim", "release", "claim", "complete", "recall", "complete", "collect", "return"]
    {
        bea.asks(&order, json!({"type": step})).await;
        // Some steps share a message, some have one of their own.
        if step != "release" {
            let told = told(&house).await;
            for message in of::<QueueMessage>(&told, &Topic::Queue(house.bar())) {
                assert_eq!(queue_view.apply(&message), Applied::Yes);
            }
            for message in of::<BoardMessage>(&told, &Topic::Board(house.bar())) {
                assert_eq!(board_view.apply(&message), Applied::Yes);
            }
        }
    }
    let fresh: QueueView = serde_json::from_value(get(queue).await).expect("a view");
    assert_eq!((queue_view.orders, queue_view.recent), (fresh.orders, fresh.recent));
    let fresh: BoardView = serde_json::from_value(get(board).await).expect("a view");
    assert_eq!((board_view.preparing, board_view.ready), (fresh.preparing, fresh.ready));
}

#[tokio::test(start_paused = true)]
async fn a_guest_is_told_of_the_own_order_only_and_never_who_makes_it() {
    let house = House::open().await;
    let (bea, ada, eve) = (house.staff("bea").await, house.guest().await, house.guest().await);
    let order = ada.orders_a_latte(&bea.code().await).await;
    eve.orders_a_latte(&bea.code().await).await;
    bea.asks(&order, json!({"type": "claim"})).await;
    let told = told(&house).await;
    let person = ada.person();
    let views: Vec<OrderView> = of(&told, &Topic::Orders(person));
    assert!(!views.is_empty());
    assert!(views.iter().all(|view| view.order.as_str() == order["order"] && view.by.is_none()));
    assert_eq!(views.last().map(|view| view.status), Some(domain::Status::Making));
}

#[tokio::test(start_paused = true)]
async fn the_bars_status_is_told_without_its_menu_and_once_a_second_at_most() {
    let house = House::open().await;
    let bea = house.staff("bea").await;
    told(&house).await;
    for _ in 0..10 {
        bea.asks_bar(json!({"type": "close"})).await;
        bea.asks_bar(json!({"type": "open"})).await;
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let told = told(&house).await;
    let views: Vec<BarView> = of(&told, &Topic::Status(house.bar()));
    assert!((1..=2).contains(&views.len()), "{} in a tenth of a second", views.len());
    let last = views.last().expect("one at least");
    assert!(last.accepting && last.menu.is_none());
}
