//! The apps as a static host has them: the files of `dist`, precompressed, by xtask's table for
//! every host. `config.json` is the one file that a deployment makes.

#[path = "../../xtask/src/hosting/table.rs"]
mod table;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::api::{AppConfig, route};
use sha2::{Digest as _, Sha256};

use self::table::{APPS, CONFIG, HEADERS, PAGE, START};

const DIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../dist");

/// Each form a file may be in, and what its name then ends with; what a browser likes best first.
const FORMS: [(&str, &str); 3] = [("br", ".br"), ("gzip", ".gz"), ("identity", "")];

/// The apps under their paths.
pub(crate) fn routes(public_url: &str) -> Result<Router> {
    let mut router = Router::new().route("/", get(async |uri: Uri| redirect(START, &uri)));
    for app in &APPS {
        let folder = Path::new(DIST).join(app.folder);
        let page = std::fs::read_to_string(folder.join(PAGE))
            .with_context(|| format!("{} is not built", folder.display()))?;
        let hash = |script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script)));
        let scripts = table::inline_scripts(&page).map(hash).collect();
        let host = Arc::new(Host { app, folder, scripts, public_url: public_url.to_owned() });
        router = router
            .route(app.path.trim_end_matches('/'), get(async |uri: Uri| redirect(app.path, &uri)))
            .route(app.path, get(answer).with_state(host.clone()))
            .route(&format!("{}{{*file}}", app.path), get(answer).with_state(host));
    }
    Ok(router)
}

fn redirect(path: &str, uri: &Uri) -> Redirect {
    let query = uri.query().map(|query| format!("?{query}"));
    Redirect::temporary(&format!("{path}{}", query.unwrap_or_default()))
}

/// The host of one app.
struct Host {
    app: &'static table::App,
    folder: PathBuf,
    /// ` 'sha256-…'` of each script inside the page.
    scripts: String,
    public_url: String,
}

async fn answer(State(host): State<Arc<Host>>, request: Request) -> Response {
    let path = request.uri().path();
    let name = path.strip_prefix(host.app.path).filter(|name| !name.is_empty()).unwrap_or(PAGE);
    let called = request.headers().get(header::HOST).and_then(|called| called.to_str().ok());
    let called = called.unwrap_or_default();
    let mut response = if name == CONFIG {
        host.config(called)
    } else {
        host.file(if host.app.answers_for(name) { PAGE } else { name }, request.headers())
    };
    let headers = response.headers_mut();
    let policy = table::policy(&host.scripts, &format!("ws://{called}"));
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

impl Host {
    /// What a deployment says of itself; its address here is the one it was called by.
    fn config(&self, called: &str) -> Response {
        let config = AppConfig {
            api: format!("http://{called}"),
            live: format!("ws://{called}{}", route::LIVE),
            order_url: format!("{}{START}", self.public_url),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        ([(header::CACHE_CONTROL, table::caching(CONFIG))], Json(config)).into_response()
    }

    fn file(&self, name: &str, request: &HeaderMap) -> Response {
        let accepted = request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        let accepted = accepted.unwrap_or_default();
        let is_inside = name.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
        let found = FORMS.iter().filter(|_| is_inside).find_map(|(encoding, end)| {
            let wanted = end.is_empty() || accepted.contains(encoding);
            let content = std::fs::read(self.folder.join(format!("{name}{end}")));
            Some((*encoding, content.ok().filter(|_| wanted)?))
        });
        let Some((encoding, content)) = found else {
            return (StatusCode::NOT_FOUND, "There is no such file.\n").into_response();
        };
        let tag = format!("\"{}\"", STANDARD.encode(&Sha256::digest(&content)[..12]));
        let of_both = [
            (header::CACHE_CONTROL, table::caching(name)),
            (header::VARY, "accept-encoding"),
            (header::ETAG, &tag),
        ];
        let known = request.get_all(header::IF_NONE_MATCH).iter().any(|known| known == &*tag);
        if known {
            return (StatusCode::NOT_MODIFIED, of_both).into_response();
        }
        let kind = [(header::CONTENT_TYPE, table::media_type(name))];
        let mut response = (of_both, kind, content).into_response();
        if encoding != "identity" {
            let encoding = HeaderValue::from_static(encoding);
            response.headers_mut().insert(header::CONTENT_ENCODING, encoding);
        }
        response
    }
}
