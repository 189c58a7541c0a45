//! Everything below `<body>`.

use domain::journey::JourneyView;
use domain::menu::Named;
use domain::text::Language;
use domain::view::BarView;
use leptos::prelude::*;
use ui::element::{Element, div, element, live, p, span};
use ui::renewal::keep_renewed;
use ui::{Api, Clock, connection_mark, language, language_switch, notice, status_badge};

use crate::followed::{Followed, status};
use crate::reader::{Reader, order};
use crate::summary::summary;
use crate::timeline::timeline;
use crate::{plain, words};

/// The page: of an order, for whoever is signed in.
pub(crate) fn page() -> AnyView {
    let (api, clock): (Api, Clock) = (expect_context(), expect_context());
    keep_renewed(api, clock);
    let reader = Reader::here();
    let is_signed_in = Memo::new(move |_| api.session().get().is_some());
    live(move || match order() {
        None => plain::without_order(reader),
        Some(_) if !is_signed_in.get() => plain::signed_out(reader),
        // Made once: another language only draws it anew.
        Some(order) => untrack(|| of(Followed::begin(reader, order))),
    })
}

fn of(followed: Followed) -> AnyView {
    let bar = move || followed.bar.view().with(|bar| bar.as_ref().map(|bar| bar.name.clone()));
    let head = div("head")
        .attr("role", "banner")
        .child(span("head-name").live_text(move || bar().unwrap_or_default()))
        .child(connection_mark(followed.connection))
        .child(language_switch());
    let main = element("MAIN", "journey").live(move || {
        let language = language::current();
        let (journey, bar) = (followed.journey.view().get(), followed.bar.view().get());
        match (journey, bar, followed.journey.fault().get()) {
            (Some(journey), Some(bar), _) => shown(followed, &journey, &bar, language),
            (None, _, Some(fault)) => plain::refused(followed.reader, &fault),
            (Some(_), None, _) | (None, _, None) => {
                p("loading muted").attr("role", "status").text(words::loading(language)).done()
            }
        }
    });
    div("page").child(head).child(notice()).child(main).done()
}

fn shown(followed: Followed, journey: &JourneyView, bar: &BarView, language: Language) -> AnyView {
    let number = journey.number.map(|number| number.to_string());
    let title = element("H1", "title")
        .child(span("title-word").text(words::order(language)))
        .children(number.map(|number| span("title-number number").testid("number").text(number)));
    let badge = status(journey).map(|status| status_badge(status, "order-status"));
    let named = named(journey, bar, language);
    let what = named.map(|named| {
        div("what")
            .child(p("what-drink").text(named.drink))
            .child(p("muted").text(named.options.join(", ")))
    });
    let card = div("card about")
        .child(div("about-head").child(title).children(badge))
        .children(what)
        .children(summary(followed, journey, language));
    div("columns")
        .child(div("aside").child(card).child(plain::way_back(followed.reader, bar)))
        .child(timeline(followed, journey, bar, language))
        .done()
}

/// What was ordered last, as the bar's menu calls it, or as it was sold.
fn named(journey: &JourneyView, bar: &BarView, language: Language) -> Option<Named> {
    let drink = journey.steps.iter().rev().find_map(|step| step.drink.as_ref())?;
    let menu = bar.menu.as_ref();
    let known = menu.and_then(|menu| Named::choice(menu, &drink.drink, &drink.options, language));
    Some(known.unwrap_or_else(|| Named {
        drink: drink.drink_name.clone(),
        options: drink.option_names.clone(),
    }))
}

/// A link that looks like a button.
pub(crate) fn link(class: &'static str, to: String) -> Element {
    element("A", class).attr("href", to)
}
