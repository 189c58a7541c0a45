//! Whether live updates arrive.

use domain::text::Language;
use leptos::prelude::*;

use crate::element::span;
use crate::live::ConnectionState;
use crate::{language, words};

/// A dot and a word, read out when it changes.
pub fn connection_mark(state: RwSignal<ConnectionState>) -> AnyView {
    span("connection")
        .attr("role", "status")
        .testid("connection")
        .live_attr("data-state", move || Some(state.get().as_str().to_owned()))
        .live_text(move || word(language::current(), state.get()).to_owned())
        .done()
}

/// The same for `view!`.
#[component]
pub fn ConnectionMark(
    /// The state to show.
    state: RwSignal<ConnectionState>,
) -> impl IntoView {
    connection_mark(state)
}

fn word(language: Language, state: ConnectionState) -> &'static str {
    match state {
        ConnectionState::Live => words::live(language),
        ConnectionState::Reconnecting => words::reconnecting(language),
        ConnectionState::Offline => words::offline(language),
    }
}
