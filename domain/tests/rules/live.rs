//! Live messages: a screen that applies them shows what a fresh one shows. Every scenario checks
//! that after every entry (see `screens`); here are the way through all steps, and what is missed.

use domain::bar::Touched;
use domain::view::{Applied, BoardMessage, BoardView, QueueMessage, QueueView};
use domain::{Status, Step};

use crate::scenario::Scenario;
use crate::screens::{board_message, queue_message, steady};

/// A morning in which every step of the table is taken, and the bar paused, opened and closed.
fn morning() -> Scenario {
    let mut bar = Scenario::open_bar();
    let bea = |bar: &mut Scenario| drop(bar.barista("bea").claims("ada").succeeds());
    bar.guest("ada").redeems().succeeds();
    bar.guest("bob").redeems().succeeds();
    bar.guest("cem").redeems().succeeds();
    bar.later(5).guest("ada").places("latte").succeeds();
    bar.later(5).barista("bea").takes("walkup", "tea").succeeds();
    bar.guest("ada").changes_to("mocha").succeeds();
    bar.barista("bea").pauses().succeeds();
    bea(&mut bar);
    bar.barista("bob").releases("ada").succeeds();
    bea(&mut bar);
    bar.later(40).barista("bea").completes("ada").succeeds();
    bar.barista("bea").recalls("ada").succeeds();
    bar.later(5).barista("bea").completes("ada").succeeds();
    bar.barista("bea").completes("walkup").succeeds();
    bar.guest("ada").collects("ada").succeeds();
    bar.barista("bea").returns("ada").succeeds();
    bar.barista("bea").opens().succeeds();
    bar.guest("bob").places("tea").succeeds();
    bar.guest("bob").cancels("bob").succeeds();
    bar.guest("dan").orders("tea");
    bar.barista("bea").claims("dan").succeeds();
    bar.barista("bea").cancels_because("dan", "spilled").succeeds();
    bar.guest("eve").orders("tea");
    bar.later(600).time_passes();
    bar.barista("bea").closes().succeeds();
    bar.day_begins("2026-11-22");
    bar.later(1800).time_passes();
    bar
}

fn expired(bar: &Scenario, order: &str) -> bool {
    bar.bar
        .order(&crate::scenario::order_id(order))
        .is_none_or(|order| order.status == Status::Expired)
}

#[test]
fn a_morning_takes_every_step_there_is() {
    let bar = morning();
    assert!(expired(&bar, "cem") && expired(&bar, "eve"));
    let happened = |name: &str| {
        let mut events = bar.log.iter().flat_map(|entry| &entry.events);
        events.any(|event| event.name() == name)
    };
    for step in Step::ALL {
        assert!(happened(event_of(step)), "{step:?}");
    }
}

fn event_of(step: Step) -> &'static str {
    match step {
        Step::Place => "OrderPlaced",
        Step::Change => "OrderChanged",
        Step::Claim => "OrderClaimed",
        Step::Release => "OrderReleased",
        Step::Complete => "OrderCompleted",
        Step::Recall => "OrderRecalled",
        Step::Collect => "OrderCollected",
        Step::Return => "OrderReturned",
        Step::Cancel => "OrderCancelled",
        Step::Expire => "OrderExpired",
    }
}

/// A screen's views and the messages of the morning, as they were after each entry.
struct Replay {
    queues: Vec<QueueView>,
    boards: Vec<BoardView>,
    to_queue: Vec<QueueMessage>,
    to_board: Vec<BoardMessage>,
}

fn replay() -> Replay {
    let morning = morning();
    let mut bar = domain::Bar::new(morning.bar.id().clone());
    let mut all = Replay {
        queues: vec![bar.queue_view(&morning.names, morning.log[0].at)],
        boards: vec![bar.board_view(&morning.names, morning.log[0].at)],
        to_queue: Vec::new(),
        to_board: Vec::new(),
    };
    for entry in &morning.log {
        let before = bar.touched();
        bar.evolve(entry);
        if bar.touched().queue == entry.seq {
            all.to_queue.push(queue_message(before.queue, entry, &bar, &morning.names));
        }
        if bar.touched().board == entry.seq {
            all.to_board.push(board_message(before.board, entry, &bar, &morning.names));
        }
        all.queues.push(bar.queue_view(&morning.names, entry.at));
        all.boards.push(bar.board_view(&morning.names, entry.at));
    }
    all
}

