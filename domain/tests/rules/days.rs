//! Numbers and days: when a number is drawn, what a new day begins again, and the daily counts.

use domain::limits::LimitsChange;
use domain::{Code, Command, Event, OrderCommand, Rejection};

use crate::people::just;
use crate::scenario::{Scenario, TODAY, time};

const TOMORROW: &str = "2026-11-22";

fn number(event: Event) -> u32 {
    let Event::OrderPlaced { number, .. } = event else {
        panic!("a placed order was expected, not {event:?}");
    };
    number
}

#[test]
fn a_number_is_drawn_only_when_an_order_is_placed() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").redeems().succeeds();
    bar.guest("bob").redeems().succeeds();
    bar.guest("cem").redeems().succeeds();
    assert_eq!(bar.view_of("ada").number, None);
    bar.guest("ada").cancels("ada").succeeds();
    assert_eq!(number(bar.guest("cem").places("tea").succeeds()), 1);
    assert_eq!(number(bar.barista("bea").takes("walkup", "tea").succeeds()), 2);
    assert_eq!(number(bar.guest("bob").places("tea").succeeds()), 3);
}

#[test]
fn a_number_is_kept_whatever_happens_to_the_order() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("tea");
    bar.guest("ada").changes_to("mocha").succeeds();
    bar.barista("bea").claims("ada").succeeds();
    bar.barista("bea").releases("ada").succeeds();
    bar.barista("bea").completes("ada").succeeds();
    bar.barista("bea").recalls("ada").succeeds();
    bar.barista("bea").completes("ada").succeeds();
    bar.barista("bea").collects("ada").succeeds();
    bar.barista("bea").returns("ada").succeeds();
    assert_eq!(bar.number_of("ada"), 1);
    bar.barista("bea").takes("next", "tea").succeeds();
    assert_eq!(bar.number_of("next"), 2);
}

#[test]
fn a_cancelled_number_is_not_drawn_again_on_the_same_day() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("tea");
    bar.guest("ada").cancels("ada").succeeds();
    bar.barista("bea").takes("next", "tea").succeeds();
    assert_eq!(bar.number_of("next"), 2);
}

#[test]
fn a_new_day_begins_at_one_but_for_the_live_and_the_recallable() {
    let mut bar = Scenario::open_bar();
    for order in ["n1", "n2", "n3", "n4", "n5"] {
        bar.barista("bea").takes(order, "tea").succeeds();
    }
    bar.barista("bea").completes("n1").succeeds();
    bar.barista("bea").completes("n2").succeeds();
    bar.barista("bea").collects("n2").succeeds();
    bar.barista("bea").cancels("n3").succeeds();
    bar.barista("bea").claims("n4").succeeds();
    // Ready, collected, cancelled, making, placed: only the cancelled number is free.
    bar.day_begins(TOMORROW);
    bar.barista("bea").takes("m1", "tea").succeeds();
    bar.barista("bea").takes("m2", "tea").succeeds();
    bar.barista("bea").takes("m3", "tea").succeeds();
    assert_eq!(["m1", "m2", "m3"].map(|order| bar.number_of(order)), [3, 6, 7]);
}

#[test]
fn a_number_is_free_again_when_its_order_cannot_be_brought_back_any_more() {
    let mut bar = Scenario::open_bar();
    let collects_a_tea = |bar: &mut Scenario, order: &str| {
        bar.barista("bea").takes(order, "tea").succeeds();
        bar.barista("bea").completes(order).succeeds();
        bar.barista("bea").collects(order).succeeds();
    };
    for order in 1..=41 {
        collects_a_tea(&mut bar, &format!("old{order}"));
    }
    bar.day_begins(TOMORROW);
    bar.barista("bea").takes("new", "tea").succeeds();
    bar.barista("bea").takes("newer", "tea").succeeds();
    assert_eq!((bar.number_of("new"), bar.number_of("newer")), (1, 42));
}

