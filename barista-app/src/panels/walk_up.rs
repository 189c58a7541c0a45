//! An order for somebody without a phone: open, drink, place.

use domain::api::{DrinkRequest, Sent};
use domain::menu::{Drink, Menu, OptionGroup, OptionItem, Options};
use domain::name::{LONGEST, tidy};
use domain::view::{BarStatus, OrderView};
use domain::{Code, Slug};
use leptos::prelude::*;
use ui::element::{Element, button, div, element, p, span};
use ui::outbox::with_id;
use ui::{Fault, Outbox, drink_icon, language};

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

    /// The bar's own check.
    fn is_complete(&self, menu: Option<&Menu>) -> bool {
        let drink = self.drink.as_ref().zip(menu);
        drink.is_some_and(|(drink, menu)| menu.check(drink, &self.options).is_ok())
    }

    fn request(&self) -> Option<DrinkRequest> {
        let name = tidy(&self.name).ok().flatten();
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
    let menu = desk.with_menu_untracked(|menu| menu.cloned().unwrap_or_default());
    let draft = RwSignal::new(Draft::default());
    let outbox = Outbox::here();
    let sent = StoredValue::new(None::<Sent<DrinkRequest>>);
    let tiles = menu.drinks.iter().map(|drink| tile(desk, draft, drink));
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
        .child(div("tiles").children(tiles))
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
    let is_radio = group.required && !group.multiple;
    let label = ["group-", group.slug.as_str()].concat();
    let answers = group.options.iter().map(|option| answer(draft, group, option, is_radio));
    div("group")
        .attr("role", if is_radio { "radiogroup" } else { "group" })
        .attr("aria-labelledby", &label)
        .child(p("group-name").attr("id", label).text(group.name_in(language::current())))
        .child(div("answers").children(answers))
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
    let choose = move || {
        if available {
            draft.update(|draft| {
                let chosen = draft.options.entry(asked.slug.clone()).or_default();
                asked.toggle(chosen, &slug);
            });
        }
    };
    let choice = button("button choice", choose)
        .testid(testid)
        .attr("role", if is_radio { "radio" } else { "checkbox" })
        .attr("aria-checked", is_chosen.to_string());
    let language = language::current();
    let name = option.name_in(language);
    if available {
        choice.text(name)
    } else {
        let gone = words::gone(language);
        choice.attr("aria-disabled", "true").text([name, " · ", gone].concat())
    }
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