#[test]
fn a_screen_that_joins_at_any_moment_catches_up_by_the_messages_after_it() {
    let all = replay();
    let last = all.queues.last().expect("a last view");
    for fetched in &all.queues {
        let (mut queue, mine) = (fetched.clone(), fetched.seq);
        for message in &all.to_queue {
            let expected = if message.seq <= mine { Applied::Stale } else { Applied::Yes };
            assert_eq!(queue.apply(message), expected, "{} on {mine}", message.seq);
        }
        assert_eq!(steady(&queue), steady(last), "fetched at {mine}");
    }
    let last = all.boards.last().expect("a last view");
    for fetched in &all.boards {
        let mut board = fetched.clone();
        for message in &all.to_board {
            assert_ne!(board.apply(message), Applied::Gap);
        }
        assert_eq!((&board.preparing, &board.ready), (&last.preparing, &last.ready));
        assert_eq!(board.status, last.status);
    }
}

#[test]
fn a_screen_that_missed_a_message_is_told_so_and_keeps_what_it_has() {
    let all = replay();
    for (missed, next) in all.to_queue.iter().zip(&all.to_queue[1..]) {
        let mut queue = all.queues[missed.prev as usize].clone();
        let before = queue.clone();
        assert_eq!(queue.apply(next), Applied::Gap);
        assert_eq!(queue, before, "nothing was applied");
    }
    for (missed, next) in all.to_board.iter().zip(&all.to_board[1..]) {
        let mut board = all.boards[missed.prev as usize].clone();
        let before = board.clone();
        assert_eq!(board.apply(next), Applied::Gap);
        assert_eq!(board, before, "nothing was applied");
    }
}

#[test]
fn prev_and_seq_say_whether_a_message_fits() {
    let all = replay();
    let (message, empty) = (&all.to_queue[1], &all.queues[0]);
    for (mine, expected) in [
        (message.prev - 1, Applied::Gap),
        (message.prev, Applied::Yes),
        (message.seq - 1, Applied::Yes),
        (message.seq, Applied::Stale),
        (message.seq + 1, Applied::Stale),
    ] {
        let mut queue = QueueView { seq: mine, ..empty.clone() };
        assert_eq!(queue.apply(message), expected, "{mine}");
        let seq = if expected == Applied::Yes { message.seq } else { mine };
        assert_eq!(queue.seq, seq);
    }
}

#[test]
fn only_what_a_topic_shows_touches_it() {
    let morning = morning();
    for entry in &morning.log {
        for event in &entry.events {
            let mut touched = Touched::default();
            touched.note(event, entry.seq);
            let (board, queue) = (touched.board > 0, touched.queue > 0);
            let value = serde_json::to_value(event).expect("plain data");
            let numbered = value.get("number").is_some();
            let door = matches!(event.name(), "BarOpened" | "BarPaused" | "BarClosed");
            let same_card = matches!(event.name(), "OrderClaimed" | "OrderReleased");
            let expected = (numbered && !same_card || door, numbered);
            assert_eq!((board, queue), expected, "{event:?}");
        }
    }
}

#[test]
fn one_message_may_cover_several_entries() {
    let all = replay();
    let busiest = all.queues.iter().max_by_key(|view| view.orders.len()).expect("a view");
    assert_eq!(busiest.orders.len(), 3);
    let merged = QueueMessage {
        prev: 0,
        seq: busiest.seq,
        upsert: busiest.orders.iter().rev().cloned().collect(),
        remove: Vec::new(),
    };
    let mut queue = all.queues[0].clone();
    assert_eq!(queue.apply(&merged), Applied::Yes);
    assert_eq!(queue.orders, busiest.orders, "in the order of the queue");
}
