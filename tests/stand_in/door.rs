//! The one address: the apps, the API behind CloudFront, live topics.

use std::sync::Arc;

use anyhow::Result;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State, WebSocketUpgrade};
use axum::http::header::{CONNECTION, HOST, HeaderName, TRANSFER_ENCODING};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use domain::api::route;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::client::client;
use crate::stack::Stack;
use crate::{apps, live};

/// Headers of one connection, which do not pass a proxy.
const OF_A_CONNECTION: [HeaderName; 3] =
    [CONNECTION, TRANSFER_ENCODING, HeaderName::from_static("keep-alive")];

/// Requests at once, each in a process of its own as on AWS. Two hundred that begin together are
/// more than one machine can begin in time.
const AT_ONCE: usize = 24;

/// Everything that phones reach of the deployment.
pub(crate) fn router(stack: Arc<Stack>, public_url: &str) -> Result<Router> {
    let api = Arc::new(Api {
        host: format!("{}.execute-api.localhost:{}", stack.output("ApiId")?, stack.port()),
        address: format!("127.0.0.1:{}", stack.port()),
        client: client(HttpConnector::new()),
        turns: Semaphore::new(AT_ONCE),
    });
    let topics = get(move |upgrade: WebSocketUpgrade| async move {
        let upgrade = upgrade.protocols(["mqtt"]).max_message_size(live::LARGEST);
        upgrade.on_upgrade(move |socket| live::serve(socket, stack))
    });
    Ok(apps::routes(public_url)?
        .route(route::LIVE, topics)
        .fallback_service(axum::routing::any(forward).with_state(api)))
}

/// Answers until it is dropped.
pub(crate) async fn serve(listener: TcpListener, router: Router) -> Result<()> {
    let listener = axum::serve::ListenerExt::tap_io(listener, |stream| {
        // A small answer must not wait for the acknowledgement of the one before.
        let _ = stream.set_nodelay(true);
    });
    Ok(axum::serve(listener, router).await?)
}

/// The way to API Gateway.
struct Api {
    /// By this it knows which of its APIs is meant.
    host: String,
    address: String,
    client: Client<HttpConnector, Body>,
    turns: Semaphore,
}

/// Sends everything on as it is but for the host, as CloudFront does with the policy
/// AllViewerExceptHostHeader.
async fn forward(State(api): State<Arc<Api>>, request: Request) -> Response {
    match api.answer(request).await {
        Ok(response) => response,
        Err(error) => (StatusCode::BAD_GATEWAY, format!("{error:#}\n")).into_response(),
    }
}

impl Api {
    async fn answer(&self, mut request: Request) -> Result<Response> {
        let _turn = self.turns.acquire().await?;
        let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
        *request.uri_mut() = format!("http://{}{target}", self.address).parse::<Uri>()?;
        let headers = request.headers_mut();
        without_those_of_a_connection(headers);
        headers.insert(HOST, HeaderValue::from_str(&self.host)?);
        let mut response = self.client.request(request).await?;
        without_those_of_a_connection(response.headers_mut());
        Ok(response.map(Body::new))
    }
}

fn without_those_of_a_connection(headers: &mut HeaderMap) {
    for name in OF_A_CONNECTION {
        headers.remove(name);
    }
}
