//! Stages that run out: each status entered starts its own full time anew, and who comes late
//! finds it over, whether or not a timer has fired.

use domain::limits::LimitsChange;
use domain::{Code, Event, OrderCommand, Rejection, Status, deadline};

use crate::scenario::{Scenario, order_id, time};

fn bar() -> Scenario {
    Scenario::open_bar_with(LimitsChange {
        choose_seconds: Some(100),
        start_seconds: Some(200),
        collect_seconds: Some(300),
        ..LimitsChange::default()
    })
}

#[test]
fn every_status_entered_starts_its_own_full_time() {
    let mut bar = bar();
    type Deed = fn(&mut Scenario);
    let deeds: [(&str, Deed, Option<u32>); 12] = [
        ("redeem", |bar| drop(bar.guest("ada").redeems().succeeds()), Some(100)),
        ("place", |bar| drop(bar.guest("ada").places("tea").succeeds()), Some(200)),
        ("claim", |bar| drop(bar.barista("bea").claims("ada").succeeds()), None),
        ("release", |bar| drop(bar.barista("bea").releases("ada").succeeds()), Some(200)),
        ("claim", |bar| drop(bar.barista("bea").claims("ada").succeeds()), None),
        ("complete", |bar| drop(bar.barista("bea").completes("ada").succeeds()), Some(300)),
        ("recall", |bar| drop(bar.barista("bea").recalls("ada").succeeds()), None),
        ("release", |bar| drop(bar.barista("bea").releases("ada").succeeds()), Some(200)),
        ("complete", |bar| drop(bar.barista("bea").completes("ada").succeeds()), Some(300)),
        ("collect", |bar| drop(bar.guest("ada").collects("ada").succeeds()), None),
        ("return", |bar| drop(bar.barista("bea").returns("ada").succeeds()), Some(300)),
        ("collect", |bar| drop(bar.guest("ada").collects("ada").succeeds()), None),
    ];
    for (name, deed, seconds) in deeds {
        bar.later(10);
        deed(&mut bar);
        let until = seconds.map(|seconds| bar.now.plus_seconds(seconds));
        assert_eq!(bar.view_of("ada").until, until, "after {name}");
        assert_eq!(deadline::next(&bar.bar), until, "after {name}");
    }
}

#[test]
fn changing_a_placed_order_starts_no_new_time() {
    let mut bar = bar();
    bar.guest("ada").orders("tea");
    bar.later(50).guest("ada").changes_to("mocha").succeeds();
    assert_eq!(bar.view_of("ada").until, Some(time("10:03:20")));
}

#[test]
fn a_walk_up_starts_in_the_queue() {
    let mut bar = bar();
    bar.barista("bea").takes("walkup", "tea").succeeds();
    assert_eq!(bar.view_of("walkup").until, Some(time("10:03:20")));
}

#[test]
fn the_last_moment_is_in_time_and_the_next_is_not() {
    for (clock, in_time) in [("10:01:39.999", true), ("10:01:40.000", false)] {
        let mut bar = bar();
        bar.guest("ada").redeems().succeeds();
        let answer = bar.at(clock).guest("ada").places("tea");
        if in_time {
            answer.succeeds();
        } else {
            answer.refused_with(Rejection::WrongStatus { order_status: Status::Expired });
            assert_eq!(bar.view_of("ada").stage, Some(Status::Choosing));
        }
    }
}

#[test]
fn an_order_nobody_starts_times_out() {
    let mut bar = bar();
    bar.guest("ada").orders("tea");
    let answer = bar.later(200).barista("bea").claims("ada");
    answer.refused_with(Rejection::WrongStatus { order_status: Status::Expired });
    let view = bar.view_of("ada");
    assert_eq!((view.stage, view.ended_at), (Some(Status::Placed), Some(bar.now)));
}

#[test]
fn a_drink_that_is_being_made_is_never_struck_out() {
    let mut bar = bar();
    bar.guest("ada").orders("tea");
    bar.barista("bea").claims("ada").succeeds();
    bar.later(86_400).time_passes();
    assert_eq!(bar.status_of("ada"), Status::Making);
    bar.barista("bea").completes("ada").succeeds();
}

#[test]
fn a_ready_drink_counts_as_collected_in_the_end() {
    let mut bar = bar();
    bar.guest("ada").orders("tea");
    bar.barista("bea").completes("ada").succeeds();
    bar.later(300).time_passes();
    let (order, number, by) = (order_id("ada"), 1, domain::event::EndedBy::System);
    let last = bar.log.last().expect("an entry");
    assert_eq!(last.events, [Event::OrderCollected { order, number, by }]);
    bar.barista("bea").returns("ada").succeeds();
    assert_eq!(bar.status_of("ada"), Status::Ready);
}

#[test]
fn time_runs_on_while_the_bar_is_paused_or_closed() {
    for closed in [false, true] {
        let mut bar = bar();
        bar.guest("ada").redeems().succeeds();
        if closed {
            bar.barista("bea").closes().succeeds();
        } else {
            bar.barista("bea").pauses().succeeds();
        }
        bar.later(100).time_passes();
        assert_eq!(bar.status_of("ada"), Status::Expired);
    }
}

#[test]
fn what_is_due_is_told_oldest_first_with_a_cause_of_its_own() {
    let mut bar = bar();
    bar.guest("zoe").redeems().succeeds();
    bar.later(1).guest("bob").redeems().succeeds();
    bar.barista("bea").takes("walkup", "tea").succeeds();
    bar.barista("bea").completes("walkup").succeeds();
    let due = |clock| deadline::due(&bar.bar, time(clock));
    assert_eq!(due("10:01:39.999"), []);
    let orders = |due: Vec<deadline::Due>| due.into_iter().map(|due| due.order).collect::<Vec<_>>();
    assert_eq!(orders(due("10:01:40")), [order_id("zoe")]);
    let all = due("11:00:00");
    assert_eq!(all[0].command, OrderCommand::Expire);
    assert_eq!(all[2].command, OrderCommand::Collect);
    assert_eq!(all[0].cause().as_str(), "due-zoexxxxx-1795255300000");
    assert_ne!(all[0].cause(), all[1].cause());
    assert_eq!(orders(all), ["zoe", "bob", "walkup"].map(order_id));
}

#[test]
fn a_limit_changed_later_leaves_running_times_alone() {
    let mut bar = bar();
    bar.guest("ada").redeems().succeeds();
    let limits = LimitsChange { choose_seconds: Some(1), ..LimitsChange::default() };
    bar.organiser().sets_limits(limits).succeeds();
    bar.later(99).guest("ada").places("tea").succeeds();
}

#[test]
fn an_order_that_is_over_stays_at_hand_for_a_quarter_of_an_hour() {
    let mut bar = bar();
    bar.guest("ada").orders("tea");
    bar.guest("ada").cancels("ada").succeeds();
    for (seconds, known) in [(899, Code::WrongStatus), (1, Code::NoSuchOrder)] {
        bar.later(seconds);
        let walkup = format!("walkup{seconds}");
        bar.barista("bea").takes(&walkup, "tea").succeeds();
        bar.barista("bea").claims("ada").refused_as(known);
    }
}
