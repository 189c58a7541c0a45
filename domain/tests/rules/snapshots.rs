//! A bar written down: pinned by a golden file, and never read by a server that folds otherwise.

use domain::bar::{SNAPSHOT_VERSION, Snapshot};
use domain::limits::LimitsChange;
use domain::{Code, Command, OrderCommand, Status};
use serde_json::{Value, json};

use crate::golden::Case;
use crate::menus::of_drinks;
use crate::people::just;
use crate::scenario::Scenario;

/// A bar with something in every field. When the file of this changes, in its fields or in what
/// they say, then `SNAPSHOT_VERSION` must go up.
pub(crate) fn case() -> Case {
    Case::of("snapshot", Snapshot::of(a_morning().bar))
}

fn a_morning() -> Scenario {
    let mut bar = Scenario::open_bar_serving(of_drinks(&[("tea", 60), ("latte", 90)]));
    let limits = LimitsChange { window_seconds: Some(420), ..LimitsChange::default() };
    bar.organiser().sets_limits(limits).succeeds();
    for (guest, order) in [("ada", "collected"), ("bob", "cancelled"), ("cem", "making")] {
        bar.later(10).guest(guest).redeems_for(order).succeeds();
        bar.guest(guest).steps(order, OrderCommand::Place(just("latte"))).succeeds();
    }
    bar.barista("bea").steps("collected", OrderCommand::Claim).succeeds();
    bar.later(50).barista("bea").steps("collected", OrderCommand::Complete).succeeds();
    bar.guest("ada").steps("collected", OrderCommand::Collect).succeeds();
    let reason = Some("spilled".to_owned());
    bar.barista("bea").steps("cancelled", OrderCommand::Cancel { reason }).succeeds();
    bar.barista("bob").steps("making", OrderCommand::Claim).succeeds();
    bar.guest("dan").redeems_for("choosing").succeeds();
    bar.barista("bea").pauses().succeeds();
    let (since, counts) = (bar.now, [(Code::BarPaused, 1)].into());
    bar.clock().sends(Command::CountTurnedAway { since, counts }).succeeds();
    bar
}

/// Moments that may not have come yet.
const MAY_BE_MISSING: [&str; 2] = ["last_completed", "turned_away_at"];

#[test]
fn a_snapshot_of_another_version_is_refused_before_it_is_read() {
    for version in
        [json!(SNAPSHOT_VERSION + 1), json!(SNAPSHOT_VERSION - 1), json!("1"), json!(null)]
    {
        let written = json!({"version": version, "bar": {"of": "another shape"}});
        let error = serde_json::from_value::<Snapshot>(written).expect_err("refused").to_string();
        assert!(!error.contains("shape"), "{error}");
    }
}

#[test]
fn a_bar_with_a_field_too_many_or_too_few_is_refused() {
    let written = serde_json::to_value(Snapshot::of(a_morning().bar)).expect("plain data");
    let fields = written["bar"].as_object().expect("an object").clone();
    let reads = |fields: serde_json::Map<String, Value>| {
        let mut changed = written.clone();
        changed["bar"] = Value::Object(fields);
        serde_json::from_value::<Snapshot>(changed).is_ok()
    };
    assert!(reads(fields.clone()));
    let mut too_many = fields.clone();
    too_many.insert("guessed".to_owned(), json!(1));
    assert!(!reads(too_many));
    for name in fields.keys().filter(|&name| !MAY_BE_MISSING.contains(&name.as_str())) {
        let mut too_few = fields.clone();
        too_few.remove(name);
        assert!(!reads(too_few), "without {name}");
    }
}

#[test]
fn a_bar_that_was_read_knows_what_it_knew() {
    let morning = a_morning();
    let written = serde_json::to_string(&Snapshot::of(morning.bar.clone())).expect("plain data");
    let read = serde_json::from_str::<Snapshot>(&written).expect("what was written").bar();
    assert_eq!(read, morning.bar);
    let mut goes_on = morning;
    goes_on.bar = read;
    goes_on.guest("dan").steps("choosing", OrderCommand::Place(just("tea"))).succeeds();
    assert_eq!(goes_on.status_of("choosing"), Status::Placed);
    assert_eq!(goes_on.number_of("choosing"), 4);
}
