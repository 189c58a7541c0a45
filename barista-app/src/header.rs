//! The strip over the lanes: which bar, how it is, who works, what time it is.

use domain::view::BarStatus;
use domain::{Role, text};
use leptos::prelude::*;
use ui::element::{Element, button, div, element, live, span};
use ui::{bar_status_badge, clock, connection_mark, language, language_switch};

use crate::bar_controls::bar_controls;
use crate::desk::Desk;
use crate::shift::{self, Report};
use crate::words;

/// Bar, status, connection, time, person, and the few things that are not about one order.
pub(crate) fn header(desk: Desk, report: RwSignal<Option<Report>>) -> AnyView {
    let language = language::current();
    let name = move || {
        let name = desk.bar.view().with(|bar| bar.as_ref().map(|bar| bar.name.clone()));
        name.unwrap_or_default()
    };
    let title = div("bar-title")
        .child(element("H1", "bar-name").live_text(name))
        .live(move || desk.status().map_or_else(|| ().into_any(), bar_status_badge))
        .child(pause_left(desk))
        .child(connection_mark(desk.connection))
        .child(shift::marks(report));
    let me = desk.me().unwrap_or_default();
    let initial = me.chars().next().map(String::from).unwrap_or_default();
    let who = span("who").testid("who").attr("data-initial", initial).text(me);
    let sign_out = button("button quiet", move || desk.api.sign_out()).testid("sign-out");
    element("HEADER", "bar-header")
        .child(title)
        .child(shift::start_button(report))
        .child(bar_controls(desk))
        .children(settings(desk))
        .child(who)
        .child(sign_out.text(words::sign_out(language)))
        .child(language_switch())
        .child(span("clock number").live_text(move || clock::time_of_day(desk.clock.now())))
        .done()
}

/// The organiser's pages, for organisers.
fn settings(desk: Desk) -> Option<Element> {
    let session = desk.api.session().get_untracked();
    let is_organiser = session.is_some_and(|session| session.actor.role == Role::Organiser);
    let link = || element("A", "button quiet").attr("href", "manage/").testid("manage");
    is_organiser.then(|| link().text(words::settings(language::current())))
}

/// How much longer a pause lasts.
fn pause_left(desk: Desk) -> AnyView {
    live(move || {
        if desk.status() != Some(BarStatus::Paused) {
            return ().into_any();
        }
        let left = move || match desk.paused_until() {
            Some(until) => text::clock(until.millis_since(desk.clock.now()).div_ceil(1000)),
            None => words::until_opened(language::current()).to_owned(),
        };
        span("pause-left number").testid("pause-left").live_text(left).done()
    })
}
