//! Who may ask what of a bar, and what it answers open, paused and closed.

use domain::command::{Details, Item};
use domain::limits::LimitsChange;
use domain::{Code, Command, Limits, Menu, Role};

use crate::outcome::{Outcome, assert_no_differences};
use crate::people::{Somebody, just};
use crate::scenario::{Scenario, order_id};
use crate::variants::{COMMANDS, command_name};

/// What is asked of the bar; what is asked of an order has tables of its own.
fn of_the_bar() -> Vec<&'static str> {
    COMMANDS.iter().copied().filter(|&name| name != "Order").collect()
}

fn command(name: &str, bar: &Scenario) -> Command {
    let command = match name {
        "CreateBar" => Command::CreateBar {
            name: "Espresso Bar".to_owned(),
            place: "Hall 2".to_owned(),
            limits: Limits::default(),
            menu: Menu::standard(),
        },
        "OpenBar" => Command::OpenBar,
        "CloseBar" => Command::CloseBar,
        "PauseBar" => Command::PauseBar { until: None, reason: Some("Out of beans".to_owned()) },
        "SetAvailability" => Command::SetAvailability {
            item: Item::Drink("latte".parse().expect("a slug")),
            available: false,
        },
        "SetMenu" => {
            let mut menu = Menu::standard();
            menu.drinks.truncate(3);
            Command::SetMenu { menu }
        }
        "SetLimits" => Command::SetLimits {
            limits: LimitsChange { baristas: Some(3), ..LimitsChange::default() },
        },
        "SetDetails" => Command::SetDetails(Details {
            name: "Espresso Bar".to_owned(),
            place: "Foyer".to_owned(),
            languages: vec!["en".to_owned(), "pt-BR".to_owned()],
            time_zone: "Europe/Lisbon".to_owned(),
        }),
        "StartDay" => Command::StartDay,
        "CountTurnedAway" => {
            Command::CountTurnedAway { since: bar.now, counts: [(Code::BarFull, 2)].into() }
        }
        "RedeemCode" => Command::RedeemCode { order: order_id("new"), scan: bar.code() },
        "TakeOrder" => Command::TakeOrder { order: order_id("new"), choice: just("latte") },
        other => panic!("nobody knows how to {other}"),
    };
    assert_eq!(command_name(&command), name);
    command
}

/// Somebody who may ask for it.
fn whose_it_is<'a>(bar: &'a mut Scenario, name: &str) -> Somebody<'a> {
    match name {
        "RedeemCode" => bar.guest("ada"),
        "StartDay" | "CountTurnedAway" => bar.clock(),
        _ => bar.organiser(),
    }
}

#[test]
fn a_role_may_ask_what_its_work_needs() {
    // customer, barista, display, organiser
    let table = [
        ("CreateBar", ["never", "never", "never", "yes"]),
        ("OpenBar", ["never", "yes", "never", "yes"]),
        ("CloseBar", ["never", "yes", "never", "yes"]),
        ("PauseBar", ["never", "yes", "never", "yes"]),
        ("SetAvailability", ["never", "yes", "never", "yes"]),
        ("SetMenu", ["never", "never", "never", "yes"]),
        ("SetLimits", ["never", "never", "never", "yes"]),
        ("SetDetails", ["never", "never", "never", "yes"]),
        ("StartDay", ["never"; 4]),
        ("CountTurnedAway", ["never"; 4]),
        ("RedeemCode", ["yes", "never", "never", "never"]),
        ("TakeOrder", ["never", "yes", "never", "yes"]),
    ];
    assert_eq!(table.map(|(name, _)| name)[..], of_the_bar());
    let mut differences = Vec::new();
    for (name, row) in table {
        for (role, expected) in Role::ALL.into_iter().zip(row) {
            let mut bar = match name {
                "CreateBar" => Scenario::nothing_yet(),
                "OpenBar" => Scenario::closed_bar(),
                _ => Scenario::open_bar(),
            };
            let command = command(name, &bar);
            let found = match bar.somebody("somebody", role).sends(command) {
                Outcome(Ok(events)) if events.len() == 1 => "yes",
                Outcome(Err(rejection)) if rejection.code() == Code::NotAllowed => "never",
                Outcome(other) => panic!("{name} by {role:?}: {other:?}"),
            };
            if found != expected {
                differences.push(format!("{name} by {role:?}: {found}"));
            }
        }
    }
    assert_no_differences(&differences);
}

