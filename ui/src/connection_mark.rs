//! Whether live updates arrive.

use leptos::prelude::*;

use crate::live::ConnectionState;
use crate::{language, words};

/// A dot and a word, read out when it changes.
#[component]
pub fn ConnectionMark(
    /// The state to show.
    #[prop(into)]
    state: Signal<ConnectionState>,
) -> impl IntoView {
    let language = language::current();
    let word = move || match state.get() {
        ConnectionState::Live => words::live(language),
        ConnectionState::Reconnecting => words::reconnecting(language),
        ConnectionState::Offline => words::offline(language),
    };
    view! {
        <span
            class="connection"
            role="status"
            data-testid="connection"
            data-state=move || state.get().as_str()
        >
            {word}
        </span>
    }
}
