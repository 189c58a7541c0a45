//! What the lists of a menu have in common: adding to them, moving, opening and taking out.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use ui::language;

use crate::fields::TextField;
use crate::kept::kept;
use crate::menu_change::Towards;
use crate::words;

/// A name and a button that adds something called so.
#[component]
pub(crate) fn Adder(
    /// What tests call it.
    #[prop(into)]
    testid: String,
    /// What is added.
    label: &'static str,
    /// Hears the name.
    add: Callback<String>,
) -> impl IntoView {
    let language = language::current_untracked();
    let name = kept(testid.clone(), String::new);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let called = name.get_untracked();
        if !called.trim().is_empty() {
            name.set(String::new());
            add.run(called);
        }
    };
    view! {
        <form class="adder" on:submit=submit>
            <TextField
                name=testid.clone()
                label=label
                value=name
                input=move |text| name.set(text)
            />
            <button class="button" data-testid=testid>{words::add(language)}</button>
        </form>
    }
}

/// Moving something up and down a list, opening it, taking it out.
#[component]
pub(crate) fn RowButtons(
    /// What tests call it.
    #[prop(into)]
    testid: String,
    /// What people call it.
    #[prop(into)]
    name: Signal<String>,
    /// Whether it is open, where it can be.
    #[prop(optional_no_strip)]
    is_open: Option<Signal<bool>>,
    /// Moves it.
    shift: Callback<Towards>,
    /// Opens or closes it.
    #[prop(optional_no_strip)]
    toggle: Option<Callback<()>>,
    /// Takes it out.
    remove: Callback<()>,
) -> impl IntoView {
    let language = language::current_untracked();
    let (up, down) = (["up-", &testid].concat(), ["down-", &testid].concat());
    let shift_and_stay = move |to: Towards, button: String| {
        shift.run(to);
        // Moving a row in the page takes the keyboard's focus from it.
        request_animation_frame(move || {
            let moved = document().get_element_by_id(&button);
            if let Some(moved) = moved {
                // What cannot be focused any more has nothing to lose.
                let _ = moved.unchecked_into::<leptos::web_sys::HtmlElement>().focus();
            }
        });
    };
    let (up_id, down_id) = (up.clone(), down.clone());
    let edit = toggle.map(|toggle| {
        let testid = ["edit-", &testid].concat();
        let is_open = move || is_open.is_some_and(|is_open| is_open.get());
        view! {
            <button
                type="button"
                class="button small"
                data-testid=testid
                aria-expanded=move || is_open().to_string()
                aria-label=move || {
                    let label = if is_open() { words::done_with } else { words::change_whom };
                    name.with(|name| label(language, name))
                }
                on:click=move |_| toggle.run(())
            >
                {move || if is_open() { words::done(language) } else { words::change(language) }}
            </button>
        }
    });
    view! {
        <span class="row-buttons">
            <button
                type="button"
                class="button icon"
                id=up.clone()
                data-testid=up
                aria-label=move || name.with(|name| words::move_up(language, name))
                on:click=move |_| shift_and_stay(Towards::Beginning, up_id.clone())
            >
                "↑"
            </button>
            <button
                type="button"
                class="button icon"
                id=down.clone()
                data-testid=down
                aria-label=move || name.with(|name| words::move_down(language, name))
                on:click=move |_| shift_and_stay(Towards::End, down_id.clone())
            >
                "↓"
            </button>
            {edit}
            <button
                type="button"
                class="button icon"
                data-testid=["remove-", &testid].concat()
                aria-label=move || name.with(|name| words::remove(language, name))
                on:click=move |_| remove.run(())
            >
                "×"
            </button>
        </span>
    }
}
