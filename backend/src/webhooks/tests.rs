//! Whatever goes wrong on the way, in the end a webhook has been sent everything, in order.

mod meanwhile;
#[cfg(feature = "local")]
mod network;
#[cfg(feature = "aws")]
mod woken;
mod world;

use std::sync::{Arc, PoisonError};

use domain::webhook::{NoAnswer, PATIENCE_SECONDS};

use self::world::{World, events, header};
use super::{BUSY_SECONDS, Next};
use crate::contract;
use crate::ports::Post;

const FAILURES: [Result<u16, NoAnswer>; 6] = [
    Ok(500),
    Err(NoAnswer::TimedOut),
    Ok(302),
    Err(NoAnswer::NotReached),
    Ok(404),
    Err(NoAnswer::Broken),
];

#[tokio::test]
async fn everything_arrives_in_order_whatever_fails_on_the_way() {
    let world = World::with(None).await;
    world.happens(1..=1).await;
    world.receiver.answers(&[Ok(204)]);
    world.receiver.answers(&FAILURES);
    assert_eq!(world.goes_on().await, Next::WithNews);
    for entries in [2..=5, 6..=250] {
        world.happens(entries).await;
        world.receiver.answers(&[Ok(204), Ok(503)]);
        assert_eq!(world.goes_on().await, Next::WithNews);
    }
    assert_eq!(world.receiver.taken(), (1..=250).collect::<Vec<_>>());
    let posts = world.receiver.posts();
    for pair in posts.windows(2) {
        let [(failed, answer), (again, _)] = pair else { panic!("two") };
        if *answer != Ok(204) {
            assert_eq!(again.body, failed.body, "what failed is sent again as it was");
            assert_eq!(header(again, "webhook-id"), header(failed, "webhook-id"));
        }
    }
    let (stretch, content) = header(&posts[0].0, "webhook-id").rsplit_once('_').expect("two parts");
    assert_eq!((stretch, content.len()), ("espresso_tills_1-1", 8));
    let attempts = world.attempts().await;
    assert_eq!(attempts.len(), posts.len());
    for (attempt, (post, answer)) in attempts.iter().rev().zip(&posts) {
        let seqs: Vec<u64> = events(post).iter().map(|event| event.seq).collect();
        assert_eq!(Some(&attempt.first), seqs.first());
        assert_eq!(Some(&attempt.last), seqs.last());
        assert_eq!((attempt.status, attempt.error), (answer.ok(), answer.err()));
        assert_eq!(attempt.is_delivered(), attempt.next_at.is_none());
    }
    assert_eq!(world.kept().await.webhook.delivered, 250);
}

#[tokio::test]
async fn news_wait_behind_what_has_failed() {
    let world = World::with(None).await;
    world.happens(1..=2).await;
    world.receiver.answers(&[Ok(500)]);
    assert_eq!(world.turn().await, Next::Now);
    world.happens(3..=4).await;
    assert!(matches!(world.turn().await, Next::At(_)));
    world.goes_on().await;
    let sent = world.receiver.posts();
    let seqs = |post: &Post| events(post).iter().map(|event| event.seq).collect::<Vec<_>>();
    let sent: Vec<_> = sent.iter().map(|(post, _)| seqs(post)).collect();
    assert_eq!(sent, [[1, 2], [1, 2], [3, 4]]);
}

#[tokio::test]
async fn who_is_ended_half_way_delivers_again() {
    for are_shared in [false, true] {
        let world = World::with(None).await;
        if are_shared {
            world.memory.webhooks_are_shared();
        }
        world.happens(1..=3).await;
        world.receiver.is_held_by(Some(Arc::default()));
        // It has arrived, and the process is gone before it hears of that.
        tokio::select! {
            _ = world.turn() => panic!("it waits for the answer"),
            () = world.receiver.has_heard(1) => {}
        }
        world.receiver.is_held_by(None);
        world.pass(if are_shared { BUSY_SECONDS } else { 0 });
        assert_eq!(world.goes_on().await, Next::WithNews);
        let posts = world.receiver.posts();
        assert_eq!(posts.len(), 2);
        assert_eq!(posts[0].0.body, posts[1].0.body);
        assert_eq!(world.kept().await.webhook.delivered, 3);
    }
}

