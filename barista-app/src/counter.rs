//! The working screen: what the bar has to do, in three lanes.

use domain::{BarId, Status};
use leptos::prelude::*;
use ui::element::{div, element, live, p};
use ui::{language, notice, room};

use crate::desk::Desk;
use crate::header::header;
use crate::lane::lane;
use crate::panels::panels;
use crate::shift::{self, Report};
use crate::tools::tools;
use crate::{newcomers, paging, words};

/// The lanes, in the order in which a drink goes through them.
const LANES: [Status; 3] = [Status::Placed, Status::Making, Status::Ready];

/// The working screen of one bar. It is drawn anew in another language; what it knows and what is
/// on its way stays.
pub(crate) fn counter(bar: BarId) -> AnyView {
    let desk = Desk::at(bar);
    let report = shift::report(desk.clock);
    let pages = LANES.map(|_| RwSignal::new(0));
    newcomers::ring_for_them(desk.queue.view());
    live(move || drawn(desk, report, pages))
}

fn drawn(
    desk: Desk,
    report: RwSignal<Option<Report>>,
    pages: [RwSignal<usize>; LANES.len()],
) -> AnyView {
    room::watch(".lanes", move |width, height| {
        let slots = paging::slots(width, height);
        if desk.slots.try_get_untracked() != Some(slots) {
            desk.slots.try_set(slots);
        }
    });
    // A panel covers what is said behind it, and shows it itself.
    let said =
        live(move || if desk.panel.with(Option::is_none) { notice() } else { ().into_any() });
    let lanes = LANES.into_iter().zip(pages).map(|(status, page)| lane(desk, status, page));
    div("counter")
        .child(header(desk, report))
        .child(div("notice-place").child(said).child(shift::told(report)))
        .child(element("MAIN", "lanes").children(lanes))
        .child(tools(desk))
        .child(lost(desk))
        .child(panels(desk))
        .done()
}

/// Over the lanes when there is no such bar for this person.
fn lost(desk: Desk) -> AnyView {
    live(move || {
        let fault = desk.queue.fault().get().filter(|fault| !fault.may_pass());
        let hopeless = fault.filter(|_| desk.queue.view().with(Option::is_none));
        let Some(fault) = hopeless else {
            return ().into_any();
        };
        let language = language::current();
        let other = element("A", "button primary").attr("href", "?");
        div("lost")
            .child(p("").text(fault.sentence(language)))
            .child(other.text(words::other_bar(language)))
            .done()
    })
}
