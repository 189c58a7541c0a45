//! Choosing the bar, where the address does not name it.

use domain::BarId;
use domain::view::BarSummary;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::{Api, BarStatusBadge, Notice, Notices, language};

use crate::words;

/// The bars this person works at; the only one is chosen without asking.
#[component]
pub(crate) fn BarChoice(
    /// Where the choice goes.
    chosen: RwSignal<Option<BarId>>,
) -> impl IntoView {
    let language = language::current();
    let api: Api = expect_context();
    let notices = Notices::here();
    let bars = RwSignal::new(None::<Vec<BarSummary>>);
    let ask = move || {
        spawn_local(async move {
            match api.bars().await {
                Ok(all) => {
                    let Some(session) = api.session().get_untracked() else {
                        return;
                    };
                    let mine: Vec<_> =
                        all.into_iter().filter(|bar| session.actor.knows(&bar.bar)).collect();
                    match mine.as_slice() {
                        [only] => {
                            chosen.try_set(Some(only.bar.clone()));
                        }
                        _ => {
                            bars.try_set(Some(mine));
                        }
                    }
                }
                Err(fault) => notices.show(&fault, None),
            }
        });
    };
    ask();
    let list = move || {
        let Some(bars) = bars.get() else {
            return view! { <p class="quiet-line">{words::loading(language)}</p> }.into_any();
        };
        if bars.is_empty() {
            return view! { <p>{words::no_bars(language)}</p> }.into_any();
        }
        let links = bars.into_iter().map(|bar| {
            // An address of its own, so that a reload comes back to the same bar.
            let address = ["?bar=", bar.bar.as_str()].concat();
            view! {
                <li>
                    <a class="card bar-link" href=address>
                        <span>
                            <strong>{bar.name}</strong>
                            <span class="bar-place">{bar.place}</span>
                        </span>
                        <BarStatusBadge status=bar.status />
                    </a>
                </li>
            }
        });
        view! { <ul class="bar-list">{links.collect_view()}</ul> }.into_any()
    };
    view! {
        <main class="bar-choice">
            <h1>{words::choose_bar(language)}</h1>
            <Notice />
            {list}
        </main>
    }
}
