//! Who may ask what of a bar, and what it answers open, paused and closed.

use domain::command::{Details, Item};
use domain::limits::LimitsChange;
use domain::{Code, Command, Limits, Menu, Role};

use crate::outcome::{Outcome, assert_no_differences};
use crate::people::just;
use crate::scenario::{Scenario, order_id};

const COMMANDS: [&str; 11] = [
    "create",
    "open",
    "close",
    "pause",
    "sold out",
    "menu",
    "limits",
    "details",
    "day",
    "redeem",
    "take order",
];

fn command(name: &str, bar: &Scenario) -> Command {
    match name {
        "create" => Command::CreateBar {
            name: "Espresso Bar".to_owned(),
            place: "Hall 2".to_owned(),
            limits: Limits::default(),
            menu: Menu::standard(),
        },
        "open" => Command::OpenBar,
        "close" => Command::CloseBar,
        "pause" => Command::PauseBar { until: None, reason: Some("Out of beans".to_owned()) },
        "sold out" => Command::SetAvailability {
            item: Item::Drink("latte".parse().expect("a slug")),
            available: false,
        },
        "menu" => {
            let mut menu = Menu::standard();
            menu.drinks.truncate(3);
            Command::SetMenu { menu }
        }
        "limits" => Command::SetLimits {
            limits: LimitsChange { baristas: Some(3), ..LimitsChange::default() },
        },
        "details" => Command::SetDetails(Details {
            name: "Espresso Bar".to_owned(),
            place: "Foyer".to_owned(),
            languages: vec!["en".to_owned(), "pt-BR".to_owned()],
            time_zone: "Europe/Lisbon".to_owned(),
        }),
        "day" => Command::StartDay,
        "redeem" => Command::RedeemCode { order: order_id("new"), scan: bar.code() },
        "take order" => Command::TakeOrder { order: order_id("new"), choice: just("latte") },
        other => panic!("no command {other}"),
    }
}

#[test]
fn a_role_may_ask_what_its_work_needs() {
    // customer, barista, display, organiser
    let table = [
        ("create", ["never", "never", "never", "yes"]),
        ("open", ["never", "yes", "never", "yes"]),
        ("close", ["never", "yes", "never", "yes"]),
        ("pause", ["never", "yes", "never", "yes"]),
        ("sold out", ["never", "yes", "never", "yes"]),
        ("menu", ["never", "never", "never", "yes"]),
        ("limits", ["never", "never", "never", "yes"]),
        ("details", ["never", "never", "never", "yes"]),
        ("day", ["never", "never", "never", "never"]),
        ("redeem", ["yes", "never", "never", "never"]),
        ("take order", ["never", "yes", "never", "yes"]),
    ];
    assert_eq!(table.map(|(name, _)| name), COMMANDS);
    let mut differences = Vec::new();
    for (name, row) in table {
        for (role, expected) in Role::ALL.into_iter().zip(row) {
            let mut bar = match name {
                "create" => Scenario::nothing_yet(),
                "open" => Scenario::closed_bar(),
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
        ("create", ["bar_exists", "bar_exists", "bar_exists"]),
        ("open", ["nothing", "BarOpened", "BarOpened"]),
        ("close", ["BarClosed", "BarClosed", "nothing"]),
        ("pause", ["BarPaused", "nothing", "bar_closed"]),
        ("sold out", ["AvailabilityChanged"; 3]),
        ("menu", ["MenuChanged"; 3]),
        ("limits", ["LimitsChanged"; 3]),
        ("details", ["DetailsChanged"; 3]),
        ("day", ["nothing"; 3]),
        ("redeem", ["CodeRedeemed", "bar_paused", "bar_closed"]),
        ("take order", ["OrderPlaced", "OrderPlaced", "bar_closed"]),
    ];
    assert_eq!(table.map(|(name, _)| name), COMMANDS);
    let mut differences = Vec::new();
    for (name, row) in table {
        for (door, expected) in ["open", "pause", "close"].into_iter().zip(row) {
            let mut bar = Scenario::open_bar();
            if door != "open" {
                let door = command(door, &bar);
                bar.organiser().sends(door).succeeds();
            }
            let command = command(name, &bar);
            let answer = match name {
                "redeem" => bar.guest("ada").sends(command),
                "day" => bar.clock().sends(command),
                _ => bar.organiser().sends(command),
            };
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
    for name in COMMANDS {
        if matches!(name, "create" | "redeem" | "take order") {
            continue;
        }
        let mut bar = Scenario::open_bar();
        let command = command(name, &bar);
        let clock = name == "day";
        let once = if clock { bar.clock() } else { bar.organiser() }.sends(command.clone());
        assert!(once.0.is_ok(), "{name}");
        if clock { bar.clock() } else { bar.organiser() }.sends(command).changes_nothing();
    }
}

#[test]
fn nothing_can_be_asked_of_a_bar_that_does_not_exist() {
    for name in COMMANDS {
        let mut bar = Scenario::nothing_yet();
        let command = command(name, &bar);
        let answer = bar.organiser().sends(command);
        if name == "create" {
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
