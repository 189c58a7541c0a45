//! Webhooks, as organisers ask for them.

use domain::api::{SavedWebhook, Webhook, WebhookAttempt, WebhookChange, WebhookSecret};
use domain::webhook::{FORMER_SECRET_SECONDS, MOST};
use domain::{BarId, Mistake, Rejection, WebhookName};

use super::{App, Failure};
use crate::key::random;
use crate::ports::{ChangeError, KeptWebhook, SigningKey, Unavailable};
use crate::webhooks::spelled;

/// How often to decide again when somebody else, most likely a delivery, was first.
const TRIES: usize = 20;

impl App {
    /// The webhooks of a bar.
    pub(crate) async fn webhooks(&self, bar: &BarId) -> Result<Vec<Webhook>, Unavailable> {
        let kept = self.ports().webhooks.of_bar(bar).await?;
        Ok(kept.into_iter().map(|kept| kept.webhook).collect())
    }

    /// Makes a webhook, which is told what happens from now on, or changes one.
    pub(crate) async fn put_webhook(
        &self,
        bar: &BarId,
        name: &WebhookName,
        change: WebhookChange,
    ) -> Result<SavedWebhook, Failure> {
        let change = change.checked()?;
        let last = self.host(bar)?.durable().bar.seq();
        for _ in 0..TRIES {
            let all = self.ports().webhooks.of_bar(bar).await?;
            let before = all.iter().find(|kept| kept.webhook.name == *name);
            let kept = match before.cloned() {
                Some(kept) => KeptWebhook {
                    webhook: kept.webhook.changed(change.clone()),
                    sending: None,
                    ..kept
                },
                None if all.len() >= MOST => return Err(too_many().into()),
                None => KeptWebhook {
                    bar: bar.clone(),
                    webhook: Webhook::new(name.clone(), change.clone(), last),
                    made: u32::from_ne_bytes(random()),
                    secret: SigningKey(random()),
                    former: None,
                    sending: None,
                    busy_until: None,
                    attempts: 0,
                    version: 0,
                },
            };
            if self.keep_webhook(&kept).await? {
                let secret = before.is_none().then(|| spelled(&kept.secret));
                return Ok(SavedWebhook { webhook: kept.webhook, secret });
            }
        }
        Err(busy().into())
    }

    /// Gives a webhook another secret. None when there is no such webhook.
    pub(crate) async fn roll_webhook_secret(
        &self,
        bar: &BarId,
        name: &WebhookName,
    ) -> Result<Option<WebhookSecret>, Failure> {
        let until = self.now().plus_seconds(FORMER_SECRET_SECONDS);
        let fresh = SigningKey(random());
        let rolled = |kept: KeptWebhook| {
            Ok(KeptWebhook { former: Some((kept.secret, until)), secret: fresh.clone(), ..kept })
        };
        let kept = self.change_webhook(bar, name, rolled).await?;
        Ok(kept.map(|kept| WebhookSecret { secret: spelled(&kept.secret) }))
    }

    /// Sends a webhook again what has happened from an entry on. None when there is no such webhook.
    pub(crate) async fn replay_webhook(
        &self,
        bar: &BarId,
        name: &WebhookName,
        from: u64,
    ) -> Result<Option<Webhook>, Failure> {
        let last = self.host(bar)?.durable().bar.seq();
        let replayed = |kept: KeptWebhook| {
            let webhook = kept.webhook.replayed(from, last)?;
            Ok(KeptWebhook { webhook, sending: None, ..kept })
        };
        let kept = self.change_webhook(bar, name, replayed).await?;
        Ok(kept.map(|kept| kept.webhook))
    }

    /// Removes a webhook; whether there was one.
    pub(crate) async fn remove_webhook(
        &self,
        bar: &BarId,
        name: &WebhookName,
    ) -> Result<bool, Unavailable> {
        let removed = self.ports().webhooks.remove(bar, name).await?;
        self.webhooks_changed();
        Ok(removed)
    }

    /// The newest attempts to deliver to a webhook. None when there is no such webhook.
    pub(crate) async fn webhook_attempts(
        &self,
        bar: &BarId,
        name: &WebhookName,
    ) -> Result<Option<Vec<WebhookAttempt>>, Unavailable> {
        let webhooks = &self.ports().webhooks;
        match webhooks.webhook(bar, name).await? {
            Some(kept) => Ok(Some(webhooks.attempts(&kept).await?)),
            None => Ok(None),
        }
    }

    async fn change_webhook(
        &self,
        bar: &BarId,
        name: &WebhookName,
        change: impl Fn(KeptWebhook) -> Result<KeptWebhook, Rejection>,
    ) -> Result<Option<KeptWebhook>, Failure> {
        for _ in 0..TRIES {
            let Some(kept) = self.ports().webhooks.webhook(bar, name).await? else {
                return Ok(None);
            };
            let kept = change(kept)?;
            if self.keep_webhook(&kept).await? {
                return Ok(Some(kept));
            }
        }
        Err(busy().into())
    }

    /// Writes it down; not if somebody else was first.
    async fn keep_webhook(&self, kept: &KeptWebhook) -> Result<bool, Unavailable> {
        match self.ports().webhooks.put(kept, None).await {
            Ok(()) => {
                self.webhooks_changed();
                Ok(true)
            }
            Err(ChangeError::Conflict) => Ok(false),
            Err(ChangeError::Unavailable(unavailable)) => Err(unavailable),
        }
    }

    /// Tells whoever delivers in this process.
    fn webhooks_changed(&self) {
        self.0.webhooks_changed.send_modify(|changes| *changes += 1);
    }
}

fn too_many() -> Rejection {
    Rejection::Invalid { field: "webhook".to_owned(), problem: Mistake::WebhookCount }
}

fn busy() -> Unavailable {
    Unavailable::new("a webhook is changed all the time")
}
