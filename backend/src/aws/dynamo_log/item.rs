//! Entries and names as items.

use aws_sdk_dynamodb::types::{AttributeValue, Delete, Put, TransactWriteItem};
use domain::{BarId, CommandId, Entry, OrderId, PersonId};

use crate::aws::item::{Item, number, number_of, text, text_of};
use crate::ports::Unavailable;

/// That there is no entry of its number yet.
pub(super) const IS_NEW: &str = "attribute_not_exists(seq)";

/// What an entry is found by when its command comes again: none of the three has a space.
pub(super) fn command(bar: &BarId, person: &PersonId, command: &CommandId) -> AttributeValue {
    text(format!("{bar} {person} {command}"))
}

/// An entry as it is kept.
pub(super) fn of_entry(entry: &Entry) -> Item {
    let body = serde_json::to_string(entry).expect("entries are plain data");
    let mut item = Item::from([
        ("bar".to_owned(), text(entry.bar.as_str())),
        ("seq".to_owned(), number(entry.seq)),
        ("body".to_owned(), text(body)),
    ]);
    if let Some(person) = entry.by.person() {
        item.insert("command".to_owned(), command(&entry.bar, person, &entry.cause));
    }
    item
}

/// An entry, unless there is one of its number.
pub(super) fn new_entry(table: &str, entry: &Entry) -> TransactWriteItem {
    let put = Put::builder().table_name(table).set_item(Some(of_entry(entry)));
    let put = put.condition_expression(IS_NEW).build().expect("table and item are given");
    TransactWriteItem::builder().put(put).build()
}

/// An item, in place of what was there.
pub(super) fn put<const N: usize>(
    table: &str,
    item: [(&str, AttributeValue); N],
) -> TransactWriteItem {
    let item = item.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let put = Put::builder().table_name(table).set_item(Some(item)).build();
    TransactWriteItem::builder().put(put.expect("table and item are given")).build()
}

/// What the name of an order is kept under.
pub(super) fn name_key(order: &OrderId) -> Item {
    let key = [("bar", text(order.bar().as_str())), ("order", text(order.as_str()))];
    key.map(|(name, value)| (name.to_owned(), value)).into()
}

/// The name of an order until a second of Unix time, or that it has none.
pub(super) fn name(
    table: &str,
    order: &OrderId,
    name: Option<&str>,
    expires: i64,
) -> TransactWriteItem {
    match name {
        Some(name) => put(
            table,
            [
                ("bar", text(order.bar().as_str())),
                ("order", text(order.as_str())),
                ("name", text(name)),
                ("expires", number(expires)),
            ],
        ),
        None => {
            let delete = Delete::builder().table_name(table).set_key(Some(name_key(order))).build();
            TransactWriteItem::builder().delete(delete.expect("table and key are given")).build()
        }
    }
}

/// The number of an entry.
pub(super) fn seq_of(item: &Item) -> Result<u64, Unavailable> {
    number_of(item, "seq")
}

/// An entry.
pub(super) fn entry_of(item: &Item) -> Result<Entry, Unavailable> {
    serde_json::from_str(text_of(item, "body")?).map_err(Unavailable::new)
}

/// The bar an item is about.
pub(super) fn bar_of(item: &Item) -> Result<BarId, Unavailable> {
    text_of(item, "bar")?.parse().map_err(Unavailable::new)
}

/// The order an item is about.
pub(super) fn order_of(item: &Item) -> Result<OrderId, Unavailable> {
    text_of(item, "order")?.parse().map_err(Unavailable::new)
}
