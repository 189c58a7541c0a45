//! What a screen shows between a tap and the server's answer.

use crate::id::OrderId;
use crate::status::{Party, Status, Step, Transition, transition};
use crate::time::Timestamp;
use crate::view::QueueView;

impl QueueView {
    /// Takes a step of staff ahead of the server, as its answer will have it if nothing came
    /// between. A step the table does not allow where the order is now changes nothing: then the
    /// server knows better already. `by` is the name of who takes it, `at` the server's time.
    ///
    /// The order keeps its version, so that whatever the server says of it next is newer.
    pub fn expect(&mut self, order: &OrderId, step: Step, by: Option<&str>, at: Timestamp) {
        let mut all = self.orders.iter().chain(&self.recent);
        let Some(known) = all.find(|known| known.order == *order) else {
            return;
        };
        let Transition::To(status) = transition(Party::Staff, step, known.status) else {
            return;
        };
        let mut expected = known.clone();
        let by = by.map(str::to_owned);
        match status {
            Status::Placed => expected.by = None,
            Status::Making => {
                expected.by = by;
                expected.ready_at = None;
            }
            Status::Ready => {
                expected.by = expected.by.or(by);
                // A drink that is brought back has stood there since it was ready.
                expected.ready_at = expected.ready_at.or(Some(at));
                expected.ended_at = None;
            }
            Status::Collected | Status::Cancelled | Status::Expired => expected.ended_at = Some(at),
            Status::Choosing => {}
        }
        expected.status = status;
        self.replace(expected);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::OrderView;
    use Status::{Collected, Making, Placed, Ready};

    fn queue(status: Status, by: Option<&str>) -> QueueView {
        let at = Timestamp::from_seconds;
        let order = OrderView {
            order: "espresso.AAAAAAAA".parse().expect("an order id"),
            bar: "espresso".parse().expect("a slug"),
            number: Some(1),
            status,
            drink: None,
            drink_name: None,
            options: None,
            option_names: None,
            name: None,
            by: by.map(str::to_owned),
            reason: None,
            stage: None,
            wait_seconds: None,
            promised_at: None,
            created_at: at(0),
            placed_at: Some(at(1)),
            started_at: None,
            ready_at: matches!(status, Ready | Collected).then(|| at(5)),
            ended_at: (status == Collected).then(|| at(6)),
            until: None,
            version: 7,
            now: at(8),
        };
        let mut queue = QueueView {
            bar: order.bar.clone(),
            seq: 7,
            orders: Vec::new(),
            recent: Vec::new(),
            now: at(8),
        };
        queue.replace(order);
        queue
    }

    #[test]
    fn a_step_is_seen_before_it_is_answered() {
        for (from, step, to, by) in [
            (Placed, Step::Claim, Making, Some("Bea")),
            (Placed, Step::Complete, Ready, Some("Bea")),
            (Making, Step::Release, Placed, None),
            (Making, Step::Complete, Ready, Some("Bob")),
            (Ready, Step::Recall, Making, Some("Bea")),
            (Ready, Step::Collect, Collected, Some("Bob")),
            (Collected, Step::Return, Ready, Some("Bob")),
        ] {
            let mut queue = queue(from, Some("Bob").filter(|_| from != Placed));
            let order: OrderId = "espresso.AAAAAAAA".parse().expect("an order id");
            queue.expect(&order, step, Some("Bea"), Timestamp::from_seconds(9));
            let shown = queue.orders.iter().chain(&queue.recent).next().expect("the order");
            assert_eq!((shown.status, shown.by.as_deref()), (to, by), "{step:?}");
            assert_eq!(queue.recent.len(), usize::from(to == Collected), "{step:?}");
            assert_eq!((shown.version, queue.seq), (7, 7), "{step:?}");
            assert_eq!(shown.ready_at.is_some(), matches!(to, Ready | Collected), "{step:?}");
            assert_eq!(shown.ended_at.is_some(), to == Collected, "{step:?}");
        }
    }

    #[test]
    fn a_cancelled_order_is_gone_and_an_impossible_step_changes_nothing() {
        let order: OrderId = "espresso.AAAAAAAA".parse().expect("an order id");
        let at = Timestamp::from_seconds(9);
        let mut cancelled = queue(Placed, None);
        cancelled.expect(&order, Step::Cancel, None, at);
        assert!(cancelled.orders.is_empty() && cancelled.recent.is_empty());

        for (from, step) in [(Making, Step::Claim), (Ready, Step::Cancel), (Placed, Step::Collect)]
        {
            let before = queue(from, Some("Bob"));
            let mut after = before.clone();
            after.expect(&order, step, Some("Bea"), at);
            assert_eq!(after, before, "{step:?}");
        }
        let mut other = queue(Placed, None);
        let stranger = "espresso.BBBBBBBB".parse().expect("an order id");
        other.expect(&stranger, Step::Claim, None, at);
        assert_eq!(other, queue(Placed, None));
    }
}
