//! Guests who were not let in and whom no entry tells of yet: an item for each bar.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::{Delete, TransactWriteItem};
use domain::turned_away::Counts;
use domain::{BarId, Code, Timestamp};

use super::DynamoLog;
use crate::aws::item::{Item, number, number_of, text};
use crate::ports::{Counted, Tally, Unavailable};

/// The kind of the item.
const AWAY: &str = "away";
/// How often a guest is counted again whom an entry was in the way of.
const TRIES: usize = 8;

fn key(bar: &BarId) -> Item {
    let key = [("kind", text(AWAY)), ("bar", text(bar.as_str()))];
    key.map(|(name, value)| (name.to_owned(), value)).into()
}

/// That all who were counted are told of, if they are as many as that.
pub(super) fn taken(table: &str, bar: &BarId, counts: &Counts) -> TransactWriteItem {
    let delete = Delete::builder()
        .table_name(table)
        .set_key(Some(key(bar)))
        // Counts only grow: as many are the same.
        .condition_expression("#total = :total")
        .expression_attribute_names("#total", "total")
        .expression_attribute_values(":total", number(counts.values().sum::<u32>()));
    TransactWriteItem::builder().delete(delete.build().expect("table and key are given")).build()
}

#[async_trait]
impl Tally for DynamoLog {
    async fn count(&self, bar: &BarId, code: Code, at: Timestamp) -> Result<(), Unavailable> {
        let mut tries = 1;
        loop {
            let update = self.0.client.update_item().table_name(&self.0.tables.bars);
            let update = update
                .set_key(Some(key(bar)))
                .update_expression(
                    "SET since = if_not_exists(since, :at) ADD #code :one, #total :one",
                )
                .expression_attribute_names("#code", code.as_str())
                .expression_attribute_names("#total", "total")
                .expression_attribute_values(":at", number(at.millis()))
                .expression_attribute_values(":one", number(1));
            match update.send().await {
                Ok(_) => return Ok(()),
                Err(error) => {
                    let service = error.as_service_error();
                    let in_the_way =
                        service.is_some_and(|it| it.is_transaction_conflict_exception());
                    if !in_the_way || tries == TRIES {
                        return Err(Unavailable::new(error));
                    }
                    tries += 1;
                }
            }
        }
    }

    async fn counted(&self, bar: &BarId) -> Result<Option<Counted>, Unavailable> {
        let get = self.0.client.get_item().table_name(&self.0.tables.bars).consistent_read(true);
        let item = get.set_key(Some(key(bar))).send().await.map_err(Unavailable::new)?.item;
        item.map(|item| {
            let since = Timestamp::from_millis(number_of(&item, "since")?);
            let known = Code::ALL.into_iter().filter(|code| item.contains_key(code.as_str()));
            let count = |code: Code| Ok((code, number_of(&item, code.as_str())?));
            Ok(Counted { since, counts: known.map(count).collect::<Result<_, Unavailable>>()? })
        })
        .transpose()
    }
}
