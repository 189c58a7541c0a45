//! One file of an app: which form of it a browser gets, and how long it may keep that.

use std::collections::HashMap;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::table::{caching, media_type};

/// A file in every form we can send it.
pub(super) struct File {
    content: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    media_type: &'static str,
    caching: &'static str,
    digest: String,
}

impl File {
    /// The file at `path` among an app's files, `variants`, which hold its compressed forms too.
    pub(super) fn new(path: &str, content: &Bytes, variants: &HashMap<&str, &Bytes>) -> Self {
        let variant = |extension| {
            let path = format!("{path}.{extension}");
            variants.get(path.as_str()).map(|content| (*content).clone())
        };
        Self {
            content: content.clone(),
            brotli: variant("br"),
            gzip: variant("gz"),
            media_type: media_type(path),
            caching: caching(path),
            digest: STANDARD.encode(&Sha256::digest(content)[..12]),
        }
    }

    /// As uncompressed as Trunk wrote it.
    pub(super) fn content(&self) -> Bytes {
        self.content.clone()
    }

    /// The file, or 304 when the client has it.
    pub(super) fn answer(&self, request: &HeaderMap) -> Response {
        let (encoding, content) = self.best_for(request);
        let tag = format!("\"{}-{encoding}\"", self.digest);
        let mut answer = HeaderMap::new();
        let mut set = |name, value: &str| {
            let value = HeaderValue::from_str(value).expect("our own words are ASCII");
            answer.insert(name, value);
        };
        set(header::CACHE_CONTROL, self.caching);
        set(header::VARY, "accept-encoding");
        set(header::ETAG, &tag);
        if is_known(&tag, request) {
            return (StatusCode::NOT_MODIFIED, answer).into_response();
        }
        set(header::CONTENT_TYPE, self.media_type);
        if encoding != "identity" {
            set(header::CONTENT_ENCODING, encoding);
        }
        (answer, Body::from(content)).into_response()
    }

    /// The form the client likes best; of those it likes equally, the smallest.
    fn best_for(&self, request: &HeaderMap) -> (&'static str, Bytes) {
        let accepted = request.get_all(header::ACCEPT_ENCODING).iter();
        let accepted: Vec<_> = accepted.filter_map(|value| value.to_str().ok()).collect();
        let accepted = accepted.join(",");
        let mut best = ("identity", self.content.clone());
        let mut liked = 0.0;
        for (name, form) in [("br", &self.brotli), ("gzip", &self.gzip)] {
            let quality = quality(&accepted, name);
            if let Some(form) = form.as_ref().filter(|_| quality > liked) {
                best = (name, form.clone());
                liked = quality;
            }
        }
        best
    }
}

/// How much the client likes an encoding, from 0 (not at all) to 1.
fn quality(accepted: &str, encoding: &str) -> f32 {
    let mut any = 0.0;
    for choice in accepted.split(',') {
        let mut parts = choice.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts.find_map(|part| part.strip_prefix("q="));
        let weight = weight.map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
        if name.eq_ignore_ascii_case(encoding) {
            return weight;
        }
        if name == "*" {
            any = weight;
        }
    }
    any
}

fn is_known(tag: &str, request: &HeaderMap) -> bool {
    let known = request.get_all(header::IF_NONE_MATCH).iter();
    known
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|known| known.trim())
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}
