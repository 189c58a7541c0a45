//! The description of the API for programs: OpenAPI 3.1, made of the operations and of the types
//! they take and answer.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::header;
use axum::response::IntoResponse;
use bytes::Bytes;
use domain::api::{Problem, route};
use domain::id::Username;
use domain::schema::forget_formats;
use domain::{BarId, Code, CommandId, OrderId, Role, WebhookName};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::call::LARGEST_BODY;
use super::operation::{Answer, Asked, Content, Operation, Who};
use super::operations::operations;
use super::problem::status;

static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| document(&operations()).to_string().into());

/// The document.
pub(super) async fn show() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.clone())
}

const ABOUT: &str = "The coffee bar over HTTP: JSON, times in UTC with milliseconds, durations in \
whole seconds. A command carries an id made by its sender; the same command sent again under the \
same id changes nothing and is answered alike. Whatever is refused is answered with a problem \
(RFC 9457) whose `code` programs read and whose `detail` people read, in the language the request \
asks for. Live topics are MQTT 3.1.1 over WebSocket at";

/// The schemas of requests and of answers differ: a field that may be left out of the one is
/// always in the other.
struct Schemas {
    requests: SchemaGenerator,
    answers: SchemaGenerator,
}

fn document(operations: &[Operation]) -> Value {
    let settings = |settings: &mut SchemaSettings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    };
    let settings = SchemaSettings::draft2020_12().with(settings);
    let inline = |settings: &mut SchemaSettings| settings.inline_subschemas = true;
    let mut schemas = Schemas {
        requests: settings.clone().for_deserialize().with(inline).into_generator(),
        answers: settings.for_serialize().into_generator(),
    };
    let mut paths: BTreeMap<&str, Value> = BTreeMap::new();
    for operation in operations {
        let path = paths.entry(operation.route).or_insert_with(|| json!({}));
        path[operation.method.as_str().to_lowercase()] = described(operation, &mut schemas);
    }
    let components = schemas.answers.take_definitions(true);
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Serverlesspresso",
            "version": env!("CARGO_PKG_VERSION"),
            "description": format!("{ABOUT} `{}`.", route::LIVE),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "session": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token of a session.",
                },
            },
        },
    });
    forget_formats(&mut document);
    document
}

fn described(operation: &Operation, schemas: &mut Schemas) -> Value {
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "description": format!("For {}.", for_whom(operation.who)),
        "security": security(operation.who),
        "parameters": parameters(operation, schemas),
        "responses": responses(operation, schemas),
    });
    if !operation.asks.is_empty() {
        let schema = body(&operation.asks, schemas);
        described["requestBody"] = json!({
            "required": true,
            "description": format!("{LARGEST_BODY} bytes at most."),
            "content": { "application/json": { "schema": schema } },
        });
    }
    described
}

fn for_whom(who: Who) -> String {
    match who {
        Who::Anyone => "anyone".to_owned(),
        Who::AnySession => "whoever has a session".to_owned(),
        Who::Roles(roles) => {
            let roles: Vec<&str> = roles.iter().copied().map(Role::as_str).collect();
            roles.join(", ")
        }
    }
}

fn security(who: Who) -> Value {
    match who {
        Who::Anyone => json!([]),
        Who::AnySession | Who::Roles(_) => json!([{ "session": [] }]),
    }
}

fn parameters(operation: &Operation, schemas: &mut Schemas) -> Vec<Value> {
    let names = [
        ("bar", BarId::PATTERN),
        ("order", OrderId::PATTERN),
        ("username", Username::PATTERN),
        ("webhook", WebhookName::PATTERN),
    ];
    let named =
        names.into_iter().filter(|(name, _)| operation.route.contains(&format!("{{{name}}}")));
    let named = named.map(|(name, pattern)| {
        json!({
            "name": name,
            "in": "path",
            "required": true,
            "schema": { "type": "string", "pattern": pattern },
        })
    });
    let mut parameters: Vec<Value> = named.collect();
    for query in &operation.queries {
        parameters.push(json!({
            "name": query.name,
            "in": "query",
            "description": query.summary,
            "schema": (query.schema)(&mut schemas.requests).to_value(),
        }));
    }
    parameters
}