#[test]
fn opening_and_closing_begin_no_day() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("tea");
    bar.barista("bea").closes().succeeds();
    bar.barista("bea").opens().succeeds();
    bar.guest("bob").orders("tea");
    assert_eq!(bar.number_of("bob"), 2);
}

#[test]
fn a_day_begins_once_and_never_again() {
    let mut bar = Scenario::open_bar();
    for (day, begins) in [
        (TODAY, false),
        (TOMORROW, true),
        (TOMORROW, false),
        (TODAY, false),
        ("2026-11-20", false),
        ("2026-12-24", true),
    ] {
        bar.today = day.parse().expect("a day");
        let answer = bar.clock().sends(Command::StartDay);
        if begins {
            let day = bar.today;
            assert_eq!(answer.succeeds(), Event::DayStarted { day });
        } else {
            answer.changes_nothing();
        }
    }
}

fn at_most(daily: u32) -> Scenario {
    Scenario::open_bar_with(LimitsChange {
        daily_per_person: Some(daily),
        uses_per_window: Some(100),
        ..LimitsChange::default()
    })
}

/// Not before that day, which begins at four.
fn until(day: &str) -> Rejection {
    Rejection::DailyLimit { retry_at: time(&format!("{day}T04:00:00")) }
}

fn places(bar: &mut Scenario, order: &str) {
    bar.guest("ada").redeems_for(order).succeeds();
    let tea = OrderCommand::Place(just("tea"));
    bar.guest("ada").steps(order, tea).succeeds();
}

fn drinks(bar: &mut Scenario, order: &str) {
    places(bar, order);
    bar.barista("bea").completes(order).succeeds();
    bar.guest("ada").collects(order).succeeds();
}

#[test]
fn so_many_drinks_a_day_and_not_one_more() {
    let mut bar = at_most(2);
    drinks(&mut bar, "first");
    drinks(&mut bar, "second");
    bar.guest("ada").redeems_for("third").refused_with(until("2026-11-22"));
    bar.guest("bob").redeems().succeeds();
    bar.day_begins(TOMORROW);
    drinks(&mut bar, "third");
    drinks(&mut bar, "fourth");
    bar.guest("ada").redeems_for("fifth").refused_with(until("2026-11-23"));
}

#[test]
fn without_a_limit_nobody_is_counted_out() {
    let mut bar = at_most(0);
    for order in ["first", "second", "third", "fourth"] {
        drinks(&mut bar, order);
    }
}

#[test]
fn cancelled_and_expired_orders_do_not_count() {
    let mut bar = at_most(1);
    places(&mut bar, "first");
    bar.guest("ada").cancels("first").succeeds();
    places(&mut bar, "second");
    bar.barista("bea").cancels_because("second", "sold-out").succeeds();
    places(&mut bar, "third");
    bar.later(1800).time_passes();
    bar.guest("ada").redeems_for("fourth").succeeds();
    bar.later(300).time_passes();
    drinks(&mut bar, "fifth");
    bar.guest("ada").redeems_for("sixth").refused_with(until("2026-11-22"));
}

#[test]
fn what_was_placed_yesterday_is_not_taken_off_todays_count() {
    let mut bar = at_most(1);
    bar.guest("ada").orders("tea");
    bar.day_begins(TOMORROW);
    bar.organiser()
        .sets_limits(LimitsChange { live_per_person: Some(2), ..LimitsChange::default() })
        .succeeds();
    drinks(&mut bar, "todays");
    bar.guest("ada").cancels("ada").succeeds();
    bar.guest("ada").redeems_for("second").refused_with(until("2026-11-23"));
}

#[test]
fn who_is_choosing_has_one_drink_of_the_day_in_hand() {
    let mut bar = Scenario::open_bar_with(LimitsChange {
        daily_per_person: Some(1),
        live_per_person: Some(2),
        ..LimitsChange::default()
    });
    bar.guest("ada").redeems_for("first").succeeds();
    let answer = bar.guest("ada").redeems_for("second");
    answer.refused_as(Code::DailyLimit);
}
