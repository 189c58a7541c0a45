//! The page at `/install/`: how staff devices come to trust the own certificate authority. Served
//! over plain http, too, because a device that cannot open https yet must be able to read it.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use bytes::Bytes;
use domain::text::Language;

use super::apps::{Origin, protect};
use super::tls::OwnCa;

const STYLE: &str = include_str!("install/page.css");
const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

struct Install {
    public_url: String,
    fingerprint: String,
    certificate: Bytes,
}

/// Says where staff devices begin, and what they must find there.
pub(super) fn announce(ca: &OwnCa, public_url: &str) {
    // Both are spoken on one port; who does not trust it yet can open http alone.
    let http = public_url.replacen("https://", "http://", 1);
    let https = public_url.replacen("http://", "https://", 1);
    println!("  Staff devices keep their screens awake over https, once they trust this server:");
    println!("  Trust     {http}/install/");
    println!("  SHA-256   {}", ca.fingerprint());
    println!("  Then      {https}/barista/");
    println!();
}

/// The page, its style and the authority's certificate.
pub(super) fn routes<S: Clone + Send + Sync + 'static>(ca: &OwnCa, public_url: &str) -> Router<S> {
    let install = Install {
        public_url: public_url.to_owned(),
        fingerprint: ca.fingerprint(),
        certificate: Bytes::copy_from_slice(ca.certificate()),
    };
    Router::new()
        .route("/install", get(|| async { Redirect::temporary("/install/") }))
        .route("/install/", get(page))
        .route("/install/page.css", get(|| async { protected("text/css; charset=utf-8", STYLE) }))
        .route("/install/serverlesspresso.crt", get(certificate))
        .with_state(Arc::new(install))
}

async fn page(
    State(install): State<Arc<Install>>,
    uri: Uri,
    headers: HeaderMap,
) -> impl IntoResponse {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let page = match Language::of(accepted.unwrap_or_default()) {
        Language::English => include_str!("install/page.en.html"),
        Language::Portuguese => include_str!("install/page.pt-BR.html"),
    };
    // A pair to a word, so that lines break between pairs.
    let fingerprint = install.fingerprint.replace(':', ":<wbr>");
    let https = Origin::of(true, &uri, &headers, &install.public_url).http;
    let page = page.replace("{fingerprint}", &fingerprint).replace("{https}", &https);
    protected("text/html; charset=utf-8", page)
}

async fn certificate(State(install): State<Arc<Install>>) -> impl IntoResponse {
    protected("application/x-x509-ca-cert", install.certificate.clone())
}

fn protected(kind: &'static str, content: impl IntoResponse) -> impl IntoResponse {
    let mut response = content.into_response();
    let own = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in own {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    protect(response.headers_mut());
    response
}
