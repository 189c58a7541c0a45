//! The life of an order beyond the table: what each step keeps and what it passes.

use domain::event::EndedBy;
use domain::limits::LimitsChange;
use domain::{Code, Event, OrderCommand, Rejection, Status};

use crate::scenario::{Scenario, order_id};

fn tight_bar() -> Scenario {
    Scenario::open_bar_with(LimitsChange {
        max_in_progress: Some(1),
        max_wait_seconds: Some(120),
        ..LimitsChange::default()
    })
}

fn taken_by(barista: &str) -> Rejection {
    let by = barista.parse().expect("a person");
    Rejection::Taken { by }
}

fn queue(bar: &Scenario) -> Vec<u32> {
    let view = bar.bar.queue_view(&bar.names, bar.now);
    view.orders.iter().filter_map(|order| order.number).collect()
}

#[test]
fn the_first_to_claim_wins_and_everybody_reads_who_it_was() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("tea");
    let seen = bar.view_of("ada").version;
    bar.barista("bea").claims("ada").succeeds();
    bar.barista("bob").claims("ada").refused_with(taken_by("bea"));
    bar.barista("bea").claims("ada").refused_with(taken_by("bea"));
    bar.organiser().claims("ada").refused_with(taken_by("bea"));
    let answer = bar.barista("bob").steps_if("ada", OrderCommand::Claim, Some(seen));
    answer.refused_with(taken_by("bea"));
}

#[test]
fn an_order_put_back_keeps_its_place_in_the_queue() {
    let mut bar = Scenario::open_bar();
    for order in ["first", "second", "third"] {
        bar.later(1).barista("bea").takes(order, "tea").succeeds();
    }
    bar.barista("bea").claims("first").succeeds();
    bar.later(60).barista("bob").releases("first").succeeds();
    assert_eq!(queue(&bar), [1, 2, 3]);
    assert_eq!(bar.view_of("first").by, None);
    assert_eq!(bar.view_of("first").started_at, None);
    bar.barista("bob").claims("first").succeeds();
}

#[test]
fn an_order_keeps_its_place_whatever_happens_to_it() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").redeems().succeeds();
    bar.later(1).barista("bea").takes("first", "tea").succeeds();
    bar.later(1).guest("ada").places("tea").succeeds();
    bar.later(1).barista("bea").takes("third", "tea").succeeds();
    bar.later(1).guest("ada").changes_to("mocha").succeeds();
    bar.barista("bea").completes("first").succeeds();
    bar.barista("bea").collects("first").succeeds();
    bar.barista("bea").returns("first").succeeds();
    bar.barista("bea").recalls("first").succeeds();
    assert_eq!(queue(&bar), [1, 2, 3]);
}

#[test]
fn who_completes_at_one_tap_has_made_it_and_who_claimed_keeps_it() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("tea");
    bar.barista("bob").completes("ada").succeeds();
    assert_eq!(bar.view_of("ada").by.as_deref(), Some("Bob"));
    bar.guest("cem").orders("tea");
    bar.barista("bea").claims("cem").succeeds();
    bar.barista("bob").completes("cem").succeeds();
    assert_eq!(bar.view_of("cem").by.as_deref(), Some("Bea"));
    bar.barista("bob").recalls("cem").succeeds();
    assert_eq!(bar.view_of("cem").by.as_deref(), Some("Bob"));
}

#[test]
fn a_drink_that_was_not_ready_after_all_goes_on_where_it_was() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("latte");
    bar.barista("bea").claims("ada").succeeds();
    let started = bar.view_of("ada").started_at;
    bar.later(50).barista("bea").completes("ada").succeeds();
    bar.later(10).barista("bea").recalls("ada").succeeds();
    let view = bar.view_of("ada");
    assert_eq!((view.started_at, view.ready_at), (started, None));
    assert_eq!(view.wait_seconds, Some(10), "of 70");

    bar.guest("cem").orders("latte");
    bar.barista("bea").completes("cem").succeeds();
    bar.later(10).barista("bea").recalls("cem").succeeds();
    assert_eq!(bar.view_of("cem").started_at, Some(bar.now), "it was never started before");
}

#[test]
fn taking_a_step_back_passes_all_limits() {
    let mut bar = tight_bar();
    bar.guest("ada").orders("mocha");
    bar.barista("bea").completes("ada").succeeds();
    bar.guest("bob").orders("mocha");
    bar.barista("bea").recalls("ada").succeeds();
    assert_eq!(bar.bar.in_progress(), 2, "of one");
    bar.barista("bea").completes("ada").succeeds();
    bar.guest("ada").collects("ada").succeeds();
    bar.barista("bea").completes("bob").succeeds();
    bar.guest("ada").redeems_for("second").succeeds();
    bar.barista("bea").returns("ada").succeeds();
    assert_eq!(bar.status_of("ada"), Status::Ready, "beside the second one");
}

