//! What several screens show.

use domain::Status;
use domain::menu::Named;
use domain::text;
use domain::view::OrderView;
use leptos::prelude::*;
use ui::address;
use ui::element::{Element, button, div, element, p, span};

use crate::backward;
use crate::guest::Guest;
use crate::words;

/// Below this many seconds the time left is shown more plainly.
const SOON: u64 = 60;

/// The frame of a screen: a body that scrolls, and a foot with the next step.
pub(crate) fn screen() -> Element {
    element("MAIN", "screen")
}

/// What a screen is about. The keyboard begins there.
pub(crate) fn heading(text: impl Into<String>) -> Element {
    element("H1", "").text(text)
}

/// How long the guest's place is kept while they choose: a calm countdown.
pub(crate) fn time_left(guest: Guest, order: &OrderView) -> AnyView {
    // Of an order in the queue it is something else that runs out.
    let Some(until) = order.until.filter(|_| order.status == Status::Choosing) else {
        return p("").done();
    };
    let is_soon = move || (guest.seconds_to(until) < SOON).then(String::new);
    p("time-left")
        .live_attr("data-soon", is_soon)
        .text([words::place_kept(guest.language()), " "].concat())
        .child(span("number").live_text(move || text::clock(guest.seconds_to(until))))
        .done()
}

/// The number called out, as large as the page allows.
pub(crate) fn order_number(guest: Guest, order: &OrderView) -> AnyView {
    let number = order.number.map(|number| number.to_string()).unwrap_or_default();
    element("H1", "order-number")
        .attr("data-digits", number.len().to_string())
        .child(span("unseen").text([words::your_number(guest.language()), " "].concat()))
        .child(span("number").testid("order-number").text(number))
        .done()
}

/// For whom, and what.
pub(crate) fn for_whom(order: &OrderView, named: Named) -> AnyView {
    div("for-whom")
        .child(p("for-name").attr("dir", "auto").text(order.name.clone().unwrap_or_default()))
        .child(p("for-drink").text(named.drink))
        .child(p("muted").text(named.options.join(", ")))
        .done()
}

/// The way to every step of an order.
pub(crate) fn every_step(guest: Guest, order: &OrderView) -> AnyView {
    element("A", "muted every-step")
        .attr("href", address::journey(&order.order))
        .testid("every-step")
        .text(words::every_step(guest.language()))
        .done()
}

/// The button to the question before.
pub(crate) fn back(guest: Guest) -> AnyView {
    button("button", move || backward::back(guest))
        .testid("back")
        .text(words::back(guest.language()))
        .done()
}

/// A form: a screen whose next step is sent by Enter as well.
pub(crate) fn form(submit: impl Fn() + 'static) -> Element {
    element("FORM", "screen").on("submit", move |event| {
        event.prevent_default();
        submit();
    })
}

/// The button of a form.
pub(crate) fn submit(guest: Guest, testid: &'static str, words: impl Into<String>) -> AnyView {
    waits_for_answer(guest, element("BUTTON", "button primary")).testid(testid).text(words).done()
}

/// A button that rests while a command is on its way.
pub(crate) fn waits_for_answer(guest: Guest, button: Element) -> Element {
    button
        .live_attr("disabled", move || guest.outbox.is_busy().then(String::new))
        .live_attr("aria-busy", move || guest.outbox.is_busy().then(|| "true".to_owned()))
}

/// What somebody types, from the event of an input.
pub(crate) fn typed(event: &leptos::web_sys::Event) -> String {
    event_target_value(event)
}
