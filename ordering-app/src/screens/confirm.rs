//! Is that all? The drink once more, the name to call, and a button that says what happens.

use domain::Status;
use domain::menu::{DrinkOrder, Named};
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
    let language = guest.language();
    let menu = &choosing.menu;
    let icon = menu.drink(&drink.drink).map(|drink| drink.icon.as_str());
    let named = Named::choice(menu, &drink.drink, &drink.options, language).unwrap_or_default();
    let about = div("about")
        .child(p("summary-drink").text(named.drink))
        .child(p("muted").text(named.options.join(", ")));
    let body = div("body")
        .child(heading(words::confirm(language)))
        .child(time_left(guest, &choosing.order))
        .child(div("card summary").child(drink_icon(icon.unwrap_or_default())).child(about))
        .child(name(guest));
    // What somebody would wait who orders now.
    let wait = Shown::of(choosing.order.wait_seconds.unwrap_or_default());
    let place = if choosing.order.status == Status::Choosing {
        words::place_order(language, wait)
    } else {
        words::place_change(language).to_owned()
    };
    let foot = div("foot pair").child(back(guest)).child(submit(guest, "place-order", place));
    let order = choosing.order.clone();
    let send = move || guest.place(&order, drink.clone());
    screen().child(form(send).child(body).child(foot)).done()
}

fn name(guest: Guest) -> Element {
    let language = guest.language();
    let asked = span("asked")
        .text([words::name(language), " "].concat())
        .child(span("muted").text(words::optional(language)));
    let input = element("INPUT", "")
        .testid("name")
        .attr("autocomplete", "given-name")
        .attr("autocapitalize", "words")
        .attr("dir", "auto")
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
