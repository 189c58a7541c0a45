//! Is that all? The drink once more, the name to call, and a button that says what happens.

use domain::menu::DrinkOrder;
use domain::name::LONGEST;
use domain::wait::Shown;
use leptos::prelude::*;
use ui::drink_icon;
use ui::element::{Element, div, element, p, span};

use super::parts::{back, form, heading, screen, submit, time_left, typed};
use crate::guest::Guest;
use crate::screen::Choosing;
use crate::words;

/// The last question.
pub(crate) fn confirm(guest: Guest, choosing: &Choosing, drink: DrinkOrder) -> AnyView {
    let language = guest.language;
    let icon = choosing.menu.drink(&drink.drink).map(|drink| drink.icon.as_str());
    let about = div("about")
        .child(p("summary-drink").text(&drink.drink_name))
        .child(p("muted").text(drink.option_names.join(", ")));
    let body = div("body")
        .child(heading(words::confirm(language)))
        .child(time_left(guest, &choosing.order))
        .child(div("card summary").child(drink_icon(icon.unwrap_or_default())).child(about))
        .child(name(guest));
    // What somebody would wait who orders now.
    let wait = Shown::of(choosing.order.wait_seconds.unwrap_or_default());
    let foot = div("foot pair").child(back(guest)).child(submit(
        guest,
        "place-order",
        words::place_order(language, wait),
    ));
    let order = choosing.order.order.clone();
    let place = move || guest.place(order.clone(), drink.clone());
    screen().child(form(place).child(body).child(foot)).done()
}

fn name(guest: Guest) -> Element {
    let language = guest.language;
    let asked = span("asked")
        .text([words::name(language), " "].concat())
        .child(span("muted").text(words::optional(language)));
    let input = element("INPUT", "")
        .testid("name")
        .attr("autocomplete", "given-name")
        .attr("autocapitalize", "words")
        .attr("enterkeyhint", "done")
        .attr("maxlength", LONGEST.to_string())
        .attr("value", guest.hand.with_untracked(|hand| hand.name.clone()))
        // Nothing on the screen depends on it before the button is pressed.
        .on("input", move |event| {
            let typed = typed(&event);
            guest.hand.update_untracked(|hand| hand.name = typed);
        });
    let hint = span("muted field-hint").text(words::name_hint(language));
    element("LABEL", "field").child(asked).child(input).child(hint)
}
