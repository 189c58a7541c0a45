//! With what? The option groups of the drink, their defaults chosen.

use std::sync::Arc;

use domain::menu::{Menu, OptionGroup, OptionItem};
use domain::text;
use domain::{Code, Slug};
use leptos::prelude::*;
use ui::element::{Element, button, div, p, span};
use ui::{arrows, drink_icon};

use super::parts::{back, heading, screen, time_left};
use crate::backward;
use crate::draft::{Draft, Question};
use crate::guest::Guest;
use crate::screen::Choosing;
use crate::words;

/// One group below the other; the answer to each is one tap.
pub(crate) fn options(guest: Guest, choosing: &Choosing) -> AnyView {
    let language = guest.language();
    let menu = Arc::new(choosing.menu.clone());
    let Some(drink) = guest.hand.with_untracked(|hand| hand.draft.drink(&menu).cloned()) else {
        return screen().done();
    };
    let questions = menu.groups_of(&drink).map(|group| question(guest, &menu, group));
    let about = div("about-drink").child(drink_icon(&drink.icon)).child(
        div("about")
            .child(heading(drink.name_in(language)))
            .child(p("muted").text(words::how(language))),
    );
    let body =
        div("body").child(about).child(time_left(guest, &choosing.order)).children(questions);
    let (checked, chosen) = (menu.clone(), menu.clone());
    let is_incomplete = move || left(guest, &checked).check(&checked).is_err().then(String::new);
    let next = button("button primary", move || {
        guest.choose(|draft| {
            draft.forget_sold_out(&chosen);
            draft.question = Question::Confirm;
        });
        backward::answered();
    });
    let next = next.testid("next").live_attr("disabled", is_incomplete);
    let foot = div("foot pair").child(back(guest)).child(next.text(words::next(language)));
    screen().child(body).child(foot).done()
}

fn question(guest: Guest, menu: &Arc<Menu>, group: &OptionGroup) -> Element {
    let language = guest.language();
    let is_radio = group.takes_one_answer();
    let (slug, needs_answer, is_multiple) = (group.slug.clone(), group.required, group.multiple);
    let menu = menu.clone();
    let hint = move || {
        if needs_answer && left(guest, &menu).has_none(&slug) {
            words::needs_answer(language).to_owned()
        } else if is_multiple {
            words::several(language).to_owned()
        } else {
            String::new()
        }
    };
    let none = (is_radio && !group.required).then(|| none(guest, group));
    let answers = group.options.iter().map(|option| answer(guest, group, option, is_radio));
    let name = group.name_in(language);
    // "Decaf" over a single "Decaf" would say it twice.
    let is_said = matches!(group.options.as_slice(), [only] if only.name_in(language) == name);
    let label = ["group-", group.slug.as_str()].concat();
    let title = p(if is_said { "unseen" } else { "group-name" })
        .child(span("").attr("id", &label).text(name))
        .child(span("group-hint").attr("data-needed", group.required.to_string()).live_text(hint));
    let choices = div("choices").children(none).children(answers);
    div("group")
        .attr("role", if is_radio { "radiogroup" } else { "group" })
        .attr("aria-labelledby", label)
        .child(title)
        .child(if is_radio { choices.on("keydown", |event| arrows(&event)) } else { choices })
}

/// The choice without what has sold out meanwhile.
fn left(guest: Guest, menu: &Menu) -> Draft {
    let mut draft = guest.hand.with(|hand| hand.draft.clone());
    draft.forget_sold_out(menu);
    draft
}

/// The answer "none of these", where a group allows it.
fn none(guest: Guest, group: &OptionGroup) -> Element {
    let slug = group.slug.clone();
    let choose = move |draft: &mut Draft| draft.clear(&slug);
    choice(guest, "radio", group, None, choose).text(words::none(guest.language()))
}

fn answer(guest: Guest, group: &OptionGroup, option: &OptionItem, is_radio: bool) -> Element {
    let role = if is_radio { "radio" } else { "checkbox" };
    let testid = ["option-", group.slug.as_str(), "-", option.slug.as_str()].concat();
    let slug = option.slug.clone();
    let language = guest.language();
    let name = option.name_in(language);
    if option.available {
        let asked = group.clone();
        let choose = move |draft: &mut Draft| draft.toggle(&asked, &slug);
        choice(guest, role, group, Some(&option.slug), choose).testid(testid).text(name)
    } else {
        let gone = text::refusal_title(language, Code::SoldOut);
        button("choice", || ())
            .attr("role", role)
            .attr("tabindex", "-1")
            .attr("aria-checked", "false")
            .attr("aria-disabled", "true")
            .testid(testid)
            .text([name, " · ", gone].concat())
    }
}

/// The button for an option of a group, or for none of them.
fn choice(
    guest: Guest,
    role: &'static str,
    group: &OptionGroup,
    option: Option<&Slug>,
    choose: impl Fn(&mut Draft) + 'static,
) -> Element {
    let (slug, option) = (group.slug.clone(), option.cloned());
    let is_chosen = move || {
        guest.hand.with(|hand| match &option {
            Some(option) => hand.draft.has(&slug, option),
            None => hand.draft.has_none(&slug),
        })
    };
    // Of a radio the keyboard stops at the answer, and at every one while there is none.
    let (chosen, slug) = (is_chosen.clone(), group.slug.clone());
    let is_skipped =
        move || role == "radio" && !chosen() && !guest.hand.with(|hand| hand.draft.has_none(&slug));
    button("choice", move || guest.choose(&choose))
        .attr("role", role)
        .live_attr("aria-checked", move || Some(is_chosen().to_string()))
        .live_attr("tabindex", move || is_skipped().then(|| "-1".to_owned()))
}
