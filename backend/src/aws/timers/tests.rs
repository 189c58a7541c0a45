//! A workflow goes with its order, whatever comes twice, late or in another order.

mod names;
mod outside;

use std::sync::Arc;

use domain::BusEvent;
use serde_json::{Value, json};

use self::outside::Outside;
use super::order_timers::{LOOK_AGAIN_SECONDS, OrderTimers};
use super::{BatchResponse, answer, handle};
use crate::memory::Disk;
use crate::ports::Log as _;
use crate::scenarios::door::{House, Visitor};

/// A bar, and timers that are told what happens there when a test says so.
struct World {
    house: House,
    outside: Arc<Outside>,
    timers: OrderTimers,
}

impl World {
    async fn open() -> Self {
        let house = House::open().await;
        let outside = Arc::new(Outside::default());
        let timers = OrderTimers::new(house.app.clone(), outside.clone(), outside.clone());
        Self { house, outside, timers }
    }

    /// Everything that has happened, as the bus tells it.
    async fn events(&self) -> Vec<String> {
        let log = self.house.memory.read(&self.house.bar(), 0, 1000).await.expect("memory");
        let events = log.iter().flat_map(BusEvent::all_of);
        events.map(|event| json!({"detail-type": "any", "detail": event}).to_string()).collect()
    }

    async fn delivers(&self, bodies: &[String]) -> BatchResponse {
        let records = bodies.iter().enumerate().map(|(number, body)| {
            json!({"messageId": number.to_string(), "receiptHandle": "r", "body": body})
        });
        let batch = json!({"Records": records.collect::<Vec<_>>()});
        handle(serde_json::from_value(batch).expect("messages"), &self.timers).await
    }

    /// Delivers everything there is, until nothing comes of it any more.
    async fn settles(&self) {
        self.outside.it_is(self.house.app.now());
        assert_eq!(self.delivers(&self.events().await).await, BatchResponse::default());
        loop {
            let waits = self.outside.messages();
            if waits.is_empty() {
                return;
            }
            self.are_told(&waits).await.expect("nothing fails");
        }
    }

    /// Workflows that wait invoke the function.
    async fn are_told(&self, waits: &[String]) -> anyhow::Result<()> {
        for wait in waits {
            answer(serde_json::from_str(wait)?, &self.timers).await?;
        }
        Ok(())
    }

    /// The states that the only workflow has entered.
    fn history(&self) -> Vec<String> {
        let [(_, history)] = &self.outside.histories()[..] else {
            panic!("{:?}", self.outside.histories());
        };
        history.clone()
    }

    fn waits(&self, order: &Value) -> Option<(String, i64)> {
        let waits = self.outside.waits(order["order"].as_str().expect("an order"));
        let now = self.house.app.now();
        waits.map(|(state, until)| (state, (until.millis() - now.millis()) / 1000))
    }
}

async fn does(visitor: &Visitor<'_>, order: &Value, step: &str) {
    let (status, answer) = visitor.asks(order, json!({"type": step})).await;
    assert!(status.is_success(), "{step}: {answer}");
}

fn waits_in(state: &str, seconds: i64) -> Option<(String, i64)> {
    Some((state.to_owned(), seconds))
}

#[tokio::test]
async fn a_good_order_waits_three_times_and_is_done() {
    let world = World::open().await;
    let (ada, bea) = (world.house.guest().await, world.house.staff("bea").await);
    let (_, order) = ada.redeems(&bea.code().await).await;
    world.settles().await;
    assert_eq!(world.waits(&order), waits_in("Choosing", 300));
    let (_, order) = ada.asks(&order, json!({"type": "place", "drink": "latte"})).await;
    world.settles().await;
    assert_eq!(world.waits(&order), waits_in("Placed", 1800));
    for (step, waits) in [
        ("claim", waits_in("Placed", 1800)),
        ("complete", waits_in("Ready", 600)),
        ("collect", None),
    ] {
        does(&bea, &order, step).await;
        world.settles().await;
        assert_eq!(world.waits(&order), waits, "{step}");
    }
    // The start is the fourth transition.
    assert_eq!(world.history(), ["Choosing", "Placed", "Ready"]);
}

