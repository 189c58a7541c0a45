//! One HTTP exchange.

use std::time::Duration;

use leptos::prelude::set_timeout_with_handle;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response};

/// After this long without an answer a request is given up: a network that swallows packets would
/// otherwise keep a screen waiting for minutes.
const PATIENCE: Duration = Duration::from_secs(8);

/// What goes out.
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) url: &'a str,
    pub(crate) language: &'a str,
    pub(crate) token: Option<&'a str>,
    /// JSON.
    pub(crate) body: Option<&'a str>,
}

/// Status and body of the answer; none when nobody answered.
pub(crate) async fn exchange(request: &Request<'_>) -> Option<(u16, String)> {
    try_exchange(request).await.ok()
}

async fn try_exchange(request: &Request<'_>) -> Result<(u16, String), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let headers = Headers::new()?;
    headers.set("accept-language", request.language)?;
    if let Some(token) = request.token {
        headers.set("authorization", &["Bearer ", token].concat())?;
    }
    let init = RequestInit::new();
    init.set_method(request.method);
    if let Some(body) = request.body {
        headers.set("content-type", "application/json")?;
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(&headers);
    let abort = AbortController::new()?;
    init.set_signal(Some(&abort.signal()));
    let timer = set_timeout_with_handle(move || abort.abort(), PATIENCE)?;
    let answer = read(JsFuture::from(window.fetch_with_str_and_init(request.url, &init))).await;
    timer.clear();
    answer
}

async fn read(response: JsFuture) -> Result<(u16, String), JsValue> {
    let response: Response = response.await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.status(), text.as_string().unwrap_or_default()))
}
