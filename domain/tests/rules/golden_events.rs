//! Every event, and the entries that hold them.

use domain::event::EndedBy;
use domain::menu::DrinkOrder;
use domain::{
    BarId, BusEvent, Code, Entry, Event, Limits, Menu, OrderId, PersonId, Role, Sender, Status,
    Timestamp,
};

use crate::golden::Case;
use crate::menus::{self, slug, slugs};
use crate::scenario::time;
use crate::variants::{EVENTS, event_name};

pub(crate) fn bar() -> BarId {
    "espresso".parse().expect("a slug")
}

pub(crate) fn order() -> OrderId {
    "espresso.7K3MA9XQ2B".parse().expect("an order")
}

pub(crate) fn person(name: &str) -> PersonId {
    name.parse().expect("a person")
}

/// A menu in which every field says something.
pub(crate) fn menu() -> Menu {
    let mut latte = menus::drink("latte", 70, &["milk", "extras"]);
    latte.names.insert("pt-BR".to_owned(), "Café com leite".to_owned());
    latte.allergens.push("milk".to_owned());
    let mut filter = menus::drink("filter", 20, &[]);
    filter.available = false;
    let mut milk = menus::group("milk", &["whole"], &["whole", "oat"]);
    milk.required = true;
    milk.names.insert("de".to_owned(), "Milch".to_owned());
    milk.options[1].names.insert("de".to_owned(), "Hafer".to_owned());
    milk.options[1].available = false;
    let mut extras = menus::group("extras", &[], &["vanilla"]);
    extras.multiple = true;
    Menu { drinks: vec![latte, filter], groups: vec![milk, extras] }
}

pub(crate) fn drink() -> DrinkOrder {
    let options = [(slug("milk"), slugs(&["oat"])), (slug("extras"), slugs(&["vanilla"]))];
    DrinkOrder {
        drink: slug("latte"),
        drink_name: "Latte".to_owned(),
        options: options.into(),
        option_names: vec!["Oat".to_owned(), "Vanilla".to_owned()],
        seconds: 75,
    }
}

