//! Where an order is, in a word.

use domain::Status;
use domain::text;
use leptos::prelude::*;

use crate::language;

/// The status word of an order, coloured and shaped by `data-status`.
#[component]
pub fn StatusBadge(
    /// Where the order is.
    status: Status,
    /// The test id, where the screen's list of them names this badge.
    #[prop(optional)]
    testid: Option<&'static str>,
) -> impl IntoView {
    view! {
        <span class="badge" data-testid=testid data-status=status.as_str()>
            {text::status(language::current(), status)}
        </span>
    }
}
