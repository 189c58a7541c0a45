//! Where an order is, in a word.

use domain::Status;
use domain::text;
use leptos::prelude::*;

use crate::language;

/// The status word of an order, coloured and shaped by `data-status`.
#[component]
pub fn StatusBadge(
    /// Where the order is.
    #[prop(into)]
    status: Signal<Status>,
    /// The test id, where the screen's list of them names this badge.
    #[prop(optional)]
    testid: Option<&'static str>,
) -> impl IntoView {
    view! {
        <span class="badge" data-testid=testid data-status=move || status.get().as_str()>
            {move || text::status(language::current(), status.get())}
        </span>
    }
}
