//! How far the sinks of each bar have been told, in DynamoDB.
//!
//! All of a bar are one item, so that who is woken reads once and writes once.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::{BarId, Timestamp};

use super::item::{Item, number, number_of, text};
use crate::ports::{Cursor, Cursors, Places, Sink, Unavailable};

/// Cursors among what is kept of a bar beside its log, by kind and bar.
pub struct DynamoCursors {
    client: Client,
    table: String,
}

/// The kind of the item.
const CURSORS: &str = "cursors";

impl DynamoCursors {
    /// Cursors in this table.
    pub fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }

    /// Moves all of these forward, or, when one of them would not go forward, none.
    async fn update(&self, bar: &BarId, to: &Places) -> Result<bool, Unavailable> {
        let mut update = self.client.update_item().table_name(&self.table).set_key(Some(key(bar)));
        let (mut sets, mut conditions) = (Vec::new(), Vec::new());
        for (sink, cursor) in to {
            let [seq, told] = attributes(*sink);
            update = update
                .expression_attribute_values(format!(":{seq}"), number(cursor.seq))
                .expression_attribute_values(format!(":{told}"), number(cursor.at.millis()));
            sets.push(format!("{seq} = :{seq}, {told} = :{told}"));
            conditions.push(format!("(attribute_not_exists({seq}) OR {seq} < :{seq})"));
        }
        let update = update
            .update_expression(format!("SET {}", sets.join(", ")))
            .condition_expression(conditions.join(" AND "));
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(UpdateItemError::is_conditional_check_failed_exception) =>
            {
                Ok(false)
            }
            Err(error) => Err(Unavailable::new(error)),
        }
    }
}

fn key(bar: &BarId) -> Item {
    let key = [("kind", text(CURSORS)), ("bar", text(bar.as_str()))];
    key.map(|(name, value)| (name.to_owned(), value)).into()
}

/// Under which names a cursor is kept: the entry, and when it was told.
fn attributes(sink: Sink) -> [String; 2] {
    ["seq", "told"].map(|what| format!("{what}_{}", sink.as_str()))
}

#[async_trait]
impl Cursors for DynamoCursors {
    async fn places(&self, bar: &BarId) -> Result<Places, Unavailable> {
        let get = self.client.get_item().table_name(&self.table).consistent_read(true);
        let item = get.set_key(Some(key(bar))).send().await.map_err(Unavailable::new)?.item;
        let item = item.unwrap_or_default();
        let told = Sink::ALL.into_iter().filter(|sink| item.contains_key(&attributes(*sink)[0]));
        let cursor = |sink| {
            let [seq, told] = attributes(sink);
            let at = Timestamp::from_millis(number_of(&item, &told)?);
            Ok((sink, Cursor { seq: number_of(&item, &seq)?, at }))
        };
        told.map(cursor).collect()
    }

    async fn advance(&self, bar: &BarId, mut to: Places) -> Result<(), Unavailable> {
        while !to.is_empty() && !self.update(bar, &to).await? {
            // Somebody was faster with some of them: those stay, the others go on.
            let kept = self.places(bar).await?;
            to.retain(|sink, cursor| kept.get(sink).is_none_or(|kept| kept.seq < cursor.seq));
        }
        Ok(())
    }
}
