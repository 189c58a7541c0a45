//! Asking before something is done that is not undone.

use leptos::prelude::*;
use ui::Dialog;

/// A question with two answers, the first of which changes nothing.
#[component]
pub(crate) fn Question(
    /// What is asked.
    #[prop(into)]
    title: String,
    /// What would come of it.
    effect: &'static str,
    /// The answer that changes nothing.
    no: &'static str,
    /// The other one.
    yes: &'static str,
    /// It was answered, or put away.
    close: Callback<()>,
    /// It is to be done.
    act: Callback<()>,
) -> impl IntoView {
    let done = move |_| {
        close.run(());
        act.run(());
    };
    view! {
        <Dialog title=title close=close>
            <p>{effect}</p>
            <div class="dialog-buttons">
                <button type="button" class="button" on:click=move |_| close.run(())>
                    {no}
                </button>
                <button type="button" class="button danger" data-testid="confirm" on:click=done>
                    {yes}
                </button>
            </div>
        </Dialog>
    }
}
