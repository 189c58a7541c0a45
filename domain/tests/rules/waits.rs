//! The wait, by the table of the product page and at the bars it speaks of.

use domain::limits::LimitsChange;
use domain::text::{self, Language};
use domain::wait::{self, Age, Shown};
use domain::{Menu, OrderCommand};

use crate::menus::of_drinks;
use crate::people::just;
use crate::scenario::{Scenario, time};

/// Drinks of 30, 60 and 90 seconds: 60 on the mean.
fn menu() -> Menu {
    of_drinks(&[("short", 30), ("coffee", 60), ("long", 90)])
}

fn bar() -> Scenario {
    Scenario::open_bar_serving(menu())
}

fn one_barista() -> LimitsChange {
    LimitsChange { baristas: Some(1), ..LimitsChange::default() }
}

fn placed(bar: &mut Scenario, count: u32, drink: &str) {
    for order in 0..count {
        bar.barista("bea").takes(&format!("{drink}{order}"), drink).succeeds();
    }
}

/// Five drinks, each completed 45 s after the one before: a pace of 1.5.
fn five_at_a_pace_of_one_and_a_half(bar: &mut Scenario) {
    let orders = ["p1", "p2", "p3", "p4", "p5"];
    for order in orders {
        bar.barista("bea").takes(order, "coffee").succeeds();
    }
    for order in orders {
        bar.later(45).barista("bea").completes(order).succeeds();
    }
}

fn before_choosing(bar: &Scenario) -> u32 {
    bar.bar.view(bar.now).wait_seconds
}

fn of(bar: &Scenario, order: &str) -> u32 {
    bar.view_of(order).wait_seconds.expect("it has a wait")
}

fn shown(seconds: u32) -> String {
    text::wait(Language::English, Shown::of(seconds))
}

#[track_caller]
fn assert_wait(found: u32, seconds: u32, words: &str) {
    assert_eq!((found, shown(found).as_str()), (seconds, words));
}

#[test]
fn at_an_empty_bar() {
    assert_wait(before_choosing(&bar()), 60, "1 min");
}

#[test]
fn behind_four_placed_of_60_seconds() {
    let mut bar = bar();
    placed(&mut bar, 4, "coffee");
    assert_wait(before_choosing(&bar), 180, "3 min");
}

#[test]
fn behind_two_placed_of_90_and_two_being_made_of_60_for_20_seconds_each() {
    let mut bar = bar();
    placed(&mut bar, 2, "coffee");
    for (barista, order) in [("bea", "coffee0"), ("bob", "coffee1")] {
        bar.barista(barista).claims(order).succeeds();
    }
    placed(&mut bar, 2, "long");
    bar.later(20);
    assert_wait(before_choosing(&bar), 190, "4 min");
}

#[test]
fn behind_four_placed_of_60_seconds_at_a_pace_of_one_and_a_half() {
    let mut bar = bar();
    five_at_a_pace_of_one_and_a_half(&mut bar);
    placed(&mut bar, 4, "coffee");
    assert_wait(before_choosing(&bar), 270, "5 min");
}

#[test]
fn with_one_barista_behind_two_placed_and_one_being_made() {
    let menu = of_drinks(&[("coffee", 60), ("own", 45)]);
    let mut bar = Scenario::open_bar_serving(menu);
    bar.organiser().sets_limits(one_barista()).succeeds();
    bar.barista("bea").takes("made", "coffee").succeeds();
    bar.barista("bea").claims("made").succeeds();
    placed(&mut bar, 2, "coffee");
    bar.barista("bea").takes("own", "own").succeeds();
    bar.later(30);
    assert_wait(of(&bar, "own"), 195, "4 min");
}

#[test]
fn when_the_own_drink_takes_longer_than_planned() {
    let mut bar = bar();
    bar.barista("bea").takes("own", "coffee").succeeds();
    bar.barista("bea").claims("own").succeeds();
    for (seconds, left, words) in
        [(15, 45, "1 min"), (45, 0, "any moment now"), (15, 0, "any moment now")]
    {
        bar.later(seconds);
        assert_wait(of(&bar, "own"), left, words);
    }
}

#[test]
fn behind_forty_placed_of_60_seconds() {
    let mut bar = bar();
    placed(&mut bar, 40, "coffee");
    assert_wait(before_choosing(&bar), 1260, "20+ min");
}

#[test]
fn a_60_second_drink_completed_45_seconds_after_the_one_before_is_a_sample_of_one_and_a_half() {
    let (before, now) = (time("10:00:00"), time("10:00:45"));
    let long_ago = time("09:00:00");
    assert_eq!(wait::pace_sample(now, Some(before), long_ago, 60, 2), 1500);
    assert_eq!(wait::pace_sample(now, Some(long_ago), before, 60, 2), 1500, "since it was placed");
    assert_eq!(wait::pace_sample(now, None, before, 60, 2), 1500, "the first of all");
}

