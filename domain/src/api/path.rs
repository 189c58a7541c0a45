//! Paths as clients fill them in. Ids hold no character that a path would have to escape.

use super::route;
use crate::id::{BarId, OrderId, Username, WebhookName};

fn of_bar(route: &str, bar: &BarId) -> String {
    filled(route, bar.as_str())
}

fn of_order(route: &str, order: &OrderId) -> String {
    filled(route, order.as_str())
}

fn of_webhook(route: &str, bar: &BarId, webhook: &WebhookName) -> String {
    filled(&of_bar(route, bar), webhook.as_str())
}

/// The route with its first parameter filled in. Cut at characters: searching for a text would
/// be 3 KB of the phone's download.
fn filled(route: &str, value: &str) -> String {
    let (before, rest) = route.split_once('{').unwrap_or((route, "}"));
    let (_, after) = rest.split_once('}').unwrap_or(("", ""));
    [before, value, after].concat()
}

/// One bar.
pub fn bar(bar: &BarId) -> String {
    of_bar(route::BAR, bar)
}

/// Its commands.
pub fn bar_commands(bar: &BarId) -> String {
    of_bar(route::BAR_COMMANDS, bar)
}

/// Its board.
pub fn board(bar: &BarId) -> String {
    of_bar(route::BOARD, bar)
}

/// Its queue.
pub fn queue(bar: &BarId) -> String {
    of_bar(route::QUEUE, bar)
}

/// Its code.
pub fn code(bar: &BarId) -> String {
    of_bar(route::CODE, bar)
}

/// Its orders.
pub fn orders(bar: &BarId) -> String {
    of_bar(route::ORDERS, bar)
}

/// Its guests who were not let in.
pub fn turned_away(bar: &BarId) -> String {
    of_bar(route::TURNED_AWAY, bar)
}

/// Its log.
pub fn log(bar: &BarId) -> String {
    of_bar(route::LOG, bar)
}

/// Its webhooks.
pub fn webhooks(bar: &BarId) -> String {
    of_bar(route::WEBHOOKS, bar)
}

/// One of them.
pub fn webhook(bar: &BarId, webhook: &WebhookName) -> String {
    of_webhook(route::WEBHOOK, bar, webhook)
}

/// Its secret.
pub fn webhook_secret(bar: &BarId, webhook: &WebhookName) -> String {
    of_webhook(route::WEBHOOK_SECRET, bar, webhook)
}

/// Its newest attempts.
pub fn webhook_attempts(bar: &BarId, webhook: &WebhookName) -> String {
    of_webhook(route::WEBHOOK_ATTEMPTS, bar, webhook)
}

/// Sending again what has happened.
pub fn webhook_replay(bar: &BarId, webhook: &WebhookName) -> String {
    of_webhook(route::WEBHOOK_REPLAY, bar, webhook)
}

/// One order.
pub fn order(order: &OrderId) -> String {
    of_order(route::ORDER, order)
}

/// Its commands.
pub fn order_commands(order: &OrderId) -> String {
    of_order(route::ORDER_COMMANDS, order)
}

/// Its journey.
pub fn journey(order: &OrderId) -> String {
    of_order(route::JOURNEY, order)
}

/// An account of staff.
pub fn staff_member(username: &Username) -> String {
    filled(route::STAFF_MEMBER, username.as_str())
}

/// Its links.
pub fn staff_link(username: &Username) -> String {
    filled(route::STAFF_LINK, username.as_str())
}

/// One's own orders, newest first, `limit` at most.
pub fn my_orders(limit: u32) -> String {
    [route::MY_ORDERS, "?limit=", &limit.to_string()].concat()
}
