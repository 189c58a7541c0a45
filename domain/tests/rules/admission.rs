//! May one more order come in: the order of the reasons, and each of them at its edge.

use domain::command::Scan;
use domain::limits::LimitsChange;
use domain::{Code, Command, OrderCommand, Rejection, Status};

use crate::people::just;
use crate::scenario::{Scenario, order_id, time};

/// What stands in Ada's way, in the order in which the product page asks.
const HURDLES: [&str; 9] = [
    "closed",
    "paused",
    "live order",
    "daily limit",
    "unknown",
    "expired",
    "used up",
    "places",
    "wait",
];

/// The answer to Ada at a bar where exactly these hurdles stand.
fn answer_with(hurdles: &[&str]) -> Rejection {
    let has = |hurdle: &str| hurdles.contains(&hurdle);
    let when = |hurdle, limit| has(hurdle).then_some(limit);
    let mut bar = Scenario::open_bar_with(LimitsChange {
        choose_seconds: Some(3600),
        ..LimitsChange::default()
    });
    bar.guest("bob").redeems().succeeds();
    if has("live order") || has("daily limit") {
        bar.guest("ada").redeems_for("earlier").succeeds();
    }
    if has("daily limit") {
        let place = OrderCommand::Place(just("tea"));
        bar.guest("ada").steps("earlier", place).succeeds();
        if !has("live order") {
            bar.barista("bea").completes("earlier").succeeds();
            bar.barista("bea").collects("earlier").succeeds();
        }
    }
    let limits = LimitsChange {
        daily_per_person: when("daily limit", 1),
        uses_per_window: when("used up", 1),
        max_in_progress: when("places", 1),
        max_wait_seconds: when("wait", 1),
        ..LimitsChange::default()
    };
    let _ = bar.organiser().sets_limits(limits);
    for (hurdle, command) in [("paused", pause()), ("closed", Command::CloseBar)] {
        if has(hurdle) {
            bar.organiser().sends(command).succeeds();
        }
    }
    bar.at(if has("expired") { "10:06:00" } else { "10:04:00" });
    let scan = if has("unknown") { Scan::Unknown } else { Scenario::code_of("10:00:00") };
    let answer = bar.guest("ada").redeems_code(scan);
    answer.0.expect_err("a hurdle stands in the way")
}

fn pause() -> Command {
    let (until, reason) = (None, None);
    Command::PauseBar { until, reason }
}

fn expected(hurdle: &str) -> Code {
    match hurdle {
        "closed" => Code::BarClosed,
        "paused" => Code::BarPaused,
        "live order" => Code::LiveOrderExists,
        "daily limit" => Code::DailyLimit,
        "unknown" => Code::CodeUnknown,
        "expired" => Code::CodeExpired,
        "used up" => Code::CodeUsedUp,
        "places" | "wait" => Code::BarFull,
        other => panic!("no hurdle {other}"),
    }
}

#[test]
fn an_earlier_reason_wins_over_each_later_one() {
    for (place, hurdle) in HURDLES.iter().enumerate() {
        assert_eq!(answer_with(&[hurdle]).code(), expected(hurdle), "{hurdle}");
        for later in &HURDLES[place + 1..] {
            let answer = answer_with(&[hurdle, later]);
            assert_eq!(answer.code(), expected(hurdle), "{hurdle} and {later}");
        }
    }
}

#[test]
fn an_earlier_reason_wins_over_all_later_ones_at_once() {
    for (place, hurdle) in HURDLES.iter().enumerate() {
        let answer = answer_with(&HURDLES[place..]);
        assert_eq!(answer.code(), expected(hurdle), "{:?}", &HURDLES[place..]);
    }
}

#[test]
fn a_bar_takes_its_maximum_in_progress_and_not_one_more() {
    let mut bar = Scenario::open_bar_with(LimitsChange {
        max_in_progress: Some(3),
        ..LimitsChange::default()
    });
    bar.guest("ada").redeems().succeeds();
    bar.guest("bob").orders("tea");
    bar.guest("cem").orders("tea");
    bar.guest("dan").redeems().refused_with(Rejection::BarFull);

    bar.barista("bea").claims("bob").succeeds();
    bar.guest("dan").redeems().refused_with(Rejection::BarFull);
    bar.barista("bea").completes("bob").succeeds();
    bar.guest("dan").redeems().succeeds();

    bar.guest("eve").redeems().refused_with(Rejection::BarFull);
    bar.guest("ada").cancels("ada").succeeds();
    bar.guest("eve").redeems().succeeds();
}

