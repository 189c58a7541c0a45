//! Whose drink is where: numbers and names, the ready ones larger and newest first, in pages where
//! they are too many for one.

use domain::view::{BoardView, Card};
use leptos::prelude::*;
use ui::element::{Element, div, element, p, span};
use ui::language;

use crate::layout::{Grid, Layout};
use crate::spread::Spread;
use crate::updates::Views;
use crate::{ruler, short, words};

/// How long a card that has just become ready asks to be noticed, whenever its page is shown.
const FRESH_MILLIS: u64 = 20_000;

/// The two zones.
pub(crate) fn board(views: Views, spread: Memo<Spread>) -> AnyView {
    let language = language::current();
    let preparing = zone(
        "zone preparing",
        words::preparing(language),
        spread,
        |spread| (&spread.preparing, &spread.layout.preparing),
        move |card| waiting(spread, card),
    );
    let ready = zone(
        "zone ready",
        words::ready(language),
        spread,
        |spread| (&spread.ready, &spread.layout.ready),
        move |card| on_the_counter(views, spread, card),
    );
    let idle =
        move || if is_idle(views) { words::idle(language).to_owned() } else { String::new() };
    element("MAIN", "zones")
        .live_attr("data-digits", move || {
            Some(spread.with(|spread| spread.layout.digits).to_string())
        })
        .child(preparing.testid("preparing").child(p("idle").live_text(idle)))
        .child(ready.testid("ready").live_attr("aria-live", move || {
            // Pages that turn are no news.
            let is_all = spread.with(|spread| spread.pages == 1);
            is_all.then(|| "assertive".to_owned())
        }))
        .done()
}

/// Not before the board is known, nor while nobody could be the first.
fn is_idle(views: Views) -> bool {
    let accepting = views.code.view().with(|code| code.as_ref().is_some_and(|code| code.accepting));
    let is_empty = |board: &BoardView| board.preparing.is_empty() && board.ready.is_empty();
    accepting && views.board.view().with(|board| board.as_ref().is_some_and(is_empty))
}

/// A heading over cards. Each card is an element of its own for as long as it is shown, so that
/// what is new can be seen to be new.
fn zone(
    class: &'static str,
    heading: &'static str,
    spread: Memo<Spread>,
    of: fn(&Spread) -> (&[Card], &Grid),
    draw: impl Fn(Card) -> AnyView + Clone + Send + 'static,
) -> Element {
    let each = move || spread.with(|spread| of(spread).0.to_vec());
    let key = |card: &Card| (card.number, card.name.clone());
    let list = view! { <For each key let:card>{draw(card)}</For> };
    div(class)
        .attr("role", "region")
        .attr("aria-label", heading)
        .live_attr("data-columns", move || {
            Some(spread.with(|spread| of(spread).1.columns).to_string())
        })
        .live_attr("data-style", move || {
            Some(spread.with(|spread| of(spread).1.style.as_str()).to_owned())
        })
        .child(element("H2", "").text(heading))
        .child(div("cards").child(list.into_any()))
}

fn waiting(spread: Memo<Spread>, card: Card) -> AnyView {
    drawn("waiting-card", card, spread, |layout| &layout.preparing).done()
}

fn on_the_counter(views: Views, spread: Memo<Spread>, card: Card) -> AnyView {
    let since = card.since;
    let is_fresh = move || views.clock.now().millis_since(since) < FRESH_MILLIS;
    drawn("ready-card", card, spread, |layout| &layout.ready)
        .live_attr("data-fresh", move || is_fresh().then(String::new))
        .done()
}

/// A number and whose it is: the name to call, else the drink.
fn drawn(
    class: &'static str,
    card: Card,
    spread: Memo<Spread>,
    grid: fn(&Layout) -> &Grid,
) -> Element {
    let number = card.number.to_string();
    let testid = ["board-", &number].concat();
    let class_of_name = if card.name.is_some() { "card-name" } else { "card-name drink" };
    let whose = card.name.unwrap_or(card.drink_name);
    let name = move || {
        let (name, size) =
            spread.with(|spread| short::name(&whose, &grid(&spread.layout).rooms, ruler::width));
        span(class_of_name).attr("data-size", size.to_string()).text(name).done()
    };
    div(class).testid(testid).child(span("card-number number").text(number)).live(name)
}
