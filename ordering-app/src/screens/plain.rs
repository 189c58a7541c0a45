//! What is shown before it is known which bar this page is for.

use domain::text;
use domain::view::BarSummary;
use leptos::prelude::*;
use ui::element::{Element, button, div, p, span};
use ui::{Fault, language, language_switch, which_bar};

use super::parts::{heading, screen};
use crate::words;

/// Nothing is known yet.
pub(crate) fn loading() -> AnyView {
    p("loading muted").text(words::loading(language::current())).done()
}

/// Several bars, and an address that names none.
pub(crate) fn bars(bars: Vec<BarSummary>) -> AnyView {
    let bars = bars.into_iter().map(|bar| {
        button("card bar-link", move || which_bar::go_to(&bar.bar))
            .child(span("bar-name").text(bar.name))
            .child(span("muted").text(bar.place))
    });
    let body = div("body").child(heading(words::which_bar(language::current()))).children(bars);
    div("phone").attr("data-screen", "bars").child(head()).child(screen().child(body)).done()
}

/// Nobody answers; it is asked again and again meanwhile.
pub(crate) fn lost(fault: &Fault) -> AnyView {
    let language = language::current();
    let code = fault.code();
    let next = p("muted").testid("refusal-next").text(text::refusal_next(language, code));
    let said = div("refusal")
        .testid("refusal")
        .attr("data-code", code.as_str())
        .child(heading(text::refusal_title(language, code)))
        .child(p("refusal-sentence").text(fault.sentence(language)))
        .child(next);
    let body = div("body").child(said);
    div("phone").attr("data-screen", "refused").child(head()).child(screen().child(body)).done()
}

/// What stands above a screen that is of no bar.
fn head() -> Element {
    div("head").attr("role", "banner").child(div("head-bar")).child(language_switch())
}
