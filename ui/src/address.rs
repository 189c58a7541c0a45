//! The page's own address.

use domain::api::LINK_FRAGMENT;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// The value of a parameter of the page's address (`?bar=espresso`); none when it is not there or
/// empty.
pub fn query(name: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    let value = UrlSearchParams::new_with_str(&search).ok()?.get(name)?;
    Some(value).filter(|value| !value.is_empty())
}

/// The one-time link this page was opened with (`#link=`), which is taken out of the address: it
/// is used up by its first use, and nobody is to find it in the browser's history.
pub fn take_link() -> Option<String> {
    let window = web_sys::window()?;
    let location = window.location();
    let link = location.hash().ok()?.strip_prefix(LINK_FRAGMENT)?.to_owned();
    let bare = [location.pathname().ok()?, location.search().ok()?].concat();
    if let Ok(history) = window.history() {
        // A page that may not change its address keeps the link there: it is refused once more.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&bare));
    }
    Some(link)
}
