//! Connections: taken in, given time, and brought to a good end.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::timeout;
use tower::ServiceExt as _;

use super::patient::Patient;
use super::tls::{Encrypted, Opened, Tls};

/// A client that takes longer to say what it wants is not a client.
const SLOWEST_HEAD: Duration = Duration::from_secs(10);
/// How long requests under way may take after the server was told to stop.
pub(super) const FAREWELL: Duration = Duration::from_secs(2);

/// Serves until `stop` resolves, then finishes what is under way. With `tls`, https as well as
/// http.
pub(super) async fn until_stopped(
    listener: TcpListener,
    tls: Option<Tls>,
    router: Router,
    stop: impl Future,
) {
    let connections = GracefulShutdown::new();
    // Dropped when the server stops: who has not begun to speak by then need not.
    let (running, stopped) = watch::channel(());
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
        let (router, watcher) = (router.clone(), connections.watcher());
        match tls.clone() {
            None => tokio::spawn(talk(stream, peer, None, router, watcher)),
            Some(tls) => {
                let mut stopped = stopped.clone();
                tokio::spawn(async move {
                    let opened = tokio::select! {
                        opened = timeout(SLOWEST_HEAD, tls.open(stream)) => opened,
                        _ = stopped.changed() => return,
                    };
                    match opened {
                        Ok(Ok(Opened::Plain(stream))) => {
                            talk(stream, peer, None, router, watcher).await
                        }
                        Ok(Ok(Opened::Encrypted(stream))) => {
                            talk(stream, peer, Some(Encrypted), router, watcher).await;
                        }
                        // Not somebody who wants to talk to us.
                        Ok(Err(_)) | Err(_) => {}
                    }
                })
            }
        };
    }
    drop((listener, running));
    let _ = timeout(FAREWELL, connections.shutdown()).await;
}

/// Answers on one connection until it ends.
async fn talk(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    encrypted: Option<Encrypted>,
    router: Router,
    watcher: Watcher,
) {
    let answer = service_fn(move |mut request: Request<Incoming>| {
        let router = router.clone();
        request.extensions_mut().insert(ConnectInfo(peer));
        if let Some(encrypted) = encrypted {
            request.extensions_mut().insert(encrypted);
        }
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
        protocol.serve_connection_with_upgrades(TokioIo::new(Patient::new(stream)), answer);
    // A connection that breaks is the client's affair.
    let _ = watcher.watch(connection.into_owned()).await;
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
