use axum::http::Request;
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::*;

const SCRIPT: &str = "\nimport init from '/order/app-1f.js';\n";

/// The ordering app and the organiser's pages were built, the others were not.
fn router(public_url: &str) -> Router {
    let page =
        format!("<head><script type=\"module\">{SCRIPT}</script><script src=\"x\"></script>");
    let files = [
        ("order/index.html", page.as_str()),
        ("order/index.html.br", "page, brotli"),
        ("order/app-dd261a76424f04ff_bg.wasm", "wasm"),
        ("order/app-dd261a76424f04ff_bg.wasm.br", "wasm, brotli"),
        ("order/app-dd261a76424f04ff_bg.wasm.gz", "wasm, gzip"),
        ("order/style-1b8185d52f877c1.css", "a{}"),
        ("order/sw.js", "worker"),
        ("manage/index.html", "the organiser's page"),
        ("manage/manage-dd261a76424f04ff.js", "its program"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), Bytes::from(text.to_owned())));
    let settings = AppSettings { public_url: public_url.to_owned() };
    routes_of(&settings, &HashMap::from(files))
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("ASCII"))
    }
}

/// `GET` unless `headers` has a `:method`.
async fn ask(public_url: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = match *name {
            ":method" => request.method(*value),
            name => request.header(name, *value),
        };
    }
    let request = request.body(axum::body::Body::empty()).expect("a request");
    let response = router(public_url).oneshot(request).await.expect("infallible");
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a body in memory").to_bytes();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}

const HERE: &str = "http://192.168.1.5:8080";
const WASM: &str = "/order/app-dd261a76424f04ff_bg.wasm";

#[tokio::test]
async fn addresses_lead_to_pages() {
    let cases = [
        ("/", 307, "/order/"),
        ("/?bar=espresso", 307, "/order/?bar=espresso"),
        ("/order?bar=espresso&code=A%20B", 307, "/order/?bar=espresso&code=A%20B"),
        ("/order/", 200, ""),
        ("/order/?bar=espresso&code=1", 200, ""),
        ("/order/index.html", 200, ""),
        ("/order/nothing", 404, ""),
        ("/order/journey?order=espresso.1", 307, "/order/journey/?order=espresso.1"),
        ("/order/journey/", 503, ""),
        ("/order/../order/sw.js", 404, ""),
        ("/order/index.html.br", 404, ""),
        ("/barista/", 503, ""),
        ("/display/style.css", 503, ""),
    ];
    for (path, status, location) in cases {
        let answer = ask(HERE, path, &[]).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("location"), location, "{path}");
    }
    let missing = ask(HERE, "/barista/", &[]).await;
    assert!(missing.header("content-type").starts_with("text/plain"));
    assert!(missing.body.contains("cargo xtask build"), "{}", missing.body);
}

