//! Whether the bar takes orders, in a word.

use domain::text;
use domain::view::BarStatus;
use leptos::prelude::*;

use crate::language;

/// The status word of the bar, coloured and shaped by `data-status`.
#[component]
pub fn BarStatusBadge(
    /// Whether it takes orders.
    #[prop(into)]
    status: Signal<BarStatus>,
) -> impl IntoView {
    view! {
        <span class="badge" data-testid="bar-status" data-status=move || status.get().as_str()>
            {move || text::bar_status(language::current(), status.get())}
        </span>
    }
}
