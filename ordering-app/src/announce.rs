//! What goes with a change of screen: the page's title, where the keyboard is, what is read out.

use domain::view::OrderView;
use domain::{Status, text};
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use leptos::web_sys::wasm_bindgen::JsCast;

use crate::guest::Guest;
use crate::screen::Screen;
use crate::words;

/// Keeps title and focus in step with the screen. To be called in an effect.
pub(crate) fn keep_in_step(guest: Guest, before: RwSignal<&'static str>) {
    let title = said(guest);
    if title.is_empty() {
        document().set_title(&guest.face.with(|face| face.name.clone()));
    } else {
        document().set_title(&title);
    }
    let now = guest.screen.with(Screen::name);
    let before = before.try_update_untracked(|before| std::mem::replace(before, now));
    // The page's first screen is where the browser begins anyway.
    if before.is_some_and(|before| before != now && !before.is_empty() && before != "loading") {
        request_animation_frame(to_the_heading);
    }
}

/// What is read out when it changes: patiently, but at once when the drink is ready.
pub(crate) fn read_out(guest: Guest) -> AnyView {
    let is_ready = move || guest.screen.with(|screen| *screen == Screen::Ready);
    view! {
        <p class="unseen" aria-live="polite">
            {move || if is_ready() { String::new() } else { said(guest) }}
        </p>
        <p class="unseen" aria-live="assertive">
            {move || if is_ready() { said(guest) } else { String::new() }}
        </p>
    }
    .into_any()
}

/// `Ready! · 42`; empty without an order.
fn said(guest: Guest) -> String {
    guest.order.with(|order| order.as_ref().map(|order| say(guest, order)).unwrap_or_default())
}

fn say(guest: Guest, order: &OrderView) -> String {
    let word = if order.status == Status::Ready {
        words::ready(guest.language)
    } else {
        text::status(guest.language, order.status)
    };
    match order.number {
        Some(number) if order.status.is_live() => [word, " · ", &number.to_string()].concat(),
        Some(_) | None => word.to_owned(),
    }
}

/// A new screen begins at its heading, for the keyboard and for who listens.
fn to_the_heading() {
    let heading = document().query_selector("main h1").ok().flatten();
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        // A heading that cannot have the focus is read anyway.
        let _ = heading.focus();
    }
}
