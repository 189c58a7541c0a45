//! Which screen is shown: a function of the session and the address.

use domain::text;
use domain::view::BarSummary;
use leptos::prelude::*;
use ui::element::{Element, button, element, live, p, span};
use ui::renewal::keep_renewed;
use ui::{Api, WhichBar, language, which_bar};

use crate::monitor::monitor;
use crate::pairing::{by_address, pairing};
use crate::words;

/// Pairing, once; then the bar of the address, or a choice of bars.
pub(crate) fn app() -> AnyView {
    let api: Api = expect_context();
    keep_renewed(api, expect_context());
    let is_being_paired = by_address();
    // Another token for the same screen is no reason to draw it anew.
    let is_paired = Memo::new(move |_| api.session().get().is_some());
    live(move || {
        if is_being_paired.get() {
            waiting()
        } else if is_paired.get() {
            paired(api)
        } else {
            pairing()
        }
    })
}

fn waiting() -> AnyView {
    plain().child(p("").text(words::loading(language::current()))).done()
}

fn paired(api: Api) -> AnyView {
    let language = language::current();
    let bar = WhichBar::find(api);
    live(move || match bar.get() {
        WhichBar::This(bar) => monitor(&bar),
        WhichBar::Choice(bars) => choice(bars),
        WhichBar::Looking => waiting(),
        WhichBar::Lost(fault) => {
            let next = text::refusal_next(language, fault.code());
            let said = [&fault.sentence(language), " ", next].concat();
            plain().child(p("").text(said)).done()
        }
    })
}

/// The frame of what is read from an arm's length.
pub(crate) fn plain() -> Element {
    element("MAIN", "plain")
}

/// Several bars, and an address that names none.
fn choice(bars: Vec<BarSummary>) -> AnyView {
    let language = language::current();
    if bars.is_empty() {
        return plain().child(p("").text(words::no_bars(language))).done();
    }
    let bars = bars.into_iter().map(|bar| {
        button("card bar-link", move || which_bar::go_to(&bar.bar))
            .child(span("bar-name").text(bar.name))
            .child(span("").text(bar.place))
    });
    plain().child(element("H1", "").text(words::which_bar(language))).children(bars).done()
}
