//! The phone's own way back: it leads to the question before, not out of the page.

use std::cell::Cell;

use leptos::prelude::*;
use leptos::web_sys::wasm_bindgen::JsValue;

use crate::draft::Draft;
use crate::guest::Guest;

thread_local! {
    /// Questions answered since the page was loaded that the browser can lead back to.
    static BEHIND: Cell<i32> = const { Cell::new(0) };
}

/// Lets the phone's way back take back the last answer.
pub(crate) fn listen(guest: Guest) {
    let listener = window_event_listener_untyped("popstate", move |_| {
        BEHIND.set((BEHIND.get() - 1).max(0));
        guest.choose(Draft::step_back);
    });
    on_cleanup(move || listener.remove());
}

/// A question was answered.
pub(crate) fn answered() {
    if let Ok(history) = window().history()
        && history.push_state(&JsValue::NULL, "").is_ok()
    {
        BEHIND.set(BEHIND.get() + 1);
    }
}

/// Back to the question before, from a button of the page.
pub(crate) fn back(guest: Guest) {
    let led = BEHIND.get() > 0 && window().history().is_ok_and(|history| history.back().is_ok());
    if !led {
        guest.choose(Draft::step_back);
    }
}

/// The questions are over: the way back leads out again.
pub(crate) fn forget() {
    let behind = BEHIND.replace(0);
    if behind > 0
        && let Ok(history) = window().history()
    {
        // Where it fails, the guest presses back once or twice more.
        let _ = history.go_with_delta(-behind);
    }
}