#[test]
fn the_door_settles_what_may_begin() {
    // open, paused, closed
    let table = [
        ("CreateBar", ["bar_exists", "bar_exists", "bar_exists"]),
        ("OpenBar", ["nothing", "BarOpened", "BarOpened"]),
        ("CloseBar", ["BarClosed", "BarClosed", "nothing"]),
        ("PauseBar", ["BarPaused", "nothing", "bar_closed"]),
        ("SetAvailability", ["AvailabilityChanged"; 3]),
        ("SetMenu", ["MenuChanged"; 3]),
        ("SetLimits", ["LimitsChanged"; 3]),
        ("SetDetails", ["DetailsChanged"; 3]),
        ("StartDay", ["nothing"; 3]),
        ("CountTurnedAway", ["GuestsTurnedAway"; 3]),
        ("RedeemCode", ["CodeRedeemed", "bar_paused", "bar_closed"]),
        ("TakeOrder", ["OrderPlaced", "OrderPlaced", "bar_closed"]),
    ];
    assert_eq!(table.map(|(name, _)| name)[..], of_the_bar());
    let mut differences = Vec::new();
    for (name, row) in table {
        for (door, expected) in ["OpenBar", "PauseBar", "CloseBar"].into_iter().zip(row) {
            let mut bar = Scenario::open_bar();
            if door != "OpenBar" {
                let door = command(door, &bar);
                bar.organiser().sends(door).succeeds();
            }
            let command = command(name, &bar);
            let answer = whose_it_is(&mut bar, name).sends(command);
            let found = match &answer.0 {
                Ok(events) => events.first().map_or("nothing", |event| event.name()),
                Err(rejection) => rejection.code().as_str(),
            };
            if found != expected {
                differences.push(format!("{name} after {door}: {found}"));
            }
        }
    }
    assert_no_differences(&differences);
}

#[test]
fn what_is_so_already_changes_nothing() {
    for name in of_the_bar() {
        if matches!(name, "CreateBar" | "RedeemCode" | "TakeOrder") {
            continue;
        }
        let mut bar = Scenario::open_bar();
        let command = command(name, &bar);
        let once = whose_it_is(&mut bar, name).sends(command.clone());
        assert!(once.0.is_ok(), "{name}");
        whose_it_is(&mut bar, name).sends(command).changes_nothing();
    }
}

#[test]
fn nothing_can_be_asked_of_a_bar_that_does_not_exist() {
    for name in of_the_bar() {
        let mut bar = Scenario::nothing_yet();
        let command = command(name, &bar);
        let answer = bar.organiser().sends(command);
        if name == "CreateBar" {
            answer.succeeds();
        } else {
            answer.refused_as(Code::NoSuchBar);
        }
    }
}

#[test]
fn words_and_figures_out_of_their_ranges_are_told_by_field() {
    let long = "x".repeat(121);
    let no_baristas = LimitsChange { baristas: Some(0), ..LimitsChange::default() };
    let details = |name: &str, place: &str, languages: &[&str]| {
        Command::SetDetails(Details {
            name: name.to_owned(),
            place: place.to_owned(),
            languages: languages.iter().map(|&tag| tag.to_owned()).collect(),
            time_zone: "UTC".to_owned(),
        })
    };
    let drink = |slug: &str| Item::Drink(slug.parse().expect("a slug"));
    let option = |group: &str, slug: &str| {
        Item::Option(group.parse().expect("a slug"), slug.parse().expect("a slug"))
    };
    let marks = |item| Command::SetAvailability { item, available: false };
    let pauses = |until: &str, reason: &str| Command::PauseBar {
        until: Some(until.parse().expect("a time")),
        reason: Some(reason.to_owned()),
    };
    for (field, command) in [
        ("name", details(" ", "Foyer", &["en"])),
        ("name", details(&long, "Foyer", &["en"])),
        ("place", details("Bar", "Foy\ner", &["en"])),
        ("languages", details("Bar", "Foyer", &[])),
        ("languages", details("Bar", "Foyer", &["en", "e"])),
        ("languages", details("Bar", "Foyer", &["en_GB"])),
        ("menu.drinks", Command::SetMenu { menu: Menu::default() }),
        ("limits.baristas", Command::SetLimits { limits: no_baristas }),
        ("drink", marks(drink("beer"))),
        ("group", marks(option("foam", "oat"))),
        ("option", marks(option("milk", "goat"))),
        ("until", pauses("2026-11-21T10:00:00Z", "Break")),
        ("reason", pauses("2026-11-21T10:00:01Z", " ")),
    ] {
        // Nonsense is told before anything about the bar.
        for mut bar in [Scenario::open_bar(), Scenario::closed_bar()] {
            bar.organiser().sends(command.clone()).refused_in(field);
        }
    }
}
