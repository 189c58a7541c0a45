//! Where this app finds its backend.

use domain::api::AppConfig;
use gloo_net::http::Method;

use crate::fault::Fault;
use crate::http::{Request, exchange};
use crate::{json, language};

/// The `config.json` that lies beside the app's `index.html`, at `url`.
pub async fn load(url: &str) -> Result<AppConfig, Fault> {
    let request = Request {
        method: Method::GET,
        url,
        language: language::current_untracked().tag(),
        token: None,
        body: None,
    };
    match exchange(&request).await {
        Some((200, body)) => json::read(&body),
        Some((status, body)) => Err(Fault::of(status, &body)),
        None => Err(Fault::Unreachable),
    }
}
