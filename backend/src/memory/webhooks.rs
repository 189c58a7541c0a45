//! Webhooks in memory.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::webhook::{MOST, MOST_ATTEMPTS, WebhookAttempt};
use domain::{BarId, WebhookName};

use super::{Memory, others_go_on};
use crate::ports::{ChangeError, KeptWebhook, Unavailable, Webhooks};

/// With their attempts, the newest last.
#[derive(Default)]
pub(super) struct State {
    webhooks: BTreeMap<(BarId, WebhookName), (KeptWebhook, Vec<WebhookAttempt>)>,
    are_shared: bool,
}

impl Memory {
    /// From now on several processes deliver.
    pub(crate) fn webhooks_are_shared(&self) {
        self.hooks().are_shared = true;
    }

    fn hooks(&self) -> MutexGuard<'_, State> {
        self.webhooks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Webhooks for Memory {
    fn is_shared(&self) -> bool {
        self.hooks().are_shared
    }

    async fn all(&self) -> Result<Vec<KeptWebhook>, Unavailable> {
        Ok(self.hooks().webhooks.values().map(|(kept, _)| kept.clone()).collect())
    }

    async fn of_bar(&self, bar: &BarId) -> Result<Vec<KeptWebhook>, Unavailable> {
        let mut all = self.all().await?;
        all.retain(|kept| kept.bar == *bar);
        others_go_on().await;
        Ok(all)
    }

    async fn webhook(
        &self,
        bar: &BarId,
        name: &WebhookName,
    ) -> Result<Option<KeptWebhook>, Unavailable> {
        let key = (bar.clone(), name.clone());
        let kept = self.hooks().webhooks.get(&key).map(|(kept, _)| kept.clone());
        others_go_on().await;
        Ok(kept)
    }

    async fn put(
        &self,
        webhook: &KeptWebhook,
        attempt: Option<&WebhookAttempt>,
    ) -> Result<(), ChangeError> {
        let mut state = self.hooks();
        let key = (webhook.bar.clone(), webhook.webhook.name.clone());
        let known = state.webhooks.get(&key).map_or(0, |(kept, _)| kept.version);
        let of_bar = state.webhooks.keys().filter(|(bar, _)| *bar == webhook.bar).count();
        if known != webhook.version || (known == 0 && of_bar >= MOST) {
            return Err(ChangeError::Conflict);
        }
        let kept = KeptWebhook { version: webhook.next_version(), ..webhook.clone() };
        let place = state.webhooks.entry(key).or_insert_with(|| (kept.clone(), Vec::new()));
        place.0 = kept;
        place.1.extend(attempt.cloned());
        Ok(())
    }

    async fn remove(&self, bar: &BarId, name: &WebhookName) -> Result<bool, Unavailable> {
        Ok(self.hooks().webhooks.remove(&(bar.clone(), name.clone())).is_some())
    }

    async fn attempts(&self, webhook: &KeptWebhook) -> Result<Vec<WebhookAttempt>, Unavailable> {
        let state = self.hooks();
        let kept = state.webhooks.get(&(webhook.bar.clone(), webhook.webhook.name.clone()));
        let attempts = kept.into_iter().flat_map(|(_, attempts)| attempts.iter().rev());
        Ok(attempts.take(MOST_ATTEMPTS).cloned().collect())
    }
}
