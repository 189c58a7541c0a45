//! What a phone will show: the drinks as tiles, and what is asked about the one that is tapped.

use domain::menu::{Drink, OptionGroup};
use domain::text::{self, Language};
use domain::{Code, Menu, Slug};
use leptos::prelude::*;
use ui::{drink_icon, language};

use crate::bar_pages::Desk;
use crate::menu_page::Opened;
use crate::words;

/// A phone with the menu on it, in any of the bar's languages.
#[component]
pub(crate) fn Preview(
    /// The menu as it is to be.
    menu: Memo<Menu>,
) -> impl IntoView {
    let language = language::current_untracked();
    let desk = Desk::here();
    let shown_in = RwSignal::new(None::<Language>);
    let offered = Memo::new(move |_| {
        let tags = desk.languages();
        let tags = tags.iter();
        tags.filter_map(|tag| Language::ALL.into_iter().find(|known| known.tag() == tag))
            .collect::<Vec<_>>()
    });
    let reading = Memo::new(move |_| {
        let first = offered.get().first().copied();
        shown_in.get().or(first).unwrap_or(language)
    });
    let languages = move || {
        let offered = offered.get();
        (offered.len() > 1).then(|| {
            let buttons = offered.into_iter().map(|offered| {
                view! {
                    <button
                        type="button"
                        class="button small"
                        data-testid=["preview-", offered.tag()].concat()
                        aria-pressed=move || (reading.get() == offered).to_string()
                        on:click=move |_| shown_in.set(Some(offered))
                    >
                        {words::language_name(offered)}
                    </button>
                }
            });
            view! { <div class="preview-languages">{buttons.collect_view()}</div> }
        })
    };
    let tapped = Opened::here().tapped;
    let screen = move || {
        let (menu, language) = (menu.get(), reading.get());
        let drink =
            tapped.with(|tapped| tapped.as_ref().and_then(|slug| menu.drink(slug)).cloned());
        match drink {
            Some(drink) => options(language, &menu, &drink, tapped),
            None => tiles(language, &menu, tapped),
        }
    };
    view! {
        <aside class="preview" aria-label=words::preview(language) data-testid="preview">
            <p class="preview-title">{words::preview(language)}</p>
            {languages}
            <div class="phone" lang=move || reading.get().tag()>{screen}</div>
        </aside>
    }
}

fn tiles(language: Language, menu: &Menu, tapped: RwSignal<Option<Slug>>) -> AnyView {
    let tiles = menu.drinks.iter().map(|drink| {
        let is_available = menu.is_available(drink);
        let note = if is_available {
            let named = drink.allergens.iter().map(|allergen| text::allergen(language, allergen));
            named.collect::<Vec<_>>().join(", ")
        } else {
            text::refusal_title(language, Code::SoldOut).to_owned()
        };
        let slug = drink.slug.clone();
        view! {
            <button
                type="button"
                class="card tile"
                data-testid=["tile-", drink.slug.as_str()].concat()
                aria-disabled=(!is_available).then_some("true")
                on:click=move |_| {
                    if is_available {
                        tapped.set(Some(slug.clone()));
                    }
                }
            >
                {drink_icon(&drink.icon)}
                <span class="tile-name">{drink.name_in(language).to_owned()}</span>
                <span class="tile-note">{note}</span>
            </button>
        }
    });
    view! { <div class="tiles">{tiles.collect_view()}</div> }.into_any()
}

fn options(
    language: Language,
    menu: &Menu,
    drink: &Drink,
    tapped: RwSignal<Option<Slug>>,
) -> AnyView {
    let groups = menu.groups_of(drink).map(|group| question(language, group));
    view! {
        <div class="preview-options">
            <button
                type="button"
                class="button small"
                data-testid="preview-back"
                on:click=move |_| tapped.set(None)
            >
                {words::back(language)}
            </button>
            <p class="preview-drink">{drink.name_in(language).to_owned()}</p>
            {groups.collect_view()}
        </div>
    }
    .into_any()
}

/// A question as it stands before anybody has answered it. Nothing here can be chosen: what a phone
/// does with an answer is the ordering app's affair.
fn question(language: Language, group: &OptionGroup) -> impl IntoView + use<> {
    let name = group.name_in(language).to_owned();
    let several = group.multiple;
    let answers = group.options.iter().map(|option| {
        let is_chosen = group.default.contains(&option.slug);
        let called = option.name_in(language);
        let words = if option.available {
            called.to_owned()
        } else {
            [called, " · ", text::refusal_title(language, Code::SoldOut)].concat()
        };
        view! {
            <li
                class="choice"
                data-several=several.to_string()
                data-chosen=is_chosen.to_string()
                data-sold-out=(!option.available).to_string()
            >
                {words}
            </li>
        }
    });
    view! {
        <div class="group">
            <p class="group-name">{name}</p>
            <ul class="choices">{answers.collect_view()}</ul>
        </div>
    }
}
