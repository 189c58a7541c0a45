//! The working screen: what the bar has to do, in three lanes.

use domain::{BarId, Status};
use leptos::prelude::*;
use ui::element::{div, element, live, p};
use ui::{language, notice, room};

use crate::desk::Desk;
use crate::header::header;
use crate::lane::lane;
use crate::panels::panels;
use crate::tools::tools;
use crate::{newcomers, paging, shift, words};

/// The working screen of one bar.
pub(crate) fn counter(bar: BarId) -> AnyView {
    let desk = Desk::at(bar);
    let report = shift::report();
    newcomers::ring_for_them(desk.queue.view());
    room::watch(".lanes", move |width, height| {
        let slots = paging::slots(width, height);
        if desk.slots.try_get_untracked() != Some(slots) {
            desk.slots.try_set(slots);
        }
    });
    // A panel covers what is said behind it, and shows it itself.
    let said =
        live(move || if desk.panel.with(Option::is_none) { notice() } else { ().into_any() });
    let lanes = [Status::Placed, Status::Making, Status::Ready].map(|status| lane(desk, status));
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
