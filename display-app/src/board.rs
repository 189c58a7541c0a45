//! Whose drink is where: numbers and names, the ready ones larger and newest first, in pages where
//! they are too many for one.

use domain::view::{BoardView, Card};
use leptos::prelude::*;
use ui::element::{Element, div, element, p, span};
use ui::language;

use crate::layout::Rooms;
use crate::spread::Spread;
use crate::updates::Views;
use crate::{ruler, short, words};

/// How long a card that has just become ready asks to be noticed, whenever its page is shown.
const FRESH_MILLIS: u64 = 20_000;

/// The two zones.
pub(crate) fn board(views: Views, spread: Memo<Spread>) -> AnyView {
    let language = language::current();
    let preparing =
        zone("zone preparing", words::preparing(language), spread, preparing, move |card| {
            waiting(spread, card)
        });
    let ready = zone("zone ready", words::ready(language), spread, ready, move |card| {
        on_the_counter(views, spread, card)
    });
    let idle =
        move || if is_idle(views) { words::idle(language).to_owned() } else { String::new() };
    element("MAIN", "zones")
        .live_attr("data-ready", move || {
            Some(spread.with(|spread| spread.layout.ready).to_string())
        })
        .live_attr("data-preparing", move || {
            Some(spread.with(|spread| spread.layout.preparing).to_string())
        })
        .child(preparing.testid("preparing").child(p("idle").live_text(idle)))
        .child(ready.testid("ready").live_attr("aria-live", move || {
            // Pages that turn are no news.
            let is_all = spread.with(|spread| spread.pages == 1);
            is_all.then(|| "assertive".to_owned())
        }))
        .done()
}

fn preparing(spread: &Spread) -> &[Card] {
    &spread.preparing
}

fn ready(spread: &Spread) -> &[Card] {
    &spread.ready
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
    cards: fn(&Spread) -> &[Card],
    draw: impl Fn(Card) -> AnyView + Clone + Send + 'static,
) -> Element {
    let each = move || spread.with(|spread| cards(spread).to_vec());
    let key = |card: &Card| (card.number, card.name.clone());
    let list = view! { <For each key let:card>{draw(card)}</For> };
    div(class)
        .attr("role", "region")
        .attr("aria-label", heading)
        .child(element("H2", "").text(heading))
        .child(div("cards").child(list.into_any()))
}

fn waiting(spread: Memo<Spread>, card: Card) -> AnyView {
    let number = card.number;
    let rooms = move || spread.with(|spread| spread.layout.preparing_rooms(number));
    drawn("waiting-card", card, rooms).done()
}

fn on_the_counter(views: Views, spread: Memo<Spread>, card: Card) -> AnyView {
    let (number, since) = (card.number, card.since);
    let rooms = move || spread.with(|spread| spread.layout.ready_rooms(number));
    let is_fresh = move || views.clock.now().millis_since(since) < FRESH_MILLIS;
    drawn("ready-card", card, rooms)
        .live_attr("data-fresh", move || is_fresh().then(String::new))
        .done()
}

/// A number and whose it is: the name to call, else the drink.
fn drawn(class: &'static str, card: Card, rooms: impl Fn() -> Rooms + Send + 'static) -> Element {
    let number = card.number.to_string();
    let testid = ["board-", &number].concat();
    let class_of_name = if card.name.is_some() { "card-name" } else { "card-name drink" };
    let whose = card.name.unwrap_or(card.drink_name);
    let name = move || {
        let (name, size) = short::name(&whose, &rooms(), ruler::width);
        span(class_of_name).attr("data-size", size.to_string()).text(name).done()
    };
    div(class).testid(testid).child(span("card-number number").text(number)).live(name)
}
