//! Which screen is shown: a function of the session and the address.

use domain::text;
use domain::view::BarSummary;
use leptos::prelude::*;
use ui::renewal::keep_renewed;
use ui::{Api, WhichBar, language, which_bar};

use crate::monitor::Monitor;
use crate::sign_in::SignIn;
use crate::words;

/// Signing in, once; then the bar of the address, or a choice of bars.
#[component]
pub(crate) fn App() -> impl IntoView {
    let api: Api = expect_context();
    keep_renewed(api, expect_context());
    // A renewed session is the same person's: nothing on the screen changes.
    let person = Memo::new(move |_| api.session().get().map(|session| session.actor.person));
    move || {
        if person.read().is_some() {
            view! { <SignedIn /> }.into_any()
        } else {
            view! { <SignIn /> }.into_any()
        }
    }
}

#[component]
fn SignedIn() -> impl IntoView {
    let language = language::current();
    let bar = WhichBar::find(expect_context());
    move || match bar.get() {
        WhichBar::This(bar) => view! { <Monitor bar /> }.into_any(),
        WhichBar::Choice(bars) => view! { <Bars bars /> }.into_any(),
        WhichBar::Looking => {
            view! { <main class="plain"><p>{words::loading(language)}</p></main> }.into_any()
        }
        WhichBar::Lost(fault) => {
            let next = text::refusal_next(language, fault.code());
            view! {
                <main class="plain">
                    <p>{fault.sentence(language)} " " {next}</p>
                </main>
            }
            .into_any()
        }
    }
}

/// Several bars, and an address that names none.
#[component]
fn Bars(bars: Vec<BarSummary>) -> impl IntoView {
    let language = language::current();
    if bars.is_empty() {
        return view! { <main class="plain"><p>{words::no_bars(language)}</p></main> }.into_any();
    }
    let links = bars.into_iter().map(|bar| {
        view! {
            <a class="card bar-link" href=which_bar::link(&bar.bar)>
                <strong>{bar.name}</strong>
                <span>{bar.place}</span>
            </a>
        }
    });
    view! {
        <main class="plain">
            <h1>{words::which_bar(language)}</h1>
            {links.collect_view()}
        </main>
    }
    .into_any()
}