fn body(asks: &[Asked], schemas: &mut Schemas) -> Value {
    let mut bodies: Vec<Value> = asks.iter().map(|asked| asked_body(asked, schemas)).collect();
    if bodies.len() == 1 { bodies.swap_remove(0) } else { json!({ "oneOf": bodies }) }
}

fn asked_body(asked: &Asked, schemas: &mut Schemas) -> Value {
    let mut schema = (asked.schema)(&mut schemas.requests).to_value();
    let mut add = |name: &str, field: Value, required: bool| {
        for object in objects(&mut schema) {
            object["properties"][name] = field.clone();
            if required {
                let others = object.get("required").and_then(Value::as_array);
                let mut all = others.cloned().unwrap_or_default();
                all.push(name.into());
                object["required"] = all.into();
            }
        }
    };
    if asked.is_command {
        let field = json!({
            "type": "string",
            "pattern": CommandId::PATTERN,
            "description": "Made by the sender: sent again, it changes nothing.",
        });
        add("command_id", field, true);
    }
    if asked.has_version {
        let field = json!({
            "type": ["integer", "null"],
            "minimum": 0,
            "description": "Only if the order's version is still this.",
        });
        add("if_version", field, false);
    }
    schema
}

/// The schema itself, or each of the alternatives it consists of.
fn objects(schema: &mut Value) -> Vec<&mut Value> {
    if schema.get("oneOf").is_some() {
        schema["oneOf"].as_array_mut().expect("alternatives are a list").iter_mut().collect()
    } else {
        vec![schema]
    }
}

fn responses(operation: &Operation, schemas: &mut Schemas) -> Value {
    let good = &operation.answer;
    let mut responses = json!({ good.status.as_str(): good_answer(good, operation, schemas) });
    let mut refusals: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in operation.codes() {
        refusals.entry(status(code).as_u16()).or_default().push(code);
    }
    for (status, codes) in refusals {
        responses[status.to_string()] = refusal(status, &codes, schemas);
    }
    responses
}

fn good_answer(answer: &Answer, operation: &Operation, schemas: &mut Schemas) -> Value {
    let mut described = json!({ "description": operation.summary });
    match answer.content {
        Content::Nothing => {}
        Content::Text => {
            described["content"] = json!({ "text/plain": { "schema": { "type": "string" } } });
        }
        Content::Json(schema) => {
            let schema = schema(&mut schemas.answers).to_value();
            described["content"] = json!({ "application/json": { "schema": schema } });
        }
    }
    if answer.located {
        described["headers"] = json!({
            "Location": { "required": true, "schema": { "type": "string" } },
        });
    }
    described
}

fn refusal(status: u16, codes: &[Code], schemas: &mut Schemas) -> Value {
    let problem = schemas.answers.subschema_for::<Problem>().to_value();
    let names: Vec<String> = codes.iter().map(|code| format!("`{}`", code.as_str())).collect();
    let only =
        json!({ "properties": { "code": { "enum": codes }, "status": { "const": status } } });
    let schema = json!({ "allOf": [problem, only] });
    let mut described = json!({
        "description": names.join(", "),
        "content": { "application/problem+json": { "schema": schema } },
    });
    let header = match status {
        401 => Some(("WWW-Authenticate", json!({ "type": "string" }))),
        429 | 503 => Some(("Retry-After", json!({ "type": "integer", "minimum": 0 }))),
        _ => None,
    };
    if let Some((name, schema)) = header {
        described["headers"] = json!({ name: { "required": true, "schema": schema } });
    }
    described
}

#[cfg(test)]
mod tests;
