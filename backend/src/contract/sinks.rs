//! What is promised by those who are told, and by who keeps how far that has come.

use std::collections::BTreeMap;

use domain::journey::Hops;
use domain::{Order, Timestamp};

use super::{bar, now, order, past};
use crate::ports::{Cursor, Cursors, History, HopTimes, Places, Sink};

/// Where several tell it, whoever comes late sets nothing back.
pub async fn a_history_is_not_set_back(history: &dyn History) {
    let at = |version| Order { version, ..past(1, Some("ivo"), 1000) };
    for (through, version) in [(8, 8), (5, 4), (8, 8), (6, 6)] {
        history.put(&bar("past"), Some(through), &[at(version)], &[]).await.expect("put");
        assert_eq!(history.cursor(&bar("past")).await.expect("cursor"), 8);
        let kept = history.order(&order("past.00000001")).await.expect("order");
        assert_eq!(kept, Some(at(8)));
    }
    history.forget(&bar("past")).await.expect("forget");
}

/// Each sink of each bar stands on its own, and goes forward only.
pub async fn cursors_go_forward_only(cursors: &dyn Cursors) {
    let at = |seq: u64| Cursor { seq, at: Timestamp::from_millis(1_795_000_000_123) };
    let places = async |name: &str| cursors.places(&bar(name)).await.expect("places");
    let advance = async |to: &[(Sink, Cursor)]| {
        let to = to.iter().copied().collect();
        cursors.advance(&bar("told"), to).await.expect("advance");
    };
    assert_eq!(places("told").await, Places::new());
    for (to, then) in [(7, 7), (5, 7), (12, 12)] {
        advance(&[(Sink::Live, at(to))]).await;
        assert_eq!(places("told").await, Places::from([(Sink::Live, at(then))]));
    }
    // Where it is, another time changes nothing either.
    advance(&[(Sink::Live, Cursor { at: Timestamp::default(), ..at(12) })]).await;
    advance(&[(Sink::Status, at(3))]).await;
    let both = Places::from([(Sink::Live, at(12)), (Sink::Status, at(3))]);
    assert_eq!(places("told").await, both);
    // Who is late with some is not late with all.
    advance(&[(Sink::Live, at(11)), (Sink::Status, at(9)), (Sink::Bus, at(11))]).await;
    advance(&[(Sink::History, at(2)), (Sink::Live, at(12)), (Sink::Bus, at(10))]).await;
    let all = [(Sink::History, 2), (Sink::Live, 12), (Sink::Status, 9), (Sink::Bus, 11)];
    let all = Places::from(all.map(|(sink, seq)| (sink, at(seq))));
    assert_eq!(places("told").await, all);
    advance(&[]).await;
    assert_eq!(places("other-told").await, Places::new());
}

/// Times are kept by bar and entry, whoever knows which of them, and the first of each counts.
pub async fn the_first_time_counts(times: &dyn HopTimes) {
    let none = Hops::default();
    let live = Hops { log: Some(20), relay: Some(31), live: Some(60), ..none };
    let bus = Hops { relay: Some(44), bus: Some(0), history: Some(71), ..none };
    let again = Hops { log: Some(5000), live: Some(5040), bus: Some(5041), ..none };
    for (name, hops) in [
        ("timed", BTreeMap::from_iter((7..40).map(|seq| (seq, live)))),
        ("timed", BTreeMap::from([(15, bus), (16, bus), (200, bus)])),
        ("timed", BTreeMap::from([(15, again), (16, again)])),
        ("also-timed", BTreeMap::from([(8, bus)])),
    ] {
        times.keep(&bar(name), &hops, now()).await.expect("keep");
    }
    let both = Hops { bus: Some(0), history: Some(71), ..live };
    let kept = times.of(&bar("timed"), &[6, 7, 15, 16, 39, 40, 200, 9000]).await.expect("of");
    let expected = [(7, live), (15, both), (16, both), (39, live), (200, bus)];
    assert_eq!(kept, BTreeMap::from(expected));
    assert_eq!(times.of(&bar("timed"), &[]).await.expect("of"), BTreeMap::new());
    let kept = times.of(&bar("also-timed"), &[7, 8]).await.expect("of");
    assert_eq!(kept, BTreeMap::from([(8, bus)]));
}
