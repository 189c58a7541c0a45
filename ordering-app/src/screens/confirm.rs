//! Is that all? The drink once more, the name to call, and a button that says what happens.

use domain::name::LONGEST;
use domain::wait::Shown;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use ui::DrinkIcon;

use super::parts::{back, submit, time_left};
use crate::guest::Guest;
use crate::words;

/// The last question.
pub(crate) fn confirm(guest: Guest) -> AnyView {
    let language = guest.language;
    // What somebody would wait who orders now: for the guest's place it is on the order.
    let wait = move || {
        let own = guest.order.with(|order| order.as_ref().and_then(|order| order.wait_seconds));
        own.unwrap_or_else(|| guest.face.with(|face| face.wait_seconds))
    };
    let place = move |event: SubmitEvent| {
        event.prevent_default();
        guest.place();
    };
    view! {
        <main class="screen">
            <form class="screen" on:submit=place>
                <div class="body">
                    <h1 tabindex="-1">{words::confirm(language)}</h1>
                    {time_left(guest)}
                    {move || summary(guest)}
                    <label class="field">
                        <span class="asked">
                            {words::name(language)} " "
                            <span class="muted">{words::optional(language)}</span>
                        </span>
                        <input
                            data-testid="name"
                            autocomplete="given-name"
                            maxlength=LONGEST.to_string()
                            value=guest.name.get_untracked()
                            on:input=move |event| guest.name.set(event_target_value(&event))
                        />
                        <span class="muted field-hint">{words::name_hint(language)}</span>
                    </label>
                </div>
                <div class="foot pair">
                    {back(guest)}
                    {submit(
                        guest,
                        "place-order",
                        move || words::place_order(language, Shown::of(wait())),
                    )}
                </div>
            </form>
        </main>
    }
    .into_any()
}

/// What goes into the queue.
fn summary(guest: Guest) -> AnyView {
    let menu = guest.menu.get();
    let draft = guest.draft.get();
    let Some((drink, Ok(order))) = draft.drink(&menu).map(|drink| (drink, draft.check(&menu)))
    else {
        return ().into_any();
    };
    view! {
        <div class="card summary">
            <DrinkIcon icon=drink.icon.clone() />
            <div class="about">
                <p class="summary-drink">{order.drink_name}</p>
                <p class="muted">{order.option_names.join(", ")}</p>
            </div>
        </div>
    }
    .into_any()
}
