//! Opening, pausing and closing the bar.

use domain::api::TabletRequest;
use domain::view::BarStatus;
use leptos::prelude::*;
use ui::element::{Element, button, div, live, p};
use ui::language;

use crate::desk::Desk;
use crate::panels::{Panel, sheet};
use crate::words;

/// How many minutes a pause may last.
const MINUTES: [u32; 4] = [5, 10, 15, 30];

/// What can be done with the bar as it is.
pub(crate) fn bar_controls(desk: Desk) -> AnyView {
    let buttons = move || {
        let language = language::current();
        let open = |words: &'static str| {
            let open = button("button go", move || tell(desk, TabletRequest::Open {}));
            waits(desk, open).testid("bar-open").text(words)
        };
        let pause = || {
            let pause = button("button", move || desk.opens(Panel::Pause));
            waits(desk, pause).testid("bar-pause").text(words::pause(language))
        };
        let close = || {
            let close = button("button", move || desk.opens(Panel::Close));
            waits(desk, close).testid("bar-close").text(words::close(language))
        };
        let shown = match desk.status() {
            None => Vec::new(),
            Some(BarStatus::Open) => vec![pause(), close()],
            Some(BarStatus::Paused) => vec![open(words::resume(language)), pause(), close()],
            Some(BarStatus::Closed) => vec![open(words::open(language))],
        };
        div("bar-controls").children(shown).done()
    };
    live(buttons)
}

/// For how long? One tap, and the bar pauses.
pub(crate) fn pausing(desk: Desk) -> AnyView {
    let language = language::current();
    let pause = move |minutes: Option<u32>| {
        let now = desk.clock.now_untracked();
        let until = minutes.map(|minutes| now.plus_seconds(minutes * 60));
        desk.closes();
        tell(desk, TabletRequest::Pause { until });
    };
    let lengths = MINUTES.map(|minutes| {
        button("button", move || pause(Some(minutes)))
            .testid(["pause-", &minutes.to_string()].concat())
            .text([&minutes.to_string(), " min"].concat())
    });
    let for_good = button("button", move || pause(None))
        .testid("pause-until-opened")
        .text(words::until_opened(language));
    let body = div("asking")
        .child(p("").text(words::pause_effect(language)))
        .child(div("lengths").children(lengths).child(for_good));
    sheet(desk, words::pause_question(language), body)
}

/// Closing asks first.
pub(crate) fn closing(desk: Desk) -> AnyView {
    let language = language::current();
    let close = move || {
        desk.closes();
        tell(desk, TabletRequest::Close {});
    };
    let answers = div("dialog-buttons")
        .child(button("button", move || desk.closes()).text(words::keep_open(language)))
        .child(
            button("button danger", close).testid("confirm").text(words::close_confirm(language)),
        );
    let body = div("asking").child(p("").text(words::close_effect(language))).child(answers);
    sheet(desk, words::close_question(language), body)
}

fn tell(desk: Desk, request: TabletRequest) {
    desk.outbox.bar(desk.bar_id(), request, desk.bar_answered);
}

/// A button that rests while its command is on its way.
fn waits(desk: Desk, button: Element) -> Element {
    button
        .live_attr("disabled", move || desk.outbox.is_busy().then(String::new))
        .live_attr("aria-busy", move || desk.outbox.is_busy().then(|| "true".to_owned()))
}
