//! What clients may send: every request of the contract is read, and nothing it does not name.

use domain::api::{
    BarRequest, Credentials, DrinkRequest, Empty, Link, NewBar, OrderRequest, RedeemCode, Sent,
    StaffChange,
};
use domain::limits::LimitsChange;
use domain::{Limits, Menu, Role, Step};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::menus::{slug, slugs};
use crate::scenario::time;

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, serde_json::Error> {
    // By text, as it comes over the wire.
    serde_json::from_str(&value.to_string())
}

/// Reads it, and again what it is written as.
#[track_caller]
fn parses<T: DeserializeOwned + Serialize + PartialEq>(value: &Value, expected: T) {
    let found: T = read(value).unwrap_or_else(|error| panic!("{value}: {error}"));
    assert!(found == expected, "{value}");
    let again: T = read(&serde_json::to_value(&found).expect("plain data")).expect("written by us");
    assert!(again == expected, "{value}");
}

/// With one field more, at the top or at a JSON pointer, it is refused.
#[track_caller]
fn refuses_more<T: DeserializeOwned>(value: &Value, pointers: &[&str]) {
    assert!(read::<T>(value).is_ok(), "{value}");
    for pointer in pointers {
        let mut more = value.clone();
        let place = more.pointer_mut(pointer).expect("there is such a place");
        place.as_object_mut().expect("an object").insert("x".to_owned(), json!(1));
        assert!(read::<T>(&more).is_err(), "{more}");
    }
}

fn menu() -> Value {
    serde_json::to_value(Menu::standard()).expect("plain data")
}

const IN_MENU: [&str; 4] =
    ["/menu", "/menu/drinks/0", "/menu/groups/0", "/menu/groups/0/options/0"];

fn words(text: &str) -> String {
    text.to_owned()
}

#[test]
fn commands_to_a_bar_are_read() {
    let availability = |drink, group, option, available| BarRequest::SetAvailability {
        drink,
        group,
        option,
        available,
    };
    let baristas = LimitsChange { baristas: Some(3), ..LimitsChange::default() };
    for (value, expected) in [
        (json!({"type": "open"}), BarRequest::Open {}),
        (json!({"type": "close"}), BarRequest::Close {}),
        (json!({"type": "pause"}), BarRequest::Pause { until: None, reason: None }),
        (
            json!({"type": "pause", "until": "2026-11-21T10:10:00.000Z", "reason": "Break"}),
            BarRequest::Pause { until: Some(time("10:10:00")), reason: Some(words("Break")) },
        ),
        (
            json!({"type": "set_availability", "drink": "latte", "available": false}),
            availability(Some(slug("latte")), None, None, false),
        ),
        (
            json!({"type": "set_availability", "group": "milk", "option": "oat", "available": true}),
            availability(None, Some(slug("milk")), Some(slug("oat")), true),
        ),
        (
            json!({"type": "set_menu", "menu": menu()}),
            BarRequest::SetMenu { menu: Menu::standard() },
        ),
        (
            json!({"type": "set_limits", "limits": {"baristas": 3}}),
            BarRequest::SetLimits { limits: baristas },
        ),
        (
            json!({"type": "set_details", "name": "Bar", "place": "Hall 2", "languages": ["en"],
                   "time_zone": "Europe/Berlin"}),
            BarRequest::SetDetails {
                name: words("Bar"),
                place: words("Hall 2"),
                languages: vec![words("en")],
                time_zone: words("Europe/Berlin"),
            },
        ),
    ] {
        parses(&value, expected);
        refuses_more::<BarRequest>(&value, &[""]);
    }
    refuses_more::<BarRequest>(&json!({"type": "set_menu", "menu": menu()}), &IN_MENU);
    let limits = json!({"type": "set_limits", "limits": {"baristas": 3}});
    refuses_more::<BarRequest>(&limits, &["/limits"]);
}

#[test]
fn commands_to_an_order_are_read() {
    let drink = || slug("latte");
    let options = || [(slug("milk"), slugs(&["oat"]))].into();
    let name = || Some(words("Ada"));
    let (bare, whole) = (
        |step: &str| json!({"type": step, "drink": "latte"}),
        |step: &str| json!({"type": step, "drink": "latte", "options": {"milk": ["oat"]}, "name": "Ada"}),
    );
    let none = Default::default;
    for (value, expected) in [
        (bare("place"), OrderRequest::Place { drink: drink(), options: none(), name: None }),
        (whole("place"), OrderRequest::Place { drink: drink(), options: options(), name: name() }),
        (bare("change"), OrderRequest::Change { drink: drink(), options: none(), name: None }),
        (
            whole("change"),
            OrderRequest::Change { drink: drink(), options: options(), name: name() },
        ),
        (json!({"type": "claim"}), OrderRequest::Claim {}),
        (json!({"type": "release"}), OrderRequest::Release {}),
        (json!({"type": "complete"}), OrderRequest::Complete {}),
        (json!({"type": "recall"}), OrderRequest::Recall {}),
        (json!({"type": "collect"}), OrderRequest::Collect {}),
        (json!({"type": "return"}), OrderRequest::Return {}),
        (json!({"type": "cancel"}), OrderRequest::Cancel { reason: None }),
        (
            json!({"type": "cancel", "reason": "sold-out"}),
            OrderRequest::Cancel { reason: Some(words("sold-out")) },
        ),
    ] {
        parses(&value, expected);
        refuses_more::<OrderRequest>(&value, &[""]);
    }
}

