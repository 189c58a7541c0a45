//! Every view, live message and answer.

use domain::api::{AppConfig, LogPage, Problem, Session, StaffMember};
use domain::turned_away::{TurnedAwayHour, TurnedAwayView};
use domain::view::{
    BarStatus, BarSummary, BarView, BoardMessage, BoardView, Card, CodeView, OrderView,
    QueueMessage, QueueView, Refusal, Zone,
};
use domain::{Actor, BarId, Code, Limits, Role, Sender, Status};

use crate::golden::Case;
use crate::golden_events::{bar, entry, menu, order, person, placed};
use crate::menus::{slug, slugs};
use crate::scenario::time;

fn words(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn bar_view() -> BarView {
    BarView {
        bar: bar(),
        name: "Espresso Bar".to_owned(),
        place: "Hall 2".to_owned(),
        languages: vec!["en".to_owned(), "pt-BR".to_owned()],
        time_zone: "Europe/Lisbon".to_owned(),
        status: BarStatus::Open,
        paused_until: None,
        reason: None,
        accepting: true,
        refusal: None,
        menu: Some(menu()),
        menu_seq: 3,
        limits: Limits::default(),
        wait_seconds: 190,
        in_progress: 4,
        seq: 17,
        now: time("10:00:00.123"),
    }
}

/// The same bar while it pauses, as its live topic tells it.
fn paused() -> BarView {
    let retry_at = Some(time("10:10:00"));
    BarView {
        status: BarStatus::Paused,
        paused_until: retry_at,
        reason: words("Out of beans"),
        accepting: false,
        refusal: Some(Refusal { code: Code::BarPaused, retry_at }),
        menu: None,
        ..bar_view()
    }
}

fn turned_away() -> TurnedAwayView {
    let counts = [(Code::BarFull, 12), (Code::CodeUsedUp, 3)].into();
    let hours = vec![TurnedAwayHour { hour: time("10:00:00"), counts }];
    TurnedAwayView { bar: bar(), hours, now: time("10:00:00.123") }
}

fn choosing() -> OrderView {
    OrderView {
        order: order(),
        bar: bar(),
        number: None,
        status: Status::Choosing,
        drink: None,
        drink_name: None,
        options: None,
        option_names: None,
        name: None,
        by: None,
        reason: None,
        stage: None,
        wait_seconds: Some(90),
        promised_at: None,
        created_at: time("10:00:00"),
        placed_at: None,
        started_at: None,
        ready_at: None,
        ended_at: None,
        until: Some(time("10:05:00")),
        version: 15,
        now: time("10:00:00.123"),
    }
}

fn making() -> OrderView {
    let options = [(slug("milk"), slugs(&["oat"])), (slug("extras"), slugs(&["vanilla"]))];
    OrderView {
        number: Some(42),
        status: Status::Making,
        drink: Some(slug("latte")),
        drink_name: words("Latte"),
        options: Some(options.into()),
        option_names: Some(vec!["Oat".to_owned(), "Vanilla".to_owned()]),
        name: words("Ada"),
        by: words("Bea"),
        wait_seconds: Some(45),
        promised_at: Some(time("10:03:15.250")),
        placed_at: Some(time("10:00:45")),
        started_at: Some(time("10:01:00")),
        until: None,
        version: 17,
        ..choosing()
    }
}

fn collected() -> OrderView {
    OrderView {
        status: Status::Collected,
        wait_seconds: None,
        ready_at: Some(time("10:02:00")),
        ended_at: Some(time("10:02:30")),
        version: 19,
        ..making()
    }
}

/// An order that was called off or ran out of time in the queue.
fn over(status: Status, reason: Option<String>, stage: Option<Status>) -> OrderView {
    OrderView {
        status,
        reason,
        stage,
        by: None,
        wait_seconds: None,
        started_at: None,
        ended_at: Some(time("10:30:45")),
        ..making()
    }
}

fn card(number: u32, name: Option<String>, zone: Zone) -> Card {
    let drink_name = "Latte".to_owned();
    Card { number, name, drink_name, zone, since: time("10:00:45") }
}

fn code_view() -> CodeView {
    CodeView {
        code: "7K3MA9XQ2B".to_owned(),
        url: domain::api::order_address("http://192.168.1.23:8080/order/", &bar(), "7K3MA9XQ2B"),
        opens_at: time("10:00:00"),
        closes_at: time("10:05:00"),
        uses_left: 7,
        accepting: true,
        refusal: None,
        seq: 17,
        now: time("10:00:00.123"),
    }
}

fn problem(status: u16, code: Code) -> Problem {
    Problem {
        kind: format!("urn:serverlesspresso:{}", code.as_str()),
        title: "Full for the moment".to_owned(),
        status,
        detail: "The baristas have all the orders they can handle.".to_owned(),
        code,
        retry_at: None,
        field: None,
        order: None,
        order_status: None,
        taken_by: None,
    }
}

fn session(role: Role, name: Option<String>, at_one_bar: bool) -> Session {
    let bars = at_one_bar.then(|| vec![bar()]);
    Session {
        token: "c2Vzc2lvbg.MEQCIF".to_owned(),
        expires_at: time("2026-12-21T10:00:00"),
        actor: Actor { person: person("ada-1"), role, name, bars },
    }
}

fn staff_member(bars: Option<Vec<BarId>>) -> StaffMember {
    let username = "bea".parse().expect("a user name");
    StaffMember { username, role: Role::Barista, name: "Bea".to_owned(), bars, has_password: true }
}

pub(crate) fn cases() -> Vec<Case> {
    let retry_at = Some(time("10:05:00"));
    let used_up = Some(Refusal { code: Code::CodeUsedUp, retry_at });
    let (now, seq, prev) = (time("10:00:00.123"), 17, 15);
    let ada = Sender::Person { person: person("ada-1"), role: Role::Customer };
    let every_detail = Problem {
        retry_at,
        field: words("options.milk.oat"),
        order: Some(order()),
        order_status: Some(Status::Making),
        taken_by: words("Bea"),
        ..problem(409, Code::Taken)
    };
    let summary = BarSummary {
        bar: bar(),
        name: "Espresso Bar".to_owned(),
        place: "Hall 2".to_owned(),
        status: BarStatus::Closed,
    };
    let queue =
        QueueView { bar: bar(), seq, orders: vec![making()], recent: vec![collected()], now };
    let queue_message =
        QueueMessage { prev, seq, upsert: vec![making(), collected()], remove: vec![order()] };
    let board = BoardView {
        bar: bar(),
        seq,
        status: BarStatus::Open,
        preparing: vec![card(42, words("Ada"), Zone::Preparing)],
        ready: vec![card(40, None, Zone::Ready)],
        now,
    };
    let upsert = vec![card(42, words("Ada"), Zone::Ready)];
    let board_message = BoardMessage { prev, seq, upsert, remove: vec![40], status: None };
    let door = Some(BarStatus::Paused);
    let door_message =
        BoardMessage { prev, seq, upsert: Vec::new(), remove: Vec::new(), status: door };
    let config = AppConfig {
        api: "http://127.0.0.1:8080".to_owned(),
        live: "ws://127.0.0.1:8080/mqtt".to_owned(),
        order_url: "http://192.168.1.23:8080/order/".to_owned(),
        version: "0.1.0".to_owned(),
    };
    let entries = vec![entry(ada, "command-1", vec![placed(None)])];
    vec![
        Case::of("bar_view", bar_view()),
        Case::of("bar_view_live", paused()),
        Case::of("bar_summary", summary),
        Case::of("order_view_choosing", choosing()),
        Case::of("order_view_making", making()),
        Case::of("order_view_collected", collected()),
        Case::of("order_view_cancelled", over(Status::Cancelled, words("sold-out"), None)),
        Case::of("order_view_expired", over(Status::Expired, None, Some(Status::Placed))),
        Case::of("queue_view", queue),
        Case::of("queue_message", queue_message),
        Case::of("board_view", board),
        Case::of("board_message", board_message),
        Case::of("board_message_door", door_message),
        Case::of("code_view", code_view()),
        Case::of(
            "code_view_used_up",
            CodeView { uses_left: 0, accepting: false, refusal: used_up, ..code_view() },
        ),
        Case::of("session_guest", session(Role::Customer, None, false)),
        Case::of("session_staff", session(Role::Barista, words("Bea"), true)),
        Case::of("staff_member", staff_member(None)),
        Case::of("staff_member_of_a_bar", staff_member(Some(vec![bar()]))),
        Case::of("problem", problem(409, Code::BarFull)),
        Case::of("problem_in_detail", every_detail),
        Case::of("app_config", config),
        Case::of("log_page", LogPage { entries, last: 17 }),
        Case::of("turned_away_view", turned_away()),
    ]
}
