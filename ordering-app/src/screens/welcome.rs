//! The door: here is the bar, this is the wait. Opening it redeems nothing; the button does.

use domain::spelling;
use domain::wait::Shown;
use leptos::html;
use leptos::prelude::*;
use ui::DrinkIcon;

use crate::guest::Guest;
use crate::words;

/// The bar, the wait, and the button that redeems the code.
#[component]
pub(crate) fn Welcome() -> impl IntoView {
    let guest = Guest::here();
    let language = guest.language;
    let place = Memo::new(move |_| guest.bar(|bar| bar.place.clone()));
    let name = Memo::new(move |_| guest.bar(|bar| bar.name.clone()));
    let wait = Memo::new(move |_| guest.bar(|bar| bar.wait_seconds).unwrap_or_default());
    let typed = NodeRef::<html::Input>::new();
    let is_missing = RwSignal::new(false);
    let start = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let code = guest.code.get_untracked().or_else(|| {
            let typed = typed.get_untracked()?.value();
            Some(spelling::from_typing(&typed)).filter(|code| !code.is_empty())
        });
        is_missing.set(code.is_none());
        match code {
            Some(code) => guest.start(code),
            None => {
                if let Some(input) = typed.get_untracked() {
                    // A field that is not in the page any more needs no focus.
                    let _ = input.focus();
                }
            }
        }
    };
    view! {
        <main class="screen">
            <form class="screen" novalidate on:submit=start>
                <div class="body">
                    <div class="hero">
                        <DrinkIcon icon="cappuccino".to_owned() />
                        <h1 tabindex="-1">{move || name.get()}</h1>
                        <p class="muted place">{move || place.get()}</p>
                    </div>
                    <p class="card wait-now">
                        <span class="muted">{words::wait_now(language)}</span>
                        <strong data-testid="wait" data-seconds=move || wait.get().to_string()>
                            {move || words::about(language, Shown::of(wait.get()))}
                        </strong>
                    </p>
                </div>
                <div class="foot">
                    {move || {
                        guest.code.read().is_none().then(|| {
                            view! {
                                <label class="field">
                                    {words::type_code(language)}
                                    <input
                                        node_ref=typed
                                        class="number code-entry"
                                        data-testid="code-entry"
                                        autocomplete="off"
                                        autocapitalize="characters"
                                        spellcheck="false"
                                        enterkeyhint="go"
                                        aria-invalid=move || is_missing.get().then_some("true")
                                    />
                                </label>
                                <p class="field-fault" role="status">
                                    {move || {
                                        is_missing.get().then(|| words::code_missing(language))
                                    }}
                                </p>
                            }
                        })
                    }}
                    <button
                        type="submit"
                        class="button primary"
                        data-testid="start-order"
                        disabled=move || guest.outbox.is_busy()
                        aria-busy=move || guest.outbox.is_busy().then_some("true")
                    >
                        {words::start(language)}
                    </button>
                </div>
            </form>
        </main>
    }
}
