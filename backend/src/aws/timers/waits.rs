//! What the workflow of each order waits for at present, in DynamoDB.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use domain::{OrderId, Stage, Timestamp};
use serde::{Deserialize, Serialize};

use super::workflows::Token;
use crate::aws::item::{number, text, text_of};
use crate::ports::Unavailable;

/// A workflow waits for the end of a stage.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::aws) struct Wait {
    /// Of which order.
    pub(in crate::aws) order: OrderId,
    /// The name of the workflow: an order that was brought back has another one.
    pub(in crate::aws) execution: String,
    /// The stage, and the name of the state.
    pub(in crate::aws) stage: Stage,
    /// When it will have waited long enough.
    pub(in crate::aws) until: Timestamp,
    /// When it began.
    pub(in crate::aws) since: Timestamp,
    /// What ends it.
    pub(in crate::aws) token: Token,
}

/// The present wait of each workflow.
#[async_trait]
pub(in crate::aws) trait Waits: Send + Sync {
    /// Keeps a wait in place of the one before; durable when it returns. No when a later one of
    /// its workflow is kept.
    async fn keep(&self, wait: &Wait) -> Result<bool, Unavailable>;

    /// The waits that are kept for an order. Some may have ended.
    async fn of_order(&self, order: &OrderId) -> Result<Vec<Wait>, Unavailable>;
}

/// How long a wait is kept after its end: for whoever asks why an order was not told of.
const KEPT_SECONDS: u32 = 24 * 3600;

/// Waits in a table, by order and workflow.
pub(in crate::aws) struct WaitTable {
    client: Client,
    table: String,
}

impl WaitTable {
    /// Waits in this table.
    pub(in crate::aws) fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }
}

#[async_trait]
impl Waits for WaitTable {
    async fn keep(&self, wait: &Wait) -> Result<bool, Unavailable> {
        let body = serde_json::to_string(wait).map_err(Unavailable::new)?;
        let put = self.client.put_item().table_name(&self.table);
        let put = put
            .item("order", text(wait.order.as_str()))
            .item("execution", text(&wait.execution))
            .item("began", number(wait.since.millis()))
            .item("body", text(body))
            .item("expires", number(wait.until.plus_seconds(KEPT_SECONDS).seconds()))
            .condition_expression("attribute_not_exists(began) OR began <= :began")
            .expression_attribute_values(":began", number(wait.since.millis()));
        match put.send().await {
            Ok(_) => Ok(true),
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(PutItemError::is_conditional_check_failed_exception) =>
            {
                Ok(false)
            }
            Err(error) => Err(Unavailable::new(error)),
        }
    }

    async fn of_order(&self, order: &OrderId) -> Result<Vec<Wait>, Unavailable> {
        let query = self.client.query().table_name(&self.table).consistent_read(true);
        let items = query
            .key_condition_expression("#order = :order")
            .expression_attribute_names("#order", "order")
            .expression_attribute_values(":order", text(order.as_str()))
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(Unavailable::new)?;
        let wait = |item| serde_json::from_str(text_of(item, "body")?).map_err(Unavailable::new);
        items.iter().map(wait).collect()
    }
}
