//! With what? The option groups of the drink, their defaults chosen.

use domain::menu::{OptionGroup, OptionItem};
use domain::text;
use domain::{Code, Slug};
use leptos::prelude::*;
use ui::drink_icon;
use ui::element::{Element, button, div, p, span};

use super::parts::{back, heading, screen, time_left};
use crate::backward;
use crate::draft::{Draft, Question};
use crate::guest::Guest;
use crate::screen::Choosing;
use crate::words;

/// One group below the other; the answer to each is one tap.
pub(crate) fn options(guest: Guest, choosing: &Choosing) -> AnyView {
    let language = guest.language;
    let menu = choosing.menu.clone();
    let Some(drink) = guest.hand.with_untracked(|hand| hand.draft.drink(&menu).cloned()) else {
        return screen().done();
    };
    let questions = menu.groups_of(&drink).map(|group| question(guest, group));
    let about = div("about-drink").child(drink_icon(&drink.icon)).child(
        div("about").child(heading(&drink.name)).child(p("muted").text(words::how(language))),
    );
    let body =
        div("body").child(about).child(time_left(guest, &choosing.order)).children(questions);
    let (checked, chosen) = (menu.clone(), menu.clone());
    let is_incomplete = move || {
        let mut draft = guest.hand.with(|hand| hand.draft.clone());
        draft.forget_sold_out(&checked);
        draft.check(&checked).is_err().then(String::new)
    };
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

fn question(guest: Guest, group: &OptionGroup) -> Element {
    let language = guest.language;
    // One option that may be left out is a box to tick, several are buttons of a radio.
    let is_radio = !group.multiple && (group.required || group.options.len() > 1);
    let (slug, needs_answer, is_multiple) = (group.slug.clone(), group.required, group.multiple);
    let hint = move || {
        if needs_answer && guest.hand.with(|hand| hand.draft.has_none(&slug)) {
            words::needs_answer(language).to_owned()
        } else if is_multiple {
            words::several(language).to_owned()
        } else {
            String::new()
        }
    };
    let none = (is_radio && !group.required).then(|| none(guest, group));
    let answers = group.options.iter().map(|option| answer(guest, group, option, is_radio));
    // "Decaf" over a single "Decaf" would say it twice.
    let is_said = matches!(group.options.as_slice(), [only] if only.name == group.name);
    let label = ["group-", group.slug.as_str()].concat();
    let name = p(if is_said { "unseen" } else { "group-name" })
        .child(span("").attr("id", &label).text(&group.name))
        .child(span("group-hint").attr("data-needed", group.required.to_string()).live_text(hint));
    div("group")
        .attr("role", if is_radio { "radiogroup" } else { "group" })
        .attr("aria-labelledby", label)
        .child(name)
        .child(div("choices").children(none).children(answers))
}

/// The answer "none of these", where a group allows it.
fn none(guest: Guest, group: &OptionGroup) -> Element {
    let slug = group.slug.clone();
    let choose = move |draft: &mut Draft| draft.clear(&slug);
    choice(guest, "radio", &group.slug, None, choose).text(words::none(guest.language))
}

fn answer(guest: Guest, group: &OptionGroup, option: &OptionItem, is_radio: bool) -> Element {
    let role = if is_radio { "radio" } else { "checkbox" };
    let testid = ["option-", group.slug.as_str(), "-", option.slug.as_str()].concat();
    let slug = option.slug.clone();
    if option.available {
        let asked = group.clone();
        let choose = move |draft: &mut Draft| draft.toggle(&asked, &slug);
        choice(guest, role, &group.slug, Some(&option.slug), choose)
            .testid(testid)
            .text(&option.name)
    } else {
        let gone = text::refusal_title(guest.language, Code::SoldOut);
        button("choice", || ())
            .attr("role", role)
            .attr("aria-checked", "false")
            .attr("aria-disabled", "true")
            .testid(testid)
            .text([&option.name, " · ", gone].concat())
    }
}

/// The button for an option of a group, or for none of them.
fn choice(
    guest: Guest,
    role: &'static str,
    group: &Slug,
    option: Option<&Slug>,
    choose: impl Fn(&mut Draft) + 'static,
) -> Element {
    let (group, option) = (group.clone(), option.cloned());
    let is_chosen = move || {
        let is_chosen = guest.hand.with(|hand| match &option {
            Some(option) => hand.draft.has(&group, option),
            None => hand.draft.has_none(&group),
        });
        Some(is_chosen.to_string())
    };
    button("choice", move || guest.choose(&choose))
        .attr("role", role)
        .live_attr("aria-checked", is_chosen)
}
