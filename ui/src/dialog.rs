//! A question over the screen.

use leptos::html;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::IntoAnyAttribute;
use leptos::tachys::html::node_ref::node_ref;

use crate::element::{div, element};

/// A modal question: focus stays inside, Escape and a press outside answer no. It is there as
/// long as it is in the view; `close` should take it away.
pub fn dialog(title: String, close: Callback<()>, answers: AnyView) -> AnyView {
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
    let body = div("dialog-body")
        .child(element("H2", "").attr("id", "dialog-title").text(title))
        .child(answers);
    element("DIALOG", "dialog")
        .with(node_ref(dialog).into_any_attr())
        .attr("aria-labelledby", "dialog-title")
        .on("click", move |event| {
            // Its own box is filled by its child: only its backdrop is the dialog itself.
            if event.target() == event.current_target() {
                close.run(());
            }
        })
        .on("cancel", move |event| {
            event.prevent_default();
            close.run(());
        })
        .child(body)
        .done()
}

/// The same for `view!`.
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
    dialog(title, close, children().into_any())
}
