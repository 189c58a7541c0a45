//! Which orders run out of time when, and into what.

use crate::bar::Bar;
use crate::command::OrderCommand;
use crate::id::{CommandId, OrderId};
use crate::order::Order;
use crate::status::Status;
use crate::time::Timestamp;

/// A stage of an order that has run out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Which order.
    pub order: OrderId,
    /// When.
    pub until: Timestamp,
    /// What the clock does about it.
    pub command: OrderCommand,
}

impl Due {
    /// The cause of the entry, made from order and moment so that it happens once.
    pub fn cause(&self) -> CommandId {
        format!("due-{}-{}", self.order.own(), self.until.millis())
            .parse()
            .expect("an order's own part and a number fit a command id")
    }
}

/// What is due at `at`, oldest first.
pub fn due(bar: &Bar, at: Timestamp) -> Vec<Due> {
    let mut due: Vec<_> =
        bar.live_orders().filter_map(|order| of(order).filter(|due| due.until <= at)).collect();
    due.sort_by(|a, b| (a.until, &a.order).cmp(&(b.until, &b.order)));
    due
}

/// When the next stage runs out, if any will.
pub fn next(bar: &Bar) -> Option<Timestamp> {
    bar.live_orders().filter_map(of_order).min()
}

/// When the present stage of an order runs out, if it will.
pub fn of_order(order: &Order) -> Option<Timestamp> {
    of(order).map(|due| due.until)
}

fn of(order: &Order) -> Option<Due> {
    let command = match order.status {
        Status::Choosing | Status::Placed => OrderCommand::Expire,
        Status::Ready => OrderCommand::Collect,
        // A drink that is being made is never struck out: it turns late instead.
        Status::Making | Status::Collected | Status::Cancelled | Status::Expired => return None,
    };
    Some(Due { order: order.order.clone(), until: order.until?, command })
}