#[tokio::test]
async fn a_walk_up_passes_through_choosing() {
    let world = World::open().await;
    let bea = world.house.staff("bea").await;
    let orders = domain::api::path::orders(&world.house.bar());
    let (_, order) = bea.posts(&orders, json!({"drink": "tea"})).await;
    world.settles().await;
    assert_eq!(world.history(), ["Choosing", "Placed"]);
    assert_eq!(world.waits(&order), waits_in("Placed", 1800));
}

#[tokio::test]
async fn who_does_not_choose_is_told_by_the_clock_and_the_workflow_ends() {
    let world = World::open().await;
    let (ada, bea) = (world.house.guest().await, world.house.staff("bea").await);
    let (_, order) = ada.redeems(&bea.code().await).await;
    world.settles().await;
    world.house.pass(300);
    world.settles().await;
    assert_eq!(world.history(), ["Choosing", "States.Timeout -> Choosing", "OrderEnded -> Ended"]);
    assert!(world.events().await.iter().any(|event| event.contains("OrderExpired")));
    assert_eq!(ada.looks_at(&order).await["status"], "expired");
}

#[tokio::test]
async fn a_drink_that_stands_there_is_collected_by_the_clock() {
    let world = World::open().await;
    let (ada, bea) = (world.house.guest().await, world.house.staff("bea").await);
    let order = ada.orders_a_latte(&bea.code().await).await;
    does(&bea, &order, "complete").await;
    world.settles().await;
    world.house.pass(600);
    world.settles().await;
    let history = world.history();
    assert_eq!(history, ["Choosing", "Placed", "Ready", "States.Timeout -> Ready"]);
    assert_eq!(world.waits(&order), None);
    assert!(world.events().await.iter().any(|event| event.contains("OrderCollected")));
}

#[tokio::test]
async fn an_order_that_has_more_time_than_its_wait_goes_on_waiting() {
    let world = World::open().await;
    let (ada, bea) = (world.house.guest().await, world.house.staff("bea").await);
    let order = ada.orders_a_latte(&bea.code().await).await;
    world.settles().await;
    // While it is made nothing runs out.
    does(&bea, &order, "claim").await;
    world.house.pass(1800);
    world.settles().await;
    assert_eq!(world.waits(&order), waits_in("Placed", LOOK_AGAIN_SECONDS.into()));
    // Put back, it has its full time anew, which ends before that.
    does(&bea, &order, "release").await;
    world.settles().await;
    assert_eq!(world.waits(&order), waits_in("Placed", 1800));
    world.house.pass(1000);
    does(&bea, &order, "complete").await;
    does(&bea, &order, "recall").await;
    does(&bea, &order, "complete").await;
    world.settles().await;
    assert_eq!(world.waits(&order), waits_in("Ready", 600));
    // Recalled and ready again: the wait finds out when it is over.
    world.house.pass(100);
    does(&bea, &order, "recall").await;
    does(&bea, &order, "complete").await;
    world.settles().await;
    assert_eq!(world.waits(&order), waits_in("Ready", 500));
    world.house.pass(500);
    world.settles().await;
    assert_eq!(world.waits(&order), waits_in("Ready", 100));
    does(&bea, &order, "collect").await;
    world.settles().await;
    assert_eq!(world.waits(&order), None);
}

#[tokio::test]
async fn an_order_that_is_brought_back_has_a_workflow_of_its_own() {
    let world = World::open().await;
    let (ada, bea) = (world.house.guest().await, world.house.staff("bea").await);
    let order = ada.orders_a_latte(&bea.code().await).await;
    for step in ["complete", "collect", "return"] {
        does(&bea, &order, step).await;
        world.settles().await;
    }
    let histories = world.outside.histories();
    let [(first, _), (second, history)] = &histories[..] else { panic!("{histories:?}") };
    let seq = second.strip_prefix(&format!("{first}-")).expect("its name");
    assert!(seq.parse::<u64>().is_ok(), "{second}");
    assert_eq!(history, &["Choosing", "Placed", "Ready"]);
    assert_eq!(world.outside.waits(second).map(|(state, _)| state), Some("Ready".to_owned()));
    does(&bea, &order, "collect").await;
    world.settles().await;
    assert_eq!(world.outside.waits(second), None);
}

