//! Which screen is shown: a function of the session and the address.

use leptos::prelude::*;
use ui::{Api, Clock, WhichBar, renewal};

use crate::bar_choice::BarChoice;
use crate::counter::Counter;
use crate::sign_in::SignIn;

/// The app: signing in, then the bar of the address, or a choice of bars.
#[component]
pub(crate) fn App() -> impl IntoView {
    let api: Api = expect_context();
    let clock: Clock = expect_context();
    renewal::keep_renewed(api, clock);
    // A renewed session is the same person's: nothing on the screen changes.
    let person = Memo::new(move |_| api.session().get().map(|session| session.actor.person));
    move || match person.get() {
        Some(_) => view! { <SignedIn /> }.into_any(),
        None => view! { <SignIn /> }.into_any(),
    }
}

#[component]
fn SignedIn() -> impl IntoView {
    let found = WhichBar::find(expect_context());
    move || match found.get() {
        WhichBar::This(bar) => view! { <Counter bar=bar /> }.into_any(),
        WhichBar::Choice(bars) => view! { <BarChoice bars=Some(bars) /> }.into_any(),
        WhichBar::Looking | WhichBar::Lost(_) => view! { <BarChoice bars=None /> }.into_any(),
    }
}
