//! Webhooks: what happens at a bar, sent to whoever its organiser names.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use domain::api::{
    Empty, LogPage, Replay, SavedWebhook, StaffChange, Webhook, WebhookAttempt, WebhookChange,
    WebhookSecret, path,
};
use domain::{BarId, BusEvent, Code, Role, WebhookName};
use hyper::header::CONTENT_TYPE;
use hyper::{Method, StatusCode};
use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::bar::Bar;
use crate::http::{Answer, Refusal as _};
use crate::person::{Person, Said, command_id};
use crate::receiver::{Delivery, Receiver};
use crate::server::{PASSWORD, Server, python};
use crate::soon::{settles, soon};

impl Person {
    async fn puts_webhook(&self, name: &str, change: &WebhookChange) -> Said<Answer> {
        let body = serde_json::to_vec(change).expect("plain data");
        let path = path::webhook(&self.bar, &named(name));
        let request = self.http.request(Method::PUT, &path, Some(self.token()));
        self.http.send(request.header(CONTENT_TYPE, "application/json"), body).await
    }

    /// Has everything sent there; the secret it is signed with.
    async fn hooks(&self, name: &str, url: &str) -> Result<String> {
        let saved: SavedWebhook = self.puts_webhook(name, &all_to(url)).await?.read()?;
        saved.secret.context("a new webhook has a secret")
    }

    async fn webhooks(&self) -> Said<Vec<Webhook>> {
        self.gets(&path::webhooks(&self.bar)).await?.read()
    }

    async fn attempts(&self, name: &str) -> Said<Vec<WebhookAttempt>> {
        self.gets(&path::webhook_attempts(&self.bar, &named(name))).await?.read()
    }

    async fn replays(&self, name: &str, from: u64) -> Said<Webhook> {
        let path = path::webhook_replay(&self.bar, &named(name));
        self.http.post(&path, Some(self.token()), &Replay { from }).await?.read()
    }

    async fn unhooks(&self, name: &str) -> Said<Answer> {
        let path = path::webhook(&self.bar, &named(name));
        let request = self.http.request(Method::DELETE, &path, Some(self.token()));
        self.http.send(request, Vec::new()).await
    }

    /// Everything that has happened after an entry, as it travels.
    async fn has_seen(&self, after: u64) -> Result<Vec<BusEvent>> {
        let path = format!("{}?after={after}&limit=1000", path::log(&self.bar));
        let LogPage { entries, .. } = self.gets(&path).await?.read()?;
        Ok(entries.iter().flat_map(BusEvent::all_of).collect())
    }
}

fn named(name: &str) -> WebhookName {
    name.parse().expect("a name")
}

fn all_to(url: &str) -> WebhookChange {
    WebhookChange { url: url.to_owned(), types: None }
}

/// The demonstration's bar, where webhooks that were not reached are tried again soon.
async fn hasty() -> Result<Bar> {
    Ok(Bar::of(Server::start_set(&[("WEBHOOK_FIRST_WAIT", "1")]).await?))
}