#[tokio::test]
async fn who_is_called_off_ends_the_workflow() {
    let world = World::open().await;
    let (ada, bea) = (world.house.guest().await, world.house.staff("bea").await);
    let order = ada.orders_a_latte(&bea.code().await).await;
    world.settles().await;
    does(&ada, &order, "cancel").await;
    world.settles().await;
    assert_eq!(world.history(), ["Choosing", "Placed", "OrderEnded -> Ended"]);
}

/// Everything comes twice and backwards, and nothing until all is over.
#[tokio::test]
async fn messages_may_come_twice_late_and_in_any_order() {
    let world = World::open().await;
    let (ada, bea) = (world.house.guest().await, world.house.staff("bea").await);
    let order = ada.orders_a_latte(&bea.code().await).await;
    for step in ["claim", "release", "complete", "collect"] {
        does(&bea, &order, step).await;
    }
    let length = world.events().await.len();
    let mut bodies = world.events().await;
    bodies.reverse();
    for _ in 0..2 {
        assert_eq!(world.delivers(&bodies).await, BatchResponse::default());
    }
    let mut waits = world.outside.messages();
    while !waits.is_empty() {
        waits.reverse();
        for _ in 0..2 {
            world.are_told(&waits).await.expect("nothing fails");
        }
        waits = world.outside.messages();
    }
    assert_eq!(world.history(), ["Choosing", "OrderEnded -> Ended"]);
    assert_eq!(world.events().await.len(), length, "nothing came of it");
}

/// A wait that has begun again: the message of its first beginning comes after that of its second.
#[tokio::test]
async fn what_an_older_wait_says_does_not_take_the_place_of_a_newer_one() {
    let world = World::open().await;
    let (ada, bea) = (world.house.guest().await, world.house.staff("bea").await);
    let order = ada.orders_a_latte(&bea.code().await).await;
    world.delivers(&world.events().await).await;
    let choosing = world.outside.messages();
    world.are_told(&choosing).await.expect("nothing fails");
    let placed = world.outside.messages();
    world.are_told(&placed).await.expect("nothing fails");
    world.are_told(&choosing).await.expect("nothing fails");
    does(&bea, &order, "complete").await;
    world.delivers(&world.events().await).await;
    assert_eq!(world.history(), ["Choosing", "Placed", "Ready"]);
}

#[tokio::test]
async fn what_fails_comes_again_alone() {
    let world = World::open().await;
    let (ada, bea) = (world.house.guest().await, world.house.staff("bea").await);
    ada.redeems(&bea.code().await).await;
    let mut events = world.events().await;
    let failed = |response: &BatchResponse| -> Vec<usize> {
        response.failed().map(|failed| failed.parse().expect("a number")).collect()
    };
    let begins = events.iter().position(|event| event.contains("CodeRedeemed"));
    let mut failing: Vec<_> = begins.into_iter().collect();
    world.outside.is_down(true);
    assert_eq!(failed(&world.delivers(&events).await), failing);
    world.outside.is_down(false);
    events.push("what is this".to_owned());
    failing = vec![events.len() - 1];
    assert_eq!(failed(&world.delivers(&events).await), failing);
    world.settles().await;
    world.house.pass(300);
    world.outside.it_is(world.house.app.now());
    world.house.memory.disk_is(Disk::Broken);
    let waits = world.outside.messages();
    assert!(world.are_told(&waits).await.is_err(), "the workflow tells it again");
    world.house.memory.disk_is(Disk::Sound);
    // By failing once more the application learns that what it tried is lost.
    while world.house.app.nudge(&world.house.bar()).await.is_err() {}
    world.are_told(&waits).await.expect("nothing fails");
    assert_eq!(world.history().last().map(String::as_str), Some("OrderEnded -> Ended"));
}