#[test]
fn only_the_last_forty_can_be_brought_back() {
    let mut bar = Scenario::open_bar();
    for order in 1..=41 {
        let order = format!("order{order}");
        bar.barista("bea").takes(&order, "tea").succeeds();
        bar.barista("bea").completes(&order).succeeds();
        bar.barista("bea").collects(&order).succeeds();
    }
    let collected = Rejection::WrongStatus { order_status: Status::Collected };
    bar.barista("bea").returns("order1").refused_with(collected);
    bar.barista("bea").returns("order2").succeeds();
    bar.barista("bea").returns("order41").succeeds();
}

#[test]
fn a_promise_is_kept_on_change() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("espresso");
    let before = bar.view_of("ada");
    bar.later(30).guest("ada").changes_to("mocha").succeeds();
    let after = bar.view_of("ada");
    assert_eq!(after.drink_name.as_deref(), Some("Mocha"));
    assert_eq!(after.promised_at, before.promised_at);
    assert_eq!((after.number, after.placed_at), (before.number, before.placed_at));
    assert_eq!(after.version, before.version + 1);
}

#[test]
fn what_was_sold_stays_as_sold() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("latte");
    let before = bar.view_of("ada");
    bar.organiser().sets_menu(crate::menus::of_drinks(&[("water", 5)])).succeeds();
    let after = bar.view_of("ada");
    assert_eq!((after.drink, after.drink_name), (before.drink, before.drink_name));
    assert_eq!(after.option_names, before.option_names);
    bar.barista("bea").completes("ada").succeeds();
}

#[test]
fn a_closed_bar_finishes_what_is_in() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").redeems().succeeds();
    bar.guest("bob").redeems().succeeds();
    bar.barista("bea").pauses().succeeds();
    bar.guest("ada").places("tea").succeeds();
    bar.barista("bea").closes().succeeds();
    bar.guest("bob").places("tea").succeeds();
    bar.guest("bob").changes_to("mocha").succeeds();
    bar.barista("bea").takes("walkup", "tea").refused_with(Rejection::BarClosed);
}

#[test]
fn a_cancellation_says_who_and_why() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("tea");
    let event = bar.guest("ada").cancels("ada").succeeds();
    let (order, number, use_returned) = (order_id("ada"), Some(1), false);
    let (by, reason) = (EndedBy::Customer, None);
    assert_eq!(event, Event::OrderCancelled { order, number, by, reason, use_returned });
    assert_eq!(bar.view_of("ada").reason.as_deref(), Some("changed-mind"));

    bar.guest("cem").orders("tea");
    bar.barista("bea").claims("cem").succeeds();
    bar.barista("bea").cancels("cem").refused_in("reason");
    bar.barista("bea").cancels_because("cem", "  ").refused_in("reason");
    bar.barista("bea").cancels_because("cem", " spilled ").succeeds();
    assert_eq!(bar.view_of("cem").reason.as_deref(), Some("spilled"));
}

#[test]
fn a_sold_out_item_is_named_when_placing_and_when_changing() {
    let mut bar = Scenario::open_bar();
    let milk = |slug| domain::command::Item::Option("milk".parse().expect("a slug"), slug);
    let whole = "whole".parse().expect("a slug");
    bar.guest("ada").orders("tea");
    bar.barista("bea").marks(milk(whole), false).succeeds();
    let sold_out = || Rejection::SoldOut {
        field: "options.milk.whole".to_owned(),
        item: "Whole".to_owned(),
        names: [("pt-BR".to_owned(), "Integral".to_owned())].into(),
    };
    bar.guest("ada").changes_to("latte").refused_with(sold_out());
    bar.barista("bea").takes("walkup", "latte").refused_with(sold_out());
    bar.guest("bob").redeems().succeeds();
    bar.guest("bob").places("latte").refused_with(sold_out());
    bar.guest("bob").places("espresso").succeeds();
}

#[test]
fn what_makes_no_sense_is_told_before_where_the_order_is() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("tea");
    bar.guest("ada").places("beer").refused_in("drink");
    bar.barista("bea").completes("ada").succeeds();
    bar.guest("ada").changes_to("beer").refused_in("drink");
    let answer = bar.guest("ada").changes_to("tea");
    answer.refused_as(Code::WrongStatus);
    bar.barista("bea").closes().succeeds();
    bar.barista("bea").takes("walkup", "beer").refused_in("drink");
}
