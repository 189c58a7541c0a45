//! One order in a lane.

use domain::api::OrderRequest;
use domain::status::Party;
use domain::view::OrderView;
use domain::{Status, Step, Timestamp, text};
use leptos::prelude::*;
use ui::element::{Element, div, element, p, span};
use ui::{address, command_button, language};

use crate::desk::Desk;
use crate::order_words::{Promise, is_long, modifiers, slots_of};
use crate::panels::{Asked, Panel};
use crate::words;

/// What can be done with an order where it is.
struct Steps {
    forward: Step,
    /// The look of the button forward.
    look: &'static str,
    back: Option<Step>,
    cancellable: bool,
}

const fn steps(status: Status) -> Option<Steps> {
    let (forward, look, back, cancellable) = match status {
        Status::Placed => (Step::Claim, "button primary", None, true),
        Status::Making => (Step::Complete, "button primary go", Some(Step::Release), true),
        Status::Ready => (Step::Collect, "button primary hand-over", Some(Step::Recall), false),
        Status::Choosing | Status::Collected | Status::Cancelled | Status::Expired => return None,
    };
    Some(Steps { forward, look, back, cancellable })
}

/// A ticket: number, name, maker, time and age on top, what to make in the middle with the ways
/// back beside it, the next step at the bottom. The time leads to every step so far.
pub(crate) fn ticket(desk: Desk, order: OrderView) -> AnyView {
    let (status, number) = (order.status, number(&order));
    let promise = Promise::of(&order);
    let standing = move || promise.age(desk.clock.now());
    let moving = order.order.clone();
    let is_moving = move || desk.is_moving(&moving).then(|| "true".to_owned());
    let ticket = element("ARTICLE", "ticket card")
        .testid(["ticket-", &number].concat())
        .attr("data-status", status.as_str())
        .live_attr("data-age", move || Some(standing().as_str().to_owned()))
        .live_attr("aria-busy", is_moving)
        .attr("data-slots", slots_of(&order).to_string())
        .attr("aria-label", ["#", &number].concat())
        .child(head(desk, &order, promise))
        .child(p("ticket-drink").text(order.drink_name.clone().unwrap_or_default()))
        .child(how(desk, &order));
    let Some(steps) = steps(status) else {
        return ticket.done();
    };
    let forward = step_button(desk, &order, steps.forward, steps.look);
    ticket.child(div("ticket-next").child(forward)).done()
}

/// The number as it is called out.
pub(crate) fn number(order: &OrderView) -> String {
    order.number.unwrap_or_default().to_string()
}

/// A button that takes a step with an order, at once as far as this screen is concerned.
pub(crate) fn step_button(
    desk: Desk,
    order: &OrderView,
    step: Step,
    class: &'static str,
) -> Element {
    let (id, number) = (order.order.clone(), order.number.unwrap_or_default());
    let press = move || {
        if let Some(request) = OrderRequest::plain(step) {
            desk.takes(&id, number, step, request);
        }
    };
    command_button(class, Party::Staff, step, order.status, press)
}

fn head(desk: Desk, order: &OrderView, promise: Promise) -> Element {
    let language = language::current();
    let age = match order.status {
        Status::Ready => span("ticket-age").text(words::waiting(language)),
        Status::Placed
        | Status::Making
        | Status::Choosing
        | Status::Collected
        | Status::Cancelled
        | Status::Expired => span("ticket-age")
            .live_text(move || text::age(language, promise.age(desk.clock.now())).to_owned()),
    };
    let name = match &order.name {
        Some(name) if is_long(name) => span("ticket-name long").text(name),
        Some(name) => span("ticket-name").text(name),
        None => span("ticket-name unnamed").text(words::someone(language)),
    };
    let maker = order.by.as_deref().map(|by| maker(desk, by));
    element("HEADER", "ticket-head")
        .child(span("ticket-number number").text(number(order)))
        .child(name)
        .children(maker)
        .child(
            element("A", "ticket-time every-step")
                .attr("href", address::journey_for_staff(&order.order))
                .testid("every-step")
                .child(age)
                .child(elapsed(desk, promise.counts_from())),
        )
}

fn elapsed(desk: Desk, since: Timestamp) -> Element {
    let passed = move || text::clock(desk.clock.now().millis_since(since) / 1000);
    span("ticket-elapsed number").live_text(passed)
}

/// Who has it; one's own name looks different.
fn maker(desk: Desk, name: &str) -> Element {
    let is_mine = desk.me().is_some_and(|me| me == name);
    let initial = name.chars().next().map(String::from).unwrap_or_default();
    span(if is_mine { "maker mine" } else { "maker" })
        .testid("maker")
        .attr("data-initial", initial)
        .text(name)
}

/// What to make of it, taking a step back, and calling it off.
fn how(desk: Desk, order: &OrderView) -> Element {
    let steps = steps(order.status);
    let back = steps.as_ref().and_then(|steps| steps.back);
    let back = back.map(|step| step_button(desk, order, step, "button quiet ticket-back"));
    let cancellable = steps.is_some_and(|steps| steps.cancellable);
    let (cancel, order) = (cancellable.then(|| cancel(desk, order)), order.clone());
    // The menu may come after the order.
    let options = move || {
        let modifiers = desk.with_menu(|menu| modifiers(&order, menu));
        let items = modifiers.into_iter().map(|modifier| {
            let class = if modifier.stands_out { "stands-out" } else { "" };
            element("LI", class).text(modifier.name)
        });
        element("UL", "ticket-options").children(items).done()
    };
    div("ticket-how").live(options).children(back).children(cancel)
}

fn cancel(desk: Desk, order: &OrderView) -> Element {
    let asked = Asked::about(order);
    let ask = move || desk.opens(Panel::Cancel(asked.clone()));
    command_button("button quiet ticket-cancel", Party::Staff, Step::Cancel, order.status, ask)
}
