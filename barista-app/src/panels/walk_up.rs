//! An order for somebody without a phone: open, drink, place.

use domain::api::{DrinkRequest, Sent};
use domain::menu::{Drink, Menu, OptionGroup, OptionItem, Options};
use domain::name::{LONGEST, typed};
use domain::view::{BarStatus, OrderView};
use domain::{Code, Slug};
use leptos::prelude::*;
use ui::element::{Element, button, div, element, p, span};
use ui::outbox::with_id;
use ui::{Fault, Outbox, arrows, drink_icon, language};

use super::sheet;
use crate::desk::Desk;
use crate::words;

/// The drink in the making: nothing of it is known to the bar yet.
#[derive(Clone, Default)]
struct Draft {
    drink: Option<Slug>,
    options: Options,
    name: String,
}

impl Draft {
    fn pick(&mut self, menu: Option<&Menu>, slug: &Slug) {
        let drink = menu.and_then(|menu| Some((menu, menu.drink(slug)?)));
        if let Some((menu, drink)) = drink {
            self.drink = Some(slug.clone());
            self.options = menu.defaults_of(drink);
        }
    }

    fn has(&self, group: &Slug, option: &Slug) -> bool {
        self.options.get(group).is_some_and(|chosen| chosen.contains(option))
    }

    fn has_none(&self, group: &Slug) -> bool {
        self.options.get(group).is_none_or(Vec::is_empty)
    }

    /// Whether a group has an answer that can be had.
    fn answers(&self, group: &OptionGroup) -> bool {
        let mut options = group.options.iter();
        options.any(|option| option.available && self.has(&group.slug, &option.slug))
            || !group.required && self.has_none(&group.slug)
    }

    fn clear(&mut self, group: &Slug) {
        self.options.insert(group.clone(), Vec::new());
    }

    /// The bar's own check.
    fn is_complete(&self, menu: Option<&Menu>) -> bool {
        let drink = self.drink.as_ref().zip(menu);
        drink.is_some_and(|(drink, menu)| menu.check(drink, &self.options).is_ok())
    }

    fn request(&self) -> Option<DrinkRequest> {
        let name = typed(&self.name);
        Some(DrinkRequest { drink: self.drink.clone()?, options: self.options.clone(), name })
    }
}

/// All on one sheet: drinks, the options of the one that is picked with their defaults chosen, a
/// name for who wants to give one.
pub(super) fn walk_up(desk: Desk) -> AnyView {
    let language = language::current();
    // Nothing is taken then, and one may as well know before choosing.
    if untrack(|| desk.status()) == Some(BarStatus::Closed) {
        desk.notices.say(Code::BarClosed);
    }
    let draft = RwSignal::new(Draft::default());
    let outbox = Outbox::here();
    let sent = StoredValue::new(None::<Sent<DrinkRequest>>);
    let tiles = desk.drawn_from_menu(move |menu| {
        div("tiles").children(menu.drinks.iter().map(|drink| tile(desk, draft, drink))).done()
    });
    let place = move || {
        let request = draft.with_untracked(Draft::request);
        if let Some(request) = request {
            // The very same drink again is the same command: the first answer may have got lost.
            let again = sent.get_value().filter(|sent| sent.command == request);
            let request = again.unwrap_or_else(|| with_id(request));
            sent.set_value(Some(request.clone()));
            let (bar, answered) = (desk.bar_id(), Callback::new(move |answer| heard(desk, answer)));
            outbox.send(request, answered, move |api, sent| {
                let bar = bar.clone();
                async move { api.take_order(&bar, &sent).await }
            });
        }
    };
    let is_waiting = move || {
        let complete = draft.with(|draft| desk.with_menu(|menu| draft.is_complete(menu)));
        (outbox.is_busy() || !complete).then(String::new)
    };
    let send = element("BUTTON", "button primary")
        .testid("place-order")
        .live_attr("disabled", is_waiting)
        .live_attr("aria-busy", move || outbox.is_busy().then(|| "true".to_owned()))
        .text(words::place_order(language));
    let answers = div("dialog-buttons")
        .child(button("button", move || desk.closes()).text(words::cancel_walk_up(language)))
        .child(send);
    let choices = div("choices").live(move || questions(desk, draft)).child(name(draft));
    let body = element("FORM", "wide walk-up")
        .on("submit", move |event| {
            event.prevent_default();
            place();
        })
        .child(tiles)
        .child(choices)
        .child(answers);
    sheet(desk, words::walk_up_title(language), body)
}

fn heard(desk: Desk, answer: Result<OrderView, Fault>) {
    match answer {
        Ok(order) => {
            desk.hear(order);
            desk.closes();
        }
        // The notice says why; the menu may have changed.
        Err(_) => desk.bar.refetch(),
    }
}

