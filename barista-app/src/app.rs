//! Which screen is shown: a function of the session and the address.

use leptos::prelude::*;
use ui::element::live;
use ui::{Api, WhichBar, renewal};

use crate::bar_choice::bar_choice;
use crate::counter::counter;
use crate::sign_in::sign_in;

/// Signing in, then the bar of the address, or a choice of bars.
pub(crate) fn app() -> AnyView {
    let api: Api = expect_context();
    renewal::keep_renewed(api, expect_context());
    // A renewed session is the same person's: nothing on the screen changes.
    let person = Memo::new(move |_| api.session().get().map(|session| session.actor.person));
    live(move || match person.get() {
        Some(_) => signed_in(api),
        None => sign_in(api),
    })
}

fn signed_in(api: Api) -> AnyView {
    let found = WhichBar::find(api);
    live(move || match found.get() {
        WhichBar::This(bar) => counter(bar),
        WhichBar::Choice(bars) => bar_choice(Some(bars)),
        WhichBar::Looking | WhichBar::Lost(_) => bar_choice(None),
    })
}
