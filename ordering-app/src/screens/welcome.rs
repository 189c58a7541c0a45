//! The door: here is the bar, this is the wait. Opening it redeems nothing; the button does.

use domain::wait::Shown;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use ui::DrinkIcon;

use super::parts::submit;
use crate::guest::Guest;
use crate::words;

/// The bar, the wait, and the button that redeems the code.
pub(crate) fn welcome(guest: Guest) -> AnyView {
    let language = guest.language;
    let start = move |event: SubmitEvent| {
        event.prevent_default();
        guest.start();
    };
    let entry = guest.code.with_untracked(String::is_empty).then(|| code_entry(guest));
    let wait = move || guest.face.with(|face| face.wait_seconds);
    view! {
        <main class="screen">
            <form class="screen" on:submit=start>
                <div class="body">
                    <div class="hero">
                        <DrinkIcon icon="cappuccino".to_owned() />
                        <h1 tabindex="-1">{move || guest.face.with(|face| face.name.clone())}</h1>
                        <p class="place muted">
                            {move || guest.face.with(|face| face.place.clone())}
                        </p>
                    </div>
                    <p class="card wait-now">
                        <span class="muted">{words::wait_now(language)}</span>
                        <span
                            class="wait"
                            data-testid="wait"
                            data-seconds=move || wait().to_string()
                        >
                            {move || words::about(language, Shown::of(wait()))}
                        </span>
                    </p>
                </div>
                <div class="foot">
                    {entry} {submit(guest, "start-order", move || words::start(language).to_owned())}
                </div>
            </form>
        </main>
    }
    .into_any()
}

/// For who came without a code.
fn code_entry(guest: Guest) -> AnyView {
    view! {
        <label class="field">
            {words::type_code(guest.language)}
            <input
                class="number code-entry"
                data-testid="code-entry"
                autocomplete="off"
                required="required"
                on:input=move |event| guest.typed.set(event_target_value(&event))
            />
        </label>
    }
    .into_any()
}