/// Waits until this has arrived, no more and no less, in this order.
async fn arrives(receiver: &Receiver, expected: &[BusEvent]) -> Result<()> {
    settles(async || {
        let events = receiver.events()?;
        ensure!(events == expected, "{events:?}\n\nis not\n\n{expected:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn whatever_happens_is_sent_in_order_and_signed() -> Result<()> {
    let bar = Bar::open().await?;
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    let receiver = Receiver::listen().await?;
    let secret = olga.hooks("tills", &receiver.url()).await?;
    let before = olga.webhooks().await?[0].delivered;
    let tea = bea.takes_as(&command_id(), "tea", Some("Adalbert")).await?.order;
    bea.claims(&tea).await?;
    bea.completes(&tea).await?;
    bea.collects(&tea).await?;
    let expected = olga.has_seen(before).await?;
    ensure!(expected.len() == 4, "{expected:?}");
    arrives(&receiver, &expected).await?;
    let deliveries = receiver.deliveries();
    for delivery in &deliveries {
        delivery.is_signed_with(&secret)?;
        ensure!(delivery.header("content-type")? == "application/json", "{delivery:?}");
        let text = String::from_utf8(delivery.body.to_vec())?;
        ensure!(!text.contains("Adalbert") && !text.contains("code"), "{text}");
        let first = delivery.events()?.first().context("events")?.at;
        let (sent, second) = (delivery.sent_at()?, first.seconds());
        ensure!(sent.seconds() >= second, "{sent} before {first}");
    }
    library_accepts(&deliveries[0], &secret).await?;

    // Nobody is told the secret again, and the server does not write it down.
    let listed = olga.gets(&path::webhooks(&bar.id)).await?.body;
    let attempts = olga.gets(&path::webhook_attempts(&bar.id, &named("tills"))).await?.body;
    let key = secret.trim_start_matches("whsec_");
    for text in [&listed[..], &attempts[..], bar.server.output().as_bytes()] {
        ensure!(!String::from_utf8_lossy(text).contains(key), "the secret shows");
    }
    let again: SavedWebhook = olga.puts_webhook("tills", &all_to(&receiver.url())).await?.read()?;
    ensure!(again.secret.is_none(), "a change makes no other secret");

    // With another one, the one before signs for a day as well.
    let rolled = path::webhook_secret(&bar.id, &named("tills"));
    let rolled: WebhookSecret =
        bar.http.post(&rolled, Some(olga.token()), &Empty {}).await?.read()?;
    ensure!(rolled.secret != secret, "it is another one");
    bea.takes("latte").await?;
    arrives(&receiver, &olga.has_seen(before).await?).await?;
    let last = receiver.deliveries().pop().context("the latte")?;
    last.is_signed_with(&secret)?;
    last.is_signed_with(&rolled.secret)
}

/// The standard's own library for Python verifies it.
async fn library_accepts(delivery: &Delivery, secret: &str) -> Result<()> {
    let Some(python) = python() else {
        println!("skipped: SERVERLESSPRESSO_PYTHON names no Python with standardwebhooks");
        return Ok(());
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients/verify_webhook.py");
    let mut process = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let headers = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    let headers = headers.map(|name| Ok((name, delivery.header(name)?)));
    let headers: std::collections::BTreeMap<_, _> = headers.into_iter().collect::<Result<_>>()?;
    let body = std::str::from_utf8(&delivery.body)?;
    let asked = json!({"secret": secret, "headers": headers, "body": body}).to_string();
    let mut stdin = process.stdin.take().context("its input")?;
    stdin.write_all(asked.as_bytes()).await?;
    drop(stdin);
    let said = soon("a verdict", process.wait_with_output()).await??;
    let verdict = String::from_utf8_lossy(&said.stdout);
    ensure!(verdict.trim() == "verified, and refused when a letter differs", "{verdict}");
    Ok(())
}

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

#[tokio::test]
async fn webhooks_are_for_organisers_of_their_bar() -> Result<()> {
    let bar = Bar::open().await?;
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    let receiver = Receiver::listen().await?;
    let change = all_to(&receiver.url());
    olga.hooks("tills", &receiver.url()).await?;

    let elsewhere: BarId = "hall-9".parse()?;
    let otto = StaffChange {
        password: Some(PASSWORD.to_owned()),
        role: Role::Organiser,
        name: "Otto".to_owned(),
        bars: Some(vec![elsewhere.clone()]),
    };
    let account = path::staff_member(&"otto".parse()?);
    let request = bar.http.request(Method::PUT, &account, Some(olga.token()));
    let request = request.header(CONTENT_TYPE, "application/json");
    bar.http.send(request, serde_json::to_vec(&otto)?).await?.read::<serde_json::Value>()?;
    let (ada, otto) = (bar.guest().await?, bar.staff("otto").await?);
    for (who, code) in
        [(&ada, Code::NotAllowed), (&bea, Code::NotAllowed), (&otto, Code::NoSuchBar)]
    {
        who.webhooks().await.refused(code)?;
        who.puts_webhook("tills", &change).await?.problem(code)?;
        who.attempts("tills").await.refused(code)?;
        who.replays("tills", 1).await.refused(code)?;
        who.unhooks("tills").await?.problem(code)?;
        let secret = path::webhook_secret(&who.bar, &named("tills"));
        bar.http.post(&secret, Some(who.token()), &Empty {}).await?.problem(code)?;
    }
    olga.at(&elsewhere).webhooks().await.refused(Code::NoSuchBar)?;
    bar.http.get(&path::webhooks(&bar.id), None).await?.problem(Code::NoSession)?;

    for (change, field) in [
        (all_to("ftp://example.com"), "url"),
        (all_to("https://ada:secret@example.com/"), "url"),
        (WebhookChange { types: Some(vec!["OrderEaten".to_owned()]), ..change.clone() }, "types"),
    ] {
        let problem = olga.puts_webhook("more", &change).await?.problem(Code::Invalid)?;
        ensure!(problem.field.as_deref() == Some(field), "{problem:?}");
    }
    for number in 2..=5 {
        olga.hooks(&format!("more-{number}"), &receiver.url()).await?;
    }
    let problem = olga.puts_webhook("more-6", &change).await?.problem(Code::Invalid)?;
    ensure!(problem.field.as_deref() == Some("webhook"), "{problem:?}");

    ensure!(olga.unhooks("tills").await?.status == 204, "it is gone");
    olga.unhooks("tills").await?.problem(Code::NotFound)?;
    olga.attempts("tills").await.refused(Code::NotFound)?;
    olga.replays("tills", 1).await.refused(Code::NotFound)?;
    for number in 2..=5 {
        olga.unhooks(&format!("more-{number}")).await?;
    }
    ensure!(olga.webhooks().await?.is_empty(), "none is left");
    let before = receiver.deliveries().len();
    bea.takes("tea").await?;
    // One that is made now hears of what comes; the others would have heard of this before.
    olga.hooks("last", &receiver.url()).await?;
    bea.takes("latte").await?;
    settles(async || {
        ensure!(receiver.deliveries().len() > before, "the latte");
        Ok(())
    })
    .await?;
    let later = &receiver.deliveries()[before..];
    let ids = later.iter().map(|it| it.header("webhook-id")).collect::<Result<Vec<_>>>()?;
    ensure!(ids.iter().all(|id| id.starts_with("espresso_last_")), "{ids:?}");
    Ok(())
}
