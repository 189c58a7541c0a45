//! What this phone remembers between visits.

use domain::{BarId, OrderId};
use ui::storage;

const NAME: &str = "serverlesspresso.order.name";

const SILENT: &str = "serverlesspresso.order.silent";

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

fn again_key(bar: &BarId) -> String {
    ["serverlesspresso.order.again.", bar.as_str()].concat()
}

/// The order whose drink is wanted once more, for which a fresh code is being fetched.
pub(crate) fn again(bar: &BarId) -> Option<OrderId> {
    storage::load(&again_key(bar))?.parse().ok()
}

/// Remembers that this order's drink is wanted once more.
pub(crate) fn keep_again(bar: &BarId, order: &OrderId) {
    storage::save(&again_key(bar), order.as_str());
}

/// It has been asked for, or is not wanted any more.
pub(crate) fn forget_again(bar: &BarId) {
    storage::clear(&again_key(bar));
}

/// Whether this phone is to make no sound.
pub(crate) fn is_silent() -> bool {
    storage::load(SILENT).is_some()
}

/// Whether it is to make none from now on.
pub(crate) fn keep_silent(is_silent: bool) {
    if is_silent {
        storage::save(SILENT, "yes");
    } else {
        storage::clear(SILENT);
    }
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
