//! Who may take which step with an order from where, driven through real bars.

use domain::{Command, OrderCommand, Rejection, Role, Sender, Status, Step};

use crate::outcome::{Outcome, assert_no_differences};
use crate::people::just;
use crate::scenario::{Scenario, order_id};
use crate::transition_table::{CLOCK, CLOCK_TOO_EARLY, DISPLAY, OWNER, STAFF, STRANGER, read};

/// The order of the guest Ada, brought to a status by commands alone; Bea makes it.
fn ada_is(status: Status) -> Scenario {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").redeems().succeeds();
    if status == Status::Choosing {
        return bar;
    }
    bar.guest("ada").places("latte").succeeds();
    match status {
        Status::Choosing | Status::Placed => {}
        Status::Making | Status::Ready | Status::Collected => {
            bar.barista("bea").claims("ada").succeeds();
            if status != Status::Making {
                bar.barista("bea").completes("ada").succeeds();
            }
            if status == Status::Collected {
                bar.guest("ada").collects("ada").succeeds();
            }
        }
        Status::Cancelled => {
            bar.guest("ada").cancels("ada").succeeds();
        }
        Status::Expired => bar.later(1800).time_passes(),
    }
    assert_eq!(bar.status_of("ada"), status);
    bar
}

fn command(step: Step) -> OrderCommand {
    match step {
        Step::Place => OrderCommand::Place(just("mocha")),
        Step::Change => OrderCommand::Change(just("mocha")),
        Step::Claim => OrderCommand::Claim,
        Step::Release => OrderCommand::Release,
        Step::Complete => OrderCommand::Complete,
        Step::Recall => OrderCommand::Recall,
        Step::Collect => OrderCommand::Collect,
        Step::Return => OrderCommand::Return,
        Step::Cancel => OrderCommand::Cancel { reason: Some("sold-out".to_owned()) },
        Step::Expire => OrderCommand::Expire,
    }
}

/// What a cell of the tables says, read off a real bar.
fn cell(bar: &mut Scenario, sender: &Sender, step: Step) -> String {
    let before = bar.status_of("ada");
    let command =
        Command::Order { order: order_id("ada"), command: command(step), if_version: None };
    let decided = bar.bar.decide(&command, &bar.facts(sender.clone()));
    let seq = bar.bar.seq();
    match bar.carry_out(sender.clone(), decided) {
        Outcome(Ok(_)) => {
            assert_eq!(bar.view_of("ada").version, seq + 1);
            return bar.status_of("ada").as_str().to_owned();
        }
        Outcome(Err(rejection)) => {
            assert_eq!((bar.bar.seq(), bar.status_of("ada")), (seq, before));
            let bea = "bea".parse().expect("a person");
            let wrong = Rejection::WrongStatus { order_status: before };
            let cells = [
                (Rejection::NotAllowed, "never"),
                (Rejection::NoSuchOrder, "unseen"),
                (wrong, "wrong"),
                (Rejection::Taken { by: bea }, "taken"),
            ];
            let found = cells.into_iter().find(|(meaning, _)| *meaning == rejection);
            found.unwrap_or_else(|| panic!("{step:?} from {before:?}: {rejection:?}")).1
        }
    }
    .to_owned()
}

fn compare(table: &str, sender: Sender, prepare: impl Fn(&mut Scenario)) {
    let mut differences = Vec::new();
    let cells = read(table);
    assert_eq!(cells.len(), Status::ALL.len() * Step::ALL.len());
    for ((step, status), expected) in cells {
        let mut bar = ada_is(status);
        prepare(&mut bar);
        let found = cell(&mut bar, &sender, step);
        if found != expected {
            differences.push(format!("{step:?} from {status:?}: {found}, not {expected}"));
        }
    }
    assert_no_differences(&differences);
}

/// The table holds whether the bar is open, paused or closed: orders that are in go on.
fn compare_for(table: &str, person: &str, role: Role) {
    let person = person.parse().expect("a person");
    let sender = Sender::Person { person, role };
    compare(table, sender.clone(), |_| {});
    compare(table, sender.clone(), |bar| {
        bar.barista("bea").pauses().succeeds();
    });
    compare(table, sender, |bar| {
        bar.barista("bea").closes().succeeds();
    });
}

#[test]
fn the_guest_whose_order_it_is() {
    compare_for(OWNER, "ada", Role::Customer);
}

#[test]
fn another_guest() {
    compare_for(STRANGER, "cem", Role::Customer);
}

#[test]
fn any_barista() {
    compare_for(STAFF, "bob", Role::Barista);
}

#[test]
fn an_organiser() {
    compare_for(STAFF, "olga", Role::Organiser);
}

#[test]
fn a_display() {
    compare_for(DISPLAY, "hall-monitor", Role::Display);
}

#[test]
fn the_clock() {
    compare(CLOCK_TOO_EARLY, Sender::SYSTEM, |_| {});
    compare(CLOCK, Sender::SYSTEM, |bar| {
        bar.later(1800);
    });
}
