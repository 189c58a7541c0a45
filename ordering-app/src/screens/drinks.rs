//! Which drink?

use domain::Code;
use domain::menu::{Drink, Menu};
use domain::text;
use leptos::prelude::*;
use ui::DrinkIcon;

use super::cancelling::Stop;
use super::time_left::TimeLeft;
use crate::backward;
use crate::guest::Guest;
use crate::words;

/// The menu as tiles.
#[component]
pub(crate) fn Drinks() -> impl IntoView {
    let guest = Guest::here();
    let menu = guest.menu();
    view! {
        <main class="screen">
            <div class="body">
                <h1 tabindex="-1">{words::which_drink(guest.language)}</h1>
                <TimeLeft />
                <div class="tiles">
                    {move || {
                        let menu = menu.get();
                        menu.drinks.iter().map(|drink| tile(guest, &menu, drink)).collect_view()
                    }}
                </div>
                <Stop />
            </div>
        </main>
    }
}

fn tile(guest: Guest, menu: &Menu, drink: &Drink) -> impl IntoView + use<> {
    let language = guest.language;
    let is_available = menu.is_available(drink);
    let slug = drink.slug.clone();
    // Read afresh: the menu may have changed since this tile was drawn.
    let menu = guest.menu();
    let pick = move |_| {
        menu.with_untracked(|menu| {
            if let Some(drink) = menu.drink(&slug)
                && menu.is_available(drink)
            {
                guest.draft.update(|draft| draft.pick(menu, drink));
                backward::answered();
            }
        });
    };
    let note = if is_available {
        let allergens = drink.allergens.iter();
        let allergens: Vec<_> =
            allergens.map(|allergen| text::allergen(language, allergen)).collect();
        allergens.join(", ")
    } else {
        text::refusal_title(language, Code::SoldOut).to_owned()
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
            <span class="tile-note">{note}</span>
        </button>
    }
}
