//! Wake-ups as the stream of the log's table brings them.

use domain::BarId;
use serde_json::{Value, json};

use super::*;
use crate::aws::relay::handle;
use crate::ports::{Cursor, Log as _};

/// A record of the stream, as AWS documents it.
fn record(bar: &str, seq: u64) -> Value {
    json!({
        "eventID": format!("{seq:032x}"),
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-west-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_795_253_400.0,
            "Keys": {"bar": {"S": bar}, "seq": {"N": seq.to_string()}},
            "SequenceNumber": format!("{}00000000000000000{seq}", bar.len()),
            "SizeBytes": 42,
            "StreamViewType": "KEYS_ONLY",
        },
        "eventSourceARN": "arn:aws:dynamodb:eu-west-1:123456789012:table/log/stream/2026",
    })
}

/// Calls the function with an event; answers from which records on it is to be called again.
async fn called(relay: &WokenRelay, event: Value) -> Vec<String> {
    let event = serde_json::from_value(event).expect("an event");
    let answer = handle(event, relay).await.expect("the bars can be listed");
    let answer = serde_json::to_value(answer).expect("plain data");
    let failures = answer["batchItemFailures"].as_array().expect("a list");
    let number = |failure: &Value| failure["itemIdentifier"].as_str().expect("a text").to_owned();
    failures.iter().map(number).collect()
}

/// What AWS sends every minute.
fn a_minute_has_passed() -> Value {
    json!({
        "version": "0", "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa", "source": "aws.events",
        "detail-type": "Scheduled Event", "account": "123456789012", "region": "eu-west-1",
        "time": "2026-11-21T10:00:00Z", "resources": [], "detail": {},
    })
}

#[tokio::test(start_paused = true)]
async fn records_twice_late_out_of_order_or_lost_change_nothing() {
    let morning = Morning::whole().await;
    for way in 0..50_u64 {
        let mut world = World::of(&morning).await;
        let perils = Perils::of(&world.memory, None);
        let mut relay = world.process(&perils);
        let mut undelivered: Vec<u64> = Vec::new();
        let mut dice = way;
        let mut throw = |sides: usize| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
            (dice >> 33) as usize % sides
        };
        while world.goes_on(1 + throw(4)).await {
            undelivered.push(world.written as u64);
            let delivered = throw(undelivered.len() + 1);
            let batch: Vec<_> = (0..delivered).map(|_| undelivered[throw(delivered)]).collect();
            let records: Vec<_> = batch.iter().map(|&seq| record("espresso", seq)).collect();
            assert!(called(&relay, json!({"Records": records})).await.is_empty());
            world.hears();
            if throw(3) == 0 {
                undelivered.clear();
            }
            if throw(5) == 0 {
                relay = world.process(&perils);
            }
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
        called(&relay, a_minute_has_passed()).await;
        world.hears();
        world.everybody_knows(&format!("delivered in way {way}")).await;
    }
}

#[tokio::test(start_paused = true)]
async fn the_minute_leaves_to_the_stream_what_has_just_happened() {
    let mut world = World::of(&Morning::whole().await).await;
    let relay = world.process(&Perils::of(&world.memory, None));
    world.goes_on(world.morning.entries.len() - 1).await;
    called(&relay, json!({"Records": [record("espresso", 1)]})).await;
    world.hears();
    let told = world.events.len();
    assert!(told > 0 && world.goes_on(1).await);
    called(&relay, a_minute_has_passed()).await;
    world.hears();
    assert_eq!(world.events.len(), told, "the stream is about to bring the last one");
    tokio::time::sleep(Duration::from_secs(60)).await;
    called(&relay, a_minute_has_passed()).await;
    world.hears();
    world.everybody_knows("when the stream did not").await;
}

#[tokio::test(start_paused = true)]
async fn who_cannot_be_told_keeps_nobody_else_waiting() {
    let mut world = World::of(&Morning::whole().await).await;
    let relay = world.process(&Perils::of(&world.memory, None));
    while world.goes_on(100).await {}
    // One whose screens, as somebody wrote, know of more than there is.
    for entry in &world.morning.entries[..2] {
        let entry = Entry { bar: "hall-2".parse().expect("a slug"), ..entry.clone() };
        world.memory.append(Arc::new(entry)).await.expect("it follows");
    }
    let hall: BarId = "hall-2".parse().expect("a slug");
    let ahead = Cursor { seq: 99, at: Timestamp::default() };
    world.memory.advance(&hall, [(Sink::Live, ahead)].into()).await.expect("nothing fails");
    let records = [("hall-2", 1), ("espresso", 1), ("hall-2", 2), ("no bar", 3)];
    let records = records.map(|(bar, seq)| record(bar, seq));
    let numbers = [3, 0].map(|at: usize| records[at]["dynamodb"]["SequenceNumber"].clone());
    assert_eq!(called(&relay, json!({"Records": records})).await, numbers);
    for sink in [Sink::History, Sink::Bus] {
        assert_eq!(world.told_at(&hall, sink).await, 2);
    }
    world.hears();
    world.events.retain(|event| event.bar != hall);
    world.everybody_knows("beside a bar that is not").await;
}

#[tokio::test(start_paused = true)]
async fn when_screens_cannot_be_reached_for_a_minute_others_are_told_and_then_they_are() {
    let mut world = World::of(&Morning::whole().await).await;
    let perils = Perils::of(&world.memory, None);
    let relay = world.process(&perils);
    world.goes_on(5).await;
    assert!(called(&relay, json!({"Records": [record("espresso", 5)]})).await.is_empty());
    world.hears();
    perils.out_of_reach(&[Whom::Screens]);
    let began = Instant::now();
    let mut first = None;
    while began.elapsed() < Duration::from_secs(60) {
        if world.written < 15 {
            world.goes_on(1).await;
        }
        // The stream stands still and brings the same batch again.
        let batch = record("espresso", *first.get_or_insert(world.written as u64));
        let number = batch["dynamodb"]["SequenceNumber"].clone();
        assert_eq!(called(&relay, json!({"Records": [batch]})).await, [number]);
        world.hears();
        assert_eq!(world.events.last().map(|event| event.seq), Some(world.written as u64));
        assert_eq!(world.told(Sink::History).await, world.written as u64);
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    perils.out_of_reach(&[]);
    while world.goes_on(3).await {
        let batch = [record("espresso", world.written as u64)];
        assert!(called(&relay, json!({"Records": batch})).await.is_empty());
        world.hears();
    }
    world.everybody_knows("after a minute without screens").await;
}

#[test]
fn what_is_no_event_cannot_be_read() {
    let no_keys = json!({"Records": [{"dynamodb": {"SequenceNumber": "1"}}]});
    assert!(serde_json::from_value::<crate::aws::relay::Event>(no_keys).is_err());
}
