//! Webhooks and the newest attempts to deliver to them, in DynamoDB, in a table of their own: it
//! holds what they are signed with.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use domain::webhook::{MOST_ATTEMPTS, WebhookAttempt};
use domain::{BarId, WebhookName};

use super::item::{Item, number, number_of, text, text_of};
use crate::ports::{ChangeError, KeptWebhook, Unavailable, Webhooks};

/// Webhooks by bar and name under one kind, so that those that are due are found by one query;
/// attempts under a kind for each webhook, where they take places in turn.
pub struct DynamoWebhooks {
    client: Client,
    table: String,
}

const WEBHOOK: &str = "webhook";

impl DynamoWebhooks {
    /// Webhooks in this table.
    pub fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }

    async fn query(&self, kind: &str, beginning: &str) -> Result<Vec<Item>, Unavailable> {
        let mut query = self.client.query().table_name(&self.table).consistent_read(true);
        query = query.expression_attribute_values(":kind", text(kind));
        // DynamoDB takes no empty text there.
        query = match beginning {
            "" => query.key_condition_expression("kind = :kind"),
            _ => query
                .key_condition_expression("kind = :kind AND begins_with(what, :beginning)")
                .expression_attribute_values(":beginning", text(beginning)),
        };
        query.into_paginator().items().send().try_collect().await.map_err(Unavailable::new)
    }

    async fn delete(&self, kind: &str, what: &str) -> Result<bool, Unavailable> {
        let delete = self.client.delete_item().table_name(&self.table);
        let delete = delete.key("kind", text(kind)).key("what", text(what));
        let delete = delete.return_values(aws_sdk_dynamodb::types::ReturnValue::AllOld);
        let deleted = delete.send().await.map_err(Unavailable::new)?;
        Ok(deleted.attributes.is_some())
    }
}

fn named(bar: &BarId, name: &WebhookName) -> String {
    format!("{bar} {name}")
}

fn attempts_of(bar: &BarId, name: &WebhookName) -> String {
    format!("attempts {bar} {name}")
}

fn webhook_of(item: &Item) -> Result<KeptWebhook, Unavailable> {
    let kept: KeptWebhook =
        serde_json::from_str(text_of(item, "body")?).map_err(Unavailable::new)?;
    Ok(KeptWebhook { version: number_of(item, "version")?, ..kept })
}

#[async_trait]
impl Webhooks for DynamoWebhooks {
    fn is_shared(&self) -> bool {
        true
    }

    async fn all(&self) -> Result<Vec<KeptWebhook>, Unavailable> {
        self.query(WEBHOOK, "").await?.iter().map(webhook_of).collect()
    }

    async fn of_bar(&self, bar: &BarId) -> Result<Vec<KeptWebhook>, Unavailable> {
        self.query(WEBHOOK, &format!("{bar} ")).await?.iter().map(webhook_of).collect()
    }

    async fn webhook(
        &self,
        bar: &BarId,
        name: &WebhookName,
    ) -> Result<Option<KeptWebhook>, Unavailable> {
        let get = self.client.get_item().table_name(&self.table).consistent_read(true);
        let get = get.key("kind", text(WEBHOOK)).key("what", text(named(bar, name)));
        let item = get.send().await.map_err(Unavailable::new)?.item;
        item.as_ref().map(webhook_of).transpose()
    }

    /// First the webhook: whoever falls between has delivered something that is not listed, and
    /// nothing is delivered because of what is listed.
    async fn put(
        &self,
        webhook: &KeptWebhook,
        attempt: Option<&WebhookAttempt>,
    ) -> Result<(), ChangeError> {
        let (bar, name) = (&webhook.bar, &webhook.webhook.name);
        let body = serde_json::to_string(webhook).expect("webhooks are plain data");
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .item("kind", text(WEBHOOK))
            .item("what", text(named(bar, name)))
            .item("version", number(webhook.next_version()))
            .item("body", text(body));
        let put = match webhook.version {
            0 => put.condition_expression("attribute_not_exists(kind)"),
            version => put
                .condition_expression("version = :version")
                .expression_attribute_values(":version", number(version)),
        };
        match put.send().await {
            Ok(_) => {}
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(PutItemError::is_conditional_check_failed_exception) =>
            {
                return Err(ChangeError::Conflict);
            }
            Err(error) => return Err(Unavailable::new(error).into()),
        }
        if let Some(attempt) = attempt {
            let place = webhook.attempts % MOST_ATTEMPTS as u64;
            let body = serde_json::to_string(attempt).expect("attempts are plain data");
            let put = self.client.put_item().table_name(&self.table);
            let put = put
                .item("kind", text(attempts_of(bar, name)))
                .item("what", text(format!("{place:02}")))
                .item("number", number(webhook.attempts))
                .item("body", text(body));
            put.send().await.map_err(Unavailable::new)?;
        }
        Ok(())
    }

    async fn remove(&self, bar: &BarId, name: &WebhookName) -> Result<bool, Unavailable> {
        let is_gone = self.delete(WEBHOOK, &named(bar, name)).await?;
        let attempts = attempts_of(bar, name);
        for item in self.query(&attempts, "").await? {
            self.delete(&attempts, text_of(&item, "what")?).await?;
        }
        Ok(is_gone)
    }

    async fn attempts(
        &self,
        bar: &BarId,
        name: &WebhookName,
    ) -> Result<Vec<WebhookAttempt>, Unavailable> {
        let items = self.query(&attempts_of(bar, name), "").await?;
        let numbered = items.iter().map(|item| {
            let attempt = serde_json::from_str(text_of(item, "body")?).map_err(Unavailable::new)?;
            Ok((number_of::<u64>(item, "number")?, attempt))
        });
        let mut numbered = numbered.collect::<Result<Vec<(u64, WebhookAttempt)>, Unavailable>>()?;
        numbered.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
        Ok(numbered.into_iter().map(|(_, attempt)| attempt).collect())
    }
}
