//! Webhooks and the newest attempts to deliver to them, in DynamoDB, in a table of their own: it
//! holds what they are signed with.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::{Put, ReturnValue, TransactWriteItem};
use domain::webhook::{MOST, MOST_ATTEMPTS, WebhookAttempt};
use domain::{BarId, WebhookName};

use super::item::{Item, is_lost_race, key, named, next_version, number, number_of, text, text_of};
use crate::ports::{ChangeError, KeptWebhook, Unavailable, Webhooks};

/// Webhooks by bar and name under one kind, so that those that are due are found by one query;
/// attempts under a kind for each name, where they take places in turn, each with whose it was.
pub struct DynamoWebhooks {
    client: Client,
    table: String,
}

const WEBHOOK: &str = "webhook";
/// How many were ever made at a bar.
const VERSION: &str = "version";

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
        let delete = delete.set_key(Some(key(kind, what))).return_values(ReturnValue::AllOld);
        let deleted = delete.send().await.map_err(Unavailable::new)?;
        Ok(deleted.attributes.is_some())
    }

    async fn get(&self, kind: &str, what: &str) -> Result<Option<Item>, Unavailable> {
        let get = self.client.get_item().table_name(&self.table).consistent_read(true);
        let got = get.set_key(Some(key(kind, what))).send().await.map_err(Unavailable::new)?;
        Ok(got.item)
    }

    /// Puts one where there is none. With it those are counted that were ever made at its bar, so
    /// that of several who see room for one more at the same time one is first.
    async fn make(&self, webhook: &KeptWebhook) -> Result<(), ChangeError> {
        let made = self.get(VERSION, webhook.bar.as_str()).await?;
        let made = made.map_or(Ok(0), |item| number_of(&item, "version"))?;
        if self.of_bar(&webhook.bar).await?.len() >= MOST {
            return Err(ChangeError::Conflict);
        }
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(item(webhook)))
            .condition_expression("attribute_not_exists(kind)");
        let put = put.build().expect("table and item are given");
        let next = next_version(&self.table, key(VERSION, webhook.bar.as_str()), made);
        let together = self.client.transact_write_items();
        let together = together
            .transact_items(TransactWriteItem::builder().put(put).build())
            .transact_items(next);
        match together.send().await {
            Ok(_) => Ok(()),
            Err(error) if is_lost_race(&error) => Err(ChangeError::Conflict),
            Err(error) => Err(Unavailable::new(error).into()),
        }
    }

    /// Puts one in place of the version that was read.
    async fn change(&self, webhook: &KeptWebhook) -> Result<(), ChangeError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item(webhook)))
            .condition_expression("version = :version")
            .expression_attribute_values(":version", number(webhook.version));
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error) => match error.as_service_error() {
                Some(
                    PutItemError::ConditionalCheckFailedException(_)
                    | PutItemError::TransactionConflictException(_),
                ) => Err(ChangeError::Conflict),
                Some(_) | None => Err(Unavailable::new(error).into()),
            },
        }
    }
}

fn of_that_name(bar: &BarId, name: &WebhookName) -> String {
    format!("{bar} {name}")
}

fn attempts_of(bar: &BarId, name: &WebhookName) -> String {
    format!("attempts {bar} {name}")
}

/// A webhook as it is to be written.
fn item(webhook: &KeptWebhook) -> Item {
    let mut item = key(WEBHOOK, &of_that_name(&webhook.bar, &webhook.webhook.name));
    let body = serde_json::to_string(webhook).expect("webhooks are plain data");
    let version = number(webhook.next_version());
    item.extend([("version", version), ("body", text(body))].map(named));
    item
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
        let item = self.get(WEBHOOK, &of_that_name(bar, name)).await?;
        item.as_ref().map(webhook_of).transpose()
    }

    /// First the webhook: whoever falls between has delivered something that is not listed, and
    /// nothing is delivered because of what is listed.
    async fn put(
        &self,
        webhook: &KeptWebhook,
        attempt: Option<&WebhookAttempt>,
    ) -> Result<(), ChangeError> {
        match webhook.version {
            0 => self.make(webhook).await?,
            _ => self.change(webhook).await?,
        }
        if let Some(attempt) = attempt {
            let place = webhook.attempts % MOST_ATTEMPTS as u64;
            let body = serde_json::to_string(attempt).expect("attempts are plain data");
            let put = self.client.put_item().table_name(&self.table);
            let put = put
                .item("kind", text(attempts_of(&webhook.bar, &webhook.webhook.name)))
                .item("what", text(format!("{place:02}")))
                .item("made", number(webhook.made))
                .item("number", number(webhook.attempts))
                .item("body", text(body));
            put.send().await.map_err(Unavailable::new)?;
        }
        Ok(())
    }

    /// Last the webhook: whoever falls between removes the rest the next time, and nobody removes
    /// the attempts of another one, made since. Who is delivering meanwhile may leave one behind,
    /// which nobody lists and the next of the name takes the place of.
    async fn remove(&self, bar: &BarId, name: &WebhookName) -> Result<bool, Unavailable> {
        let attempts = attempts_of(bar, name);
        for item in self.query(&attempts, "").await? {
            self.delete(&attempts, text_of(&item, "what")?).await?;
        }
        self.delete(WEBHOOK, &of_that_name(bar, name)).await
    }

    async fn attempts(&self, webhook: &KeptWebhook) -> Result<Vec<WebhookAttempt>, Unavailable> {
        let kind = attempts_of(&webhook.bar, &webhook.webhook.name);
        let mut items = self.query(&kind, "").await?;
        items.retain(|item| item.get("made") == Some(&number(webhook.made)));
        let numbered = items.iter().map(|item| {
            let attempt = serde_json::from_str(text_of(item, "body")?).map_err(Unavailable::new)?;
            Ok((number_of::<u64>(item, "number")?, attempt))
        });
        let mut numbered = numbered.collect::<Result<Vec<(u64, WebhookAttempt)>, Unavailable>>()?;
        numbered.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
        Ok(numbered.into_iter().map(|(_, attempt)| attempt).collect())
    }
}
