//! Webhooks as they are kept, and how events are sent to them.

use std::fmt;

use async_trait::async_trait;
use bytes::Bytes;
use domain::webhook::{NoAnswer, Webhook, WebhookAttempt};
use domain::{BarId, Timestamp, WebhookName};
use serde::{Deserialize, Serialize};

use super::{ChangeError, Unavailable};

/// A webhook: what organisers see of it, and what they do not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptWebhook {
    /// Whose events.
    pub bar: BarId,
    /// As organisers see it.
    pub webhook: Webhook,
    /// Which one of those that have had its name, one after the other: a number given at random.
    #[serde(default)]
    pub made: u32,
    /// What deliveries are signed with.
    pub secret: SigningKey,
    /// What they are signed with, too, until that moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<(SigningKey, Timestamp)>,
    /// The last entry of what is being delivered: what failed is sent again as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sending: Option<u64>,
    /// Until when somebody is at it, where several processes deliver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub busy_until: Option<Timestamp>,
    /// How many attempts there have been.
    pub attempts: u64,
    /// Another one each time it is written; 0 before the first time.
    #[serde(skip)]
    pub version: u64,
}

impl KeptWebhook {
    /// The version it is written as. The first is another one for each: who still delivers to one
    /// that was removed must not take one of the same name, made since, for it.
    pub fn next_version(&self) -> u64 {
        match self.version {
            0 => u64::from(self.made) + 1,
            version => version + 1,
        }
    }

    /// Whether what was sent to that one was sent to this one, from where it stands: only then has
    /// it got further by that, or is to wait for the next attempt.
    pub fn was_sent_as(&self, sent: &Self) -> bool {
        let (own, other) = (&self.webhook, &sent.webhook);
        self.made == sent.made
            && own.url == other.url
            && own.types == other.types
            && own.delivered == other.delivered
    }
}

/// The bytes a webhook's deliveries are signed with. Never shown by `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SigningKey(pub [u8; 32]);

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey")
    }
}

/// The webhooks of all bars, and the newest attempts to deliver to each.
#[async_trait]
pub trait Webhooks: Send + Sync {
    /// Whether several processes deliver. One of them then says first that it is at it.
    fn is_shared(&self) -> bool {
        false
    }

    /// Every webhook of every bar.
    async fn all(&self) -> Result<Vec<KeptWebhook>, Unavailable>;

    /// Those of a bar, by name.
    async fn of_bar(&self, bar: &BarId) -> Result<Vec<KeptWebhook>, Unavailable>;

    /// One of them.
    async fn webhook(
        &self,
        bar: &BarId,
        name: &WebhookName,
    ) -> Result<Option<KeptWebhook>, Unavailable>;

    /// Keeps a webhook in place of the one of this version, or, when that is 0, where there was
    /// none, if its bar has fewer than it may have; otherwise it is a conflict. Durable when it
    /// returns. With it the attempt is kept that is its last one by its own count.
    async fn put(
        &self,
        webhook: &KeptWebhook,
        attempt: Option<&WebhookAttempt>,
    ) -> Result<(), ChangeError>;

    /// Removes a webhook and its attempts; whether there was one.
    async fn remove(&self, bar: &BarId, name: &WebhookName) -> Result<bool, Unavailable>;

    /// The newest attempts, the newest first, of which as many are kept as `domain` says. Those of
    /// another one that had its name before are not among them.
    async fn attempts(&self, webhook: &KeptWebhook) -> Result<Vec<WebhookAttempt>, Unavailable>;
}

/// What is sent in one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Where to.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: Bytes,
}

/// Who sends it.
#[async_trait]
pub trait Sender: Send + Sync {
    /// Posts, once. Answers the status, in HTTP's numbers, of whatever came within ten seconds;
    /// redirects are not followed.
    async fn post(&self, post: Post) -> Result<u16, NoAnswer>;
}