#[test]
fn every_step_that_can_be_asked_for_has_a_request_of_its_name() {
    for step in Step::ALL {
        let value = match OrderRequest::plain(step) {
            Some(request) => serde_json::to_value(request).expect("plain data"),
            None => json!({"type": step.as_str(), "drink": "latte"}),
        };
        assert_eq!(value["type"], step.as_str());
        // Nobody can ask for an order to run out of time.
        assert_eq!(read::<OrderRequest>(&value).is_ok(), step != Step::Expire, "{value}");
    }
}

#[test]
fn a_new_bar_is_read() {
    let bare = json!({"bar": "hall-2", "name": "Bar", "place": "Hall 2"});
    let new = |limits, menu| NewBar {
        bar: "hall-2".parse().expect("a slug"),
        name: words("Bar"),
        place: words("Hall 2"),
        limits,
        menu,
    };
    parses(&bare, new(None, None));
    refuses_more::<NewBar>(&bare, &[""]);
    let mut whole = bare;
    whole["limits"] = json!({"grace_seconds": 0});
    whole["menu"] = menu();
    let limits = LimitsChange { grace_seconds: Some(0), ..LimitsChange::default() };
    parses(&whole, new(Some(limits), Some(Menu::standard())));
    refuses_more::<NewBar>(&whole, &["", "/limits"]);
    refuses_more::<NewBar>(&whole, &IN_MENU);
}

#[test]
fn orders_and_sign_ins_are_read() {
    let redeem = json!({"code": "7K3M A9XQ"});
    parses(&redeem, RedeemCode { code: words("7K3M A9XQ") });
    refuses_more::<RedeemCode>(&redeem, &[""]);

    let take = json!({"drink": "latte", "options": {"milk": ["oat"]}, "name": "Ada"});
    let options = [(slug("milk"), slugs(&["oat"]))].into();
    let expected = DrinkRequest { drink: slug("latte"), options, name: Some(words("Ada")) };
    parses(&take, expected);
    refuses_more::<DrinkRequest>(&take, &[""]);

    let credentials = json!({"username": "barista", "password": "secret"});
    let expected = Credentials { username: words("barista"), password: words("secret") };
    parses(&credentials, expected);
    refuses_more::<Credentials>(&credentials, &[""]);

    parses(&json!({}), Empty {});
    refuses_more::<Empty>(&json!({}), &[""]);
}

#[test]
fn accounts_and_links_are_read() {
    let bare = json!({"role": "barista", "name": "Bea"});
    let change =
        |password, bars| StaffChange { password, role: Role::Barista, name: words("Bea"), bars };
    parses(&bare, change(None, None));
    refuses_more::<StaffChange>(&bare, &[""]);
    let whole = json!({"role": "barista", "name": "Bea", "password": "flat white", "bars": ["e"]});
    let bars = vec!["e".parse().expect("a slug")];
    parses(&whole, change(Some(words("flat white")), Some(bars)));

    let link = json!({"link": "7K3M A9XQ 2B"});
    parses(&link, Link { link: words("7K3M A9XQ 2B") });
    refuses_more::<Link>(&link, &[""]);
}

#[test]
fn what_is_not_a_request_is_refused() {
    for text in [
        "{}",
        r#"{"type":"expire"}"#,
        r#"{"type":"Claim"}"#,
        r#"{"type":"place"}"#,
        r#"{"type":"place","drink":"Flat White"}"#,
        r#"{"type":"place","drink":"latte","options":{"milk":"oat"}}"#,
        r#"{"type":"place","drink":"latte","options":[]}"#,
        r#"{"type":"cancel","reason":7}"#,
        "[]",
        "null",
    ] {
        assert!(serde_json::from_str::<OrderRequest>(text).is_err(), "{text}");
    }
    for text in [
        "{}",
        r#"{"type":"start_day"}"#,
        r#"{"type":"pause","until":"10:10"}"#,
        r#"{"type":"set_limits"}"#,
        r#"{"type":"set_limits","limits":{"baristas":-1}}"#,
        r#"{"type":"set_limits","limits":{"baristas":1.5}}"#,
        r#"{"type":"set_availability","drink":"latte"}"#,
        r#"{"type":"set_menu","menu":{"drinks":[]}}"#,
    ] {
        assert!(serde_json::from_str::<BarRequest>(text).is_err(), "{text}");
    }
}

#[test]
fn a_command_is_sent_with_its_id_beside_it() {
    let command_id = "command-1".parse().expect("a command id");
    let sent = Sent { command_id, command: OrderRequest::Claim {} };
    let value = serde_json::to_value(&sent).expect("plain data");
    assert_eq!(value, json!({"command_id": "command-1", "type": "claim"}));
}

#[test]
fn every_limit_can_be_set_alone() {
    let standard = serde_json::to_value(Limits::default()).expect("plain data");
    for (field, figure) in standard.as_object().expect("an object") {
        let figure = figure.as_u64().expect("a count") + 1;
        let change: LimitsChange = read(&json!({ field: figure })).expect(field);
        let mut expected = standard.clone();
        expected[field] = json!(figure);
        let changed = serde_json::to_value(change.applied_to(&Limits::default()));
        assert_eq!(changed.expect("plain data"), expected, "{field}");
    }
}
