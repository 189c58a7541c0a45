//! What is sent again: because it was not taken, because an organiser says so, because the server
//! was ended.

use anyhow::{Context as _, Result, ensure};
use domain::api::{SavedWebhook, WebhookAttempt, WebhookChange};
use domain::{BusEvent, Code};
use hyper::StatusCode;

use super::{arrives, hasty};
use crate::bar::Bar;
use crate::http::Refusal as _;
use crate::person::Person;
use crate::receiver::Receiver;
use crate::soon::settles;

#[tokio::test]
async fn what_was_not_taken_is_sent_again_until_it_is() -> Result<()> {
    let bar = hasty().await?;
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    let mut receiver = Receiver::listen().await?;
    let secret = olga.hooks("tills", &receiver.url()).await?;
    let before = olga.webhooks().await?[0].delivered;
    receiver.answers(&[StatusCode::INTERNAL_SERVER_ERROR, StatusCode::FOUND]);
    bea.takes("tea").await?;
    settles(async || {
        ensure!(receiver.deliveries().len() > 1, "it is tried again");
        Ok(())
    })
    .await?;
    receiver.leave().await;
    bea.takes("latte").await?;
    settles(async || {
        let [webhook] = &olga.webhooks().await?[..] else { anyhow::bail!("one") };
        ensure!(webhook.failures >= 3 && webhook.delivered == before, "{webhook:?}");
        ensure!(webhook.failing_since.is_some() && webhook.next_at.is_some(), "{webhook:?}");
        ensure!(webhook.off_since.is_none(), "{webhook:?}");
        Ok(())
    })
    .await?;
    receiver.come_back().await?;
    bea.takes("espresso").await?;
    let expected = olga.has_seen(before).await?;
    arrives(&receiver, &expected).await?;
    let deliveries = receiver.deliveries();
    for pair in deliveries.windows(2) {
        pair[1].is_signed_with(&secret)?;
        if !pair[0].answered.is_success() {
            ensure!(pair[0].body == pair[1].body, "it is sent again as it was");
            ensure!(pair[0].header("webhook-id")? == pair[1].header("webhook-id")?, "{pair:?}");
        }
    }
    let attempts = settled_attempts(&olga, deliveries.len()).await?;
    let oldest: Vec<_> = attempts.iter().rev().take(3).collect();
    ensure!(oldest[0].status == Some(500) && oldest[1].status == Some(302), "{oldest:?}");
    ensure!(oldest[2].status.is_none() && oldest[2].error.is_some(), "{oldest:?}");
    ensure!(oldest.iter().all(|attempt| attempt.next_at.is_some()), "{oldest:?}");
    ensure!(attempts[0].is_delivered() && attempts[0].next_at.is_none(), "{attempts:?}");
    let last = expected.last().context("events")?.seq;
    ensure!(attempts[0].last == last, "{attempts:?}");
    let [webhook] = &olga.webhooks().await?[..] else { anyhow::bail!("one") };
    ensure!(webhook.delivered == last && webhook.failures == 0, "{webhook:?}");
    Ok(())
}

/// The attempts, once all that arrived are among them: they are written down behind the answer.
async fn settled_attempts(olga: &Person, arrived: usize) -> Result<Vec<WebhookAttempt>> {
    let all = async || {
        let attempts = olga.attempts("tills").await?;
        let answered = attempts.iter().filter(|attempt| attempt.status.is_some()).count();
        ensure!(answered == arrived, "{answered} of {arrived}: {attempts:?}");
        Ok(())
    };
    settles(all).await?;
    Ok(olga.attempts("tills").await?)
}

#[tokio::test]
async fn a_replay_sends_everything_again_from_an_entry() -> Result<()> {
    let bar = Bar::open().await?;
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    bea.takes("tea").await?;
    let receiver = Receiver::listen().await?;
    let of_kind = ["OrderPlaced".to_owned(), "BarCreated".to_owned()];
    let change = WebhookChange { url: receiver.url(), types: Some(of_kind.to_vec()) };
    olga.puts_webhook("tills", &change).await?.read::<SavedWebhook>()?;
    let all = olga.has_seen(0).await?;
    let wanted = |event: &&BusEvent| of_kind.iter().any(|name| name == event.event.name());
    let last = all.last().context("events")?.seq;
    for from in [0, last + 2] {
        let problem = olga.replays("tills", from).await.refused(Code::Invalid)?;
        ensure!(problem.field.as_deref() == Some("from"), "{problem:?}");
    }
    let replayed = olga.replays("tills", 1).await?;
    ensure!(replayed.delivered == 0, "{replayed:?}");
    let wanted: Vec<_> = all.iter().filter(wanted).cloned().collect();
    ensure!(wanted.len() == 2 && wanted.len() < all.len(), "{wanted:?}");
    arrives(&receiver, &wanted).await?;
    settled_attempts(&olga, 1).await?;
    // The last of them again, and nothing before it.
    olga.replays("tills", wanted[1].seq).await?;
    settles(async || {
        let deliveries = receiver.deliveries();
        ensure!(deliveries.len() == 2, "{deliveries:?}");
        ensure!(deliveries[1].events()? == wanted[1..], "{deliveries:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_waits_is_sent_after_a_restart() -> Result<()> {
    let mut bar = hasty().await?;
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    let mut receiver = Receiver::listen().await?;
    receiver.leave().await;
    olga.hooks("tills", &receiver.url()).await?;
    let before = olga.webhooks().await?[0].delivered;
    bea.takes("tea").await?;
    settles(async || {
        ensure!(!olga.attempts("tills").await?.is_empty(), "it is tried");
        Ok(())
    })
    .await?;
    bar.server.kill().await?;
    bar.server.restart().await?;
    bea.takes("latte").await?;
    receiver.come_back().await?;
    let expected = olga.has_seen(before).await?;
    arrives(&receiver, &expected).await
}
