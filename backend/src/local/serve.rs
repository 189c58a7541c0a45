//! Connections: taken in, given time, and brought to a good end.

use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tower::ServiceExt as _;

/// A client that takes longer to say what it wants is not a client.
const SLOWEST_HEAD: Duration = Duration::from_secs(10);
/// How long requests under way may take after the server was told to stop.
pub(super) const FAREWELL: Duration = Duration::from_secs(2);

/// Serves until `stop` resolves, then finishes what is under way.
pub(super) async fn until_stopped(listener: TcpListener, router: Router, stop: impl Future) {
    let connections = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(_) => {
                    // Out of file descriptors, most likely: some will be free in a moment.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            _ = &mut stop => break,
        };
        // A small answer must not wait for the acknowledgement of the one before.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let answer = service_fn(move |mut request: Request<Incoming>| {
            let router = router.clone();
            request.extensions_mut().insert(ConnectInfo(peer));
            async move {
                Ok::<_, Infallible>(match router.oneshot(request.map(Body::new)).await {
                    Ok(response) => response,
                    Err(never) => match never {},
                })
            }
        });
        let mut protocol = auto::Builder::new(TokioExecutor::new()).http1_only();
        protocol.http1().timer(TokioTimer::new()).header_read_timeout(SLOWEST_HEAD);
        let connection =
            protocol.serve_connection_with_upgrades(TokioIo::new(stream), answer).into_owned();
        let connection = connections.watch(connection);
        // A connection that breaks is the client's affair.
        tokio::spawn(async move { connection.await.ok() });
    }
    drop(listener);
    let _ = tokio::time::timeout(FAREWELL, connections.shutdown()).await;
}

/// Resolves when the process is asked to end.
pub(super) async fn signals() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).expect("signals can be listened for");
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = tokio::signal::ctrl_c().await;
}