#[tokio::test]
async fn after_a_day_it_is_switched_off_until_its_organiser_says_so() {
    let world = World::with(None).await;
    world.happens(1..=3).await;
    world.receiver.answers(&[Ok(500); 60]);
    assert_eq!(world.goes_on().await, Next::WithNews);
    let kept = world.kept().await.webhook;
    let end = contract::now().plus_seconds(PATIENCE_SECONDS);
    assert_eq!((kept.off_since, kept.delivered), (Some(end), 0));
    let attempts = world.attempts().await;
    assert!(attempts[0].next_at.is_none() && !attempts[0].is_delivered());
    assert!(attempts[1..].iter().all(|attempt| attempt.next_at.is_some()));
    let before = world.receiver.posts().len();
    world.happens(4..=4).await;
    world.pass(PATIENCE_SECONDS);
    assert_eq!(world.goes_on().await, Next::WithNews);
    assert_eq!(world.receiver.posts().len(), before, "nothing is sent");
    world.receiver.answers.lock().unwrap_or_else(PoisonError::into_inner).clear();
    world.replays(1).await;
    world.goes_on().await;
    assert_eq!(world.receiver.taken(), [1, 2, 3, 4], "nothing was passed over");
}

#[tokio::test]
async fn of_several_processes_one_delivers_at_a_time() {
    let world = World::with(None).await;
    world.memory.webhooks_are_shared();
    world.happens(1..=2).await;
    let (next, other) = world
        .turn_while(async || {
            world.happens(3..=3).await;
            world.turn().await
        })
        .await;
    assert_eq!(other, Next::WithNews, "somebody is at it");
    assert_eq!(next, Next::Now);
    // Whoever was at it looks again, and finds what another wake-up was about.
    assert_eq!(world.goes_on().await, Next::WithNews);
    assert_eq!(world.receiver.taken(), [1, 2, 3]);
    assert_eq!(world.receiver.posts().len(), 2);
}

#[tokio::test]
async fn of_many_processes_at_once_each_event_is_sent_by_one() {
    let world = World::with(None).await;
    world.memory.webhooks_are_shared();
    world.happens(1..=5).await;
    let turns = (0..8).map(|_| world.goes_on());
    futures_util::future::join_all(turns).await;
    assert_eq!(world.receiver.taken(), [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn kinds_that_nobody_wants_are_passed_over() {
    let world = World::with(Some(&["BarOpened"])).await;
    world.happens(1..=250).await;
    world.goes_on().await;
    assert_eq!(world.receiver.taken(), (2..=250).step_by(2).collect::<Vec<_>>());

    let world = World::with(Some(&["OrderPlaced"])).await;
    world.happens(1..=99).await;
    world.goes_on().await;
    assert_eq!(world.kept().await.webhook.delivered, 0, "not worth writing down yet");
    world.happens(100..=250).await;
    world.goes_on().await;
    assert_eq!(world.kept().await.webhook.delivered, 200);
    assert_eq!(world.receiver.posts(), []);
}

#[tokio::test]
async fn for_a_day_the_secret_before_signs_too() {
    let world = World::with(None).await;
    world.rolls().await;
    for signatures in [2, 1] {
        world.replays(1).await;
        world.happens(if signatures == 2 { 1..=1 } else { 2..=2 }).await;
        world.goes_on().await;
        let posts = world.receiver.posts();
        let header = header(&posts.last().expect("it was sent").0, "webhook-signature").to_owned();
        assert_eq!(header.split(' ').count(), signatures, "{header}");
        assert!(header.split(' ').all(|signature| signature.starts_with("v1,")));
        world.pass(PATIENCE_SECONDS);
    }
}

#[test]
fn what_is_secret_is_not_in_what_is_written_for_people() {
    let kept = contract::webhook("espresso", "tills");
    let shown = format!("{kept:?}");
    assert!(shown.contains("secret: SigningKey") && !shown.contains("9, 9"), "{shown}");
}
