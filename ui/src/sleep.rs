//! Waiting.

use std::time::Duration;

use js_sys::{Function, Promise};
use wasm_bindgen_futures::JsFuture;

/// Resolves after `duration`; later when the browser puts the page to sleep.
pub async fn sleep(duration: Duration) {
    let millis = i32::try_from(duration.as_millis()).unwrap_or(i32::MAX);
    let promise = Promise::new(&mut |resolve: Function, _reject| {
        if let Some(window) = web_sys::window() {
            // Only a page that is going away refuses a timer; then nobody waits.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        }
    });
    // The promise is never rejected.
    let _ = JsFuture::from(promise).await;
}

/// The same, and up to `jitter` longer, so that a thousand phones do not ask at once.
pub async fn sleep_about(duration: Duration, jitter: Duration) {
    sleep(duration + jitter.mul_f64(crate::random::fraction())).await;
}
