//! The fields of a request, as what they should be; else the first that is wrong, by its path.

use domain::Mistake;
use domain::api::ByKind;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use serde_path_to_error::{Path, Segment};

use super::problem::Fault;

/// Reads what a request of one kind says.
pub(super) fn read<T: DeserializeOwned + Serialize>(
    fields: Map<String, Value>,
) -> Result<T, Fault> {
    let given = Value::Object(fields);
    let read = read_below(&given, 0)?;
    without_lists_for_objects(&given, read)
}

/// Reads what a request of this kind says.
pub(super) fn read_by_kind<T: Serialize>(
    kind: String,
    fields: Map<String, Value>,
) -> Result<T, Fault>
where
    ByKind<T>: DeserializeOwned,
{
    let given = json!({ &kind: fields });
    let ByKind(read) = read_below(&given, 1)?;
    without_lists_for_objects(&given[&kind], read)
}

/// What was given, as what it should be. Fields are named from `depth` names below it on.
fn read_below<T: DeserializeOwned>(given: &Value, depth: usize) -> Result<T, Fault> {
    serde_path_to_error::deserialize(given).map_err(|error| {
        let path = dotted(error.path(), depth);
        let problem = error.into_inner().to_string();
        // serde names a missing or unknown field only in its words: missing field `drink`.
        let named = problem.split('`').nth(1).filter(|_| problem.contains(" field `"));
        let is_unknown = problem.starts_with("unknown field");
        let field = match (path.as_str(), named) {
            ("", Some(name)) => name.to_owned(),
            // The path leads to an unknown field, but only to where a missing one should be.
            (path, Some(_)) if is_unknown => path.to_owned(),
            (path, Some(name)) => format!("{path}.{name}"),
            ("", None) => "type".to_owned(),
            (path, None) => path.to_owned(),
        };
        match named {
            Some(_) if is_unknown => Fault::invalid(field, Mistake::Unknown),
            Some(_) => Fault::invalid(field, Mistake::Missing),
            None => Fault::unreadable(field, problem),
        }
    })
}

/// A path below its first `depth` names, as the domain writes paths: `menu.drinks.0.name`.
fn dotted(path: &Path, depth: usize) -> String {
    let names = path.iter().skip(depth).filter_map(|segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { variant } => Some(variant.clone()),
        Segment::Unknown => None,
    });
    names.collect::<Vec<_>>().join(".")
}

/// What was read, unless a list was given for an object in it.
fn without_lists_for_objects<T: Serialize>(given: &Value, read: T) -> Result<T, Fault> {
    let understood = serde_json::to_value(&read).expect("requests are plain data");
    match list_for_object(given, &understood) {
        Some(path) => Err(Fault::unreadable(path, "a list is no object".to_owned())),
        None => Ok(read),
    }
}

/// Where a list was given for an object. serde takes its items for the fields in their order,
/// which nobody may rely on.
fn list_for_object(given: &Value, understood: &Value) -> Option<String> {
    let below = |name: String, given: &Value, understood: Option<&Value>| {
        let path = list_for_object(given, understood?)?;
        Some(if path.is_empty() { name } else { format!("{name}.{path}") })
    };
    match (given, understood) {
        (Value::Array(_), Value::Object(_)) => Some(String::new()),
        (Value::Array(given), Value::Array(understood)) => given
            .iter()
            .enumerate()
            .find_map(|(index, item)| below(index.to_string(), item, understood.get(index))),
        (Value::Object(given), Value::Object(understood)) => {
            given.iter().find_map(|(name, field)| below(name.clone(), field, understood.get(name)))
        }
        _ => None,
    }
}