fn words(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn until() -> Timestamp {
    time("10:30:00")
}

pub(crate) fn placed(person: Option<PersonId>) -> Event {
    Event::OrderPlaced {
        order: order(),
        person,
        number: 42,
        drink: drink(),
        promised_at: time("10:03:15.250"),
        until: until(),
    }
}

fn of_the_bar() -> Vec<(&'static str, Event)> {
    let (name, place) = ("Espresso Bar".to_owned(), "Hall 2".to_owned());
    let day = "2026-11-21".parse().expect("a day");
    let languages = vec!["en".to_owned(), "pt-BR".to_owned()];
    let zone = || "Europe/Lisbon".to_owned();
    let limits = Limits::default();
    vec![
        (
            "bar_created",
            Event::BarCreated {
                name: name.clone(),
                place: place.clone(),
                languages: languages.clone(),
                time_zone: zone(),
                day,
                limits,
                menu: menu(),
            },
        ),
        ("bar_opened", Event::BarOpened {}),
        ("bar_paused", Event::BarPaused { until: Some(until()), reason: words("Out of beans") }),
        ("bar_paused_bare", Event::BarPaused { until: None, reason: None }),
        ("bar_closed", Event::BarClosed {}),
        ("menu_changed", Event::MenuChanged { menu: menu() }),
        (
            "availability_changed_drink",
            Event::AvailabilityChanged {
                drink: Some(slug("latte")),
                group: None,
                option: None,
                available: false,
            },
        ),
        (
            "availability_changed_option",
            Event::AvailabilityChanged {
                drink: None,
                group: Some(slug("milk")),
                option: Some(slug("oat")),
                available: true,
            },
        ),
        ("limits_changed", Event::LimitsChanged { limits, window_from: time("10:05:00") }),
        ("details_changed", Event::DetailsChanged { name, place, languages, time_zone: zone() }),
        ("day_started", Event::DayStarted { day }),
        (
            "guests_turned_away",
            Event::GuestsTurnedAway {
                since: time("10:00:00.123"),
                counts: [(Code::BarFull, 12), (Code::CodeUsedUp, 3)].into(),
            },
        ),
    ]
}

fn of_orders() -> Vec<(&'static str, Event)> {
    let (number, until) = (42, until());
    let (ada, barista) = (person("ada-1"), person("bea-1"));
    let cancelled = |number, by, reason, use_returned| Event::OrderCancelled {
        order: order(),
        number,
        by,
        reason,
        use_returned,
    };
    let expired = |number, stage| Event::OrderExpired { order: order(), number, stage };
    vec![
        (
            "code_redeemed",
            Event::CodeRedeemed {
                order: order(),
                person: ada.clone(),
                window: time("10:00:00"),
                until,
            },
        ),
        ("order_placed", placed(Some(ada))),
        ("order_placed_walk_up", placed(None)),
        ("order_changed", Event::OrderChanged { order: order(), number, drink: drink() }),
        ("order_claimed", Event::OrderClaimed { order: order(), number, barista: barista.clone() }),
        ("order_released", Event::OrderReleased { order: order(), number, until }),
        (
            "order_completed",
            Event::OrderCompleted { order: order(), number, barista: barista.clone(), until },
        ),
        ("order_recalled", Event::OrderRecalled { order: order(), number, barista }),
        ("order_collected", Event::OrderCollected { order: order(), number, by: EndedBy::System }),
        ("order_returned", Event::OrderReturned { order: order(), number, until }),
        ("order_cancelled", cancelled(Some(number), EndedBy::Staff, words("sold-out"), false)),
        ("order_cancelled_choosing", cancelled(None, EndedBy::Customer, None, true)),
        ("order_expired", expired(Some(number), Status::Placed)),
        ("order_expired_choosing", expired(None, Status::Choosing)),
    ]
}

pub(crate) fn entry(by: Sender, cause: &str, events: Vec<Event>) -> Entry {
    Entry {
        bar: bar(),
        seq: 7,
        at: time("10:00:00.123"),
        by,
        cause: cause.parse().expect("a command id"),
        digest: "5f3a9c".to_owned(),
        events,
    }
}

/// One of each kind at least.
pub(crate) fn all_events() -> impl Iterator<Item = Event> {
    of_the_bar().into_iter().chain(of_orders()).map(|(_, event)| event)
}

pub(crate) fn cases() -> Vec<Case> {
    let ada = Sender::Person { person: person("ada-1"), role: Role::Customer };
    let expired = Event::OrderExpired { order: order(), number: None, stage: Status::Choosing };
    let placed = entry(ada, "command-1", vec![placed(Some(person("ada-1")))]);
    let on_the_bus = BusEvent::all_of(&placed).next().expect("it holds an event");
    let mut cases = vec![
        Case::of("bus_event", on_the_bus),
        Case::of("entry", placed),
        Case::of(
            "entry_by_system",
            entry(Sender::SYSTEM, "due-7K3MA9XQ2B-1795255500000", vec![expired]),
        ),
    ];
    let events = of_the_bar().into_iter().chain(of_orders());
    cases.extend(events.map(|(name, event)| Case::of(name, event)));
    cases
}

#[test]
fn every_event_of_the_contract_has_a_file() {
    let mut names: Vec<_> =
        of_the_bar().iter().chain(&of_orders()).map(|(_, event)| event_name(event)).collect();
    names.dedup();
    assert_eq!(names, EVENTS);
    assert_eq!(Event::NAMES, EVENTS);
}

#[test]
fn the_sign_tells_of_the_bar_and_not_of_who_waits_there() {
    let of_the_bar = of_the_bar();
    let quiet = of_the_bar.iter().filter(|(_, event)| !event.is_about_the_bar());
    let quiet: Vec<_> = quiet.map(|(_, event)| event_name(event)).collect();
    assert_eq!(quiet, ["DayStarted", "GuestsTurnedAway"]);
    assert!(!of_orders().iter().any(|(_, event)| event.is_about_the_bar()));
}

#[test]
fn a_placed_order_tells_the_bus_what_the_contract_promises() {
    let value = serde_json::to_value(placed(None)).expect("plain data");
    for field in [
        "order",
        "person",
        "number",
        "drink",
        "drink_name",
        "options",
        "seconds",
        "promised_at",
        "until",
    ] {
        assert!(value.get(field).is_some(), "{field}");
    }
}

#[test]
fn a_sender_is_a_person_in_a_role_or_the_clock_and_nothing_else() {
    for (text, valid) in [
        (r#"{"role":"system"}"#, true),
        (r#"{"person":"ada-1","role":"customer"}"#, true),
        (r#"{"role":"barista"}"#, false),
        (r#"{"person":"ada-1"}"#, false),
        (r#"{"person":"ada 1","role":"customer"}"#, false),
        ("{}", false),
    ] {
        assert_eq!(serde_json::from_str::<Sender>(text).is_ok(), valid, "{text}");
    }
}
