//! Which screen is shown: a function of the session and the address.

use domain::Code;
use leptos::prelude::*;
use ui::element::live;
use ui::{Api, Notices, WhichBar, renewal};

use crate::bar_choice::bar_choice;
use crate::counter::counter;
use crate::sign_in::sign_in;

/// Signing in, then the bar of the address, or a choice of bars.
pub(crate) fn app() -> AnyView {
    let api: Api = expect_context();
    let notices = Notices::here();
    renewal::keep_renewed(api, expect_context());
    // A renewed session is the same person's: nothing on the screen changes. Counted, because a
    // memo would be the only one of this app.
    let persons = RwSignal::new(0_usize);
    let person = move || Some(api.session().get()?.actor.person);
    let mut before = untrack(person);
    Effect::new(move || {
        let now = person();
        if now != before {
            if now.is_none() && api.session().was_ended() {
                notices.say(Code::NoSession);
            }
            before = now;
            persons.update(|count| *count += 1);
        }
    });
    live(move || {
        persons.track();
        // Made once: another language only draws it anew, and drops nothing that was typed or is on
        // its way.
        untrack(|| match api.session().get_untracked() {
            Some(_) => signed_in(api),
            None => sign_in(api),
        })
    })
}

fn signed_in(api: Api) -> AnyView {
    let found = WhichBar::find(api);
    live(move || match found.get() {
        WhichBar::This(bar) => untrack(|| counter(bar)),
        WhichBar::Choice(bars) => bar_choice(Some(bars)),
        WhichBar::Looking | WhichBar::Lost(_) => bar_choice(None),
    })
}
