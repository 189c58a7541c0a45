//! Whether live updates arrive.

use domain::text::Language;
use leptos::prelude::*;

use crate::live::ConnectionState;
use crate::{language, words};

/// A dot and a word, read out when it changes.
#[component]
pub fn ConnectionMark(
    /// The state to show.
    state: RwSignal<ConnectionState>,
) -> impl IntoView {
    let language = language::current();
    view! {
        <span
            class="connection"
            role="status"
            data-testid="connection"
            data-state=move || state.get().as_str()
        >
            {move || word(language, state.get())}
        </span>
    }
}

fn word(language: Language, state: ConnectionState) -> &'static str {
    match state {
        ConnectionState::Live => words::live(language),
        ConnectionState::Reconnecting => words::reconnecting(language),
        ConnectionState::Offline => words::offline(language),
    }
}
