//! Webhooks and the newest attempts to deliver to them, in SQLite.

use async_trait::async_trait;
use domain::webhook::{MOST, MOST_ATTEMPTS, WebhookAttempt};
use domain::{BarId, WebhookName};
use rusqlite::{Connection, Params, params};
use serde::de::DeserializeOwned;

use super::sqlite::{SqliteStore, WriteError};
use super::sqlite_log::written;
use crate::ports::{AppendError, ChangeError, KeptWebhook, Unavailable, Webhooks};

/// Webhooks, each as one text. Attempts take places in turn, so that the newest drive out the
/// oldest.
pub(crate) struct SqliteWebhooks(SqliteStore);

impl SqliteWebhooks {
    /// The webhooks of a store.
    pub(crate) fn new(store: SqliteStore) -> Self {
        Self(store)
    }

    fn webhooks(&self, which: &str, key: impl Params) -> Result<Vec<KeptWebhook>, Unavailable> {
        let select = format!("SELECT body, version FROM webhooks {which}");
        let rows = self.0.read(|connection| rows(connection, &select, key))?;
        let kept = rows.into_iter().map(|(body, version)| {
            let kept: KeptWebhook = parsed(&body)?;
            Ok(KeptWebhook { version, ..kept })
        });
        kept.collect()
    }
}

fn rows(
    connection: &Connection,
    select: &str,
    key: impl Params,
) -> rusqlite::Result<Vec<(String, u64)>> {
    let mut select = connection.prepare_cached(select)?;
    select.query_map(key, |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn parsed<T: DeserializeOwned>(body: &str) -> Result<T, Unavailable> {
    serde_json::from_str(body).map_err(Unavailable::new)
}

#[async_trait]
impl Webhooks for SqliteWebhooks {
    async fn all(&self) -> Result<Vec<KeptWebhook>, Unavailable> {
        self.webhooks("ORDER BY bar, name", [])
    }

    async fn of_bar(&self, bar: &BarId) -> Result<Vec<KeptWebhook>, Unavailable> {
        self.webhooks("WHERE bar = ?1 ORDER BY name", [bar.as_str()])
    }

    async fn webhook(
        &self,
        bar: &BarId,
        name: &WebhookName,
    ) -> Result<Option<KeptWebhook>, Unavailable> {
        let key = [bar.as_str(), name.as_str()];
        Ok(self.webhooks("WHERE bar = ?1 AND name = ?2", key)?.pop())
    }

    async fn put(
        &self,
        webhook: &KeptWebhook,
        attempt: Option<&WebhookAttempt>,
    ) -> Result<(), ChangeError> {
        let (bar, name) = (webhook.bar.clone(), webhook.webhook.name.clone());
        let (version, next) = (webhook.version, webhook.next_version());
        let body = serde_json::to_string(webhook).expect("webhooks are plain data");
        let attempt = attempt.map(|attempt| {
            let body = serde_json::to_string(attempt).expect("attempts are plain data");
            (webhook.attempts % MOST_ATTEMPTS as u64, webhook.attempts, body)
        });
        let put = self.0.write(move |transaction| {
            let (bar, name) = (bar.as_str(), name.as_str());
            let put = if version == 0 {
                transaction.execute(
                    "INSERT INTO webhooks (bar, name, version, body) SELECT ?1, ?2, ?3, ?4
                     WHERE (SELECT count(*) FROM webhooks WHERE bar = ?1) < ?5
                     ON CONFLICT DO NOTHING",
                    params![bar, name, next, body, MOST as u64],
                )
            } else {
                transaction.execute(
                    "UPDATE webhooks SET version = ?3, body = ?4
                     WHERE bar = ?1 AND name = ?2 AND version = ?5",
                    params![bar, name, next, body, version],
                )
            };
            if put? == 0 {
                return Err(WriteError::Conflict);
            }
            if let Some((place, number, body)) = attempt {
                transaction.execute(
                    "INSERT OR REPLACE INTO webhook_attempts (bar, name, place, number, body)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![bar, name, place, number, body],
                )?;
            }
            Ok(())
        });
        match put.await {
            Ok(()) => Ok(()),
            Err(AppendError::Conflict) => Err(ChangeError::Conflict),
            Err(AppendError::Unavailable(unavailable)) => Err(unavailable.into()),
        }
    }

    async fn remove(&self, bar: &BarId, name: &WebhookName) -> Result<bool, Unavailable> {
        let is_there = self.webhook(bar, name).await?.is_some();
        let key = [bar.to_string(), name.to_string()];
        written(self.0.write(move |transaction| {
            for table in ["webhooks", "webhook_attempts"] {
                let delete = format!("DELETE FROM {table} WHERE bar = ?1 AND name = ?2");
                transaction.execute(&delete, params![key[0], key[1]])?;
            }
            Ok(())
        }))
        .await?;
        Ok(is_there)
    }

    /// They go with their webhook, in one transaction.
    async fn attempts(&self, webhook: &KeptWebhook) -> Result<Vec<WebhookAttempt>, Unavailable> {
        let select = "SELECT body, number FROM webhook_attempts
                      WHERE bar = ?1 AND name = ?2 ORDER BY number DESC";
        let key = [webhook.bar.as_str(), webhook.webhook.name.as_str()];
        let rows = self.0.read(|connection| rows(connection, select, key))?;
        rows.iter().map(|(body, _)| parsed(body)).collect()
    }
}
