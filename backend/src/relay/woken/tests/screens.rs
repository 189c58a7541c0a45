//! Screens that take in what they are told, as the apps do.

use std::collections::BTreeMap;

use domain::bar::Audience;
use domain::topic::Topic;
use domain::view::{
    Applied, BarStatus, BarView, BoardView, Card, CodeView, Names, OrderView, QueueView, Refusal,
};
use domain::{Bar, OrderId, Timestamp};
use serde::de::DeserializeOwned;

use crate::relay::messages::Message;

/// What everybody at one bar sees.
pub(super) struct Screens {
    pub(super) queue: QueueView,
    pub(super) board: BoardView,
    pub(super) status: BarView,
    pub(super) code: CodeView,
    pub(super) orders: BTreeMap<OrderId, OrderView>,
    /// How often something was missing, so that a view had to be fetched.
    pub(super) gaps: usize,
    /// When the status was told.
    pub(super) statuses: Vec<Timestamp>,
}

/// What screens show that the log has settled.
#[derive(Debug, PartialEq)]
pub(super) struct Settled {
    queue: [Vec<OrderView>; 2],
    board: [Vec<Card>; 2],
    door: BarStatus,
    status: BarView,
    code: (String, u32, Option<Refusal>),
    orders: BTreeMap<OrderId, OrderView>,
}

impl Screens {
    /// Everything fetched now.
    pub(super) fn of(bar: &Bar, names: &Names, code: CodeView, now: Timestamp) -> Self {
        let theirs = bar.live_orders().filter(|order| order.person.is_some());
        let theirs =
            theirs.map(|order| (order, bar.order_view(order, names, Audience::Guest, now)));
        Self {
            queue: bar.queue_view(names, now),
            board: bar.board_view(names, now),
            status: bar.status_view(now),
            code,
            orders: theirs.map(|(order, view)| (order.order.clone(), view)).collect(),
            gaps: 0,
            statuses: Vec::new(),
        }
    }

    /// Takes in a message. A queue or board that misses something is fetched, from `bar` as it is
    /// now.
    pub(super) fn hear(
        &mut self,
        (topic, payload): &Message,
        bar: impl Fn() -> Bar,
        names: &Names,
    ) {
        let now = Timestamp::default();
        match topic {
            Topic::Queue(_) => {
                if self.queue.apply(&read(payload)) == Applied::Gap {
                    self.gaps += 1;
                    self.queue = bar().queue_view(names, now);
                }
            }
            Topic::Board(_) => {
                if self.board.apply(&read(payload)) == Applied::Gap {
                    self.gaps += 1;
                    self.board = bar().board_view(names, now);
                }
            }
            // The menu is fetched, the rest is in the message.
            Topic::Status(_) => {
                let message: BarView = read(payload);
                self.statuses.push(message.now);
                if self.status.apply(&message) == Applied::Gap {
                    self.status = message;
                }
            }
            // What the status says, too, with whatever happened since.
            Topic::Sign(_) => {}
            Topic::Code(_) => {
                self.code.apply(&read(payload));
            }
            Topic::Orders(_) => {
                let message: OrderView = read(payload);
                let known = self.orders.entry(message.order.clone());
                known.or_insert_with(|| message.clone()).apply(&message);
            }
        }
    }

    /// What the log has settled: moments at which somebody looked, and waits that depend on
    /// others, are not told again and again.
    pub(super) fn settled(mut self) -> Settled {
        let queue = self.queue.orders.iter_mut().chain(&mut self.queue.recent);
        for order in queue.chain(self.orders.values_mut()) {
            order.now = Timestamp::default();
            order.wait_seconds = None;
        }
        self.status.now = Timestamp::default();
        self.status.wait_seconds = 0;
        // It is not told of what changes nothing of it.
        self.status.seq = 0;
        let Self { queue, board, status, code, orders, .. } = self;
        Settled {
            queue: [queue.orders, queue.recent],
            board: [board.preparing, board.ready],
            door: board.status,
            status,
            code: (code.code, code.uses_left, code.refusal),
            orders,
        }
    }
}

fn read<T: DeserializeOwned>(payload: &[u8]) -> T {
    serde_json::from_slice(payload).expect("a message")
}
