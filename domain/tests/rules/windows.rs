//! Windows whose length is changed: at once while the bar is closed, else from the end of the
//! running window. The code on the monitor is always one that works.

use domain::limits::LimitsChange;
use domain::{Rejection, Timestamp};

use crate::scenario::{Scenario, time};

fn length(seconds: u32) -> LimitsChange {
    LimitsChange { window_seconds: Some(seconds), ..LimitsChange::default() }
}

fn window(bar: &Scenario) -> (Timestamp, Timestamp) {
    let window = bar.bar.window(bar.now);
    (window.opens_at, window.closes_at)
}

fn from_to(opens: &str, closes: &str) -> (Timestamp, Timestamp) {
    (time(opens), time(closes))
}

#[test]
fn while_the_bar_is_closed_a_new_length_holds_at_once() {
    let mut bar = Scenario::closed_bar();
    bar.at("10:01:30").organiser().sets_limits(length(60)).succeeds();
    assert_eq!(window(&bar), from_to("10:01:00", "10:02:00"));
    bar.barista("bea").opens().succeeds();
    bar.guest("ada").redeems().succeeds();
}

#[test]
fn while_it_is_open_or_paused_the_running_window_ends_as_it_was_told() {
    for paused in [false, true] {
        let mut bar = Scenario::open_bar();
        if paused {
            bar.barista("bea").pauses().succeeds();
        }
        bar.at("10:01:30").organiser().sets_limits(length(60)).succeeds();
        assert_eq!(window(&bar), from_to("10:00:00", "10:05:00"));
        bar.at("10:04:59.999");
        assert_eq!(window(&bar), from_to("10:00:00", "10:05:00"));
        bar.at("10:05:00");
        assert_eq!(window(&bar), from_to("10:05:00", "10:06:00"));
    }
}

#[test]
fn the_code_shown_before_the_change_keeps_its_grace() {
    let mut bar = Scenario::open_bar();
    bar.at("10:01:30").organiser().sets_limits(length(60)).succeeds();
    let old = Scenario::code_of("10:00:00");
    bar.at("10:05:59.999").guest("ada").redeems_code(old).succeeds();
    bar.at("10:06:00").guest("bob").redeems_code(old).refused_with(Rejection::CodeExpired);
}

#[test]
fn the_first_code_of_a_new_length_works_though_its_window_opened_before_it_held() {
    // 420 s do not fit into 300 s: by their own grid they open at 9:59, then at 10:06.
    let mut bar = Scenario::open_bar();
    bar.at("10:01:30").organiser().sets_limits(length(420)).succeeds();
    let first = Scenario::code_of("09:59:00");
    let too_early = bar.at("10:04:59.999").guest("ada").redeems_code(first);
    too_early.refused_with(Rejection::CodeExpired);
    bar.at("10:05:00");
    assert_eq!((bar.code(), window(&bar)), (first, from_to("09:59:00", "10:06:00")));
    bar.guest("ada").redeems().succeeds();
    assert_eq!(bar.uses_left(), 9, "and its uses are counted");
    bar.guest("ada").cancels("ada").succeeds();
    assert_eq!(bar.uses_left(), 10, "and given back");
    bar.at("10:06:00");
    assert_eq!(window(&bar), from_to("10:06:00", "10:13:00"));
    bar.at("10:06:59.999").guest("bob").redeems_code(first).succeeds();
    bar.at("10:07:00").guest("cem").redeems_code(first).refused_with(Rejection::CodeExpired);
}

#[test]
fn a_window_that_only_gets_longer_keeps_its_code_and_its_uses() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").redeems().succeeds();
    bar.at("10:01:30").organiser().sets_limits(length(900)).succeeds();
    let code = bar.code();
    bar.at("10:14:59.999");
    assert_eq!(window(&bar), from_to("10:00:00", "10:15:00"));
    assert_eq!(bar.code(), code);
    bar.guest("bob").redeems().succeeds();
    assert_eq!(bar.uses_left(), 8);
}

#[test]
fn the_last_change_before_the_window_ends_holds() {
    let mut bar = Scenario::open_bar();
    bar.at("10:01:00").organiser().sets_limits(length(60)).succeeds();
    bar.at("10:02:00").organiser().sets_limits(length(150)).succeeds();
    assert_eq!(window(&bar), from_to("10:00:00", "10:05:00"));
    bar.at("10:05:00");
    assert_eq!(window(&bar), from_to("10:05:00", "10:07:30"));
}

#[test]
fn a_change_taken_back_in_time_has_never_been() {
    let mut bar = Scenario::open_bar();
    bar.at("10:01:00").organiser().sets_limits(length(60)).succeeds();
    bar.at("10:02:00").organiser().sets_limits(length(300)).succeeds();
    bar.at("10:05:00");
    assert_eq!(window(&bar), from_to("10:05:00", "10:10:00"));
}

#[test]
fn other_limits_leave_a_change_that_is_on_its_way_alone() {
    for closed in [false, true] {
        let mut bar = Scenario::open_bar();
        bar.at("10:01:00").organiser().sets_limits(length(60)).succeeds();
        if closed {
            bar.barista("bea").closes().succeeds();
        }
        let baristas = LimitsChange { baristas: Some(3), ..LimitsChange::default() };
        bar.at("10:02:00").organiser().sets_limits(baristas).succeeds();
        assert_eq!(window(&bar), from_to("10:00:00", "10:05:00"));
        bar.at("10:05:00");
        assert_eq!(window(&bar), from_to("10:05:00", "10:06:00"));
    }
}

#[test]
fn more_or_fewer_uses_hold_for_the_running_window_too() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").redeems().succeeds();
    bar.guest("bob").redeems().succeeds();
    for (uses, left) in [(3, 1), (2, 0), (1, 0), (10, 8)] {
        let limits = LimitsChange { uses_per_window: Some(uses), ..LimitsChange::default() };
        bar.organiser().sets_limits(limits).succeeds();
        assert_eq!(bar.uses_left(), left, "of {uses}");
    }
}
