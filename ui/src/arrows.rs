//! Arrow keys among the buttons of a radio.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};

/// Chooses the next or the previous button that can be chosen, round and round: to be told of the
/// keys pressed on the buttons, which must be siblings.
pub fn arrows(event: &Event) {
    let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key).unwrap_or_default();
    let is_forward = match key.as_str() {
        "ArrowRight" | "ArrowDown" => true,
        "ArrowLeft" | "ArrowUp" => false,
        _ => return,
    };
    event.prevent_default();
    let Some(begin) = document().active_element() else {
        return;
    };
    let Some(all) = begin.parent_element() else {
        return;
    };
    let mut at = begin.clone();
    loop {
        let next = if is_forward {
            at.next_element_sibling().or_else(|| all.first_element_child())
        } else {
            at.previous_element_sibling().or_else(|| all.last_element_child())
        };
        match next {
            Some(next) if next != begin => at = next,
            Some(_) | None => return,
        }
        if !at.has_attribute("aria-disabled") {
            break;
        }
    }
    if let Ok(button) = at.dyn_into::<HtmlElement>() {
        // What cannot have the focus can still be chosen.
        let _ = button.focus();
        button.click();
    }
}
