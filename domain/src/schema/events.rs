//! The events as they travel outside, for consumers in any language.

use schemars::JsonSchema as _;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::forget_formats;
use crate::BusEvent;

const ABOUT: &str = "The detail of an event on the bus: whatever happens at a bar, each event alone. \
Below `$defs` each type has its own schema. Fields and types are only ever added: read what you know \
and let the rest pass.";

/// All of them in one document of JSON Schema 2020-12. Each type is a definition of its own name,
/// with what every event has put to its own fields, so that nothing has to be put together by who
/// reads it.
pub fn bus_events() -> Value {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut event = BusEvent::json_schema(&mut generator).to_value();
    let common = event["properties"].take();
    let required = event["required"].take();
    let Value::Array(kinds) = event["oneOf"].take() else { panic!("an event is one of many") };
    let named = kinds.into_iter().map(|kind| {
        let kind = with(kind, &common, &required);
        (kind["properties"]["type"]["const"].as_str().expect("its name").to_owned(), kind)
    });
    let named: Vec<(String, Value)> = named.collect();
    let each: Vec<Value> =
        named.iter().map(|(name, _)| json!({ "$ref": format!("#/$defs/{name}") })).collect();
    let mut definitions = generator.take_definitions(true);
    definitions.extend(named);
    let mut document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Events of a coffee bar",
        "description": ABOUT,
        "oneOf": each,
        "$defs": definitions,
    });
    forget_formats(&mut document);
    open(&mut document);
    document
}

/// One kind of event with the fields of all of them.
fn with(mut kind: Value, common: &Value, required: &Value) -> Value {
    let merged = |own: &Value, all: &Value| -> Map<String, Value> {
        let fields = [all, own].into_iter().filter_map(Value::as_object).flatten();
        fields.map(|(name, field)| (name.clone(), field.clone())).collect()
    };
    kind["properties"] = merged(&kind["properties"], common).into();
    let names = [required, &kind["required"]].into_iter().filter_map(Value::as_array).flatten();
    kind["required"] = names.cloned().collect();
    kind
}

/// Lets fields pass that are added later, wherever they are.
fn open(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if fields.get("additionalProperties") == Some(&Value::Bool(false)) {
                fields.remove("additionalProperties");
            }
            fields.values_mut().for_each(open);
        }
        Value::Array(items) => items.iter_mut().for_each(open),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
