//! What goes with a change of screen: the page's title, where the keyboard is, what is read out.

use std::cell::Cell;

use domain::view::OrderView;
use domain::{Status, text};
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use leptos::web_sys::wasm_bindgen::JsCast;
use ui::element::{div, p};

use crate::guest::Guest;
use crate::screen::Screen;
use crate::{signals, words};

thread_local! {
    /// The screen before this one; none at first.
    static SHOWN_BEFORE: Cell<&'static str> = const { Cell::new("") };
}

/// Keeps title and focus in step with the screen. To be called in an effect.
pub(crate) fn keep_in_step(guest: Guest) {
    let title = said(guest);
    if title.is_empty() {
        let name = guest.feed.view().with(|visit| Some(visit.as_ref()?.bar.name.clone()));
        document().set_title(&name.unwrap_or_default());
    } else {
        document().set_title(&title);
    }
    let now = guest.screen.with(Screen::name);
    let before = SHOWN_BEFORE.replace(now);
    if before == now {
        return;
    }
    mark(now);
    signals::watch(guest);
    // The page's first screen is where the browser begins anyway.
    if !before.is_empty() && before != "loading" {
        request_animation_frame(to_the_heading);
        if now == "ready" {
            signals::ring();
        }
    }
}

/// The mark on the page's tab: green when ready, amber while waiting, else coffee.
fn mark(screen: &str) {
    let colour = match screen {
        "ready" => "15803d",
        "waiting" => "f59e0b",
        _ => "6f3d1f",
    };
    if let Ok(Some(icon)) = document().query_selector("link[rel=icon]") {
        let dot = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 2'>\
                   <circle cx='1' cy='1' r='1' fill='%23";
        // A page without a mark is still a page.
        let _ = icon.set_attribute("href", &[dot, colour, "'/></svg>"].concat());
    }
}

/// What is read out when it changes: patiently, but at once when the drink is ready.
pub(crate) fn read_out(guest: Guest) -> AnyView {
    let is_ready = move || guest.screen.with(Screen::name) == "ready";
    let patiently = move || if is_ready() { String::new() } else { said(guest) };
    let at_once = move || if is_ready() { said(guest) } else { String::new() };
    div("unseen")
        .child(p("").attr("aria-live", "polite").live_text(patiently))
        .child(p("").attr("aria-live", "assertive").live_text(at_once))
        .done()
}

/// `Ready! · 42`; empty without an order.
fn said(guest: Guest) -> String {
    guest.screen.with(|screen| screen.order().map(|order| say(guest, order)).unwrap_or_default())
}

fn say(guest: Guest, order: &OrderView) -> String {
    let word = if order.status == Status::Ready {
        words::ready(guest.language())
    } else {
        text::status(guest.language(), order.status)
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
        // Not an attribute of the view: Leptos takes those off and puts them on again whenever it
        // draws the screen anew, and the focus would be gone. A heading that cannot have the focus
        // is read anyway.
        let _ = heading.set_attribute("tabindex", "-1");
        let _ = heading.focus();
    }
    // The elements of the screen before are used again, and with them how far it was scrolled.
    if let Ok(Some(body)) = document().query_selector(".body") {
        body.set_scroll_top(0);
    }
}
