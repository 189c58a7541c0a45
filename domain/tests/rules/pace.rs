//! The pace of a bar: the median of its last fifteen completions, within bounds.

use std::collections::VecDeque;

use domain::wait;

use crate::menus::of_drinks;
use crate::scenario::Scenario;

fn pace(samples: &[u32]) -> u32 {
    wait::pace(&samples.iter().copied().collect::<VecDeque<_>>())
}

#[test]
fn fewer_than_five_samples_say_nothing() {
    assert_eq!(pace(&[]), 1000);
    assert_eq!(pace(&[2000; 4]), 1000);
    assert_eq!(pace(&[2000; 5]), 2000);
}

#[test]
fn the_pace_stays_within_a_half_and_three() {
    for (sample, expected) in [(0, 500), (499, 500), (501, 501), (2999, 2999), (3001, 3000)] {
        assert_eq!(pace(&[sample; 5]), expected, "{sample}");
    }
}

#[test]
fn one_drink_that_took_ages_moves_nothing() {
    assert_eq!(pace(&[900, 1000, 1100, 1200, 90_000]), 1100);
    assert_eq!(pace(&[90_000, 900, 1000, 1200, 1100, 1]), 1050, "between the middle two");
}

/// A bar of one drink of 60 s, where one drink after the other took this many seconds.
fn bar_where_drinks_took(seconds: &[u32]) -> Scenario {
    let mut bar = Scenario::open_bar_serving(of_drinks(&[("coffee", 60)]));
    for (index, &seconds) in seconds.iter().enumerate() {
        let order = format!("made{index}");
        bar.barista("bea").takes(&order, "coffee").succeeds();
        bar.barista("bea").claims(&order).succeeds();
        bar.later(seconds).barista("bea").completes(&order).succeeds();
        bar.barista("bea").collects(&order).succeeds();
    }
    bar
}

/// The wait at an empty bar is a drink of 60 s at the bar's pace.
fn wait_after(seconds: &[u32]) -> u32 {
    let bar = bar_where_drinks_took(seconds);
    bar.bar.view(bar.now).wait_seconds
}

#[test]
fn a_bar_learns_its_pace_from_the_fifth_drink_on() {
    // Two baristas, so as planned there is a drink of 60 s every 30 s.
    assert_eq!(wait_after(&[60; 4]), 60);
    assert_eq!(wait_after(&[60; 5]), 120);
    assert_eq!(wait_after(&[30; 5]), 60);
    assert_eq!(wait_after(&[5; 5]), 30, "not below a half");
    assert_eq!(wait_after(&[300; 5]), 180, "not above three");
}

#[test]
fn only_the_last_fifteen_count() {
    let slow_then_planned = |planned| [vec![60; 15], vec![30; planned]].concat();
    assert_eq!(wait_after(&slow_then_planned(7)), 120);
    assert_eq!(wait_after(&slow_then_planned(8)), 60);
    let planned_then_slow = |slow| [vec![30; 100], vec![60; slow]].concat();
    assert_eq!(wait_after(&planned_then_slow(7)), 60);
    assert_eq!(wait_after(&planned_then_slow(8)), 120);
}

#[test]
fn a_quiet_hour_is_no_slow_drink() {
    let mut bar = bar_where_drinks_took(&[30; 4]);
    bar.later(3600).barista("bea").takes("after", "coffee").succeeds();
    bar.later(30).barista("bea").completes("after").succeeds();
    assert_eq!(bar.bar.view(bar.now).wait_seconds, 60);
}

#[test]
fn a_drink_is_counted_once_however_often_it_becomes_ready() {
    let mut bar = bar_where_drinks_took(&[60; 4]);
    let last = "made3";
    bar.later(60).barista("bea").returns(last).succeeds();
    bar.barista("bea").recalls(last).succeeds();
    bar.later(60).barista("bea").completes(last).succeeds();
    bar.barista("bea").collects(last).succeeds();
    assert_eq!(bar.bar.view(bar.now).wait_seconds, 60, "still four samples");
}
