//! Before anything is known.

use leptos::prelude::*;
use ui::language;

use crate::words;

/// A moment's patience.
#[component]
pub(crate) fn Loading() -> impl IntoView {
    view! {
        <main class="screen">
            <div class="body loading">
                <p class="muted">{words::loading(language::current())}</p>
            </div>
        </main>
    }
}
