//! One HTTP exchange.

use std::time::Duration;

use gloo_net::http::{Method, RequestBuilder};
use leptos::prelude::set_timeout_with_handle;
use web_sys::{AbortController, AbortSignal};

/// After this long without an answer a request is given up: a network that swallows packets would
/// otherwise keep a screen waiting for minutes.
const PATIENCE: Duration = Duration::from_secs(8);

/// What goes out.
pub(crate) struct Request<'a> {
    pub(crate) method: Method,
    pub(crate) url: &'a str,
    pub(crate) language: &'a str,
    pub(crate) token: Option<&'a str>,
    /// JSON.
    pub(crate) body: Option<&'a str>,
}

/// Status and body of the answer; none when nobody answered.
pub(crate) async fn exchange(request: &Request<'_>) -> Option<(u16, String)> {
    let abort = AbortController::new().ok()?;
    let signal = abort.signal();
    let timer = set_timeout_with_handle(move || abort.abort(), PATIENCE).ok()?;
    let answer = try_exchange(request, &signal).await.ok();
    timer.clear();
    answer
}

async fn try_exchange(
    request: &Request<'_>,
    signal: &AbortSignal,
) -> Result<(u16, String), gloo_net::Error> {
    let mut builder = RequestBuilder::new(request.url)
        .method(request.method.clone())
        .header("accept-language", request.language)
        .abort_signal(Some(signal));
    if let Some(token) = request.token {
        builder = builder.header("authorization", &["Bearer ", token].concat());
    }
    let response = match request.body {
        Some(body) => builder.header("content-type", "application/json").body(body)?.send().await?,
        None => builder.send().await?,
    };
    Ok((response.status(), response.text().await?))
}
