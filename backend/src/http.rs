//! The HTTP door. The same router runs under hyper and under Lambda; its routes are in
//! `operations.rs`.

mod bars;
mod call;
mod fields;
mod openapi;
mod operation;
mod operations;
mod orders;
mod problem;
mod sessions;
mod staff;
mod webhooks;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Router};
use domain::Code;
use domain::text::Language;
use futures_util::FutureExt as _;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::app::App;
use problem::Fault;

/// Bytes from which on an answer is sent compressed: a menu, a queue or a log, not an order.
const WORTH_COMPRESSING: u64 = 2048;

/// Everything the backend answers on every platform.
pub fn router(app: App) -> Router {
    let cors = cors(&app);
    let routes = operations::operations().into_iter();
    routes
        .fold(Router::new(), |router, operation| router.route(operation.route, operation.handler))
        .fallback(|request| call::hear_out(request, Code::NotFound))
        .method_not_allowed_fallback(|request| call::hear_out(request, Code::MethodNotAllowed))
        .layer(from_fn_with_state(app.clone(), explain))
        .layer(from_fn(secure))
        .layer(cors)
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(WORTH_COMPRESSING)))
        .layer(from_fn_with_state(app.clone(), measure))
        .with_state(app)
}

/// Counts a request by its route and takes its time.
pub(crate) async fn measure(State(app): State<App>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let begun = Instant::now();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    app.metrics().request(route, &method, response.status(), begun.elapsed());
    response
}

async fn ready(State(app): State<App>) -> Result<&'static str, Fault> {
    app.ports().log.check().await?;
    Ok("ready\n")
}

/// What is told to whoever sends this request, if anything is.
type Tell = dyn Fn(&Request) -> Option<Response> + Send + Sync;

/// What a process tells of itself to whoever may know; a platform whose router has it as an
/// extension has figures.
#[derive(Clone)]
pub(crate) struct Figures(pub(crate) Arc<Tell>);

async fn figures(figures: Option<Extension<Figures>>, request: Request) -> Result<Response, Fault> {
    let told = figures.and_then(|Extension(Figures(told_to))| told_to(&request));
    told.ok_or(Fault::new(Code::NotFound))
}

/// Gives every fault its sentence, in the language the request asks for. A panic is one, too.
async fn explain(State(app): State<App>, request: Request, next: Next) -> Response {
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE);
    let language = Language::of(accepted.and_then(|value| value.to_str().ok()).unwrap_or(""));
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    let mut response = answer.unwrap_or_else(|_| Fault::new(Code::Internal).into_response());
    match response.extensions_mut().remove::<Fault>() {
        Some(fault) => {
            let taken_by = match fault.taken_by() {
                Some(person) => app.staff_name(person).await,
                None => None,
            };
            fault.explained(language, taken_by).into_response()
        }
        None => response,
    }
}

/// Answers are data: not to be framed, sniffed, cached or run.
async fn secure(request: Request, next: Next) -> Response {
    const HEADERS: [(HeaderName, &str); 4] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ];
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

fn cors(app: &App) -> CorsLayer {
    let origins = app.settings().allowed_origins.iter();
    let origins: Vec<HeaderValue> = origins.filter_map(|origin| origin.parse().ok()).collect();
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::ACCEPT_LANGUAGE])
}

/// An answer without content.
const NOTHING: StatusCode = StatusCode::NO_CONTENT;
