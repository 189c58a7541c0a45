//! What is shown before it is known which bar this page is for.

use domain::text;
use domain::view::BarSummary;
use leptos::prelude::*;
use ui::{Fault, language, which_bar};

use crate::words;

fn page(screen: &'static str, body: AnyView) -> AnyView {
    view! {
        <div class="phone" data-screen=screen>
            <main class="screen">
                <div class="body">{body}</div>
            </main>
        </div>
    }
    .into_any()
}

/// Nothing is known yet.
pub(crate) fn loading() -> AnyView {
    view! { <p class="loading muted">{words::loading(language::current())}</p> }.into_any()
}

/// Several bars, and an address that names none.
pub(crate) fn bars(bars: Vec<BarSummary>) -> AnyView {
    let bars = bars.into_iter().map(|bar| {
        view! {
            <button class="card bar-link" on:click=move |_| which_bar::go_to(&bar.bar)>
                <span class="bar-name">{bar.name}</span>
                <span class="muted">{bar.place}</span>
            </button>
        }
        .into_any()
    });
    let list = view! {
        <h1 class="title">{words::which_bar(language::current())}</h1>
        {bars.collect_view()}
    };
    page("bars", list.into_any())
}

/// Nobody answers; it is asked again and again meanwhile.
pub(crate) fn lost(fault: &Fault) -> AnyView {
    let language = language::current();
    let code = fault.code();
    let said = view! {
        <div class="refusal" data-testid="refusal" data-code=code.as_str()>
            <h1 class="title">{text::refusal_title(language, code)}</h1>
            <p class="refusal-sentence">{fault.sentence(language)}</p>
            <p class="muted" data-testid="refusal-next">{text::refusal_next(language, code)}</p>
        </div>
    };
    page("refused", said.into_any())
}
