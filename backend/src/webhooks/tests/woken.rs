//! The function on AWS, woken by events or by the minute.

use domain::webhook::NoAnswer;
use serde_json::json;

use super::world::World;
use crate::aws::webhooks::{Event, handle};

async fn comes(world: &World, event: serde_json::Value) {
    let event = serde_json::from_value(event).expect("whatever comes is read");
    handle(event, &world.deliverer).await.expect("nothing fails");
}

#[tokio::test]
async fn an_event_wakes_the_webhooks_of_its_bar() {
    let world = World::with(None).await;
    world.happens(1..=3).await;
    let event = |bar: &str| {
        let detail = json!({"bar": bar, "seq": 2, "index": 0, "type": "BarOpened"});
        json!({"source": "serverlesspresso", "detail-type": "BarOpened", "detail": detail})
    };
    comes(&world, event("hall-2")).await;
    assert_eq!(world.receiver.posts(), []);
    comes(&world, event("espresso")).await;
    assert_eq!(world.receiver.taken(), [1, 2, 3]);
    assert_eq!(world.receiver.posts().len(), 1);
    comes(&world, event("espresso")).await;
    assert_eq!(world.receiver.posts().len(), 1, "late, or twice");
    assert!(serde_json::from_value::<Event>(event("No Bar")).is_err());
}

#[tokio::test]
async fn every_minute_all_that_is_due_is_delivered() {
    let world = World::with(None).await;
    world.memory.webhooks_are_shared();
    world.happens(1..=3).await;
    comes(&world, json!({"source": "aws.events", "detail": {}})).await;
    assert_eq!(world.receiver.taken(), [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn who_has_failed_waits_for_the_next_attempt_and_who_finds_it_waiting_does_not() {
    let world = World::with(None).await;
    world.happens(1..=3).await;
    world.receiver.answers(&[Err(NoAnswer::NotReached); 100]);
    // Its clock stands still, so that it never is that time; and half a minute is the end.
    let begun = tokio::time::Instant::now();
    comes(&world, json!({})).await;
    assert_eq!(world.receiver.posts().len(), 1);
    assert!(begun.elapsed().as_secs() <= 30 && begun.elapsed().as_millis() >= 2500);
    let begun = tokio::time::Instant::now();
    comes(&world, json!({})).await;
    assert_eq!(world.receiver.posts().len(), 1);
    assert_eq!(begun.elapsed().as_millis(), 0);
}
