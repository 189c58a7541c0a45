//! Choosing the bar, where the address does not name it.

use domain::view::BarSummary;
use leptos::prelude::*;
use ui::{BarStatusBadge, language, which_bar};

use crate::words;

/// The bars this person works at, as links: a reload comes back to the same bar.
#[component]
pub(crate) fn BarChoice(
    /// Those bars, once they are known.
    bars: Option<Vec<BarSummary>>,
) -> impl IntoView {
    let language = language::current();
    let said = match &bars {
        None => words::looking_for_bars(language),
        Some(bars) if bars.is_empty() => words::no_bars(language),
        Some(_) => words::choose_bar(language),
    };
    let links = bars.into_iter().flatten().map(|bar| {
        view! {
            <li>
                <a class="card bar-link" href=which_bar::link(&bar.bar)>
                    <span>
                        <strong>{bar.name}</strong>
                        <span class="bar-place">{bar.place}</span>
                    </span>
                    <BarStatusBadge status=bar.status />
                </a>
            </li>
        }
    });
    view! {
        <main class="bar-choice">
            <h1>{said}</h1>
            <ul class="bar-list">{links.collect_view()}</ul>
        </main>
    }
}
