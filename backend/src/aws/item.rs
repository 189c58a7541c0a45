//! Items of DynamoDB's tables.

use std::collections::HashMap;
use std::str::FromStr;

use aws_sdk_dynamodb::types::AttributeValue;

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
