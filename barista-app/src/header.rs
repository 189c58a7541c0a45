//! The strip over the lanes: which bar, how it is, who works, what time it is.

use leptos::prelude::*;
use ui::{Api, BarStatusBadge, Clock, ConnectionMark, ConnectionState, clock, language};

use crate::bar_controls::BarControls;
use crate::counter::Desk;
use crate::words;

/// Bar, status, connection, time, person, and the few things that are not about one order.
#[component]
pub(crate) fn Header(
    /// Whether live updates arrive.
    connection: RwSignal<ConnectionState>,
) -> impl IntoView {
    let language = language::current();
    let api: Api = expect_context();
    let server: Clock = expect_context();
    let desk: Desk = expect_context();
    let bar = desk.bar.view();
    let name = move || bar.with(|bar| bar.as_ref().map(|bar| bar.name.clone()));
    let who = move || {
        let session = api.session().get();
        session.and_then(|session| session.actor.name).unwrap_or_default()
    };
    let initial = move || who().chars().next().map(String::from);
    view! {
        <header class="bar-header">
            <div class="bar-title">
                <h1 class="bar-name">{name}</h1>
                {move || desk.status.get().map(|status| view! { <BarStatusBadge status=status /> })}
                <ConnectionMark state=connection />
            </div>
            <BarControls />
            <span class="who" data-testid="who" data-initial=initial>{who}</span>
            <button
                type="button"
                class="button quiet"
                data-testid="sign-out"
                on:click=move |_| api.sign_out()
            >
                {words::sign_out(language)}
            </button>
            <span class="clock number">{move || clock::time_of_day(server.now())}</span>
        </header>
    }
}
