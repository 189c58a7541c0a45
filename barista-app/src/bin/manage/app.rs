//! Which screen is shown: a function of the link the page was opened with and of who is signed in.

use domain::Role;
use leptos::prelude::*;
use leptos_router::components::Router;
use ui::renewal::keep_renewed;
use ui::{Api, Clock, language, language_switch};

use crate::drafts::Drafts;
use crate::first_start::Inside;
use crate::sign_in::SignIn;
use crate::{entry, places, words};

/// The organiser's pages, or what stands before them.
#[component]
pub(crate) fn App() -> impl IntoView {
    let api: Api = expect_context();
    let clock: Clock = expect_context();
    keep_renewed(api, clock);
    ask_before_leaving(Drafts::provide());
    let in_the_way = entry::in_the_way();
    // A renewed session is the same person's: nothing on the screen changes.
    let who = Memo::new(move |_| {
        api.session().get().map(|session| (session.actor.person, session.actor.role))
    });
    let screen = move || {
        if let Some(view) = in_the_way() {
            return view;
        }
        match who.get() {
            None => view! { <SignIn /> }.into_any(),
            Some((_, Role::Organiser)) => view! { <Inside /> }.into_any(),
            Some((_, Role::Barista | Role::Display | Role::Customer)) => {
                view! { <NotForYou /> }.into_any()
            }
        }
    };
    view! { <Router base=places::BASE>{screen}</Router> }
}

/// The browser asks before a page with unsaved changes goes away.
fn ask_before_leaving(drafts: Drafts) {
    let listener = window_event_listener(leptos::ev::beforeunload, move |event| {
        if drafts.are_any_changed() {
            event.prevent_default();
            // What older browsers look at.
            event.set_return_value("unsaved");
        }
    });
    on_cleanup(move || listener.remove());
}

/// The control for the language, where there is nothing else above the page.
pub(crate) fn corner() -> AnyView {
    view! { <div class="language-place">{language_switch()}</div> }.into_any()
}

/// Somebody is signed in who is no organiser.
#[component]
fn NotForYou() -> impl IntoView {
    let language = language::current_untracked();
    let api: Api = expect_context();
    view! {
        <main class="alone" data-testid="not-for-you">
            {corner()}
            <h1>{words::not_for_you(language)}</h1>
            <p>{words::not_for_you_next(language)}</p>
            <div class="alone-buttons">
                <a class="button" href="/barista/">
                    {words::to_the_queue(language)}
                </a>
                <button
                    type="button"
                    class="button primary"
                    data-testid="sign-out"
                    on:click=move |_| api.sign_out()
                >
                    {words::sign_in_as_another(language)}
                </button>
            </div>
        </main>
    }
}