#[test]
fn every_guest_who_is_choosing_counts_as_a_mean_drink() {
    let mut bar = bar();
    bar.guest("ada").redeems().succeeds();
    bar.guest("bob").redeems().succeeds();
    assert_wait(before_choosing(&bar), 120, "2 min");
    // For Ada there is only Bob.
    assert_wait(of(&bar, "ada"), 90, "2 min");
    bar.guest("ada").places("long").succeeds();
    assert_wait(of(&bar, "ada"), 30 + 90, "2 min");
    bar.barista("bea").claims("ada").succeeds();
    assert_wait(of(&bar, "ada"), 90, "2 min");
}

#[test]
fn only_placed_orders_ahead_count_and_a_released_one_is_ahead_again() {
    let mut bar = bar();
    placed(&mut bar, 3, "coffee");
    let waits = |bar: &Scenario| ["coffee0", "coffee1", "coffee2"].map(|order| of(bar, order));
    assert_eq!(waits(&bar), [60, 90, 120]);
    bar.barista("bea").claims("coffee1").succeeds();
    assert_eq!(waits(&bar), [90, 60, 120], "what is being made is work ahead of all others");
    bar.barista("bea").releases("coffee1").succeeds();
    assert_eq!(waits(&bar), [60, 90, 120]);
}

#[test]
fn nobody_waits_for_what_is_ready_or_over() {
    let mut bar = bar();
    placed(&mut bar, 2, "coffee");
    bar.barista("bea").completes("coffee0").succeeds();
    assert_eq!(bar.view_of("coffee0").wait_seconds, None);
    bar.barista("bea").cancels("coffee1").succeeds();
    assert_eq!(bar.view_of("coffee1").wait_seconds, None);
    assert_wait(before_choosing(&bar), 60, "1 min");
}

#[test]
fn what_is_promised_on_placing_is_the_wait_shown_right_after_it() {
    let mut bar = bar();
    placed(&mut bar, 3, "long");
    bar.guest("cem").redeems().succeeds();
    bar.guest("ada").orders("short");
    let view = bar.view_of("ada");
    let wait = view.wait_seconds.expect("it has a wait");
    assert_eq!(wait, (3 * 90 + 60) / 2 + 30);
    assert_eq!(view.promised_at, Some(bar.now.plus_seconds(wait)));
}

#[test]
fn the_options_chosen_are_part_of_the_drink() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").redeems().succeeds();
    let mut latte = just("latte");
    let large = crate::menus::slugs(&["large"]);
    latte.options.insert(crate::menus::slug("size"), large);
    bar.guest("ada").steps("ada", OrderCommand::Place(latte)).succeeds();
    assert_eq!(of(&bar, "ada"), 80);
}

#[test]
fn minutes_are_rounded_up() {
    for (seconds, words) in [
        (0, "any moment now"),
        (1, "1 min"),
        (60, "1 min"),
        (61, "2 min"),
        (1200, "20 min"),
        (1201, "20+ min"),
        (86_400, "20+ min"),
    ] {
        assert_eq!(shown(seconds), words, "{seconds} s");
    }
}

#[test]
fn a_wait_is_told_in_whole_seconds_rounded() {
    for (baristas, seconds) in [(1, 150), (2, 105), (3, 90), (4, 83), (7, 73)] {
        let mut bar = bar();
        let limits = LimitsChange { baristas: Some(baristas), ..LimitsChange::default() };
        let _ = bar.organiser().sets_limits(limits);
        placed(&mut bar, 1, "long");
        assert_eq!(before_choosing(&bar), seconds, "90 s shared by {baristas}, and 60");
    }
}

#[test]
fn what_was_told_runs_down_by_the_clock() {
    let told = time("10:00:00");
    for (clock, left) in [("09:59:00", 90), ("10:00:30.999", 60), ("10:02:00", 0)] {
        assert_eq!(wait::remaining(90, told, time(clock)), left, "{clock}");
    }
}

#[test]
fn the_age_of_an_order_is_told_against_its_promise() {
    let (placed, promised) = (time("10:00:00"), time("10:05:00"));
    for (clock, age, words) in [
        ("10:00:00", Age::OnTime, "on-time"),
        ("10:03:59.999", Age::OnTime, "on-time"),
        ("10:04:00", Age::Soon, "soon"),
        ("10:04:59.999", Age::Soon, "soon"),
        ("10:05:00", Age::Late, "late"),
    ] {
        let found = Age::of(placed, promised, time(clock));
        assert_eq!((found, found.as_str()), (age, words), "{clock}");
    }
}
