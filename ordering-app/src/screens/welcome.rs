//! The door: here is the bar, this is the wait. Opening it redeems nothing; the button does.

use domain::menu::Named;
use domain::wait::Shown;
use leptos::prelude::*;
use ui::drink_icon;
use ui::element::{Element, div, element, p, span};

use super::parts::{form, heading, screen, submit, typed};
use crate::guest::Guest;
use crate::screen::Bar;
use crate::words;

/// The bar, the wait, and the button that redeems the code.
pub(crate) fn welcome(guest: Guest, bar: Bar) -> AnyView {
    let language = guest.language();
    let hero = div("hero")
        .child(drink_icon("cappuccino"))
        .child(heading(bar.name))
        .child(p("place muted").text(bar.place));
    let wait = span("wait")
        .testid("wait")
        .attr("data-seconds", bar.wait_seconds.to_string())
        .text(words::about(language, Shown::of(bar.wait_seconds)));
    let wait_now =
        p("card wait-now").child(span("muted").text(words::wait_now(language))).child(wait);
    let came_without = guest.hand.with_untracked(|hand| hand.code.is_empty());
    let foot = div("foot").children(came_without.then(|| code_entry(guest))).child(submit(
        guest,
        "start-order",
        words::start(language),
    ));
    let body = div("body").child(hero).child(wait_now).children(again(guest));
    screen().child(form(move || guest.start()).child(body).child(foot)).done()
}

/// For who wants the same drink once more: which one that is, and what it needs.
fn again(guest: Guest) -> Option<Element> {
    let language = guest.language();
    let order = guest.hand.with(|hand| hand.again.clone())?;
    let named = Named::order(&guest.menu(), &order, language);
    let drink = span("again-drink").text(named.drink);
    let needs = span("muted").text(words::needs_code(language));
    Some(p("card again-hint").text(words::same_again(language)).child(drink).child(needs))
}

/// For who came without a code.
fn code_entry(guest: Guest) -> Element {
    let input = element("INPUT", "number code-entry")
        .testid("code-entry")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "characters")
        .attr("spellcheck", "false")
        .attr("enterkeyhint", "go")
        .attr("required", "")
        // Nothing on the screen depends on it before the button is pressed.
        .on("input", move |event| {
            let typed = typed(&event);
            guest.hand.update_untracked(|hand| hand.typed = typed);
        });
    element("LABEL", "field").text(words::type_code(guest.language())).child(input)
}
