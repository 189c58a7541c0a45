//! A question over the screen.

use leptos::html;
use leptos::prelude::*;

/// A modal question: focus stays inside, Escape and a press outside answer no. It is there as
/// long as it is in the view; `close` should take it away.
#[component]
pub fn Dialog(
    /// Its heading, which is also its name.
    #[prop(into)]
    title: String,
    /// It was answered no.
    close: Callback<()>,
    /// Text and buttons.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            // Fails only for a dialog that is not in the page.
            let _ = dialog.show_modal();
        }
    });
    // Closed while it is still in the page, so that focus goes back to where it came from.
    on_cleanup(move || {
        if let Some(dialog) = dialog.try_get_untracked().flatten() {
            dialog.close();
        }
    });
    let outside = move |event: web_sys::MouseEvent| {
        // The dialog's own box is filled by its child: only its backdrop is the dialog itself.
        if event.target() == event.current_target() {
            close.run(());
        }
    };
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-labelledby="dialog-title"
            on:click=outside
            on:cancel=move |event: web_sys::Event| {
                event.prevent_default();
                close.run(());
            }
        >
            <div class="dialog-body">
                <h2 id="dialog-title">{title}</h2>
                {children()}
            </div>
        </dialog>
    }
}
