//! The pages and their addresses.

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Routes};
use leptos_router::hooks::use_location;
use leptos_router::path;
use ui::{Api, Notice, language, language_switch};

use crate::bar_pages::{BarPages, ToTheMenu};
use crate::bars_page::BarsPage;
use crate::details_page::DetailsPage;
use crate::displays_page::DisplaysPage;
use crate::drafts::Drafts;
use crate::kept::kept;
use crate::limits_page::LimitsPage;
use crate::menu_page::MenuPage;
use crate::question::Question;
use crate::staff_page::StaffPage;
use crate::webhooks_page::WebhooksPage;
use crate::{places, words};

/// Whoever comes in finds the page of the address below the same few links.
#[component]
pub(crate) fn Pages() -> impl IntoView {
    let language = language::current_untracked();
    view! {
        <Top />
        <div class="notice-place">
            <Notice />
        </div>
        <Routes fallback=move || {
            view! {
                <main class="alone" data-testid="nowhere">
                    <h1>{words::nowhere(language)}</h1>
                    <a class="button primary" href=places::BARS>{words::bars(language)}</a>
                </main>
            }
        }>
            <Route path=path!("") view=BarsPage />
            <Route path=path!("/staff") view=StaffPage />
            <ParentRoute path=path!("/bars/:bar") view=BarPages>
                <Route path=path!("/menu") view=MenuPage />
                <Route path=path!("/limits") view=LimitsPage />
                <Route path=path!("/details") view=DetailsPage />
                <Route path=path!("/displays") view=DisplaysPage />
                <Route path=path!("/webhooks") view=WebhooksPage />
                <Route path=path!("") view=ToTheMenu />
            </ParentRoute>
        </Routes>
    }
}

/// Bars, staff, who is signed in, and the way out.
#[component]
fn Top() -> impl IntoView {
    let language = language::current_untracked();
    let api: Api = expect_context();
    let drafts: Drafts = expect_context();
    let name = move || api.session().get().and_then(|session| session.actor.name);
    let is_asking = kept("is-leaving", || false);
    let leave = move |_| {
        if drafts.are_any_changed() {
            is_asking.set(true);
        } else {
            api.sign_out();
        }
    };
    let leave_all = Callback::new(move |()| {
        drafts.forget();
        api.sign_out();
    });
    let stay = Callback::new(move |()| is_asking.set(false));
    let question = move || {
        is_asking.get().then(|| {
            let (title, effect) =
                (words::unsaved_question(language), words::unsaved_effect(language));
            let (no, yes) = (words::stay(language), words::sign_out(language));
            view! { <Question title=title effect=effect no=no yes=yes close=stay act=leave_all /> }
        })
    };
    view! {
        <header class="top">
            <nav class="tabs" aria-label=words::title(language)>
                <Tab
                    href=places::BARS.to_owned()
                    testid="to-bars"
                    words=words::bars(language)
                    leads_to=places::OF_BARS
                />
                <Tab href=places::STAFF.to_owned() testid="to-staff" words=words::staff(language) />
            </nav>
            <span class="who" data-testid="who">{name}</span>
            {language_switch()}
            <button type="button" class="button quiet" data-testid="sign-out" on:click=leave>
                {words::sign_out(language)}
            </button>
        </header>
        {question}
    }
}

/// A link that says whether one is there already.
#[component]
pub(crate) fn Tab(
    /// Where it leads.
    href: String,
    /// What tests call it.
    testid: &'static str,
    /// What it says.
    words: &'static str,
    /// What the addresses begin with that one comes to through it.
    #[prop(optional)]
    leads_to: Option<&'static str>,
    /// Beside the words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let path = use_location().pathname;
    let own = href.trim_end_matches('/').to_owned();
    let current = move || {
        path.with(|path| {
            if path.trim_end_matches('/') == own {
                Some("page")
            } else {
                leads_to.filter(|beginning| path.starts_with(beginning)).map(|_| "true")
            }
        })
    };
    view! {
        <a class="tab" data-testid=testid href=href aria-current=current>
            {words}
            {children.map(|children| children())}
        </a>
    }
}

/// Names the page in the browser's list of windows.
pub(crate) fn set_title(words: &str) {
    document().set_title(words);
}
