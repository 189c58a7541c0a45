//! What is published of the events is what the domain says and does: these files are written by
//! `cargo xtask catalogue` and never by hand.

#[path = "../../examples/published/recording.rs"]
mod recording;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use domain::BusEvent;

use crate::variants::{EVENTS, event_name};

fn published(file: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[cfg(feature = "schema")]
#[test]
fn the_schemas_of_events_are_current() {
    let published: serde_json::Value =
        serde_json::from_str(&published("docs/events.schema.json")).expect("JSON");
    assert!(
        published == domain::schema::bus_events(),
        "`cargo xtask catalogue` brings docs/events.schema.json up to date"
    );
    let types = published["oneOf"].as_array().expect("alternatives");
    let types = types.iter().map(|it| it["$ref"].as_str().expect("each by its name"));
    let types: Vec<_> = types.filter_map(|name| name.strip_prefix("#/$defs/")).collect();
    assert_eq!(types, EVENTS);
}

#[test]
fn the_recording_is_what_the_domain_decides() {
    assert!(
        published(recording::FILE) == recording::recording(),
        "`cargo xtask catalogue` brings {} up to date",
        recording::FILE
    );
}

/// Whoever has tried an extension with it has met what bars do.
#[test]
fn the_recording_has_what_an_extension_must_bear() {
    let text = recording::recording();
    let events = text.lines().map(|line| serde_json::from_str(line).expect("an event"));
    let events: Vec<BusEvent> = events.collect();
    let met: BTreeSet<_> = events.iter().map(|event| event_name(&event.event)).collect();
    // What happens to a bar before the guests come, and after they have gone.
    let other_hours = [
        "BarCreated",
        "BarOpened",
        "BarClosed",
        "MenuChanged",
        "LimitsChanged",
        "DetailsChanged",
        "DayStarted",
    ];
    let missed = EVENTS.iter().filter(|name| !met.contains(*name));
    assert_eq!(missed.copied().collect::<Vec<_>>(), other_hours);
    let (first, last) = (&events[0], &events[events.len() - 1]);
    let minutes = last.at.millis_since(first.at) / 60_000;
    assert_eq!(minutes, 14, "a quarter of an hour");
    assert_ne!(first.at.seconds() / 3600, last.at.seconds() / 3600, "an hour ends in it");
    let placed = |event: &&BusEvent| event_name(&event.event) == "OrderPlaced";
    let placed: BTreeSet<_> =
        events.iter().filter(placed).filter_map(|event| event.event.order()).collect();
    let orders = events.iter().filter_map(|event| event.event.order());
    assert!(placed.len() > 30, "{}", placed.len());
    assert!(orders.clone().any(|order| !placed.contains(order)), "who was in before it began");
}
