//! Choosing the bar, where the address does not name it.

use domain::view::BarSummary;
use leptos::prelude::*;
use ui::element::{element, span};
use ui::{bar_status_badge, language, which_bar};

use crate::words;

/// The bars this person works at, once they are known, as links: a reload comes back to the same
/// bar.
pub(crate) fn bar_choice(bars: Option<Vec<BarSummary>>) -> AnyView {
    let language = language::current();
    let said = match &bars {
        None => words::looking_for_bars(language),
        Some(bars) if bars.is_empty() => words::no_bars(language),
        Some(_) => words::choose_bar(language),
    };
    let links = bars.into_iter().flatten().map(|bar| {
        let names = span("")
            .child(element("STRONG", "").text(bar.name))
            .child(span("bar-place").text(bar.place));
        let link = element("A", "card bar-link")
            .attr("href", which_bar::link(&bar.bar))
            .child(names)
            .child(bar_status_badge(bar.status));
        element("LI", "").child(link)
    });
    element("MAIN", "bar-choice")
        .child(element("H1", "").text(said))
        .child(element("UL", "bar-list").children(links))
        .done()
}
