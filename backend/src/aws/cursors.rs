//! How far the sinks of each bar have been told, in DynamoDB.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{BarId, Timestamp};

use super::item::{number, number_of, text};
use crate::ports::{Cursor, Cursors, Sink, Unavailable};

/// Cursors among what is kept of a bar beside its log, by kind and bar.
pub struct DynamoCursors {
    client: Client,
    table: String,
}

impl DynamoCursors {
    /// Cursors in this table.
    pub fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }
}

fn kind(sink: Sink) -> AttributeValue {
    text(format!("cursor:{}", sink.as_str()))
}

#[async_trait]
impl Cursors for DynamoCursors {
    async fn cursor(&self, bar: &BarId, sink: Sink) -> Result<Cursor, Unavailable> {
        let get = self.client.get_item().table_name(&self.table).consistent_read(true);
        let get = get.key("kind", kind(sink)).key("bar", text(bar.as_str()));
        let Some(item) = get.send().await.map_err(Unavailable::new)?.item else {
            return Ok(Cursor::default());
        };
        let at = Timestamp::from_millis(number_of(&item, "told")?);
        Ok(Cursor { seq: number_of(&item, "seq")?, at })
    }

    async fn advance(&self, bar: &BarId, sink: Sink, cursor: Cursor) -> Result<(), Unavailable> {
        let put = self.client.put_item().table_name(&self.table);
        let put = put
            .item("kind", kind(sink))
            .item("bar", text(bar.as_str()))
            .item("seq", number(cursor.seq))
            .item("told", number(cursor.at.millis()))
            .condition_expression("attribute_not_exists(seq) OR seq < :seq")
            .expression_attribute_values(":seq", number(cursor.seq));
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(PutItemError::is_conditional_check_failed_exception) =>
            {
                Ok(())
            }
            Err(error) => Err(Unavailable::new(error)),
        }
    }
}
