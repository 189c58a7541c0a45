//! Which drink?

use domain::Code;
use domain::menu::{Drink, Menu};
use domain::text::{self, Language};
use leptos::prelude::*;
use ui::DrinkIcon;

use super::cancelling::stop;
use super::parts::time_left;
use crate::backward;
use crate::guest::Guest;
use crate::words;

/// The menu as tiles.
pub(crate) fn drinks(guest: Guest) -> AnyView {
    view! {
        <main class="screen">
            <div class="body">
                <h1 tabindex="-1">{words::which_drink(guest.language)}</h1>
                {time_left(guest)}
                <div class="tiles">
                    {move || {
                        let menu = guest.menu.get();
                        let tiles = menu.drinks.iter().map(|drink| tile(guest, &menu, drink));
                        tiles.collect_view().into_any()
                    }}
                </div>
                {stop(guest)}
            </div>
        </main>
    }
    .into_any()
}

fn tile(guest: Guest, menu: &Menu, drink: &Drink) -> AnyView {
    let is_available = menu.is_available(drink);
    let slug = drink.slug.clone();
    let pick = move |_| {
        guest.menu.with_untracked(|menu| {
            // Looked up afresh: it may have gone since this tile was drawn.
            if let Some(drink) = menu.drink(&slug)
                && menu.is_available(drink)
            {
                guest.draft.update(|draft| draft.pick(menu, drink));
                backward::answered();
            }
        });
    };
    view! {
        <button
            type="button"
            class="card tile"
            data-testid=["drink-", drink.slug.as_str()].concat()
            aria-disabled=(!is_available).then_some("true")
            on:click=pick
        >
            <DrinkIcon icon=drink.icon.clone() />
            <span class="tile-name">{drink.name.clone()}</span>
            <span class="tile-note">{note(guest.language, drink, is_available)}</span>
        </button>
    }
    .into_any()
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
