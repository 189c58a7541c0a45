//! What JSON Schema can say of our types beyond what their derives know. Only with the feature
//! `schema`, which the backend alone asks for: it describes its HTTP API with it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::id::{BarId, CommandId, OrderId, PersonId, Slug, Username};
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

names!(BarId, Slug, OrderId, Username, PersonId, CommandId);

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
