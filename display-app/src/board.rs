//! Whose drink is where: numbers and names, the ready ones larger and newest first.

use domain::view::Card;
use leptos::prelude::*;
use ui::language;

use crate::layout::{Layout, layout};
use crate::updates::Views;
use crate::{short, words};

/// How long a card that has just become ready asks to be noticed.
const FRESH_MILLIS: u64 = 10_000;

/// The two zones.
#[component]
pub(crate) fn Board() -> impl IntoView {
    let views = Views::here();
    let language = language::current();
    let preparing = cards(views, |board| &board.preparing);
    let ready = cards(views, |board| &board.ready);
    let layout = Memo::new(move |_| {
        preparing.with(|preparing| ready.with(|ready| layout(preparing.len(), ready.len())))
    });
    // Not before the board is known, nor while nobody could be the first.
    let is_idle = Memo::new(move |_| {
        let accepting =
            views.code.view().with(|code| code.as_ref().is_some_and(|code| code.accepting));
        let known = views.board.view().with(Option::is_some);
        accepting && known && preparing.read().is_empty() && ready.read().is_empty()
    });
    view! {
        <main
            class="zones"
            data-ready=move || layout.get().ready_columns.to_string()
            data-preparing=move || layout.get().preparing_columns.to_string()
        >
            <section
                class="zone preparing"
                data-testid="preparing"
                data-columns=move || layout.get().preparing_columns.to_string()
                data-tight=move || layout.get().preparing_tight.to_string()
            >
                <h2>{words::preparing(language)}</h2>
                {move || is_idle.get().then(|| view! { <p class="idle">{words::idle(language)}</p> })}
                <div class="cards">
                    <For each=move || preparing.get() key=key let:card>
                        <Waiting card layout />
                    </For>
                </div>
            </section>
            <section
                class="zone ready"
                data-testid="ready"
                data-columns=move || layout.get().ready_columns.to_string()
                data-tight=move || u8::from(layout.get().ready_tight).to_string()
                class:stacked=move || layout.get().ready_stacked
                aria-live="assertive"
            >
                <h2>{words::ready(language)}</h2>
                <div class="cards">
                    <For each=move || ready.get() key=key let:card>
                        <OnTheCounter card layout />
                    </For>
                </div>
            </section>
        </main>
    }
}

fn cards(views: Views, zone: fn(&domain::view::BoardView) -> &Vec<Card>) -> Memo<Vec<Card>> {
    Memo::new(move |_| {
        let board = views.board.view();
        board.with(|board| board.as_ref().map(|board| zone(board).clone())).unwrap_or_default()
    })
}

/// A card is drawn anew when what it says has changed.
fn key(card: &Card) -> (u32, Option<String>) {
    (card.number, card.name.clone())
}

fn testid(card: &Card) -> String {
    ["board-", &card.number.to_string()].concat()
}

#[component]
fn Waiting(card: Card, layout: Memo<Layout>) -> impl IntoView {
    let name = card.name.clone().unwrap_or_default();
    view! {
        <div class="waiting-card" data-testid=testid(&card)>
            <span class="card-number number">{card.number}</span>
            <span class="card-name">
                {move || short::name(&name, layout.get().preparing_name())}
            </span>
        </div>
    }
}

#[component]
fn OnTheCounter(card: Card, layout: Memo<Layout>) -> impl IntoView {
    let views = Views::here();
    let since = card.since;
    let is_fresh = Memo::new(move |_| views.clock.now().millis_since(since) < FRESH_MILLIS);
    let name = card.name.clone().unwrap_or_default();
    view! {
        <div class="ready-card" class:fresh=move || is_fresh.get() data-testid=testid(&card)>
            <span class="card-number number">{card.number}</span>
            <span class="card-name">{move || short::name(&name, layout.get().ready_name())}</span>
        </div>
    }
}
