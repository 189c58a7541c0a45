//! Views that replace one another: the newer one wins. Queue and board are patched instead, by
//! messages that say what they follow (`view`).

use crate::status::Status;
use crate::view::{Applied, BarView, CodeView, OrderView, QueueView};

impl BarView {
    /// Brings the view up to a live message, which comes without the menu. A gap when the menu has
    /// changed: then the bar is to be fetched again.
    pub fn apply(&mut self, message: &Self) -> Applied {
        if (message.seq, message.now) <= (self.seq, self.now) {
            return Applied::Stale;
        }
        if message.menu.is_none() && message.menu_seq != self.menu_seq {
            return Applied::Gap;
        }
        let menu = self.menu.take();
        *self = message.clone();
        self.menu = self.menu.take().or(menu);
        Applied::Yes
    }
}

impl CodeView {
    /// Takes a message's place, if it is newer.
    pub fn apply(&mut self, message: &Self) -> Applied {
        if (message.seq, message.now) <= (self.seq, self.now) {
            return Applied::Stale;
        }
        *self = message.clone();
        Applied::Yes
    }
}

impl OrderView {
    /// Takes a message's place, if it is about the same order and newer.
    pub fn apply(&mut self, message: &Self) -> Applied {
        let newer = (message.version, message.now) > (self.version, self.now);
        if message.order != self.order || !newer {
            return Applied::Stale;
        }
        *self = message.clone();
        Applied::Yes
    }
}

impl QueueView {
    /// Takes in the answer to a command about one order, which arrives before the message that
    /// tells everybody. `seq` stays, so that message is not taken for an old one.
    pub fn answered(&mut self, order: &OrderView) -> Applied {
        let mut all = self.orders.iter().chain(&self.recent);
        let known = all.find(|known| known.order == order.order);
        let newer = known.is_none_or(|known| known.version < order.version);
        if order.bar != self.bar || !newer {
            return Applied::Stale;
        }
        self.replace(order.clone());
        Applied::Yes
    }

    /// Puts an order where it now belongs, in place of what was known of it; nowhere when it is
    /// over and cannot be brought back.
    pub(crate) fn replace(&mut self, order: OrderView) {
        self.orders.retain(|known| known.order != order.order);
        self.recent.retain(|known| known.order != order.order);
        match order.status {
            Status::Placed | Status::Making | Status::Ready | Status::Collected => {
                self.insert(order);
            }
            Status::Choosing | Status::Cancelled | Status::Expired => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn order(own: &str, status: Status, version: u64) -> OrderView {
        OrderView {
            order: format!("espresso.{own}").parse().expect("an order id"),
            bar: "espresso".parse().expect("a slug"),
            number: Some(1),
            status,
            drink: None,
            drink_name: None,
            options: None,
            option_names: None,
            name: None,
            by: None,
            reason: None,
            stage: None,
            wait_seconds: None,
            promised_at: None,
            created_at: Timestamp::default(),
            placed_at: Some(Timestamp::default()),
            started_at: None,
            ready_at: None,
            ended_at: None,
            until: None,
            version,
            now: Timestamp::default(),
        }
    }

    #[test]
    fn an_older_order_does_not_replace_a_newer_one() {
        let mut shown = order("AAAAAAAA", Status::Making, 7);
        assert_eq!(shown.apply(&order("AAAAAAAA", Status::Placed, 6)), Applied::Stale);
        assert_eq!(shown.apply(&order("BBBBBBBB", Status::Ready, 9)), Applied::Stale);
        assert_eq!(shown.apply(&order("AAAAAAAA", Status::Ready, 8)), Applied::Yes);
        assert_eq!(shown.status, Status::Ready);
    }

    #[test]
    fn an_answer_is_seen_before_its_message_and_does_not_hide_others() {
        let mut queue = QueueView {
            bar: "espresso".parse().expect("a slug"),
            seq: 5,
            orders: vec![order("AAAAAAAA", Status::Placed, 3)],
            recent: Vec::new(),
            now: Timestamp::default(),
        };
        assert_eq!(queue.answered(&order("AAAAAAAA", Status::Making, 6)), Applied::Yes);
        assert_eq!(queue.orders[0].status, Status::Making);
        assert_eq!(queue.seq, 5);
        assert_eq!(queue.answered(&order("AAAAAAAA", Status::Placed, 3)), Applied::Stale);
        assert_eq!(queue.answered(&order("AAAAAAAA", Status::Collected, 8)), Applied::Yes);
        assert_eq!((queue.orders.len(), queue.recent.len()), (0, 1));
        assert_eq!(queue.answered(&order("AAAAAAAA", Status::Ready, 9)), Applied::Yes);
        assert_eq!(queue.answered(&order("AAAAAAAA", Status::Cancelled, 10)), Applied::Yes);
        assert_eq!((queue.orders.len(), queue.recent.len()), (0, 0));
    }
}
