//! What is promised of webhooks as they are kept.

use domain::Timestamp;
use domain::webhook::{MOST, MOST_ATTEMPTS, Webhook, WebhookAttempt, WebhookChange};
use futures_util::future::join_all;

use super::bar;
use crate::key::random;
use crate::ports::{ChangeError, KeptWebhook, SigningKey, Webhooks};

/// A webhook as tests make them, another one each time.
pub fn webhook(bar_name: &str, name: &str) -> KeptWebhook {
    let url = format!("https://{name}.example/");
    let change = WebhookChange { url, types: Some(vec!["OrderPlaced".to_owned()]) };
    KeptWebhook {
        bar: bar(bar_name),
        webhook: Webhook::new(name.parse().expect("a name"), change, 7),
        made: u32::from_ne_bytes(random()),
        secret: SigningKey([9; 32]),
        former: Some((SigningKey([8; 32]), Timestamp::from_millis(1_795_000_000_123))),
        sending: Some(11),
        busy_until: Some(Timestamp::from_seconds(1_795_000_000)),
        attempts: 0,
        version: 0,
    }
}

/// An attempt that arrived, as tests make them.
pub fn attempt(number: u64) -> WebhookAttempt {
    WebhookAttempt {
        at: Timestamp::from_seconds(1_795_000_000),
        first: number,
        last: number,
        events: 1,
        status: Some(204),
        error: None,
        milliseconds: 12,
        next_at: None,
    }
}

async fn kept(webhooks: &dyn Webhooks, of: &KeptWebhook) -> Option<KeptWebhook> {
    webhooks.webhook(&of.bar, &of.webhook.name).await.expect("read")
}

fn is_conflict(result: &Result<(), ChangeError>) -> bool {
    match result {
        Err(ChangeError::Conflict) => true,
        Ok(()) | Err(ChangeError::Unavailable(_)) => false,
    }
}

/// Each is as it was put, at its own bar, and of two who change one, one is first.
pub async fn webhooks_are_kept(webhooks: &dyn Webhooks) {
    let [tills, stats] = ["tills", "stats"].map(|name| webhook("hooked", name));
    // The bar whose name begins alike is another one.
    let other = webhook("hooked-2", "tills");
    assert_eq!(kept(webhooks, &tills).await, None);
    for each in [&tills, &stats, &other] {
        webhooks.put(each, None).await.expect("put");
        let read = kept(webhooks, each).await.expect("it is there");
        assert_eq!(KeptWebhook { version: 0, ..read }, *each);
        assert!(is_conflict(&webhooks.put(each, None).await), "it is there");
    }
    let names = |all: Vec<KeptWebhook>| {
        let names = all.into_iter().map(|kept| format!("{}/{}", kept.bar, kept.webhook.name));
        names.collect::<Vec<_>>()
    };
    let of_bar = webhooks.of_bar(&tills.bar).await.expect("read");
    assert_eq!(names(of_bar), ["hooked/stats", "hooked/tills"]);
    let mut all = names(webhooks.all().await.expect("read"));
    all.sort();
    assert_eq!(all, ["hooked-2/tills", "hooked/stats", "hooked/tills"]);

    let read = kept(webhooks, &tills).await.expect("it is there");
    let plain = KeptWebhook { former: None, sending: None, busy_until: None, ..read.clone() };
    webhooks.put(&plain, None).await.expect("put");
    assert!(is_conflict(&webhooks.put(&read, None).await), "somebody else was first");
    let later = kept(webhooks, &tills).await.expect("it is there");
    assert_eq!(KeptWebhook { version: plain.version, ..later.clone() }, plain);

    for (each, is_gone) in [(&tills, true), (&tills, false), (&stats, true), (&other, true)] {
        let removed = webhooks.remove(&each.bar, &each.webhook.name).await.expect("removed");
        assert_eq!(removed, is_gone);
        assert_eq!(kept(webhooks, each).await, None);
    }
    assert!(is_conflict(&webhooks.put(&later, None).await), "who was removed stays so");
    webhooks.put(&webhook("hooked", "tills"), None).await.expect("put");
    let another = kept(webhooks, &tills).await;
    for late in [&read, &later] {
        assert!(is_conflict(&webhooks.put(late, None).await), "another one of that name");
    }
    assert_eq!(kept(webhooks, &tills).await, another);
    webhooks.remove(&tills.bar, &tills.webhook.name).await.expect("removed");
    assert_eq!(webhooks.all().await.expect("read"), []);
}

/// The newest attempts are kept, the newest first, until their webhook is removed.
pub async fn the_newest_attempts_are_kept(webhooks: &dyn Webhooks) {
    let mut tills = webhook("attempted", "tills");
    let stats = webhook("attempted", "stats");
    webhooks.put(&tills, None).await.expect("put");
    webhooks.put(&stats, None).await.expect("put");
    let most = MOST_ATTEMPTS as u64;
    for number in 1..=most + 3 {
        let read = kept(webhooks, &tills).await.expect("it is there");
        tills = KeptWebhook { attempts: number, ..read };
        webhooks.put(&tills, Some(&attempt(number))).await.expect("put");
        let late = webhooks.put(&tills, Some(&attempt(number + 1000))).await;
        assert!(is_conflict(&late), "nor is its attempt kept");
    }
    let expected: Vec<_> = (4..=most + 3).rev().collect();
    let all = webhooks.attempts(&tills).await.expect("read");
    assert_eq!(all.first(), Some(&attempt(most + 3)));
    assert_eq!(all.iter().map(|attempt| attempt.first).collect::<Vec<_>>(), expected);
    assert_eq!(webhooks.attempts(&stats).await.expect("read"), []);
    for each in [&tills, &stats] {
        webhooks.remove(&each.bar, &each.webhook.name).await.expect("removed");
    }
    let another = webhook("attempted", "tills");
    webhooks.put(&another, None).await.expect("put");
    assert_eq!(webhooks.attempts(&another).await.expect("read"), [], "another one");
    webhooks.remove(&tills.bar, &tills.webhook.name).await.expect("removed");
}

/// A bar has as many webhooks as `domain` says and no more, however many are made at once.
pub async fn a_bar_has_as_many_webhooks_as_it_may(webhooks: &dyn Webhooks) {
    let many: Vec<_> =
        (0..MOST + 3).map(|number| webhook("crowded", &format!("tills-{number}"))).collect();
    let made = many.iter().map(async |each| {
        while webhooks.of_bar(&each.bar).await.expect("read").len() < MOST {
            match webhooks.put(each, None).await {
                Ok(()) => return true,
                Err(ChangeError::Conflict) => {}
                Err(ChangeError::Unavailable(unavailable)) => panic!("{unavailable}"),
            }
        }
        false
    });
    let made = join_all(made).await;
    let (made, refused): (Vec<_>, Vec<_>) =
        many.iter().zip(made).partition(|(_, is_made)| *is_made);
    assert_eq!((made.len(), refused.len()), (MOST, 3));
    let another = refused[0].0;
    assert!(is_conflict(&webhooks.put(another, None).await), "there is no room");
    webhooks.put(&webhook("crowded-2", "tills"), None).await.expect("another bar has room");
    let read = kept(webhooks, made[0].0).await.expect("it is there");
    webhooks.put(&read, None).await.expect("a change needs none");
    webhooks.remove(&read.bar, &read.webhook.name).await.expect("removed");
    webhooks.put(another, None).await.expect("there is room again");
    for each in webhooks.all().await.expect("read") {
        webhooks.remove(&each.bar, &each.webhook.name).await.expect("removed");
    }
}
