//! How much work stands between an order and its guest.

use super::Bar;
use crate::order::Order;
use crate::status::Status;
use crate::time::Timestamp;
use crate::wait::{Work, pace};

impl Bar {
    /// Seconds somebody who scanned at `at` would wait.
    pub fn wait_before_choosing(&self, at: Timestamp) -> u32 {
        let own = self.menu.mean_millis();
        self.wait(self.work_ahead(None, at), own)
    }

    /// Seconds until this order is ready; none when that is no question any more.
    pub fn wait_of(&self, order: &Order, at: Timestamp) -> Option<u32> {
        match order.status {
            Status::Choosing => {
                let own = self.menu.mean_millis();
                Some(self.wait(self.work_ahead(Some(order), at), own))
            }
            Status::Placed => Some(self.wait(self.work_ahead(Some(order), at), order.own_millis())),
            Status::Making => Some(self.wait(0, left_to_make(order, at))),
            Status::Ready | Status::Collected | Status::Cancelled | Status::Expired => None,
        }
    }

    /// Seconds until a drink of `seconds` would be ready for this guest, who places it now.
    pub(super) fn wait_when_placed(&self, own: Option<&Order>, seconds: u32, at: Timestamp) -> u32 {
        self.wait(self.work_ahead(own, at), u64::from(seconds) * 1000)
    }

    fn wait(&self, ahead_millis: u64, own_millis: u64) -> u32 {
        let pace = pace(&self.samples);
        Work { ahead_millis, own_millis, baristas: self.limits.baristas, pace }.wait_seconds()
    }

    fn work_ahead(&self, own: Option<&Order>, at: Timestamp) -> u64 {
        let place = own
            .filter(|order| order.status == Status::Placed)
            .map_or(u64::MAX, |order| order.queue_place);
        let others =
            self.orders.values().filter(|order| own.is_none_or(|own| own.order != order.order));
        others
            .map(|order| match order.status {
                Status::Choosing => self.menu.mean_millis(),
                Status::Placed if order.queue_place < place => order.own_millis(),
                Status::Making => left_to_make(order, at),
                Status::Placed
                | Status::Ready
                | Status::Collected
                | Status::Cancelled
                | Status::Expired => 0,
            })
            .sum()
    }
}

fn left_to_make(order: &Order, at: Timestamp) -> u64 {
    let elapsed = order.started_at.map_or(0, |started| at.millis_since(started));
    order.own_millis().saturating_sub(elapsed)
}