#[test]
fn orders_of_guests_without_phones_take_places_but_are_let_in_all_the_same() {
    let mut bar = Scenario::open_bar_with(LimitsChange {
        max_in_progress: Some(1),
        max_wait_seconds: Some(60),
        ..LimitsChange::default()
    });
    bar.barista("bea").takes("first", "tea").succeeds();
    bar.barista("bea").takes("second", "tea").succeeds();
    bar.guest("ada").redeems().refused_with(Rejection::BarFull);
}

#[test]
fn the_wait_must_be_below_the_maximum() {
    let menu = crate::menus::of_drinks(&[("coffee", 60)]);
    for (maximum, full) in [(90, true), (91, false)] {
        let mut bar = Scenario::open_bar_serving(menu.clone());
        bar.organiser()
            .sets_limits(LimitsChange {
                max_wait_seconds: Some(maximum),
                ..LimitsChange::default()
            })
            .succeeds();
        bar.barista("bea").takes("first", "coffee").succeeds();
        let view = bar.bar.view(bar.now);
        assert_eq!((view.wait_seconds, view.accepting), (90, !full));
        if full {
            bar.guest("ada").redeems().refused_with(Rejection::BarFull);
        } else {
            bar.guest("ada").redeems().succeeds();
        }
    }
}

#[test]
fn one_live_order_at_a_time_wherever_it_is() {
    let mut bar = Scenario::open_bar();
    let in_the_way = || Rejection::LiveOrderExists { order: order_id("ada") };
    bar.guest("ada").redeems().succeeds();
    for status in [Status::Choosing, Status::Placed, Status::Making, Status::Ready] {
        match status {
            Status::Placed => bar.guest("ada").places("tea").succeeds(),
            Status::Making => bar.barista("bea").claims("ada").succeeds(),
            Status::Ready => bar.barista("bea").completes("ada").succeeds(),
            Status::Choosing | Status::Collected | Status::Cancelled | Status::Expired => {
                bar.barista("bea").takes("another", "tea").succeeds()
            }
        };
        assert_eq!(bar.status_of("ada"), status);
        bar.guest("ada").redeems_for("second").refused_with(in_the_way());
    }
    bar.guest("ada").collects("ada").succeeds();
    bar.guest("ada").redeems_for("second").succeeds();
}

#[test]
fn a_bar_may_allow_several_live_orders_per_person() {
    let mut bar = Scenario::open_bar_with(LimitsChange {
        live_per_person: Some(2),
        ..LimitsChange::default()
    });
    bar.guest("ada").redeems_for("first").succeeds();
    bar.guest("ada").redeems_for("second").succeeds();
    let answer = bar.guest("ada").redeems_for("third");
    answer.refused_as(Code::LiveOrderExists);
}

#[test]
fn a_pause_ends_at_its_moment_and_not_before() {
    let mut bar = Scenario::open_bar();
    bar.barista("bea").pauses_until("10:02:00").succeeds();
    let until = Some(time("10:02:00"));
    let paused = || Rejection::BarPaused { until };
    bar.at("10:01:59.999").guest("ada").redeems().refused_with(paused());
    bar.at("10:02:00").guest("ada").redeems().succeeds();
    bar.barista("bea").opens().changes_nothing();
}

#[test]
fn opening_ends_a_pause() {
    let mut bar = Scenario::open_bar();
    bar.barista("bea").pauses().succeeds();
    let (until, paused) = (None, Code::BarPaused);
    bar.guest("ada").redeems().refused_with(Rejection::BarPaused { until });
    let refusal = bar.bar.view(bar.now).refusal.expect("nobody is let in");
    assert_eq!((refusal.code, refusal.retry_at), (paused, None));
    bar.barista("bea").opens().succeeds();
    bar.guest("ada").redeems().succeeds();
}
