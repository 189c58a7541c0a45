//! With what? The option groups of the drink, their defaults chosen.

use domain::Code;
use domain::menu::{OptionGroup, OptionItem};
use domain::text;
use leptos::prelude::*;
use ui::DrinkIcon;

use super::parts::{back, time_left};
use crate::backward;
use crate::draft::Question;
use crate::guest::Guest;
use crate::words;

/// One group below the other; the answer to each is one tap.
pub(crate) fn options(guest: Guest) -> AnyView {
    let language = guest.language;
    let is_incomplete = move || {
        guest.menu.with(|menu| {
            let mut draft = guest.draft.get();
            draft.forget_sold_out(menu);
            draft.check(menu).is_err()
        })
    };
    let next = move |_| {
        guest.draft.update(|draft| {
            guest.menu.with_untracked(|menu| draft.forget_sold_out(menu));
            draft.question = Question::Confirm;
        });
        backward::answered();
    };
    view! {
        <main class="screen">
            <div class="body">
                {move || questions(guest)}
            </div>
            <div class="foot pair">
                {back(guest)}
                <button
                    type="button"
                    class="button primary"
                    data-testid="next"
                    disabled=is_incomplete
                    on:click=next
                >
                    {words::next(language)}
                </button>
            </div>
        </main>
    }
    .into_any()
}

/// Drawn anew when the menu changes; what is chosen changes the answers alone.
fn questions(guest: Guest) -> AnyView {
    let menu = guest.menu.get();
    let drink = guest.draft.with_untracked(|draft| draft.drink(&menu).cloned());
    let Some(drink) = drink else {
        return ().into_any();
    };
    let questions = menu.groups_of(&drink).map(|group| question(guest, group)).collect_view();
    view! {
        <div class="about-drink">
            <DrinkIcon icon=drink.icon />
            <div class="about">
                <h1 tabindex="-1">{drink.name}</h1>
                <p class="muted">{words::how(guest.language)}</p>
            </div>
        </div>
        {time_left(guest)}
        {questions}
    }
    .into_any()
}

fn question(guest: Guest, group: &OptionGroup) -> AnyView {
    let language = guest.language;
    // One option that may be left out is a box to tick, several are buttons of a radio.
    let is_radio = !group.multiple && (group.required || group.options.len() > 1);
    let (slug, needs_answer, is_multiple) = (group.slug.clone(), group.required, group.multiple);
    let hint = move || {
        if needs_answer && guest.draft.with(|draft| draft.has_none(&slug)) {
            words::needs_answer(language).to_owned()
        } else if is_multiple {
            words::several(language).to_owned()
        } else {
            String::new()
        }
    };
    let none = (is_radio && !group.required).then(|| none(guest, group));
    let answers = group.options.iter();
    let answers = answers.map(|option| answer(guest, group, option, is_radio)).collect_view();
    // "Decaf" over a single "Decaf" would say it twice.
    let is_said = matches!(group.options.as_slice(), [only] if only.name == group.name);
    let label = ["group-", group.slug.as_str()].concat();
    let labelled_by = label.clone();
    view! {
        <div
            class="group"
            role=if is_radio { "radiogroup" } else { "group" }
            aria-labelledby=labelled_by
        >
            <p class=if is_said { "unseen" } else { "group-name" }>
                <span id=label>{group.name.clone()}</span>
                <span class="group-hint" data-needed=group.required.to_string()>
                    {move || hint()}
                </span>
            </p>
            <div class="choices">{none}{answers}</div>
        </div>
    }
    .into_any()
}

/// The answer "none of these", where a group allows it.
fn none(guest: Guest, group: &OptionGroup) -> AnyView {
    let (slug, own) = (group.slug.clone(), group.slug.clone());
    let is_chosen = move || guest.draft.with(|draft| draft.has_none(&own));
    choice(words::none(guest.language).to_owned(), "radio", None, is_chosen, true, move || {
        guest.draft.update(|draft| draft.clear(&slug))
    })
}

fn answer(guest: Guest, group: &OptionGroup, option: &OptionItem, is_radio: bool) -> AnyView {
    let testid = ["option-", group.slug.as_str(), "-", option.slug.as_str()].concat();
    let is_available = option.available;
    let mut name = option.name.clone();
    if !is_available {
        name.push_str(" · ");
        name.push_str(text::refusal_title(guest.language, Code::SoldOut));
    }
    let (of, own) = (group.slug.clone(), option.slug.clone());
    let is_chosen = move || is_available && guest.draft.with(|draft| draft.has(&of, &own));
    let (group, slug) = (group.clone(), option.slug.clone());
    choice(
        name,
        if is_radio { "radio" } else { "checkbox" },
        Some(testid),
        is_chosen,
        is_available,
        move || guest.draft.update(|draft| draft.toggle(&group, &slug)),
    )
}

fn choice(
    name: String,
    role: &'static str,
    testid: Option<String>,
    is_chosen: impl Fn() -> bool + Send + 'static,
    is_available: bool,
    choose: impl Fn() + 'static,
) -> AnyView {
    view! {
        <button
            type="button"
            class="choice"
            role=role
            data-testid=testid
            aria-checked=move || if is_chosen() { "true" } else { "false" }
            aria-disabled=(!is_available).then_some("true")
            on:click=move |_| {
                if is_available {
                    choose();
                }
            }
        >
            {name}
        </button>
    }
    .into_any()
}
