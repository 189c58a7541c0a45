//! What is sent, and who can say whose it is.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use domain::api::{Empty, SavedWebhook, WebhookSecret, path};
use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use super::{all_to, arrives, named};
use crate::bar::Bar;
use crate::person::command_id;
use crate::receiver::{Delivery, Receiver};
use crate::server::python;
use crate::soon::soon;

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
