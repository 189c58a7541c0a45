//! What an organiser does while a delivery is under way.

use domain::webhook::{Webhook, WebhookChange};

use super::super::Next;
use super::world::World;
use crate::ports::{KeptWebhook, Webhooks as _};

/// A world where so many entries wait to be sent, in a process of its own or in one of several.
async fn world(are_shared: bool, entries: u64) -> World {
    let world = World::with(None).await;
    if are_shared {
        world.memory.webhooks_are_shared();
    }
    world.happens(1..=entries).await;
    world
}

#[tokio::test]
async fn another_secret_makes_nobody_send_again_what_has_arrived() {
    for are_shared in [false, true] {
        let world = world(are_shared, 3).await;
        world.turn_while(async || world.rolls().await).await;
        let kept = world.kept().await;
        assert!(kept.former.is_some() && kept.busy_until.is_none(), "{kept:?}");
        assert_eq!(world.goes_on().await, Next::WithNews);
        assert_eq!(world.receiver.taken(), [1, 2, 3]);
        assert_eq!(world.attempts().await.len(), 1);
    }
}

#[tokio::test]
async fn another_secret_makes_nobody_forget_to_wait() {
    for are_shared in [false, true] {
        let world = world(are_shared, 3).await;
        world.receiver.answers(&[Ok(500), Ok(500)]);
        for failures in 1..=2 {
            world.turn_while(async || world.rolls().await).await;
            let kept = world.kept().await;
            assert_eq!(kept.webhook.failures, failures);
            let next = kept.webhook.next_at.expect("it is tried again");
            assert_eq!(world.turn().await, Next::At(next));
            assert_eq!(world.attempts().await[0].next_at, Some(next));
            world.pass(60);
        }
        world.happens(4..=4).await;
        assert_eq!(world.goes_on().await, Next::WithNews);
        let posts = world.receiver.posts();
        assert_eq!(posts[0].0.body, posts[2].0.body, "what failed is sent again as it was");
        assert_eq!(world.receiver.taken(), [1, 2, 3, 4]);
    }
}

#[tokio::test]
async fn another_place_to_begin_counts() {
    let world = world(false, 4).await;
    world.goes_on().await;
    world.happens(5..=5).await;
    world.turn_while(async || world.replays(3).await).await;
    world.goes_on().await;
    assert_eq!(world.receiver.taken(), [1, 2, 3, 4, 5, 3, 4, 5]);
    assert_eq!(world.attempts().await.len(), 3, "all are listed");
}

#[tokio::test]
async fn another_address_is_sent_it_at_once() {
    for answer in [Ok(204), Ok(500)] {
        let world = world(false, 2).await;
        world.receiver.answers(&[answer]);
        let url = "https://stats.example/";
        let moved = |kept: KeptWebhook| {
            let change = WebhookChange { url: url.to_owned(), types: None };
            KeptWebhook { webhook: Webhook::changed(kept.webhook, change), ..kept }
        };
        world.turn_while(async || world.changes(moved).await).await;
        assert_eq!(world.attempts().await[0].next_at, None, "there it is not tried again");
        assert_eq!(world.turn().await, Next::Now);
        assert_eq!(world.turn().await, Next::WithNews);
        let posts = world.receiver.posts();
        assert_eq!(posts.len(), 2);
        assert_eq!((&posts[1].0.url[..], &posts[1].0.body), (url, &posts[0].0.body));
    }
}

#[tokio::test]
async fn who_is_removed_is_sent_nothing_more() {
    let world = world(false, 1).await;
    let kept = world.kept().await;
    let (next, ()) = world.turn_while(async || world.removes().await).await;
    assert_eq!(next, Next::Never);
    assert_eq!(world.turn().await, Next::Never);
    assert_eq!(world.memory.attempts(&kept).await.expect("read"), []);
}

#[tokio::test]
async fn another_one_of_that_name_begins_from_the_start() {
    for are_shared in [false, true] {
        let world = world(are_shared, 2).await;
        let remade = async || {
            world.removes().await;
            world.makes(None).await;
        };
        world.turn_while(remade).await;
        assert_eq!(world.attempts().await, []);
        assert_eq!(world.goes_on().await, Next::WithNews);
        assert_eq!(world.receiver.taken(), [1, 2, 1, 2]);
        assert_eq!(world.attempts().await.len(), 1);
    }
}
