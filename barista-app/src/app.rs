//! Which screen is shown: a function of the session and the address.

use domain::BarId;
use leptos::prelude::*;
use ui::{Api, Clock, address, renewal};

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
    let bar = RwSignal::new(address::query("bar").and_then(|bar| bar.parse::<BarId>().ok()));
    move || {
        if person.get().is_none() {
            return view! { <SignIn /> }.into_any();
        }
        match bar.get() {
            Some(bar) => view! { <Counter bar=bar /> }.into_any(),
            None => view! { <BarChoice chosen=bar /> }.into_any(),
        }
    }
}
