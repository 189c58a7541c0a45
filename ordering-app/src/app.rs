//! The app: one guest at one bar.

use domain::Status;
use domain::text;
use domain::view::BarSummary;
use leptos::prelude::*;
use ui::renewal::keep_renewed;
use ui::{Api, Notice, WhichBar, language, which_bar};

use crate::announce::Announcements;
use crate::draft::Draft;
use crate::guest::Guest;
use crate::refused::Refused;
use crate::screen::Screen;
use crate::screens::{
    Cancelled, Collected, Confirm, Drinks, Expired, Header, Loading, Options, Ready, Refusal,
    Waiting, Welcome,
};
use crate::{backward, guest_session, updates, words};

/// Everything below `<body>`.
#[component]
pub(crate) fn App() -> impl IntoView {
    let api: Api = expect_context();
    guest_session::keep(api, expect_context());
    keep_renewed(api, expect_context());
    let bar = WhichBar::find(api);
    move || match bar.get() {
        WhichBar::This(bar) => {
            provide_context(Guest::at(bar));
            view! { <AtBar /> }.into_any()
        }
        WhichBar::Looking => view! { <Loading /> }.into_any(),
        WhichBar::Choice(bars) => view! { <Bars bars /> }.into_any(),
        WhichBar::Lost(fault) => view! { <Lost refused=Refused::of_fault(&fault) /> }.into_any(),
    }
}

/// The screen for what is known, and what goes with every screen.
#[component]
fn AtBar() -> impl IntoView {
    let guest = Guest::here();
    let connection = updates::listen(guest);
    backward::listen(guest.draft);
    let screen = guest.screen();

    // A bar that says when it opens is asked then, in case nobody tells.
    let opens_at = Memo::new(move |_| {
        let visit = guest.feed.view();
        visit.with(|visit| visit.as_ref().and_then(|visit| visit.opens_at()))
    });
    Effect::new(move || {
        if let Some(at) = opens_at.get() {
            guest.feed.refetch_at(at);
        }
    });

    // Once there is nothing to choose any more, the next choice begins from scratch.
    let is_choosing =
        Memo::new(move |_| guest.order(|order| order.status) == Some(Status::Choosing));
    Effect::new(move || {
        if !is_choosing.get() {
            backward::forget();
            guest.draft.set(Draft::default());
        }
    });

    view! {
        <div class="phone" data-screen=move || screen.with(Screen::name)>
            <Announcements screen />
            <Header connection />
            <Notice />
            {move || match screen.get() {
                Screen::Loading => view! { <Loading /> }.into_any(),
                Screen::Welcome => view! { <Welcome /> }.into_any(),
                Screen::Refused(refused) => view! { <Refusal refused /> }.into_any(),
                Screen::Drinks => view! { <Drinks /> }.into_any(),
                Screen::Options => view! { <Options /> }.into_any(),
                Screen::Confirm => view! { <Confirm /> }.into_any(),
                Screen::Waiting => view! { <Waiting /> }.into_any(),
                Screen::Ready => view! { <Ready /> }.into_any(),
                Screen::Collected => view! { <Collected /> }.into_any(),
                Screen::Cancelled => view! { <Cancelled /> }.into_any(),
                Screen::Expired => view! { <Expired /> }.into_any(),
            }}
        </div>
    }
}

/// Several bars, and an address that names none.
#[component]
fn Bars(bars: Vec<BarSummary>) -> impl IntoView {
    let language = language::current();
    let links = bars
        .into_iter()
        .map(|bar| {
            view! {
                <a class="card bar-link" href=which_bar::link(&bar.bar)>
                    <strong>{bar.name}</strong>
                    <span class="muted">{bar.place}</span>
                </a>
            }
        })
        .collect_view();
    view! {
        <div class="phone" data-screen="bars">
            <main class="screen">
                <div class="body">
                    <h1>{words::which_bar(language)}</h1>
                    {links}
                </div>
            </main>
        </div>
    }
}

/// Nobody answers, before anything is known; it is asked again and again meanwhile.
#[component]
fn Lost(refused: Refused) -> impl IntoView {
    let language = language::current();
    view! {
        <div class="phone" data-screen="refused">
            <main class="screen">
                <div class="body">
                    <div class="refusal" data-testid="refusal" data-code=refused.code.as_str()>
                        <h1>{text::refusal_title(language, refused.code)}</h1>
                        <p>{refused.sentence(language)}</p>
                        <p class="muted" data-testid="refusal-next">
                            {text::refusal_next(language, refused.code)}
                        </p>
                    </div>
                </div>
            </main>
        </div>
    }
}
