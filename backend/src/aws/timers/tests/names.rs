//! Rule, state machine and timers name the same events, stages and errors.

use std::collections::BTreeSet;
use std::path::Path;

use domain::{Event, OrderId, Stage};
use serde_json::{Value, json};

use super::outside::STATE_MACHINE;
use crate::aws::timers::order_timers::Meaning;
use crate::aws::timers::workflows::End;

/// Every kind of event there is, from the golden files of `domain`.
fn every_event() -> Vec<Event> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/tests/golden");
    let files = std::fs::read_dir(folder).expect("the golden files");
    let texts = files.map(|file| std::fs::read_to_string(file.expect("a file").path()));
    texts.filter_map(|text| serde_json::from_str(&text.expect("a text")).ok()).collect()
}

#[test]
fn the_rule_passes_on_the_events_that_mean_something() {
    let template = include_str!("../../../../infra/template.yaml");
    let (_, rule) = template.split_once("\n  OrderEvents:\n").expect("the rule");
    let (_, names) = rule.split_once("detail-type:\n").expect("its pattern");
    let names = names.lines().map_while(|line| line.trim().strip_prefix("- "));
    let meant = every_event().into_iter().filter(|event| match Meaning::of(event) {
        Meaning::Begins(..) | Meaning::BeginsAgain(..) | Meaning::Moves(_) => true,
        Meaning::Nothing => false,
    });
    let meant: BTreeSet<_> = meant.map(|event| event.name()).collect();
    assert_eq!(names.collect::<BTreeSet<_>>(), meant);
    assert!(rule.contains(&format!("source: [{}]", domain::bus::SOURCE)));
}

/// The only figures are those of the log and one constant of the timers.
#[test]
fn the_state_machine_waits_in_each_stage_for_what_it_is_told() {
    let machine: Value = serde_json::from_str(STATE_MACHINE).expect("it is JSON");
    let mut names = vec![machine["StartAt"].clone()];
    while let Some(next) =
        machine["States"][names[names.len() - 1].as_str().expect("a name")].get("Next").cloned()
    {
        names.push(next);
    }
    assert_eq!(json!(names), json!(Stage::ALL));
    for name in names.iter().filter_map(Value::as_str) {
        let state = &machine["States"][name];
        let time = state["TimeoutSeconds"].as_str().expect("computed");
        assert!(time.contains("$toMillis($states.input.until)"), "{time}");
        let caught = state["Catch"].as_array().expect("catchers").iter();
        let caught: Vec<_> = caught.map(|catcher| &catcher["ErrorEquals"][0]).collect();
        assert_eq!(caught, ["States.Timeout", End::SOONER, End::ENDED]);
        assert_eq!(state["Retry"][0]["ErrorEquals"], json!([End::SOONER, End::ENDED]));
        let retry = &state["Retry"][1];
        assert_eq!(retry["ErrorEquals"], json!(["States.TaskFailed"]), "what a service fails with");
        let grows = retry["BackoffRate"].as_f64() > Some(1.0);
        assert!(grows && retry["MaxAttempts"].as_u64() > Some(1), "{retry}");
        assert!(retry["MaxDelaySeconds"].is_u64() && retry["JitterStrategy"] == "FULL", "{retry}");
        assert!(state["Catch"][0]["Output"].to_string().contains("Input.look_again_seconds"));
    }
}

#[test]
fn names_of_workflows_are_as_step_functions_takes_them() {
    let longest = format!("{}.{}", "b".repeat(32), "o".repeat(32));
    let order: OrderId = longest.parse().expect("the longest there is");
    // A log of a century, with an entry a millisecond.
    assert!(format!("{order}-{}", 10_u64.pow(13)).len() <= 80);
}