#[tokio::test]
async fn the_organisers_page_answers_for_every_address_below_its_own() {
    for path in ["", "bars/espresso/menu", "bars/espresso/", "staff", "no/such/page"] {
        let answer = ask(HERE, &format!("/barista/manage/{path}"), &[]).await;
        assert_eq!(answer.body, "the organiser's page", "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
    }
    let bare = ask(HERE, "/barista/manage?from=here", &[]).await;
    assert_eq!(
        (bare.status.as_u16(), bare.header("location")),
        (307, "/barista/manage/?from=here")
    );
    let program = ask(HERE, "/barista/manage/manage-dd261a76424f04ff.js", &[]).await;
    assert_eq!(program.body, "its program");
    for path in ["manage-0123456789abcdef.js", "bars/style-1b8185d52f877c1.css"] {
        let answer = ask(HERE, &format!("/barista/manage/{path}"), &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_browser_gets_the_form_it_likes_best() {
    let cases = [
        ("", "identity", "wasm"),
        ("gzip, deflate, br, zstd", "br", "wasm, brotli"),
        ("gzip", "gzip", "wasm, gzip"),
        ("GZIP;q=1.0, br;q=0.5", "gzip", "wasm, gzip"),
        ("br;q=0, gzip;q=0.1", "gzip", "wasm, gzip"),
        ("br;q=0, gzip;q=0", "identity", "wasm"),
        ("br;q=nonsense", "identity", "wasm"),
        ("*", "br", "wasm, brotli"),
        ("*, br;q=0", "gzip", "wasm, gzip"),
        ("deflate, identity", "identity", "wasm"),
    ];
    for (accepted, encoding, body) in cases {
        let answer = ask(HERE, WASM, &[("accept-encoding", accepted)]).await;
        let sent = answer.headers.get("content-encoding");
        let sent = sent.map_or("identity", |sent| sent.to_str().expect("ASCII"));
        assert_eq!((sent, answer.body.as_str()), (encoding, body), "{accepted}");
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(answer.header("content-type"), "application/wasm");
    }
}

#[tokio::test]
async fn only_names_that_change_with_their_content_are_kept() {
    let kept = "public, max-age=31536000, immutable";
    let cases = [
        (WASM, kept, "application/wasm"),
        ("/order/style-1b8185d52f877c1.css", kept, "text/css; charset=utf-8"),
        ("/order/", "no-cache", "text/html; charset=utf-8"),
        ("/order/sw.js", "no-cache", "text/javascript; charset=utf-8"),
        ("/order/config.json", "no-store", "application/json"),
    ];
    for (path, caching, media_type) in cases {
        let answer = ask(HERE, path, &[]).await;
        assert_eq!(answer.header("cache-control"), caching, "{path}");
        assert_eq!(answer.header("content-type"), media_type, "{path}");
    }
}

#[tokio::test]
async fn what_the_browser_has_is_not_sent_again() {
    let brotli = ("accept-encoding", "br");
    let first = ask(HERE, "/order/", &[brotli]).await;
    let tag = first.header("etag");
    let weak = format!("\"other\", W/{tag}");
    for known in [tag, weak.as_str(), "*"] {
        let again = ask(HERE, "/order/", &[brotli, ("if-none-match", known)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{known}");
        assert_eq!((again.header("etag"), again.body.as_str()), (tag, ""));
        assert_eq!(again.header("cache-control"), "no-cache");
    }
    let uncompressed = ask(HERE, "/order/", &[("if-none-match", tag)]).await;
    assert_eq!(uncompressed.status, StatusCode::OK, "another form, another tag");
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let answer = ask(HERE, "/order/", &[(":method", "HEAD"), ("accept-encoding", "br")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-length"), "12");
    assert_eq!(answer.body, "");

    let answer = ask(HERE, "/order/", &[(":method", "POST")]).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn the_configuration_names_the_address_the_browser_used() {
    let tls = "https://bar.example/";
    let cases = [
        (HERE, "127.0.0.1:8080", "http://127.0.0.1:8080", "ws://127.0.0.1:8080/mqtt"),
        (tls, "Bar.example", "https://Bar.example", "wss://Bar.example/mqtt"),
        (tls, "127.0.0.1:8080", "http://127.0.0.1:8080", "ws://127.0.0.1:8080/mqtt"),
        (tls, "[::1]:8080", "http://[::1]:8080", "ws://[::1]:8080/mqtt"),
        (tls, "evil; script-src *", "https://bar.example", "wss://bar.example/mqtt"),
        (tls, "", "https://bar.example", "wss://bar.example/mqtt"),
    ];
    for (public_url, host, api, live) in cases {
        let answer = ask(public_url, "/order/config.json", &[("host", host)]).await;
        let config: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        let order_url = format!("{}/order/", public_url.trim_end_matches('/'));
        let expected = serde_json::json!({
            "api": api, "live": live, "order_url": order_url, "version": env!("CARGO_PKG_VERSION"),
        });
        assert_eq!(config, expected, "{host}");
    }
}

#[tokio::test]
async fn every_answer_keeps_the_page_to_what_it_needs() {
    let hash = STANDARD.encode(Sha256::digest(SCRIPT));
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}'; \
         style-src 'self'; img-src 'self' data:; connect-src 'self' ws://localhost:1; \
         manifest-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    );
    for path in ["/order/", WASM, "/order/nothing", "/order/config.json"] {
        let answer = ask(HERE, path, &[("host", "localhost:1")]).await;
        assert_eq!(answer.header("content-security-policy"), policy, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(
            answer.header("permissions-policy"),
            "camera=(), microphone=(), geolocation=(), screen-wake-lock=(self)"
        );
    }
}