fn tile(desk: Desk, draft: RwSignal<Draft>, drink: &Drink) -> Element {
    let (slug, shown, looked) = (drink.slug.clone(), drink.slug.clone(), drink.clone());
    let is_picked = move || draft.with(|draft| draft.drink.as_ref() == Some(&shown)).to_string();
    let is_gone = move || desk.with_menu(|menu| !menu.is_some_and(|menu| has(menu, &looked.slug)));
    let (told, barred) = (is_gone.clone(), is_gone.clone());
    let pick = move || {
        if !untrack(&is_gone) {
            desk.with_menu_untracked(|menu| draft.update(|draft| draft.pick(menu, &slug)));
        }
    };
    let gone = words::gone(language::current());
    let note = move || if told() { gone.to_owned() } else { String::new() };
    button("card tile", pick)
        .testid(["drink-", drink.slug.as_str()].concat())
        .live_attr("aria-pressed", move || Some(is_picked()))
        .live_attr("aria-disabled", move || barred().then(|| "true".to_owned()))
        .child(drink_icon(&drink.icon))
        .child(span("tile-name").text(drink.name_in(language::current())))
        .child(span("tile-note").live_text(note))
}

fn has(menu: &Menu, drink: &Slug) -> bool {
    menu.drink(drink).is_some_and(|drink| menu.is_available(drink))
}

/// The option groups of the drink that is picked.
fn questions(desk: Desk, draft: RwSignal<Draft>) -> AnyView {
    let picked = draft.with(|draft| draft.drink.clone());
    desk.with_menu(|menu| {
        let drink =
            menu.zip(picked.as_ref()).and_then(|(menu, slug)| Some((menu, menu.drink(slug)?)));
        let Some((menu, drink)) = drink else {
            return p("quiet-line").text(words::pick_a_drink(language::current())).done();
        };
        let groups = menu.groups_of(drink).map(|group| question(draft, group));
        div("groups").children(groups).done()
    })
}

fn question(draft: RwSignal<Draft>, group: &OptionGroup) -> Element {
    let language = language::current();
    let is_radio = group.takes_one_answer();
    let label = ["group-", group.slug.as_str()].concat();
    let none = (is_radio && !group.required).then(|| none(draft, group));
    let options = group.options.iter().map(|option| answer(draft, group, option, is_radio));
    let answers = div("answers").children(none).children(options);
    let name = group.name_in(language);
    // "Decaf" over a single "Decaf" would say it twice.
    let is_said = matches!(group.options.as_slice(), [only] if only.name_in(language) == name);
    let title = p(if is_said { "unseen" } else { "group-name" });
    div("group")
        .attr("role", if is_radio { "radiogroup" } else { "group" })
        .attr("aria-labelledby", &label)
        .child(title.attr("id", label).text(name))
        .child(if is_radio { answers.on("keydown", |event| arrows(&event)) } else { answers })
}

/// The answer "none of these", where a group allows it.
fn none(draft: RwSignal<Draft>, group: &OptionGroup) -> Element {
    let slug = group.slug.clone();
    let is_chosen = draft.with(|draft| draft.has_none(&group.slug));
    let is_stop = is_chosen || draft.with(|draft| !draft.answers(group));
    choice("radio", is_chosen, is_stop, move || draft.update(|draft| draft.clear(&slug)))
        .text(words::none(language::current()))
}

fn answer(
    draft: RwSignal<Draft>,
    group: &OptionGroup,
    option: &OptionItem,
    is_radio: bool,
) -> Element {
    let testid = ["option-", group.slug.as_str(), "-", option.slug.as_str()].concat();
    let (asked, slug, available) = (group.clone(), option.slug.clone(), option.available);
    let is_chosen = draft.with(|draft| draft.has(&group.slug, &option.slug));
    // Of a radio the keyboard stops at the answer, and at every one while there is none.
    let is_open = draft.with(|draft| !draft.answers(group));
    let is_stop = !is_radio || (available && (is_chosen || is_open));
    let choose = move || {
        if available {
            draft.update(|draft| {
                let chosen = draft.options.entry(asked.slug.clone()).or_default();
                asked.toggle(chosen, &slug);
            });
        }
    };
    let role = if is_radio { "radio" } else { "checkbox" };
    let choice = choice(role, is_chosen, is_stop, choose).testid(testid);
    let language = language::current();
    let name = option.name_in(language);
    if available {
        choice.text(name)
    } else {
        let gone = words::gone(language);
        choice.attr("aria-disabled", "true").text([name, " · ", gone].concat())
    }
}

fn choice(
    role: &'static str,
    is_chosen: bool,
    is_stop: bool,
    choose: impl FnMut() + 'static,
) -> Element {
    button("button choice", choose)
        .attr("role", role)
        .attr("tabindex", if is_stop { "0" } else { "-1" })
        .attr("aria-checked", is_chosen.to_string())
}

fn name(draft: RwSignal<Draft>) -> Element {
    let input = element("INPUT", "")
        .testid("name")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "words")
        .attr("maxlength", LONGEST.to_string())
        // Nothing on the sheet depends on it.
        .on("input", move |event| {
            let typed = event_target_value(&event);
            draft.update_untracked(|draft| draft.name = typed);
        });
    element("LABEL", "field").text(words::name_to_call(language::current())).child(input)
}
