//! What each audience sees: the order of the queue, the zones of the board, and who is told what.

use domain::bar::Audience;
use domain::limits::LimitsChange;
use domain::view::{BarStatus, Card, Zone};
use domain::{Code, Status};

use crate::scenario::{Scenario, order_id, time};

fn numbers(cards: &[Card]) -> Vec<u32> {
    cards.iter().map(|card| card.number).collect()
}

fn tea(bar: &mut Scenario, order: &str) {
    bar.later(1).barista("bea").takes(order, "tea").succeeds();
}

/// Six orders: one in each status that any screen shows, one choosing, one cancelled.
fn busy_bar() -> Scenario {
    let mut bar = Scenario::open_bar();
    for order in ["first", "second", "third", "fourth", "fifth"] {
        tea(&mut bar, order);
    }
    bar.guest("ada").redeems().succeeds();
    bar.barista("bea").claims("second").succeeds();
    bar.later(10).barista("bea").completes("third").succeeds();
    bar.later(10).barista("bea").completes("first").succeeds();
    bar.barista("bea").completes("fourth").succeeds();
    bar.barista("bea").collects("fourth").succeeds();
    bar.barista("bea").cancels("fifth").succeeds();
    tea(&mut bar, "sixth");
    bar
}

#[test]
fn the_queue_goes_by_place_and_shows_nobody_who_is_choosing() {
    let bar = busy_bar();
    let queue = bar.bar.queue_view(&bar.names, bar.now);
    let shown: Vec<_> = queue.orders.iter().map(|order| (order.number, order.status)).collect();
    let expected =
        [(1, Status::Ready), (2, Status::Making), (3, Status::Ready), (6, Status::Placed)];
    assert_eq!(shown, expected.map(|(number, status)| (Some(number), status)));
    let recent: Vec<_> = queue.recent.iter().map(|order| order.number).collect();
    assert_eq!(recent, [Some(4)]);
    assert_eq!(bar.bar.view(bar.now).in_progress, 3, "but it is counted");
}

#[test]
fn the_board_has_two_zones_the_oldest_first_and_the_newest_first() {
    let bar = busy_bar();
    let board = bar.bar.board_view(&bar.names, bar.now);
    assert_eq!(board.status, BarStatus::Open);
    assert_eq!(numbers(&board.preparing), [2, 6]);
    assert_eq!(numbers(&board.ready), [1, 3]);
    let card = &board.preparing[0];
    assert_eq!((card.zone, card.since), (Zone::Preparing, time("10:00:02")));
    let card = &board.ready[0];
    assert_eq!((card.zone, card.since), (Zone::Ready, time("10:00:25")));
}

#[test]
fn the_first_of_a_new_day_stand_behind_the_last_of_the_day_before() {
    let mut bar = Scenario::open_bar();
    tea(&mut bar, "first");
    bar.barista("bea").cancels("first").succeeds();
    tea(&mut bar, "second");
    bar.day_begins("2026-11-22");
    tea(&mut bar, "third");
    let queue = bar.bar.queue_view(&bar.names, bar.now);
    let numbers: Vec<_> = queue.orders.iter().filter_map(|order| order.number).collect();
    assert_eq!(numbers, [2, 1]);
}

#[test]
fn the_collected_are_shown_newest_first_and_forty_at_most() {
    let mut bar = Scenario::open_bar();
    for order in 1..=42 {
        let order = format!("order{order}");
        tea(&mut bar, &order);
        bar.barista("bea").completes(&order).succeeds();
        bar.barista("bea").collects(&order).succeeds();
    }
    let queue = bar.bar.queue_view(&bar.names, bar.now);
    let numbers: Vec<_> = queue.recent.iter().filter_map(|order| order.number).collect();
    assert_eq!(numbers, (3..=42).rev().collect::<Vec<_>>());
}

#[test]
fn who_makes_it_is_for_the_staff_alone() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("tea");
    bar.barista("bea").claims("ada").succeeds();
    let order = bar.bar.order(&order_id("ada")).expect("a known order");
    let seen_by = |audience| bar.bar.order_view(order, &bar.names, audience, bar.now);
    let (guest, staff) = (seen_by(Audience::Guest), seen_by(Audience::Staff));
    assert_eq!((guest.by.as_deref(), staff.by.as_deref()), (None, Some("Bea")));
    assert_eq!(domain::view::OrderView { by: None, ..staff }, guest, "all else is the same");
}

#[test]
fn the_name_to_call_is_shown_where_numbers_are() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("tea");
    bar.names.pickup.insert(order_id("ada"), "Ada".to_owned());
    let board = bar.bar.board_view(&bar.names, bar.now);
    assert_eq!(board.preparing[0].name.as_deref(), Some("Ada"));
    assert_eq!(bar.view_of("ada").name.as_deref(), Some("Ada"));
    let text = serde_json::to_string(&bar.log).expect("a log");
    assert!(!text.contains("Ada"), "the log does not know it");
}

