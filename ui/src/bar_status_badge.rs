//! Whether the bar takes orders, in a word.

use domain::text;
use domain::view::BarStatus;
use leptos::prelude::*;

use crate::element::span;
use crate::language;

/// The status word of the bar, coloured and shaped by `data-status`.
pub fn bar_status_badge(status: BarStatus) -> AnyView {
    span("badge")
        .testid("bar-status")
        .attr("data-status", status.as_str())
        .text(text::bar_status(language::current(), status))
        .done()
}

/// The same for `view!`.
#[component]
pub fn BarStatusBadge(
    /// Whether it takes orders.
    status: BarStatus,
) -> impl IntoView {
    bar_status_badge(status)
}
