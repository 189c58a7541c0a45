//! Which drink?

use std::rc::Rc;

use domain::Code;
use domain::menu::{Drink, Menu};
use domain::text::{self, Language};
use leptos::prelude::*;
use ui::drink_icon;
use ui::element::{Element, button, div, span};

use super::cancelling::stop;
use super::parts::{heading, screen, time_left};
use crate::backward;
use crate::guest::Guest;
use crate::screen::Choosing;
use crate::words;

/// The menu as tiles.
pub(crate) fn drinks(guest: Guest, choosing: &Choosing) -> AnyView {
    let menu = Rc::new(choosing.menu.clone());
    let tiles = menu.drinks.iter().map(|drink| tile(guest, &menu, drink));
    let body = div("body")
        .child(heading(words::which_drink(guest.language)))
        .child(time_left(guest, &choosing.order))
        .child(div("tiles").children(tiles))
        .children(stop(guest, &choosing.order));
    screen().child(body).done()
}

fn tile(guest: Guest, menu: &Rc<Menu>, drink: &Drink) -> Element {
    let is_available = menu.is_available(drink);
    let choice = is_available.then(|| (menu.clone(), drink.clone()));
    let pick = move || {
        if let Some((menu, drink)) = &choice {
            guest.choose(|draft| draft.pick(menu, drink));
            backward::answered();
        }
    };
    let tile = button("card tile", pick)
        .testid(["drink-", drink.slug.as_str()].concat())
        .child(drink_icon(&drink.icon))
        .child(span("tile-name").text(&drink.name))
        .child(span("tile-note").text(note(guest.language, drink, is_available)));
    if is_available { tile } else { tile.attr("aria-disabled", "true") }
}

/// Under a drink's name: what some people must avoid, or that there is none left.
fn note(language: Language, drink: &Drink, is_available: bool) -> String {
    if !is_available {
        return text::refusal_title(language, Code::SoldOut).to_owned();
    }
    let mut note = String::new();
    for allergen in &drink.allergens {
        if !note.is_empty() {
            note.push_str(", ");
        }
        note.push_str(text::allergen(language, allergen));
    }
    note
}