#[test]
fn times_and_words_are_there_as_far_as_the_order_has_come() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").redeems().succeeds();
    let view = bar.view_of("ada");
    assert_eq!((view.number, view.drink, view.placed_at), (None, None, None));
    assert_eq!(view.version, bar.bar.seq());
    bar.later(10).guest("ada").places("tea").succeeds();
    let board = bar.bar.board_view(&bar.names, bar.now);
    assert_eq!(board.preparing[0].since, bar.now, "since it was placed");
    bar.later(10).barista("bea").claims("ada").succeeds();
    bar.later(10).barista("bea").completes("ada").succeeds();
    bar.later(10).guest("ada").collects("ada").succeeds();
    let view = bar.view_of("ada");
    let times = [view.placed_at, view.started_at, view.ready_at, view.ended_at];
    let expected = ["10:00:10", "10:00:20", "10:00:30", "10:00:40"];
    assert_eq!(times, expected.map(|clock| Some(time(clock))));
    assert_eq!(view.created_at, time("10:00:00"));
    assert_eq!((view.until, view.wait_seconds), (None, None));
}

#[test]
fn a_bar_tells_everybody_whether_it_takes_orders_and_if_not_why() {
    let mut bar = Scenario::open_bar_with(LimitsChange {
        max_in_progress: Some(1),
        ..LimitsChange::default()
    });
    let told = |bar: &Scenario| {
        let view = bar.bar.status_view(bar.now);
        assert_eq!(view.accepting, view.refusal.is_none());
        let refusal = view.refusal.map(|refusal| (refusal.code, refusal.retry_at));
        (view.status, view.paused_until, refusal)
    };
    assert_eq!(told(&bar), (BarStatus::Open, None, None));
    bar.guest("ada").redeems().succeeds();
    assert_eq!(told(&bar), (BarStatus::Open, None, Some((Code::BarFull, None))));
    let until = Some(time("10:02:00"));
    bar.barista("bea").pauses_until("10:02:00").succeeds();
    assert_eq!(told(&bar), (BarStatus::Paused, until, Some((Code::BarPaused, until))));
    bar.at("10:02:00");
    assert_eq!(told(&bar), (BarStatus::Open, None, Some((Code::BarFull, None))));
    bar.barista("bea").closes().succeeds();
    assert_eq!(told(&bar), (BarStatus::Closed, None, Some((Code::BarClosed, None))));
    assert_eq!(bar.bar.summary(bar.now).status, BarStatus::Closed);
}

#[test]
fn the_reason_of_a_pause_is_shown_while_it_lasts() {
    let mut bar = Scenario::open_bar();
    let reason = Some("Out of beans".to_owned());
    let until = Some(time("10:02:00"));
    let pause = domain::Command::PauseBar { until, reason: reason.clone() };
    bar.barista("bea").sends(pause).succeeds();
    assert_eq!(bar.bar.view(bar.now).reason, reason);
    assert_eq!(bar.at("10:02:00").bar.view(time("10:02:00")).reason, None);
}

#[test]
fn the_menu_is_told_apart_from_the_status() {
    let mut bar = Scenario::open_bar();
    let (whole, status) = (bar.bar.view(bar.now), bar.bar.status_view(bar.now));
    assert_eq!(whole.menu, Some(domain::Menu::standard()));
    assert_eq!(domain::view::BarView { menu: None, ..whole }, status);
    assert_eq!(status.menu_seq, 1);
    bar.guest("ada").orders("tea");
    assert_eq!(bar.bar.status_view(bar.now).menu_seq, 1);
    let oat = "oat".parse().expect("a slug");
    let oat = domain::command::Item::Option("milk".parse().expect("a slug"), oat);
    bar.barista("bea").marks(oat, false).succeeds();
    let view = bar.bar.view(bar.now);
    assert_eq!(view.menu_seq, view.seq);
}

#[test]
fn the_code_tells_what_it_is_still_good_for() {
    let mut bar = Scenario::open_bar_with(LimitsChange {
        uses_per_window: Some(1),
        ..LimitsChange::default()
    });
    let code = |bar: &Scenario| bar.bar.code_view("7K3M".to_owned(), "http://".to_owned(), bar.now);
    let view = code(&bar);
    assert_eq!((view.opens_at, view.closes_at), (time("10:00:00"), time("10:05:00")));
    assert_eq!((view.uses_left, view.accepting), (1, true));
    bar.guest("ada").redeems().succeeds();
    let view = code(&bar);
    let refusal = view.refusal.expect("nobody is let in");
    assert_eq!((refusal.code, refusal.retry_at), (Code::CodeUsedUp, Some(time("10:05:00"))));
    assert_eq!((view.uses_left, view.accepting), (0, false));
    bar.barista("bea").closes().succeeds();
    assert_eq!(code(&bar).refusal.map(|refusal| refusal.code), Some(Code::BarClosed));
}
