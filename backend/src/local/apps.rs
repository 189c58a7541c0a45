//! The browser apps, inside the binary: compressed beforehand, cached for long, and allowed to do
//! nothing but what they need.
//!
//! Where they are and what a browser is told is in xtask's table for every host.
//! `cargo xtask build` leaves them in `dist`, one folder each. A release build embeds that folder;
//! a debug build reads it once, when the server starts.

mod file;
#[path = "../../../xtask/src/hosting/table.rs"]
mod table;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::api::{AppConfig, route};
use file::File;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use table::{APPS, CONFIG, HEADERS, PAGE, START, inline_scripts};

use super::tls::Encrypted;

/// What the apps are told about the deployment.
pub(crate) struct AppSettings {
    /// Where phones reach this server: scheme, host and port, as in `http://192.168.1.5:8080`.
    pub(crate) public_url: String,
}

#[derive(RustEmbed)]
#[folder = "../dist"]
struct Dist;

/// The apps under their paths, and the way to the ordering app from `/`. Every answer carries the
/// headers that keep a page to what it needs.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>(settings: AppSettings) -> Router<S> {
    let files = Dist::iter().filter_map(|path| {
        let content = match Dist::get(&path)?.data {
            Cow::Borrowed(embedded) => Bytes::from_static(embedded),
            Cow::Owned(read) => Bytes::from(read),
        };
        Some((path.into_owned(), content))
    });
    routes_of(&settings, &files.collect())
}

fn routes_of<S>(settings: &AppSettings, files: &HashMap<String, Bytes>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let mut router = Router::new().route("/", get(|uri: Uri| redirect(START, uri)));
    for place in &APPS {
        let app = Arc::new(App::new(place, settings, files));
        let path = place.path;
        router = router
            .route(path.trim_end_matches('/'), get(move |uri| redirect(path, uri)))
            .route(path, get(page).with_state(app.clone()))
            .route(&format!("{path}{{*file}}"), get(file).with_state(app));
    }
    router
}

async fn redirect(path: &'static str, uri: Uri) -> Redirect {
    let query = uri.query().map(|query| format!("?{query}"));
    Redirect::temporary(&format!("{path}{}", query.unwrap_or_default()))
}

async fn page(
    State(app): State<Arc<App>>,
    encrypted: Option<Extension<Encrypted>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let origin = Origin::of(encrypted.is_some(), &uri, &headers, &app.public_url);
    app.answer(PAGE, &origin, &headers)
}

async fn file(
    State(app): State<Arc<App>>,
    Path(file): Path<String>,
    encrypted: Option<Extension<Encrypted>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let origin = Origin::of(encrypted.is_some(), &uri, &headers, &app.public_url);
    app.answer(&file, &origin, &headers)
}

/// One app: its files, and what its page may do.
struct App {
    place: &'static table::App,
    public_url: String,
    files: HashMap<String, File>,
    /// `'sha256-…'` of each script inside the page, as the policy spells them.
    scripts: String,
}

impl App {
    fn new(
        place: &'static table::App,
        settings: &AppSettings,
        all: &HashMap<String, Bytes>,
    ) -> Self {
        let below = all.iter().filter_map(|(path, content)| {
            let path = path.strip_prefix(place.folder)?.strip_prefix('/')?;
            Some((path, content))
        });
        let variants: HashMap<&str, &Bytes> = below.collect();
        let originals =
            variants.iter().filter(|(path, _)| !path.ends_with(".br") && !path.ends_with(".gz"));
        let files: HashMap<String, File> = originals
            .map(|(path, content)| ((*path).to_owned(), File::new(path, content, &variants)))
            .collect();
        let page = files.get(PAGE).map(|page| page.content());
        Self {
            place,
            public_url: settings.public_url.trim_end_matches('/').to_owned(),
            scripts: inline_scripts(&String::from_utf8_lossy(&page.unwrap_or_default()))
                .map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script))))
                .collect(),
            files,
        }
    }

    fn answer(&self, name: &str, origin: &Origin, headers: &HeaderMap) -> Response {
        let mut response = if name == CONFIG {
            self.config(origin)
        } else if !self.files.contains_key(PAGE) {
            let advice = "This app is not in this binary: `cargo xtask build` makes one with it.\n";
            (StatusCode::SERVICE_UNAVAILABLE, advice).into_response()
        } else if let Some(file) = self.files.get(name).or_else(|| self.page_at(name)) {
            file.answer(headers)
        } else {
            (StatusCode::NOT_FOUND, "There is no such file.\n").into_response()
        };
        self.protect(origin, response.headers_mut());
        response
    }

    fn page_at(&self, name: &str) -> Option<&File> {
        self.place.answers_for(name).then(|| self.files.get(PAGE)).flatten()
    }

    /// Where the app finds its backend: the same names a static host is given in a file.
    fn config(&self, origin: &Origin) -> Response {
        let config = AppConfig {
            api: origin.http.clone(),
            live: format!("{}{}", origin.websocket, route::LIVE),
            order_url: format!("{}/order/", self.public_url),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let headers = [(header::CACHE_CONTROL, table::caching(CONFIG))];
        (headers, axum::Json(config)).into_response()
    }

    fn protect(&self, origin: &Origin, headers: &mut HeaderMap) {
        let policy = table::policy(&self.scripts, &origin.websocket);
        let policy = HeaderValue::try_from(policy).expect("hashes and a checked host are ASCII");
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        protect(headers);
    }
}

/// The headers that every page of ours carries, whatever its policy.
pub(super) fn protect(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}

/// The address the browser used, as far as we can tell.
pub(super) struct Origin {
    pub(super) http: String,
    websocket: String,
}

impl Origin {
    /// From the request's host: https when the connection was, or when the public URL is and has
    /// the same host, for whoever ends TLS for us does not tell us. Without a plain host, the
    /// public URL itself.
    pub(super) fn of(encrypted: bool, uri: &Uri, headers: &HeaderMap, public_url: &str) -> Self {
        let (scheme, public_host) = public_url.split_once("://").unwrap_or(("http", public_url));
        let named = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = named
            .or_else(|| uri.authority().map(|authority| authority.as_str()))
            .filter(|host| is_plain_host(host))
            .unwrap_or(public_host);
        let ended_for_us = scheme == "https" && host.eq_ignore_ascii_case(public_host);
        let secure = encrypted || ended_for_us;
        let suffix = if secure { "s" } else { "" };
        Self { http: format!("http{suffix}://{host}"), websocket: format!("ws{suffix}://{host}") }
    }
}

/// Nothing that could end a source in the policy and begin another.
fn is_plain_host(host: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    !host.is_empty() && host.bytes().all(plain)
}
