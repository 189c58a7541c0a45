//! Whether the bar takes orders, in a word.

use domain::text;
use domain::view::BarStatus;
use leptos::prelude::*;

use crate::language;

/// The status word of the bar, coloured and shaped by `data-status`.
#[component]
pub fn BarStatusBadge(
    /// Whether it takes orders.
    status: BarStatus,
) -> impl IntoView {
    view! {
        <span class="badge" data-testid="bar-status" data-status=status.as_str()>
            {text::bar_status(language::current(), status)}
        </span>
    }
}
