//! Items of DynamoDB's tables.

use std::collections::HashMap;
use std::str::FromStr;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes, TransactWriteItem, Update};

use crate::ports::Unavailable;

/// An item of a table.
pub(super) type Item = HashMap<String, AttributeValue>;

/// An attribute that is a text.
pub(super) fn text(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

/// An attribute that is a number.
pub(super) fn number(number: impl ToString) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

/// An attribute as items have it.
pub(super) fn named((name, value): (&str, AttributeValue)) -> (String, AttributeValue) {
    (name.to_owned(), value)
}

/// What an item is kept under, in tables of many kinds.
pub(super) fn key(kind: &str, what: &str) -> Item {
    [("kind", text(kind)), ("what", text(what))].map(named).into()
}

/// Counts a change, if there were as many before.
pub(super) fn next_version(table: &str, key: Item, before: u64) -> TransactWriteItem {
    let is_first = if before == 0 { "attribute_not_exists(version) OR " } else { "" };
    let update = Update::builder()
        .table_name(table)
        .set_key(Some(key))
        .update_expression("SET version = :next")
        .condition_expression(format!("{is_first}version = :before"))
        .expression_attribute_values(":before", number(before))
        .expression_attribute_values(":next", number(before + 1));
    TransactWriteItem::builder().update(update.build().expect("all is given")).build()
}

/// A text of an item.
pub(super) fn text_of<'a>(item: &'a Item, attribute: &str) -> Result<&'a str, Unavailable> {
    let value = item.get(attribute).and_then(|value| value.as_s().ok());
    value.map(String::as_str).ok_or_else(|| without(attribute))
}

/// A number of an item.
pub(super) fn number_of<T>(item: &Item, attribute: &str) -> Result<T, Unavailable>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let value = item.get(attribute).and_then(|value| value.as_n().ok());
    value.ok_or_else(|| without(attribute))?.parse().map_err(Unavailable::new)
}

fn without(attribute: &str) -> Unavailable {
    Unavailable::new(format!("an item without `{attribute}`"))
}

/// As many as DynamoDB reads at once.
const AT_ONCE: usize = 100;
/// How often items are asked for that a busy table did not give.
const READS: usize = 4;

/// The items of a table under these keys, as far as there are any.
pub(super) async fn all_of(
    client: &Client,
    table: &str,
    mut keys: Vec<Item>,
) -> Result<Vec<Item>, Unavailable> {
    let mut items = Vec::new();
    let mut reads = keys.len().div_ceil(AT_ONCE) + READS;
    while !keys.is_empty() {
        reads = reads.checked_sub(1).ok_or_else(|| Unavailable::new("a table is too busy"))?;
        let later = keys.split_off(AT_ONCE.min(keys.len()));
        let asked = KeysAndAttributes::builder().consistent_read(true).set_keys(Some(keys));
        let asked = asked.build().expect("there are keys");
        let got = client.batch_get_item().request_items(table, asked).send().await;
        let got = got.map_err(Unavailable::new)?;
        items.extend(got.responses.into_iter().flatten().flat_map(|(_, items)| items));
        keys = got.unprocessed_keys.into_iter().flatten().flat_map(|(_, left)| left.keys).collect();
        keys.extend(later);
    }
    Ok(items)
}

/// Whether somebody else was first: a condition of a transaction does not hold, or another one
/// writes the same items.
pub(super) fn is_lost_race(error: &SdkError<TransactWriteItemsError>) -> bool {
    match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
            cancelled.cancellation_reasons().iter().any(|reason| {
                matches!(reason.code(), Some("ConditionalCheckFailed" | "TransactionConflict"))
            })
        }
        Some(_) | None => false,
    }
}
