//! With what? The option groups of the drink, their defaults chosen.

use domain::Code;
use domain::menu::{OptionGroup, OptionItem};
use domain::text;
use leptos::prelude::*;
use ui::DrinkIcon;

use super::time_left::TimeLeft;
use crate::backward;
use crate::draft::Question;
use crate::guest::Guest;
use crate::words;

/// One group below the other; the answer to each is one tap.
#[component]
pub(crate) fn Options() -> impl IntoView {
    let guest = Guest::here();
    let language = guest.language;
    let menu = guest.menu();
    let drink =
        Memo::new(move |_| menu.with(|menu| guest.draft.with(|draft| draft.drink(menu).cloned())));
    let groups = Memo::new(move |_| {
        menu.with(|menu| {
            let drink = drink.get();
            let groups = drink.iter().flat_map(|drink| menu.groups_of(drink));
            groups.cloned().collect::<Vec<_>>()
        })
    });
    let is_whole = Memo::new(move |_| {
        menu.with(|menu| {
            let mut draft = guest.draft.get();
            draft.forget_sold_out(menu);
            draft.check(menu).is_ok()
        })
    });
    let next = move |_| {
        guest.draft.update(|draft| {
            menu.with_untracked(|menu| draft.forget_sold_out(menu));
            draft.question = Question::Confirm;
        });
        backward::answered();
    };
    view! {
        <main class="screen">
            <div class="body">
                <div class="about-drink">
                    {move || drink.get().map(|drink| view! { <DrinkIcon icon=drink.icon /> })}
                    <div>
                        <h1 tabindex="-1">{move || drink.get().map(|drink| drink.name)}</h1>
                        <p class="muted">{words::how(language)}</p>
                    </div>
                </div>
                <TimeLeft />
                {move || {
                    let groups = groups.get().into_iter();
                    groups.map(|group| question(guest, group)).collect_view()
                }}
            </div>
            <div class="foot pair">
                <button
                    type="button"
                    class="button"
                    data-testid="back"
                    on:click=move |_| backward::back(guest.draft)
                >
                    {words::back(language)}
                </button>
                <button
                    type="button"
                    class="button primary"
                    data-testid="next"
                    disabled=move || !is_whole.get()
                    on:click=next
                >
                    {words::next(language)}
                </button>
            </div>
        </main>
    }
}

fn question(guest: Guest, group: OptionGroup) -> impl IntoView {
    let language = guest.language;
    // One option that may be left out is a box to tick, several are buttons of a radio.
    let is_radio = !group.multiple && (group.required || group.options.len() > 1);
    let may_be_none = is_radio && !group.required;
    let slug = group.slug.clone();
    let is_open = Memo::new(move |_| guest.draft.with(|draft| draft.has_none(&slug)));
    let needs_answer = group.required;
    // "Decaf" over a single "Decaf" would say it twice.
    let is_said = matches!(group.options.as_slice(), [only] if only.name == group.name);
    let label = ["group-", group.slug.as_str()].concat();
    let labelled_by = label.clone();
    let none = may_be_none.then(|| {
        let slug = group.slug.clone();
        let clear = move |_| guest.draft.update(|draft| draft.clear(&slug));
        view! {
            <button
                type="button"
                class="choice"
                role="radio"
                aria-checked=move || checked(is_open.get())
                on:click=clear
            >
                {words::none(language)}
            </button>
        }
    });
    let options = group.options.iter();
    let options = options.map(|option| answer(guest, &group, option, is_radio)).collect_view();
    view! {
        <section
            class="group"
            role=if is_radio { "radiogroup" } else { "group" }
            aria-labelledby=labelled_by
        >
            <h2 id=label class:unseen=is_said>
                {group.name.clone()}
                {group
                    .multiple
                    .then(|| view! { <span class="muted">{words::several(language)}</span> })}
                {move || {
                    (needs_answer && is_open.get())
                        .then(|| view! { <span class="needed">{words::needs_answer(language)}</span> })
                }}
            </h2>
            <div class="choices">{none}{options}</div>
        </section>
    }
}

fn answer(
    guest: Guest,
    group: &OptionGroup,
    option: &OptionItem,
    is_radio: bool,
) -> impl IntoView + use<> {
    let is_available = option.available;
    let (group, slug) = (group.clone(), option.slug.clone());
    let testid = ["option-", group.slug.as_str(), "-", slug.as_str()].concat();
    let (of, own) = (group.slug.clone(), slug.clone());
    let is_chosen =
        Memo::new(move |_| is_available && guest.draft.with(|draft| draft.has(&of, &own)));
    let choose = move |_| {
        if is_available {
            guest.draft.update(|draft| draft.toggle(&group, &slug));
        }
    };
    let sold_out = (!is_available).then(|| text::refusal_title(guest.language, Code::SoldOut));
    view! {
        <button
            type="button"
            class="choice"
            role=if is_radio { "radio" } else { "checkbox" }
            data-testid=testid
            aria-checked=move || checked(is_chosen.get())
            aria-disabled=(!is_available).then_some("true")
            on:click=choose
        >
            {option.name.clone()}
            {sold_out.map(|words| view! { <span class="choice-note">{words}</span> })}
        </button>
    }
}

fn checked(is_checked: bool) -> &'static str {
    if is_checked { "true" } else { "false" }
}
