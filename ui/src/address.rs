//! The page's own address.

use domain::OrderId;
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

/// Whose journey is asked for, in the address of [`journey`].
pub const ORDER: &str = "order";
/// That it is asked for by staff.
pub const FOR_STAFF: &str = "staff";

/// The page with every step of an order, for its guest.
pub fn journey(order: &OrderId) -> String {
    ["/order/journey/?", ORDER, "=", order.as_str()].concat()
}

/// The same, for staff.
pub fn journey_for_staff(order: &OrderId) -> String {
    [&journey(order), "&", FOR_STAFF, "=yes"].concat()
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
