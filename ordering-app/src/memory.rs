//! What this phone remembers between visits.

use domain::{BarId, OrderId};
use ui::storage;

/// Where the guest's session is kept.
pub(crate) const SESSION: &str = "serverlesspresso.order";
const NAME: &str = "serverlesspresso.order.name";

fn order_key(bar: &BarId) -> String {
    ["serverlesspresso.order.at.", bar.as_str()].concat()
}

/// The order this phone follows at a bar.
pub(crate) fn order(bar: &BarId) -> Option<OrderId> {
    storage::load(&order_key(bar))?.parse().ok()
}

/// Follows an order from now on.
pub(crate) fn follow(bar: &BarId, order: &OrderId) {
    storage::save(&order_key(bar), order.as_str());
}

/// Follows no order at this bar any more.
pub(crate) fn unfollow(bar: &BarId) {
    storage::clear(&order_key(bar));
}

/// The name to call that was given last.
pub(crate) fn name() -> String {
    storage::load(NAME).unwrap_or_default()
}

/// Remembers the name to call; an empty one is a wish to be forgotten.
pub(crate) fn keep_name(name: &str) {
    if name.is_empty() {
        storage::clear(NAME);
    } else {
        storage::save(NAME, name);
    }
}
