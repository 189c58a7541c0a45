//! HTTP through API Gateway: its events become requests to the router, whose answers go back.

mod address;

use std::collections::BTreeMap;
use std::net::SocketAddr;

use anyhow::Context as _;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response};
use axum::middleware::{Next, from_fn};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http_body_util::BodyExt as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower::ServiceExt as _;

use self::address::Addresses;
use super::invocation::Answer;

/// A router behind API Gateway.
pub(super) struct Gateway {
    router: Router,
    addresses: Addresses,
}

impl Gateway {
    /// Asks this router. `distribution_secret` is what the distribution is believed by.
    pub(super) fn new(router: Router, distribution_secret: Option<&str>) -> Self {
        let addresses = Addresses::new(distribution_secret);
        Self { router: router.layer(from_fn(name_route)), addresses }
    }

    /// Answers an event of version 2.0 of the format.
    pub(super) async fn answer(&self, event: Value) -> anyhow::Result<Answer> {
        let event: Event = serde_json::from_value(event).context("not a request")?;
        let method = event.request_context.http.method.clone();
        let response = match self.router.clone().oneshot(self.request(event)?).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let route = response.extensions().get::<MatchedPath>();
        let route = format!("{method} {}", route.map_or("none", MatchedPath::as_str));
        let status = response.status().as_u16();
        let value = serde_json::to_value(answered(response).await?)?;
        Ok(Answer { value, route, status })
    }

    fn request(&self, event: Event) -> anyhow::Result<Request> {
        let Call { method, source_ip } = event.request_context.http;
        let address = self.addresses.of(&source_ip, &event.headers)?;
        let mut address_and_query = spelled(&event.raw_path, "?");
        if !event.raw_query_string.is_empty() {
            address_and_query += "?";
            address_and_query += &spelled(&event.raw_query_string, "");
        }
        let body = event.body.unwrap_or_default();
        let body = match event.is_base64_encoded {
            true => STANDARD.decode(body).context("a body that is not base64")?,
            false => body.into_bytes(),
        };
        let mut request = Request::builder().method(method.as_str()).uri(address_and_query);
        for (name, value) in &event.headers {
            request = request.header(name, HeaderValue::from_bytes(value.as_bytes())?);
        }
        // The port is the load balancer's, and nobody asks for it.
        let from = ConnectInfo(SocketAddr::new(address, 0));
        Ok(request.extension(from).body(Body::from(body))?)
    }
}

/// A request, in version 2.0 of the format: headers of one name are one, with commas.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    raw_path: String,
    #[serde(default)]
    raw_query_string: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
    request_context: RequestContext,
}

#[derive(Deserialize)]
struct RequestContext {
    http: Call,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Call {
    method: String,
    source_ip: String,
}

/// An answer in the same format.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answered {
    status_code: u16,
    headers: BTreeMap<String, String>,
    body: String,
    is_base64_encoded: bool,
}

async fn answered(response: Response<Body>) -> anyhow::Result<Answered> {
    let (parts, body) = response.into_parts();
    let body = body.collect().await?.to_bytes();
    // What is compressed is no text.
    let (body, is_base64_encoded) = match str::from_utf8(&body) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (STANDARD.encode(&body), true),
    };
    let names = parts.headers.keys();
    let headers = names.map(|name| (name.to_string(), value_of(&parts.headers, name))).collect();
    let status_code = parts.status.as_u16();
    Ok(Answered { status_code, headers, body, is_base64_encoded })
}

/// The values of headers of one name, as one: nothing here sets a cookie, for which that is wrong.
fn value_of(headers: &HeaderMap, name: &HeaderName) -> String {
    let values = headers.get_all(name).iter();
    let values = values.map(|value| String::from_utf8_lossy(value.as_bytes()));
    values.collect::<Vec<_>>().join(", ")
}

/// API Gateway undoes the spelling of a path: what an address cannot hold is spelled again.
fn spelled(text: &str, not_here: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for byte in text.bytes() {
        let letter = char::from(byte);
        if letter.is_ascii_graphic()
            && !"\"#<>\\^`{|}".contains(letter)
            && !not_here.contains(letter)
        {
            spelled.push(letter);
        } else {
            spelled.push_str(&format!("%{byte:02X}"));
        }
    }
    spelled
}

/// Lets the answer say which route it came by.
async fn name_route(request: Request, next: Next) -> Response<Body> {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(route);
    }
    response
}
