//! What goes with a change of screen: the page's title, where the keyboard is, what is read out.

use domain::text;
use domain::{Status, view::OrderView};
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use leptos::web_sys::wasm_bindgen::JsCast;

use crate::guest::Guest;
use crate::screen::Screen;
use crate::words;

/// Keeps title, focus and the words read out in step with the screen.
#[component]
pub(crate) fn Announcements(screen: Memo<Screen>) -> impl IntoView {
    let guest = Guest::here();
    let order = Memo::new(move |_| guest.order(|order| title_of(guest, order)));
    Effect::new(move || {
        if let Some(title) = order.get().or_else(|| guest.bar(|bar| bar.name.clone())) {
            document().set_title(&title);
        }
    });
    let name = Memo::new(move |_| screen.with(Screen::name));
    Effect::new(move |before: Option<&'static str>| {
        let name = name.get();
        // The page's first screen is where the browser begins anyway.
        if before.is_some_and(|before| before != name && before != "loading") {
            request_animation_frame(to_the_top);
        }
        name
    });
    let is_ready = move || name.get() == "ready";
    view! {
        <p class="unseen" aria-live="polite">{move || order.get().filter(|_| !is_ready())}</p>
        <p class="unseen" aria-live="assertive">{move || order.get().filter(|_| is_ready())}</p>
    }
}

/// `Ready! · 42`
fn title_of(guest: Guest, order: &OrderView) -> String {
    let word = match order.status {
        Status::Ready => words::ready(guest.language),
        status @ (Status::Choosing
        | Status::Placed
        | Status::Making
        | Status::Collected
        | Status::Cancelled
        | Status::Expired) => text::status(guest.language, status),
    };
    match order.number {
        Some(number) if order.status.is_live() => [word, " · ", &number.to_string()].concat(),
        Some(_) | None => word.to_owned(),
    }
}

/// A new screen begins at its heading, for the eye and for the keyboard.
fn to_the_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
    let heading = document().query_selector("main h1").ok().flatten();
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        // A heading that cannot have the focus is read anyway.
        let _ = heading.focus();
    }
}
