//! How long the guest's place is kept while they choose.

use domain::text;
use leptos::prelude::*;

use crate::guest::Guest;
use crate::words;

/// Below this many seconds it is shown more plainly.
const SOON: u64 = 60;

/// A calm countdown.
#[component]
pub(crate) fn TimeLeft() -> impl IntoView {
    let guest = Guest::here();
    let until = Memo::new(move |_| guest.order(|order| order.until).flatten());
    let left = Memo::new(move |_| until.get().map(|until| guest.seconds_to(until)));
    view! {
        <p class="time-left" class:soon=move || left.get().is_some_and(|left| left < SOON)>
            {words::place_kept(guest.language)} " "
            <span class="number" role="timer">{move || left.get().map(text::clock)}</span>
        </p>
    }
}
