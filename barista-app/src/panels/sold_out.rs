//! What there is, and what is sold out: a switch for each drink and each option.

use domain::Slug;
use domain::api::TabletRequest;
use domain::menu::Menu;
use leptos::prelude::*;
use ui::element::{Element, button, div, element, p, span};
use ui::{Outbox, language};

use super::sheet;
use crate::desk::Desk;
use crate::words;

/// One thing that can run out.
#[derive(Clone)]
struct Item {
    drink: Option<Slug>,
    group: Option<Slug>,
    option: Option<Slug>,
}

impl Item {
    fn testid(&self) -> String {
        let mut id = "toggle".to_owned();
        for slug in [&self.drink, &self.group, &self.option].into_iter().flatten() {
            id.push('-');
            id.push_str(slug.as_str());
        }
        id
    }

    /// Whether it can be had, by itself: a drink also needs what its options need.
    fn is_available(&self, menu: Option<&Menu>) -> bool {
        let available = |menu: &Menu| match (&self.drink, &self.group, &self.option) {
            (Some(drink), _, _) => menu.drink(drink).map(|drink| drink.available),
            (None, Some(group), Some(option)) => {
                menu.group(group)?.option(option).map(|option| option.available)
            }
            (None, _, _) => None,
        };
        menu.and_then(available).unwrap_or(false)
    }

    fn set(&self, available: bool) -> TabletRequest {
        let Self { drink, group, option } = self.clone();
        TabletRequest::SetAvailability { drink, group, option, available }
    }
}

/// The switches, by what they are about.
pub(super) fn sold_out(desk: Desk) -> AnyView {
    let language = language::current();
    let switches = desk.drawn_from_menu(move |menu| {
        let drinks = menu.drinks.iter().map(|drink| {
            let item = Item { drink: Some(drink.slug.clone()), group: None, option: None };
            switch(desk, item, drink.name_in(language))
        });
        let drinks = section(words::drinks(language), drinks);
        let groups = menu.groups.iter().map(|group| {
            let options = group.options.iter().map(|option| {
                let (group, option_slug) = (group.slug.clone(), option.slug.clone());
                let item = Item { drink: None, group: Some(group), option: Some(option_slug) };
                switch(desk, item, option.name_in(language))
            });
            section(group.name_in(language), options)
        });
        div("scrolled").child(drinks).children(groups).done()
    });
    let body = div("wide")
        .child(p("quiet-line").text(words::sold_out_effect(language)))
        .child(switches)
        .child(button("button", move || desk.closes()).text(words::done_here(language)));
    sheet(desk, words::sold_out_title(language), body)
}

fn section(name: &str, switches: impl Iterator<Item = Element>) -> Element {
    div("section").child(element("H3", "").text(name)).child(div("switches").children(switches))
}

/// Each has an outbox of its own, so that one may be pressed while another is on its way.
fn switch(desk: Desk, item: Item, name: &str) -> Element {
    let outbox = Outbox::here();
    let (looked, read, pressed) = (item.clone(), item.clone(), item.clone());
    let is_available = move |item: &Item| desk.with_menu(|menu| item.is_available(menu));
    let press = move || {
        let available = untrack(|| is_available(&pressed));
        outbox.bar(desk.bar_id(), pressed.set(!available), desk.bar_answered);
    };
    let said = move || {
        let language = language::current();
        if is_available(&read) { words::available(language) } else { words::gone(language) }
    };
    button("button switch", press)
        .testid(item.testid())
        .attr("role", "switch")
        .live_attr("aria-checked", move || Some(is_available(&looked).to_string()))
        .live_attr("aria-busy", move || outbox.is_busy().then(|| "true".to_owned()))
        .child(span("switch-name").text(name))
        .child(span("switch-state").live_text(move || said().to_owned()))
}
