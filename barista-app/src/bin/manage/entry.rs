//! Coming in by a one-time link.

use std::cell::RefCell;

use domain::Role;
use domain::api::Link;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::{Api, Clock, Fault, address, language};

use crate::app::corner;
use crate::words;

/// What has become of the link this page was opened with.
#[derive(Clone)]
enum Entry {
    /// There was none, or it let somebody in.
    Done,
    /// The server is asked.
    Asking,
    /// It let nobody in.
    Refused(Fault),
    /// It was a display's.
    Displays,
}

thread_local! {
    static LINK: RefCell<Option<String>> = const { RefCell::new(None) };
    // Not a component's: the app is drawn anew when the language changes.
    static ENTRY: ArcRwSignal<Entry> = ArcRwSignal::new(Entry::Done);
}

/// Takes the link out of the page's address, before anything else reads that.
pub(crate) fn take_from_address() {
    LINK.set(address::take_link());
}

/// What is shown in place of the pages while the link is asked about or when it let nobody in.
pub(crate) fn in_the_way() -> impl Fn() -> Option<AnyView> + Copy + Send + Sync {
    let entry: RwSignal<Entry> = ENTRY.with(|entry| entry.clone().into());
    let (api, clock): (Api, Clock) = (expect_context(), expect_context());
    ask(api, clock);
    // A link that is opened in the page as it is, without loading it again.
    let opened = window_event_listener(leptos::ev::hashchange, move |_| {
        take_from_address();
        ask(api, clock);
    });
    on_cleanup(move || opened.remove());
    let ask_again = move |_| ask(api, clock);
    let go_on = move |_| entry.set(Entry::Done);
    move || match entry.get() {
        Entry::Done => None,
        Entry::Asking => {
            Some(said(words::one_moment(language::current_untracked()), "", ().into_any()))
        }
        Entry::Refused(fault) if fault.may_pass() => {
            let language = language::current_untracked();
            let again = view! {
                <button type="button" class="button primary" data-testid="link-again" on:click=ask_again>
                    {words::try_again(language)}
                </button>
            };
            let sentence = fault.sentence(language);
            Some(said(words::not_reached(language), &sentence, again.into_any()))
        }
        Entry::Refused(_) => {
            let language = language::current_untracked();
            let (title, what) = (words::link_spent(language), words::link_spent_next(language));
            Some(said(title, what, sign_in_instead(go_on)))
        }
        Entry::Displays => {
            let language = language::current_untracked();
            let (title, what) =
                (words::displays_link(language), words::displays_link_next(language));
            Some(said(title, what, sign_in_instead(go_on)))
        }
    }
}

fn sign_in_instead(go_on: impl Fn(leptos::ev::MouseEvent) + 'static) -> AnyView {
    view! {
        <button type="button" class="button primary" data-testid="link-sign-in" on:click=go_on>
            {words::sign_in(language::current_untracked())}
        </button>
    }
    .into_any()
}

fn said(title: &'static str, sentence: &str, next: AnyView) -> AnyView {
    view! {
        <main class="alone" data-testid="link-said">
            {corner()}
            <h1>{title}</h1>
            <p>{sentence.to_owned()}</p>
            {next}
        </main>
    }
    .into_any()
}

/// Asks the server about the link, if there is one.
fn ask(api: Api, clock: Clock) {
    let Some(link) = LINK.take() else {
        return;
    };
    let becomes = |entry: Entry| ENTRY.with(|known| known.set(entry));
    becomes(Entry::Asking);
    spawn_local(async move {
        let link = Link { link };
        becomes(match api.link_session(&link).await {
            Ok(session) if session.actor.role == Role::Display => Entry::Displays,
            Ok(session) => {
                api.session().save(clock, session);
                Entry::Done
            }
            Err(fault) => {
                if fault.may_pass() {
                    LINK.set(Some(link.link));
                }
                Entry::Refused(fault)
            }
        });
    });
}
