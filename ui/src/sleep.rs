//! Waiting.

use std::time::Duration;

use js_sys::{Array, Function, Promise};
use wasm_bindgen_futures::JsFuture;

/// Resolves after `duration`; later when the browser puts the page to sleep.
pub async fn sleep(duration: Duration) {
    // The promise is never rejected.
    let _ = JsFuture::from(after(duration)).await;
}

/// Resolves when a promise is settled, whichever way, or after `duration`: some of a browser's
/// promises never are.
pub(crate) async fn settled_or_after(promise: &Promise, duration: Duration) {
    // How it was settled, the caller asks elsewhere.
    let _ = JsFuture::from(Promise::race(&Array::of2(promise, &after(duration)))).await;
}

fn after(duration: Duration) -> Promise {
    let millis = i32::try_from(duration.as_millis()).unwrap_or(i32::MAX);
    Promise::new(&mut |resolve: Function, _reject| {
        if let Some(window) = web_sys::window() {
            // Only a page that is going away refuses a timer; then nobody waits.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        }
    })
}

/// The same, and up to `jitter` longer, so that a thousand phones do not ask at once.
pub async fn sleep_about(duration: Duration, jitter: Duration) {
    sleep(duration + jitter.mul_f64(crate::random::fraction())).await;
}
