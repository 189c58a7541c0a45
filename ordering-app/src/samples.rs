//! A bar and an order to test with.

use domain::view::{BarStatus, BarView, OrderView};
use domain::{Limits, Menu, Status, Timestamp};

/// An open bar with the standard menu.
pub(crate) fn bar() -> BarView {
    BarView {
        bar: "espresso".parse().expect("a slug"),
        name: "Espresso".to_owned(),
        place: "Hall 1".to_owned(),
        languages: vec!["en".to_owned()],
        time_zone: "UTC".to_owned(),
        status: BarStatus::Open,
        paused_until: None,
        reason: None,
        accepting: true,
        refusal: None,
        menu: Some(Menu::standard()),
        menu_seq: 1,
        limits: Limits::default(),
        wait_seconds: 60,
        in_progress: 0,
        seq: 1,
        now: Timestamp::from_seconds(0),
    }
}

/// An order in some status.
pub(crate) fn order(status: Status) -> OrderView {
    OrderView {
        order: "espresso.7K3MA9XQ".parse().expect("an order id"),
        bar: "espresso".parse().expect("a slug"),
        number: None,
        status,
        drink: None,
        drink_name: None,
        options: None,
        option_names: None,
        name: None,
        by: None,
        reason: None,
        stage: None,
        wait_seconds: None,
        promised_at: None,
        created_at: Timestamp::from_seconds(0),
        placed_at: None,
        started_at: None,
        ready_at: None,
        ended_at: None,
        until: None,
        version: 1,
        now: Timestamp::from_seconds(0),
    }
}
