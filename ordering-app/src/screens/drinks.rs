//! Which drink?

use std::rc::Rc;

use domain::menu::{Drink, Menu};
use domain::text::{self, Language};
use domain::{Code, Status};
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
    let order = &choosing.order;
    let is_new = order.status == Status::Choosing;
    let language = guest.language();
    let title = if is_new { words::which_drink(language) } else { words::which_instead(language) };
    let body = div("body")
        .child(heading(title))
        .child(time_left(guest, order))
        .child(div("tiles").children(tiles));
    if is_new {
        screen().child(body.children(stop(guest, order))).done()
    } else {
        let keep = button("button", move || backward::back(guest)).testid("back");
        let foot = div("foot").child(keep.text(words::keep(language)));
        screen().child(body).child(foot).done()
    }
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
        .child(span("tile-name").text(drink.name_in(guest.language())))
        .child(span("tile-note").text(note(guest.language(), drink, is_available)));
    let is_chosen = guest.hand.with_untracked(|hand| hand.draft.is_of(&drink.slug));
    if !is_available {
        tile.attr("aria-disabled", "true")
    } else if is_chosen {
        tile.attr("aria-current", "true")
    } else {
        tile
    }
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
