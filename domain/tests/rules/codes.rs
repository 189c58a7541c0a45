//! What a code is good for: its window, its grace, its uses, and who gives a use back.

use domain::command::Scan;
use domain::limits::LimitsChange;
use domain::{Code, Event, Rejection};

use crate::scenario::{Scenario, time};

const AT_TEN: fn() -> Scan = || Scenario::code_of("10:00:00");

fn used_up(retry_at: Option<&str>) -> Rejection {
    let retry_at = retry_at.map(time);
    Rejection::CodeUsedUp { retry_at }
}

fn with_grace(seconds: u32) -> Scenario {
    Scenario::open_bar_with(LimitsChange {
        grace_seconds: Some(seconds),
        ..LimitsChange::default()
    })
}

#[test]
fn a_code_works_from_the_first_moment_of_its_window_to_the_last_of_its_grace() {
    for (grace, clock, answer) in [
        (60, "10:00:00.000", Ok(())),
        (60, "10:04:59.999", Ok(())),
        (60, "10:05:00.000", Ok(())),
        (60, "10:05:59.999", Ok(())),
        (60, "10:06:00.000", Err(Code::CodeExpired)),
        (60, "10:59:59.999", Err(Code::CodeExpired)),
        (0, "10:04:59.999", Ok(())),
        (0, "10:05:00.000", Err(Code::CodeExpired)),
        (1, "10:05:00.999", Ok(())),
        (1, "10:05:01.000", Err(Code::CodeExpired)),
    ] {
        let mut bar = if grace == 60 { Scenario::open_bar() } else { with_grace(grace) };
        let found = bar.at(clock).guest("ada").redeems_code(AT_TEN()).0;
        let found = found.map(|_| ()).map_err(|rejection| rejection.code());
        assert_eq!(found, answer, "{clock} with {grace} s of grace");
    }
}

#[test]
fn the_code_changes_with_the_window() {
    let mut bar = Scenario::open_bar();
    for (clock, opens) in
        [("10:00:00.000", "10:00:00"), ("10:04:59.999", "10:00:00"), ("10:05:00.000", "10:05:00")]
    {
        assert_eq!(bar.at(clock).code(), Scenario::code_of(opens), "{clock}");
    }
}

#[test]
fn a_code_of_a_window_to_come_is_unknown() {
    let mut bar = Scenario::open_bar();
    let to_come = Scenario::code_of("10:05:00");
    bar.at("10:04:59.999").guest("ada").redeems_code(to_come).refused_with(Rejection::CodeUnknown);
    bar.at("10:05:00.000").guest("ada").redeems_code(to_come).succeeds();
}

#[test]
fn a_code_of_no_window_is_out_of_date() {
    let mut bar = Scenario::open_bar();
    let between = Scenario::code_of("09:59:59");
    bar.guest("ada").redeems_code(between).refused_with(Rejection::CodeExpired);
}

#[test]
fn ten_uses_are_ten_uses() {
    let mut bar = Scenario::open_bar();
    for (guest, left) in [("g1", 9), ("g2", 8), ("g3", 7), ("g4", 6), ("g5", 5)] {
        bar.guest(guest).redeems().succeeds();
        assert_eq!(bar.uses_left(), left);
    }
    for guest in ["g6", "g7", "g8", "g9"] {
        bar.guest(guest).redeems().succeeds();
    }
    assert_eq!(bar.uses_left(), 1);
    bar.guest("g10").redeems().succeeds();
    assert_eq!(bar.uses_left(), 0);
    bar.guest("g11").redeems().refused_with(used_up(Some("10:05:00")));
    // In its grace the next code is on the screen already: nothing to wait for.
    bar.at("10:05:00").guest("g11").redeems_code(AT_TEN()).refused_with(used_up(None));
    bar.guest("g11").redeems().succeeds();
}

#[test]
fn two_hundred_phones_and_ten_uses_are_ten_orders() {
    let mut bar = Scenario::open_bar_with(LimitsChange {
        max_in_progress: Some(1000),
        max_wait_seconds: Some(86_400),
        ..LimitsChange::default()
    });
    let mut let_in = 0;
    for phone in 0..200 {
        match bar.guest(&format!("phone{phone}")).redeems().0 {
            Ok(_) => let_in += 1,
            Err(rejection) => assert_eq!(rejection, used_up(Some("10:05:00"))),
        }
    }
    assert_eq!((let_in, bar.bar.in_progress(), bar.uses_left()), (10, 10, 0));
}

#[test]
fn a_use_taken_in_grace_is_one_of_the_old_window() {
    let mut bar = Scenario::open_bar();
    bar.at("10:05:30").guest("ada").redeems_code(AT_TEN()).succeeds();
    assert_eq!(bar.uses_left(), 10);
}

/// A bar with one use a window, which Ada has taken at ten.
fn ada_has_the_only_use() -> Scenario {
    let mut bar = Scenario::open_bar_with(LimitsChange {
        uses_per_window: Some(1),
        choose_seconds: Some(240),
        ..LimitsChange::default()
    });
    bar.guest("ada").redeems().succeeds();
    bar
}

fn gave_back(event: Event) -> bool {
    let Event::OrderCancelled { use_returned, .. } = event else {
        panic!("a cancellation was expected, not {event:?}");
    };
    use_returned
}

#[test]
fn who_cancels_while_the_window_runs_gives_the_use_back() {
    let mut bar = ada_has_the_only_use();
    bar.at("10:03:59.999");
    bar.guest("bob").redeems().refused_with(used_up(Some("10:05:00")));
    assert!(gave_back(bar.guest("ada").cancels("ada").succeeds()));
    bar.guest("bob").redeems().succeeds();
    bar.guest("cem").redeems().refused_with(used_up(Some("10:05:00")));
}

#[test]
fn the_last_moment_of_the_window_counts_and_the_first_after_it_does_not() {
    for (clock, back) in [("10:04:59.999", true), ("10:05:00.000", false)] {
        let mut bar = Scenario::open_bar_with(LimitsChange {
            uses_per_window: Some(1),
            choose_seconds: Some(600),
            ..LimitsChange::default()
        });
        bar.guest("ada").redeems().succeeds();
        bar.at(clock);
        assert_eq!(gave_back(bar.guest("ada").cancels("ada").succeeds()), back, "{clock}");
        let answer = bar.guest("bob").redeems_code(AT_TEN());
        if back {
            answer.succeeds();
        } else {
            answer.refused_with(used_up(None));
        }
    }
}

#[test]
fn a_placed_order_that_is_cancelled_does_not_give_its_use_back() {
    for staff in [false, true] {
        let mut bar = ada_has_the_only_use();
        bar.guest("ada").places("tea").succeeds();
        let cancelled = if staff {
            bar.barista("bea").cancels_because("ada", "sold-out")
        } else {
            bar.guest("ada").cancels("ada")
        };
        assert!(!gave_back(cancelled.succeeds()));
        bar.guest("bob").redeems().refused_with(used_up(Some("10:05:00")));
    }
}

#[test]
fn who_lets_the_time_run_out_gives_the_place_back_but_not_the_use() {
    let mut bar = ada_has_the_only_use();
    assert_eq!(bar.bar.in_progress(), 1);
    bar.at("10:04:00").guest("bob").redeems().refused_with(used_up(Some("10:05:00")));
    assert_eq!(bar.bar.in_progress(), 0);
}
