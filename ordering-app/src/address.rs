//! The code in the page's address.

use leptos::prelude::window;
use leptos::web_sys::wasm_bindgen::JsValue;
use ui::address;

/// The code the QR brought; empty when the page was opened without one.
pub(crate) fn code() -> String {
    address::query("code").unwrap_or_default()
}

/// Takes the code out of the address, so that a reload does not bring it back.
pub(crate) fn forget_code() {
    let search = address::query("bar").map(|bar| ["?bar=", &bar].concat());
    let bare = search.unwrap_or_else(|| "?".to_owned());
    if let Ok(history) = window().history() {
        // A page that may not change its address keeps the code there: it is refused once more.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&bare));
    }
}
