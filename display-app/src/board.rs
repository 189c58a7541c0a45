//! Whose drink is where: numbers and names, the ready ones larger and newest first.

use domain::view::{BoardView, Card};
use leptos::prelude::*;
use ui::element::{Element, div, element, p, span};
use ui::language;

use crate::layout::{Layout, layout};
use crate::updates::Views;
use crate::{short, words};

/// How long a card that has just become ready asks to be noticed.
const FRESH_MILLIS: u64 = 10_000;

/// The two zones.
pub(crate) fn board(views: Views) -> AnyView {
    let language = language::current();
    let preparing = zone("zone preparing", words::preparing(language), preparing, waiting, views)
        .testid("preparing")
        .live_attr("data-columns", shown(views, |layout| layout.preparing_columns))
        .live_attr("data-tight", shown(views, |layout| layout.preparing_tight));
    let ready = zone("zone ready", words::ready(language), ready, on_the_counter, views)
        .testid("ready")
        .attr("aria-live", "assertive")
        .live_attr("data-columns", shown(views, |layout| layout.ready_columns))
        .live_attr("data-tight", shown(views, |layout| layout.ready_tight.into()))
        .live_attr("data-stacked", shown(views, |layout| layout.ready_stacked.into()));
    let idle =
        move || if is_idle(views) { words::idle(language).to_owned() } else { String::new() };
    element("MAIN", "zones")
        .live_attr("data-ready", shown(views, |layout| layout.ready_columns))
        .live_attr("data-preparing", shown(views, |layout| layout.preparing_columns))
        .child(preparing.child(p("idle").live_text(idle)))
        .child(ready)
        .done()
}

fn preparing(board: &BoardView) -> &[Card] {
    &board.preparing
}

fn ready(board: &BoardView) -> &[Card] {
    &board.ready
}

/// How the board is laid out now; follows it.
fn layout_of(views: Views) -> Layout {
    views.board.view().with(|board| match board {
        Some(board) => layout(board.preparing.len(), board.ready.len()),
        None => layout(0, 0),
    })
}

/// A figure of the layout, for the style sheet.
fn shown(views: Views, figure: fn(Layout) -> u8) -> impl FnMut() -> Option<String> + Send {
    move || Some(figure(layout_of(views)).to_string())
}

/// Not before the board is known, nor while nobody could be the first.
fn is_idle(views: Views) -> bool {
    let accepting = views.code.view().with(|code| code.as_ref().is_some_and(|code| code.accepting));
    let is_empty = |board: &BoardView| board.preparing.is_empty() && board.ready.is_empty();
    accepting && views.board.view().with(|board| board.as_ref().is_some_and(is_empty))
}

/// A heading over cards. Each card is an element of its own for as long as it is there, so that
/// what is new can be seen to be new.
fn zone(
    class: &'static str,
    heading: &'static str,
    cards: fn(&BoardView) -> &[Card],
    draw: fn(Views, Card) -> Element,
    views: Views,
) -> Element {
    let each = move || {
        views.board.view().with(|board| board.as_ref().map(cards).unwrap_or_default().to_vec())
    };
    let key = |card: &Card| (card.number, card.name.clone());
    let list = view! { <For each key let:card>{draw(views, card).done()}</For> };
    div(class)
        .attr("role", "region")
        .child(element("H2", "").text(heading))
        .child(div("cards").child(list.into_any()))
}

fn testid(card: &Card) -> String {
    ["board-", &card.number.to_string()].concat()
}

fn waiting(views: Views, card: Card) -> Element {
    let testid = testid(&card);
    let name = card.name.unwrap_or_default();
    let name = move || short::name(&name, layout_of(views).preparing_name());
    div("waiting-card")
        .testid(testid)
        .child(span("card-number number").text(card.number.to_string()))
        .child(span("card-name").live_text(name))
}

fn on_the_counter(views: Views, card: Card) -> Element {
    let since = card.since;
    let is_fresh = move || views.clock.now().millis_since(since) < FRESH_MILLIS;
    let testid = testid(&card);
    let name = card.name.unwrap_or_default();
    let name = move || short::name(&name, layout_of(views).ready_name());
    div("ready-card")
        .testid(testid)
        .live_attr("data-fresh", move || is_fresh().then(String::new))
        .child(span("card-number number").text(card.number.to_string()))
        .child(span("card-name").live_text(name))
}
