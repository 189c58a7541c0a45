//! The app: one guest at one bar.

use leptos::prelude::*;
use ui::renewal::keep_renewed;
use ui::{Api, ConnectionState, Notice, WhichBar};

use crate::guest::Guest;
use crate::screen::Screen;
use crate::visit::Visit;
use crate::{announce, backward, guest_session, screens, updates};

/// Everything below `<body>`.
pub(crate) fn app() -> AnyView {
    let api: Api = expect_context();
    guest_session::keep(api, expect_context());
    keep_renewed(api, expect_context());
    let bar = WhichBar::find(api);
    view! {
        {move || match bar.get() {
            WhichBar::This(bar) => at_bar(Guest::at(bar)),
            WhichBar::Looking => screens::loading(),
            WhichBar::Choice(bars) => screens::bars(bars),
            WhichBar::Lost(fault) => screens::lost(&fault),
        }}
    }
    .into_any()
}

/// The screen for what is known, and what goes with every screen.
fn at_bar(guest: Guest) -> AnyView {
    let connection = RwSignal::new(ConnectionState::Reconnecting);
    updates::listen(guest, connection);
    backward::listen(guest.draft);
    let shown_before = RwSignal::new("");
    Effect::new(move || {
        announce::keep_in_step(guest, shown_before);
        guest.forget_choice_unless_choosing();
        // A bar that says when it opens is asked then, in case nobody tells.
        let visit = guest.feed.view();
        if let Some(at) = visit.with(|visit| visit.as_ref().and_then(Visit::opens_at)) {
            guest.feed.refetch_at(at);
        }
    });
    view! {
        <div class="phone" data-screen=move || guest.screen.with(Screen::name)>
            {announce::read_out(guest)}
            {screens::header(guest, connection)}
            <Notice />
            {move || match guest.screen.get() {
                Screen::Loading => screens::loading(),
                Screen::Welcome => screens::welcome(guest),
                Screen::Refused(refused) => screens::refusal(guest, refused),
                Screen::Drinks => screens::drinks(guest),
                Screen::Options => screens::options(guest),
                Screen::Confirm => screens::confirm(guest),
                Screen::Waiting => screens::waiting(guest),
                Screen::Ready => screens::ready(guest),
                Screen::Collected => screens::collected(guest),
                Screen::Cancelled => screens::cancelled(guest),
                Screen::Expired => screens::expired(guest),
            }}
        </div>
    }
    .into_any()
}
