//! Is that all? The drink once more, the name to call, and a button that says what happens.

use domain::name::LONGEST;
use domain::wait::Shown;
use leptos::prelude::*;
use ui::DrinkIcon;

use super::time_left::TimeLeft;
use crate::backward;
use crate::guest::Guest;
use crate::words;

/// The last question.
#[component]
pub(crate) fn Confirm() -> impl IntoView {
    let guest = Guest::here();
    let language = guest.language;
    let menu = guest.menu();
    let drink = Memo::new(move |_| {
        menu.with(|menu| {
            guest.draft.with(|draft| {
                let icon = draft.drink(menu).map(|drink| drink.icon.clone());
                draft.check(menu).ok().zip(icon)
            })
        })
    });
    // What somebody would wait who orders now: for the guest's place it is on the order.
    let wait = Memo::new(move |_| {
        let own = guest.order(|order| order.wait_seconds).flatten();
        own.or_else(|| guest.bar(|bar| bar.wait_seconds))
    });
    let name = guest.name;
    let place = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        guest.place();
    };
    view! {
        <main class="screen">
            <form class="screen" novalidate on:submit=place>
                <div class="body">
                    <h1 tabindex="-1">{words::confirm(language)}</h1>
                    <TimeLeft />
                    {move || {
                        drink.get().map(|(drink, icon)| {
                            view! {
                    <div class="card summary">
                        <DrinkIcon icon />
                        <div>
                            <p class="summary-drink">{drink.drink_name}</p>
                            <p class="muted">{drink.option_names.join(", ")}</p>
                        </div>
                    </div>
                    }
                })
            }}
                <label class="field">
                    <span>
                        {words::name(language)} " "
                        <span class="muted">{words::optional(language)}</span>
                    </span>
                    <input
                        data-testid="name"
                        autocomplete="given-name"
                        autocapitalize="words"
                        enterkeyhint="done"
                        maxlength=LONGEST.to_string()
                        bind:value=name
                    />
                    <span class="muted field-hint">{words::name_hint(language)}</span>
                </label>
                </div>
                <div class="foot pair">
                    <button
                        type="button"
                        class="button"
                        data-testid="back"
                        on:click=move |_| backward::back(guest.draft)
                    >
                        {words::back(language)}
                    </button>
                    <button
                        type="submit"
                        class="button primary"
                        data-testid="place-order"
                        disabled=move || guest.outbox.is_busy()
                        aria-busy=move || guest.outbox.is_busy().then_some("true")
                    >
                        {move || {
                            words::place_order(language, Shown::of(wait.get().unwrap_or_default()))
                        }}
                    </button>
                </div>
            </form>
        </main>
    }
}
