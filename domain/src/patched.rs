//! Views that messages patch: applied when they follow what the view has, refused when something
//! was missed between.

use std::cmp::Reverse;

use crate::status::Status;
use crate::time::Timestamp;
use crate::view::{
    Applied, BoardMessage, BoardView, Card, OrderView, QueueMessage, QueueView, RECALLABLE, Zone,
};

fn fits(prev: u64, seq: u64, mine: u64) -> Applied {
    if prev > mine {
        Applied::Gap
    } else if seq <= mine {
        Applied::Stale
    } else {
        Applied::Yes
    }
}

impl QueueView {
    /// Brings the view up to the message, if it fits.
    pub fn apply(&mut self, message: &QueueMessage) -> Applied {
        let applied = fits(message.prev, message.seq, self.seq);
        if applied == Applied::Yes {
            self.seq = message.seq;
            let gone = |order: &OrderView| {
                message.remove.contains(&order.order)
                    || message.upsert.iter().any(|changed| changed.order == order.order)
            };
            self.orders.retain(|order| !gone(order));
            self.recent.retain(|order| !gone(order));
            for changed in &message.upsert {
                self.now = self.now.max(changed.now);
                self.insert(changed.clone());
            }
        }
        applied
    }

    /// Puts an order where it belongs. Into its place instead of sorting: a sort would be 3 KB of
    /// an app's download.
    pub(crate) fn insert(&mut self, order: OrderView) {
        if order.status == Status::Collected {
            let at = self.recent.partition_point(|known| ended(known) >= ended(&order));
            self.recent.insert(at, order);
            self.recent.truncate(RECALLABLE);
        } else {
            let at = self.orders.partition_point(|known| place(known) <= place(&order));
            self.orders.insert(at, order);
        }
    }

    /// The queue by place, the collected by time, newest first and 40 at most.
    pub(crate) fn sort(&mut self) {
        self.orders.sort_by_key(place);
        self.recent.sort_by_key(|order| Reverse(ended(order)));
        self.recent.truncate(RECALLABLE);
    }
}

/// An order keeps its place for life, so the place is when it was first placed; the number settles
/// a tie.
fn place(order: &OrderView) -> (Option<Timestamp>, Option<u32>) {
    (order.placed_at, order.number)
}

fn ended(order: &OrderView) -> (Option<Timestamp>, u64) {
    (order.ended_at, order.version)
}

impl BoardView {
    /// Brings the view up to the message, if it fits.
    pub fn apply(&mut self, message: &BoardMessage) -> Applied {
        let applied = fits(message.prev, message.seq, self.seq);
        if applied == Applied::Yes {
            self.seq = message.seq;
            self.status = message.status.unwrap_or(self.status);
            let gone = |card: &Card| {
                message.remove.contains(&card.number)
                    || message.upsert.iter().any(|changed| changed.number == card.number)
            };
            self.preparing.retain(|card| !gone(card));
            self.ready.retain(|card| !gone(card));
            for card in &message.upsert {
                self.insert(card.clone());
            }
        }
        applied
    }

    /// Puts a card where it belongs, as [`QueueView::insert`].
    pub(crate) fn insert(&mut self, card: Card) {
        let (zone, at) = match card.zone {
            Zone::Preparing => {
                let at = self.preparing.partition_point(|known| since(known) <= since(&card));
                (&mut self.preparing, at)
            }
            Zone::Ready => {
                let at = self.ready.partition_point(|known| since(known) >= since(&card));
                (&mut self.ready, at)
            }
        };
        zone.insert(at, card);
    }

    pub(crate) fn sort(&mut self) {
        self.preparing.sort_by_key(since);
        self.ready.sort_by_key(|card| Reverse(since(card)));
    }
}

fn since(card: &Card) -> (Timestamp, u32) {
    (card.since, card.number)
}
