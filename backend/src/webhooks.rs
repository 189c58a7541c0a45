//! Delivering to webhooks: from where one stands in its bar's log, a batch at a time, in order, and
//! the next only when the one before has arrived. Whoever is ended half-way delivers it again.
//!
//! What wakes it differs by platform; here is one turn of it, which asks the log and the webhook
//! anew, so that a wake-up may come twice, late or for nothing.

#[cfg(any(feature = "local", feature = "aws"))]
mod address;
mod batch;
#[cfg(any(feature = "local", feature = "aws"))]
mod http;
mod signature;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use domain::webhook::{Turn, WebhookAttempt};
use domain::{BarId, Timestamp, WebhookName};
use tokio::time::Instant;

#[cfg(any(feature = "local", feature = "aws"))]
pub use self::address::Addresses;
use self::batch::Batch;
#[cfg(any(feature = "local", feature = "aws"))]
pub use self::http::HttpSender;
pub(crate) use self::signature::spelled;
use crate::clock::Clock;
use crate::key::random;
use crate::ports::{ChangeError, KeptWebhook, Log, Post, Sender, Unavailable, Webhooks};

/// Entries looked at in one turn.
const PAGE: u32 = 100;
/// How long a process that said it is at it may be believed to live: longer than a request takes.
const BUSY_SECONDS: u32 = 30;

/// Delivers.
#[derive(Clone)]
pub struct Deliverer {
    /// What has happened.
    pub log: Arc<dyn Log>,
    /// To whom it is sent.
    pub webhooks: Arc<dyn Webhooks>,
    /// By whom.
    pub sender: Arc<dyn Sender>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The wait after the first failure.
    pub first_wait_seconds: u32,
}

/// When to come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// At once: there may be more.
    Now,
    /// At that moment, or when the webhook has been changed.
    At(Timestamp),
    /// When the log has grown, or the webhook has been changed.
    WithNews,
    /// Never: there is no such webhook.
    Never,
}

impl Deliverer {
    /// Delivers the next batch to a webhook, if it is its turn.
    pub async fn turn(&self, bar: &BarId, name: &WebhookName) -> Result<Next, Unavailable> {
        let Some(mut webhook) = self.webhooks.webhook(bar, name).await? else {
            return Ok(Next::Never);
        };
        let now = self.clock.now();
        match webhook.webhook.turn(now) {
            Turn::Never => return Ok(Next::WithNews),
            Turn::At(at) => return Ok(Next::At(at)),
            Turn::Now => {}
        }
        // Whoever is at it looks at the log again afterwards.
        if webhook.busy_until.is_some_and(|until| now < until) {
            return Ok(Next::WithNews);
        }
        let entries = self.log.read(bar, webhook.webhook.delivered, PAGE).await?;
        let Some(batch) = Batch::of(&webhook, &entries) else {
            // Written down only now and then: reading on from further back does no harm.
            return match entries.last() {
                Some(last) if entries.len() == PAGE as usize => {
                    webhook.webhook = webhook.webhook.has_delivered(last.seq);
                    or_now(self.webhooks.put(&webhook, None).await)
                }
                Some(_) | None => Ok(Next::WithNews),
            };
        };
        if self.webhooks.is_shared() {
            webhook.busy_until = Some(now.plus_seconds(BUSY_SECONDS));
            match self.webhooks.put(&webhook, None).await {
                Ok(()) => webhook.version += 1,
                conflict @ Err(_) => return or_now(conflict),
            }
        }
        let attempt = self.attempt(&webhook, &batch).await;
        self.settle(webhook, &batch, attempt).await
    }

    async fn attempt(&self, webhook: &KeptWebhook, batch: &Batch) -> WebhookAttempt {
        let at = self.clock.now();
        let post = Post {
            url: webhook.webhook.url.clone(),
            headers: signature::headers(webhook, batch, at),
            body: batch.body.clone(),
        };
        let begun = Instant::now();
        let answer = self.sender.post(post).await;
        WebhookAttempt {
            at,
            first: batch.first,
            last: batch.last,
            events: batch.events,
            status: answer.ok(),
            error: answer.err(),
            milliseconds: u32::try_from(begun.elapsed().as_millis()).unwrap_or(u32::MAX),
            next_at: None,
        }
    }

    /// Writes down what came of an attempt, on what an organiser has made of the webhook meanwhile:
    /// of one that is sent something else now, only that there was an attempt.
    async fn settle(
        &self,
        sent: KeptWebhook,
        batch: &Batch,
        mut attempt: WebhookAttempt,
    ) -> Result<Next, Unavailable> {
        let (at, chance) = (self.clock.now(), u16::from_ne_bytes(random()));
        let mut kept = sent.clone();
        loop {
            let was_sent = kept.was_sent_as(&sent);
            if was_sent && attempt.is_delivered() {
                kept.webhook = kept.webhook.has_delivered(batch.through);
                kept.sending = None;
            } else if was_sent {
                kept.webhook = kept.webhook.has_failed(at, self.first_wait_seconds, chance);
                kept.sending = Some(batch.through);
            }
            attempt.next_at = kept.webhook.next_at.filter(|_| was_sent);
            kept.busy_until = None;
            kept.attempts += 1;
            match self.webhooks.put(&kept, Some(&attempt)).await {
                Ok(()) => break,
                Err(ChangeError::Unavailable(unavailable)) => return Err(unavailable),
                Err(ChangeError::Conflict) => {}
            }
            kept = match self.webhooks.webhook(&sent.bar, &sent.webhook.name).await? {
                Some(now) if now.made == sent.made => now,
                // Another one of that name, which was sent nothing yet.
                Some(_) => return Ok(Next::Now),
                None => return Ok(Next::Never),
            };
        }
        if !attempt.is_delivered() {
            self.say(&kept, &attempt);
        }
        Ok(Next::Now)
    }

    /// For whoever runs the server; an address may hold what only its owner should know.
    fn say(&self, webhook: &KeptWebhook, attempt: &WebhookAttempt) {
        let (bar, name) = (&webhook.bar, &webhook.webhook.name);
        let failures = webhook.webhook.failures;
        match webhook.webhook.off_since {
            Some(_) => tracing::warn!(%bar, %name, failures, "a webhook was switched off"),
            None => tracing::info!(
                %bar,
                %name,
                failures,
                status = attempt.status,
                error = ?attempt.error,
                "a webhook was not reached"
            ),
        }
    }
}

/// After somebody else was first, everything is looked at anew.
fn or_now(written: Result<(), ChangeError>) -> Result<Next, Unavailable> {
    match written {
        Ok(()) | Err(ChangeError::Conflict) => Ok(Next::Now),
        Err(ChangeError::Unavailable(unavailable)) => Err(unavailable),
    }
}
