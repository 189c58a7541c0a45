//! Who reads, and of which order: as the address says.

use domain::OrderId;
use ui::address;
use ui::session::{GUEST, STAFF};

/// Who reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// The guest whose order it is.
    Guest,
    /// Somebody of the staff.
    Staff,
}

impl Reader {
    /// Whom the address is for.
    pub(crate) fn here() -> Self {
        if address::query(address::FOR_STAFF).is_some() { Self::Staff } else { Self::Guest }
    }

    /// Where their session is kept.
    pub(crate) fn session(self) -> &'static str {
        match self {
            Self::Guest => GUEST,
            Self::Staff => STAFF,
        }
    }

    /// Where they come from, and sign in.
    pub(crate) fn app(self) -> &'static str {
        match self {
            Self::Guest => "/order/",
            Self::Staff => "/barista/",
        }
    }
}

/// The order of the address.
pub(crate) fn order() -> Option<OrderId> {
    address::query(address::ORDER)?.parse().ok()
}
