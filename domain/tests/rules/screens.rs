//! A tablet and a monitor that have only seen messages, and must show what a fresh one would; and a
//! phone at the door, to which nothing is said while nothing is new.

use domain::bar::{Audience, card};
use domain::view::{
    Applied, BarStatus, BarView, BoardMessage, BoardView, Names, OrderView, QueueMessage, QueueView,
};
use domain::{Bar, Entry, Event, Order, Status, Timestamp};

/// The queue and the board as screens hold them.
#[derive(Clone)]
pub(crate) struct Screens {
    queue: QueueView,
    board: BoardView,
}

impl Screens {
    pub(crate) fn of(bar: &Bar, names: &Names, now: Timestamp) -> Self {
        Self { queue: bar.queue_view(names, now), board: bar.board_view(names, now) }
    }

    /// Applies what the entry says, then looks whether a screen that fetched shows the same.
    pub(crate) fn follow(&mut self, last: &Bar, entry: &Entry, bar: &Bar, names: &Names) {
        let (before, touched) = (last.touched(), bar.touched());
        if touched.status != entry.seq {
            let untold = BarView { seq: bar.seq(), ..last.status_view(entry.at) };
            assert_eq!(untold, bar.status_view(entry.at), "{entry:?}");
        }
        if touched.queue == entry.seq {
            let message = queue_message(before.queue, entry, bar, names);
            assert_eq!(self.queue.apply(&message), Applied::Yes);
            assert_eq!(self.queue.apply(&message), Applied::Stale);
            if !message.upsert.is_empty() {
                assert_eq!(self.queue.now, entry.at, "the bar's clock is known anew");
            }
        }
        if touched.board == entry.seq {
            let message = board_message(before.board, entry, bar, names);
            assert_eq!(self.board.apply(&message), Applied::Yes);
            assert_eq!(self.board.apply(&message), Applied::Stale);
        }
        let fresh = Self::of(bar, names, entry.at);
        assert_eq!(steady(&self.queue), steady(&fresh.queue), "{entry:?}");
        let (ours, theirs) = (&self.board, &fresh.board);
        assert_eq!(ours.preparing, theirs.preparing, "{entry:?}");
        assert_eq!(ours.ready, theirs.ready, "{entry:?}");
        // That a pause ends by itself is told by the clock alone.
        if entry.events.iter().any(|event| door(event).is_some()) {
            assert_eq!(ours.status, theirs.status, "{entry:?}");
        }
    }
}

/// The message to the tablets of the bar, as whoever reads the log makes it.
pub(crate) fn queue_message(prev: u64, entry: &Entry, bar: &Bar, names: &Names) -> QueueMessage {
    let mut message = QueueMessage { prev, seq: entry.seq, upsert: Vec::new(), remove: Vec::new() };
    for order in entry.events.iter().filter_map(Event::order) {
        let ours = bar.order(order).expect("an order just touched is known");
        match ours.status {
            Status::Placed | Status::Making | Status::Ready | Status::Collected => {
                let view = bar.order_view(ours, names, Audience::Staff, entry.at);
                message.upsert.push(view);
            }
            Status::Choosing | Status::Cancelled | Status::Expired => {
                message.remove.push(order.clone());
            }
        }
    }
    message
}

/// The message to the monitors of the bar.
pub(crate) fn board_message(prev: u64, entry: &Entry, bar: &Bar, names: &Names) -> BoardMessage {
    let orders: Vec<&Order> =
        entry.events.iter().filter_map(Event::order).filter_map(|order| bar.order(order)).collect();
    let shown = orders.iter().filter_map(|order| card(order, names));
    let gone = orders.iter().filter(|order| card(order, names).is_none());
    BoardMessage {
        prev,
        seq: entry.seq,
        upsert: shown.collect(),
        remove: gone.filter_map(|order| order.number).collect(),
        status: entry.events.iter().find_map(door),
    }
}

fn door(event: &Event) -> Option<BarStatus> {
    match event.name() {
        "BarOpened" => Some(BarStatus::Open),
        "BarPaused" => Some(BarStatus::Paused),
        "BarClosed" => Some(BarStatus::Closed),
        _ => None,
    }
}

/// The orders of a queue without what every second changes.
pub(crate) fn steady(queue: &QueueView) -> Vec<OrderView> {
    let orders = queue.orders.iter().chain(&queue.recent);
    orders
        .map(|order| OrderView { wait_seconds: None, now: Timestamp::default(), ..order.clone() })
        .collect()
}
