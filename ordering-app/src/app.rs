//! The app: one guest at one bar.

use leptos::prelude::*;
use ui::element::{div, live};
use ui::renewal::keep_renewed;
use ui::{Api, ConnectionState, WhichBar, notice};

use crate::guest::Guest;
use crate::screen::Screen;
use crate::visit::Visit;
use crate::{announce, backward, guest_session, screens, signals, updates};

/// Everything below `<body>`.
pub(crate) fn app() -> AnyView {
    let api: Api = expect_context();
    guest_session::keep(api, expect_context());
    keep_renewed(api, expect_context());
    let bar = WhichBar::find(api);
    live(move || match bar.get() {
        // Made once: another language only draws it anew.
        WhichBar::This(bar) => untrack(|| at_bar(Guest::at(bar))),
        WhichBar::Looking => screens::loading(),
        WhichBar::Choice(bars) => screens::bars(bars),
        WhichBar::Lost(fault) => screens::lost(&fault),
    })
}

/// The screen for what is known, and what goes with every screen.
fn at_bar(guest: Guest) -> AnyView {
    let connection = RwSignal::new(ConnectionState::Reconnecting);
    updates::listen(guest, connection);
    backward::listen(guest);
    signals::listen(guest);
    guest.clock.after_a_jump(move || guest.catch_up());
    Effect::new(move || {
        announce::keep_in_step(guest);
        guest.keep_draft_in_step();
        guest.go_in_when_let_in();
        // A bar that says when it opens is asked then, in case nobody tells.
        let visit = guest.feed.view();
        if let Some(at) = visit.with(|visit| visit.as_ref().and_then(Visit::opens_at)) {
            guest.feed.refetch_at(at);
        }
    });
    div("phone")
        .live_attr("data-screen", move || Some(guest.screen.with(Screen::name).to_owned()))
        .child(announce::read_out(guest))
        .child(screens::header(guest, connection))
        .child(notice())
        .live(move || shown(guest))
        .done()
}

fn shown(guest: Guest) -> AnyView {
    match guest.screen.get() {
        Screen::Loading => screens::loading(),
        Screen::Welcome(bar) => screens::welcome(guest, bar),
        Screen::Refused(refused) => screens::refusal(guest, refused),
        Screen::Drinks(choosing) => screens::drinks(guest, &choosing),
        Screen::Options(choosing) => screens::options(guest, &choosing),
        Screen::Confirm(choosing, drink) => screens::confirm(guest, &choosing, drink),
        Screen::Waiting(followed) => screens::waiting(guest, followed),
        Screen::Ready(followed) => screens::ready(guest, followed),
        Screen::Collected(followed) => screens::collected(guest, followed),
        Screen::Cancelled(followed) => screens::cancelled(guest, followed),
        Screen::Expired(followed) => screens::expired(guest, followed),
    }
}
