//! The function on AWS, woken by its queue or by the minute.

use domain::webhook::NoAnswer;
use serde_json::json;

use super::world::World;
use crate::aws::webhooks::handle;
use crate::ports::Webhooks as _;

/// A message of the queue, as EventBridge puts an event there.
fn message(id: &str, detail: serde_json::Value) -> serde_json::Value {
    let event = json!({"source": "serverlesspresso", "detail-type": "BarOpened", "detail": detail});
    json!({"messageId": id, "body": event.to_string()})
}

async fn answers(world: &World, event: serde_json::Value) -> serde_json::Value {
    let event = serde_json::from_value(event).expect("whatever comes is read");
    let answer = handle(event, &world.deliverer).await.expect("nothing fails");
    serde_json::to_value(answer).expect("plain data")
}

#[tokio::test]
async fn messages_wake_the_webhooks_of_their_bars() {
    let world = World::with(None).await;
    world.happens(1..=3).await;
    let other = message("a", json!({"bar": "hall-2", "seq": 9}));
    let nothing = answers(&world, json!({"Records": [other]})).await;
    assert_eq!(nothing, json!({"batchItemFailures": []}));
    assert_eq!(world.receiver.posts(), []);
    let records = [
        message("a", json!({"bar": "espresso", "seq": 2})),
        message("b", json!({"seq": 3})),
        message("c", json!({"bar": "espresso", "seq": 3})),
    ];
    let answer = answers(&world, json!({"Records": records})).await;
    assert_eq!(answer, json!({"batchItemFailures": [{"itemIdentifier": "b"}]}));
    assert_eq!(world.receiver.taken(), [1, 2, 3]);
    assert_eq!(world.receiver.posts().len(), 1);
}

#[tokio::test]
async fn every_minute_all_that_is_due_is_delivered() {
    let world = World::with(None).await;
    world.memory.webhooks_are_shared();
    world.happens(1..=3).await;
    answers(&world, json!({"source": "aws.events"})).await;
    assert_eq!(world.receiver.taken(), [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn who_has_failed_waits_for_the_next_attempt_and_who_finds_it_waiting_does_not() {
    let world = World::with(None).await;
    world.happens(1..=3).await;
    world.receiver.answers(&[Err(NoAnswer::NotReached); 100]);
    // Its clock stands still, so that it never is that time; and half a minute is the end.
    let begun = tokio::time::Instant::now();
    answers(&world, json!({})).await;
    assert_eq!(world.receiver.posts().len(), 1);
    assert!(begun.elapsed().as_secs() <= 30 && begun.elapsed().as_millis() >= 2500);
    let begun = tokio::time::Instant::now();
    answers(&world, json!({})).await;
    assert_eq!(world.receiver.posts().len(), 1);
    assert_eq!(begun.elapsed().as_millis(), 0);
    assert_eq!(world.memory.all().await.expect("read").len(), 1);
}
