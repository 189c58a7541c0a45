//! The strip below a page that edits something: saving it, or not.

use leptos::prelude::*;
use ui::language;

use crate::form::Form;
use crate::words;

/// Says whether something is unsaved, and why it cannot be saved.
#[component]
pub(crate) fn SaveBar(
    /// The form of the page.
    form: Form,
    /// Whether there is anything to save.
    #[prop(into)]
    is_changed: Signal<bool>,
    /// Whether it may be saved.
    #[prop(into)]
    is_right: Signal<bool>,
    /// Whether saving undoes what somebody else did meanwhile.
    #[prop(into, optional)]
    is_overtaken: Signal<bool>,
    /// Whether it was saved just now.
    was_saved: RwSignal<bool>,
    /// Saves it.
    save: Callback<()>,
    /// Goes back to what there was.
    discard: Callback<()>,
) -> impl IntoView {
    let language = language::current_untracked();
    Effect::new(move || {
        if is_changed.get() {
            was_saved.set(false);
        }
    });
    let said = move || {
        if is_overtaken.get() {
            words::overtaken(language)
        } else if !is_right.get() {
            words::not_right_yet(language)
        } else if is_changed.get() {
            words::unsaved(language)
        } else if was_saved.get() {
            words::saved(language)
        } else {
            ""
        }
    };
    let state = move || {
        if is_changed.get() {
            "unsaved"
        } else if was_saved.get() {
            "saved"
        } else {
            "quiet"
        }
    };
    view! {
        <div class="save-bar" data-testid="save-bar" data-state=state>
            <p role="status">{said}</p>
            <button
                type="button"
                class="button"
                data-testid="discard"
                disabled=move || !is_changed.get() || form.is_busy()
                on:click=move |_| discard.run(())
            >
                {words::discard(language)}
            </button>
            <button
                type="button"
                class="button go"
                data-testid="save"
                disabled=move || !is_changed.get() || !is_right.get() || form.is_busy()
                aria-busy=move || form.is_busy().then_some("true")
                on:click=move |_| save.run(())
            >
                {words::save(language)}
            </button>
        </div>
    }
}
