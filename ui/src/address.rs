//! The page's own address.

use web_sys::UrlSearchParams;

/// The value of a parameter of the page's address (`?bar=espresso`); none when it is not there or
/// empty.
pub fn query(name: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    let value = UrlSearchParams::new_with_str(&search).ok()?.get(name)?;
    Some(value).filter(|value| !value.is_empty())
}
