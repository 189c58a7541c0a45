//! The addresses of the pages.

use domain::BarId;

/// What every address of these pages begins with, as the router is told.
pub(crate) const BASE: &str = "/barista/manage";

/// The list of bars.
pub(crate) const BARS: &str = "/barista/manage/";

/// What the addresses of the pages about one bar begin with.
pub(crate) const OF_BARS: &str = "/barista/manage/bars/";

/// The people who work at them.
pub(crate) const STAFF: &str = "/barista/manage/staff";

/// Where these pages find their backend, however deep the address is.
pub(crate) const CONFIG: &str = "/barista/manage/config.json";

/// A page about one bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BarPage {
    Menu,
    Limits,
    Details,
    Displays,
    Webhooks,
}

impl BarPage {
    /// Every page about a bar, in the order they are offered.
    pub(crate) const ALL: [Self; 5] =
        [Self::Menu, Self::Limits, Self::Details, Self::Displays, Self::Webhooks];

    /// Its own part of the address; the routes in `pages` say the same.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Limits => "limits",
            Self::Details => "details",
            Self::Displays => "displays",
            Self::Webhooks => "webhooks",
        }
    }

    /// Its address for a bar.
    pub(crate) fn of(self, bar: &BarId) -> String {
        [BASE, "/bars/", bar.as_str(), "/", self.as_str()].concat()
    }
}

/// The tablet behind a bar: another app.
pub(crate) fn tablet(bar: &BarId) -> String {
    ["/barista/?bar=", bar.as_str()].concat()
}
