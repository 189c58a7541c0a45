//! Webhooks: what happens at a bar, sent to whoever its organiser names.

mod delivered;
mod rights;
mod signed;

use anyhow::{Context as _, Result, ensure};
use domain::api::{LogPage, Replay, SavedWebhook, Webhook, WebhookAttempt, WebhookChange, path};
use domain::{BusEvent, WebhookName};
use hyper::Method;
use hyper::header::CONTENT_TYPE;

use crate::bar::Bar;
use crate::http::Answer;
use crate::person::{Person, Said};
use crate::receiver::Receiver;
use crate::server::Server;
use crate::soon::settles;

impl Person {
    pub(crate) async fn puts_webhook(&self, name: &str, change: &WebhookChange) -> Said<Answer> {
        let body = serde_json::to_vec(change).expect("plain data");
        let path = path::webhook(&self.bar, &named(name));
        let request = self.http.request(Method::PUT, &path, Some(self.token()));
        self.http.send(request.header(CONTENT_TYPE, "application/json"), body).await
    }

    /// Has everything sent there; the secret it is signed with.
    pub(crate) async fn hooks(&self, name: &str, url: &str) -> Result<String> {
        let saved: SavedWebhook = self.puts_webhook(name, &all_to(url)).await?.read()?;
        saved.secret.context("a new webhook has a secret")
    }

    pub(crate) async fn webhooks(&self) -> Said<Vec<Webhook>> {
        self.gets(&path::webhooks(&self.bar)).await?.read()
    }

    pub(crate) async fn attempts(&self, name: &str) -> Said<Vec<WebhookAttempt>> {
        self.gets(&path::webhook_attempts(&self.bar, &named(name))).await?.read()
    }

    pub(crate) async fn replays(&self, name: &str, from: u64) -> Said<Webhook> {
        let path = path::webhook_replay(&self.bar, &named(name));
        self.http.post(&path, Some(self.token()), &Replay { from }).await?.read()
    }

    pub(crate) async fn unhooks(&self, name: &str) -> Said<Answer> {
        let path = path::webhook(&self.bar, &named(name));
        let request = self.http.request(Method::DELETE, &path, Some(self.token()));
        self.http.send(request, Vec::new()).await
    }

    /// Everything that has happened after an entry, as it travels.
    pub(crate) async fn has_seen(&self, after: u64) -> Result<Vec<BusEvent>> {
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
pub(crate) async fn hasty() -> Result<Bar> {
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
