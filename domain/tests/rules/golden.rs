//! What goes over the wire, pinned: every event, view and message has a file that says exactly
//! how it is written. Tests read these files and never write one.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{golden_events, golden_views, journeys, snapshots};

/// One value and the name of its file.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) written: String,
    reads_as_the_value: Box<dyn Fn(&str) -> bool>,
}

impl Case {
    pub(crate) fn of<T>(name: &'static str, value: T) -> Self
    where
        T: Serialize + DeserializeOwned + PartialEq + 'static,
    {
        let mut written = serde_json::to_string_pretty(&value).expect("plain data");
        written.push('\n');
        let reads_as_the_value =
            Box::new(move |text: &str| serde_json::from_str::<T>(text).is_ok_and(|it| it == value));
        Self { name, written, reads_as_the_value }
    }

    fn file(&self) -> String {
        let file = folder().join(self.name).with_extension("json");
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn all() -> impl Iterator<Item = Case> {
    let alone = [journeys::case(), snapshots::case()];
    golden_events::cases().into_iter().chain(golden_views::cases()).chain(alone)
}

#[test]
fn everything_is_written_as_its_file_says() {
    for case in all() {
        assert_eq!(case.written, case.file(), "{}", case.name);
    }
}

#[test]
fn everything_is_read_from_its_file() {
    for case in all() {
        assert!((case.reads_as_the_value)(&case.file()), "{}", case.name);
    }
}

#[test]
fn a_field_added_later_does_not_confuse_who_reads_today() {
    for case in all() {
        let mut value: Value = serde_json::from_str(&case.file()).expect("JSON");
        let fields = value.as_object_mut().expect("an object");
        fields.insert("added_later".to_owned(), Value::from(1));
        assert!((case.reads_as_the_value)(&value.to_string()), "{}", case.name);
    }
}

#[test]
fn no_file_is_there_that_nobody_checks() {
    let entries = fs::read_dir(folder()).expect("the folder of golden files");
    let files = entries.map(|entry| entry.expect("an entry").file_name());
    let found: BTreeSet<String> =
        files.map(|name| name.into_string().expect("a plain name")).collect();
    let checked: Vec<String> = all().map(|case| format!("{}.json", case.name)).collect();
    assert_eq!(found, checked.iter().cloned().collect());
    assert_eq!(found.len(), checked.len(), "each by one case");
}
