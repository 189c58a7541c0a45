//! Takes the place of the crate `wasm-streams`.
//!
//! Leptos brings the client of its server functions along, which could send and receive streams.
//! Our apps have no server functions. But the classes that `wasm-streams` exports to JavaScript,
//! and everything they need, stay in the module whether anybody uses them or not: 4 KiB of each
//! app's download. Here is what the client names; a stream it sent would be empty, and one it
//! received would say that there are none.

use futures_util::stream::{Stream, once};
use wasm_bindgen::JsValue;

/// A stream of the browser.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// The stream of a response.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// The stream for a request.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// A stream to be sent: empty, whatever is in it.
    ///
    /// # Panics
    ///
    /// In a browser without streams.
    pub fn from_stream<S>(_stream: S) -> Self
    where
        S: Stream<Item = Result<JsValue, JsValue>> + 'static,
    {
        Self(web_sys::ReadableStream::new().expect("every browser has streams"))
    }

    /// What arrives: that these apps do not read streams.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> {
        once(async { Err(JsValue::from_str("these apps do not read streams")) })
    }
}
