//! What stands above every screen: the bar, whether it takes orders, whether this page is live.

use leptos::prelude::*;
use ui::element::{div, span};
use ui::{ConnectionState, bar_status_badge, connection_mark, language_switch};

use crate::guest::Guest;
use crate::visit::Visit;

/// The line above every screen.
pub(crate) fn header(guest: Guest, connection: RwSignal<ConnectionState>) -> AnyView {
    div("head")
        .attr("role", "banner")
        .live(move || guest.feed.view().with(|visit| bar(visit.as_ref())))
        .child(connection_mark(connection))
        .child(language_switch())
        .done()
}

fn bar(visit: Option<&Visit>) -> AnyView {
    match visit {
        Some(Visit { bar, .. }) => div("head-bar")
            .child(span("head-name").text(&bar.name))
            .child(bar_status_badge(bar.status))
            .done(),
        None => div("head-bar").done(),
    }
}
