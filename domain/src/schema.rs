//! What JSON Schema can say of our types beyond what their derives know. Only with the feature
//! `schema`, which the backend asks for, to describe its HTTP API, and what publishes the events.

mod events;

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

pub use events::bus_events;

use crate::id::{BarId, CommandId, OrderId, PersonId, Slug, Username, WebhookName};
use crate::limits::Limit;
use crate::time::{Day, Timestamp};

macro_rules! names {
    ($($name:ident),*) => {$(
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $name::PATTERN })
            }

            fn inline_schema() -> bool {
                true
            }
        }
    )*};
}

names!(BarId, Slug, OrderId, Username, WebhookName, PersonId, CommandId);

impl JsonSchema for Timestamp {
    fn schema_name() -> Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "date-time",
            "pattern": r"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|\+00:00)$",
            "examples": ["2026-11-21T09:30:00.000Z"],
        })
    }

    fn inline_schema() -> bool {
        true
    }
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }

    fn inline_schema() -> bool {
        true
    }
}

/// Puts the range of each figure to it.
pub(crate) fn with_ranges(schema: &mut Schema) {
    let fields = schema.get_mut("properties").and_then(|properties| properties.as_object_mut());
    let fields = fields.expect("limits have fields");
    for (path, range) in Limit::ALL.map(|limit| (limit.field(), limit.range())) {
        let field = path.rsplit('.').next().and_then(|name| fields.get_mut(name));
        let field = field.and_then(|field| field.as_object_mut()).expect("a figure is a field");
        field.remove("format");
        field.insert("minimum".to_owned(), (*range.start()).into());
        field.insert("maximum".to_owned(), (*range.end()).into());
    }
}

/// Leaves out the names Rust has for numbers: to JSON they say nothing.
pub fn forget_formats(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let rusts =
                |format: &Value| format.as_str().is_some_and(|name| name.starts_with("uint"));
            if fields.get("format").is_some_and(rusts) {
                fields.remove("format");
            }
            fields.values_mut().for_each(forget_formats);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_formats),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
