//! The monitor of one bar: left how to order, right whose drink is where.

use domain::text;
use domain::{BarId, view::BarView};
use leptos::prelude::*;
use ui::awake::{can_stay_awake, stay_awake};
use ui::element::{div, live, p, span};
use ui::{Fault, bar_status_badge, connection_mark, language};

use crate::app::plain;
use crate::board::board;
use crate::invitation::invitation;
use crate::spread::Spread;
use crate::updates::Views;

/// The whole screen, without a control on it.
pub(crate) fn monitor(bar: &BarId) -> AnyView {
    let views = Views::follow(bar);
    keep_awake();
    Effect::new(move || {
        let name = views.bar.view().with(|bar| Some(bar.as_ref()?.name.clone()));
        document().set_title(&name.unwrap_or_default());
    });
    // No such bar, not allowed: asking again would not help, so the screen says it.
    live(move || {
        let fault = views.board.fault().get().filter(|fault| !fault.may_pass());
        match fault.filter(|_| views.board.view().with_untracked(Option::is_none)) {
            Some(fault) => hopeless(&fault),
            None => hopeful(views),
        }
    })
}

/// Keeps the screen on, where a browser does that; it lets go whenever the page is hidden.
fn keep_awake() {
    stay_awake(true);
    let looked_at = window_event_listener_untyped("visibilitychange", |_| stay_awake(true));
    on_cleanup(move || {
        looked_at.remove();
        stay_awake(false);
    });
}

fn hopeful(views: Views) -> AnyView {
    let spread = Spread::follow(views);
    let mark = move || match spread.with(Spread::mark) {
        Some(mark) => span("page number").testid("page").text(mark).done(),
        None => ().into_any(),
    };
    let head = div("head")
        .attr("role", "banner")
        .live(move || views.bar.view().with(|bar| said(views, bar.as_ref())))
        .live(mark)
        .child(connection_mark(views.connection));
    let right = div("right").child(head).child(board(views, spread));
    div("monitor")
        .attr("data-awake", if can_stay_awake() { "yes" } else { "no" })
        .child(invitation(views))
        .child(right)
        .done()
}

/// The bar's name and place, and whether it takes orders.
fn said(views: Views, bar: Option<&BarView>) -> AnyView {
    let of_board = views.board.view().with(|board| board.as_ref().map(|board| board.status));
    let status = of_board.or(bar.map(|bar| bar.status)).map(bar_status_badge);
    let said = p("head-bar").children(bar.map(|bar| span("head-name").text(&bar.name)));
    let said = said.children(bar.map(|bar| span("head-place").text(&bar.place)));
    div("head-said").child(said).children(status).done()
}

fn hopeless(fault: &Fault) -> AnyView {
    let language = language::current();
    let next = text::refusal_next(language, fault.code());
    let said = p("")
        .attr("role", "alert")
        .testid("notice")
        .attr("data-code", fault.code().as_str())
        .text([&fault.sentence(language), " ", next].concat());
    plain().child(said).done()
}
