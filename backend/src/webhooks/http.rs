//! One request over a connection of its own. It leads to the very address that was looked at, so a
//! name that means something else a moment later changes nothing.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use async_trait::async_trait;
use axum::http::Uri;
use axum::http::header::HOST;
use domain::webhook::NoAnswer;
use http_body_util::Full;
use hyper::Request;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::Addresses;
use crate::ports::{Post, Sender};

/// Who has not answered by then is asked again later.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long one address of a host may take to let us in, before the next one is tried.
const CONNECTS: Duration = Duration::from_secs(3);

/// Sends over the network, to those addresses only.
pub struct HttpSender {
    tls: TlsConnector,
    addresses: Addresses,
}

impl HttpSender {
    /// A sender that trusts whom this machine trusts.
    pub fn new(addresses: Addresses) -> anyhow::Result<Self> {
        let mut roots = RootCertStore::empty();
        // What of them cannot be read vouches for nobody.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        Self::trusting(roots, addresses)
    }

    /// A sender that trusts whom these vouch for.
    pub(super) fn trusting(roots: RootCertStore, addresses: Addresses) -> anyhow::Result<Self> {
        let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .context("TLS has no version that can be used")?;
        let config = config.with_root_certificates(roots).with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(config)), addresses })
    }

    async fn send(&self, post: Post) -> Result<u16, NoAnswer> {
        let uri: Uri = post.url.parse().map_err(|_| NoAnswer::NotReached)?;
        let authority = uri.authority().ok_or(NoAnswer::NotReached)?.clone();
        let is_encrypted = uri.scheme_str() == Some("https");
        let port = authority.port_u16().unwrap_or(if is_encrypted { 443 } else { 80 });
        let host = authority.host().trim_matches(['[', ']']).to_owned();
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let path = if path.starts_with('/') { path.to_owned() } else { ["/", path].concat() };
        let mut request = Request::post(path).header(HOST, authority.as_str());
        for (name, value) in post.headers {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(post.body)).map_err(|_| NoAnswer::NotReached)?;
        let stream = self.connect(&host, port).await?;
        if !is_encrypted {
            return answer(stream, request).await;
        }
        let name = ServerName::try_from(host).map_err(|_| NoAnswer::NotReached)?;
        let stream = self.tls.connect(name, stream).await.map_err(|_| NoAnswer::NotReached)?;
        answer(stream, request).await
    }

    async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, NoAnswer> {
        let found = tokio::net::lookup_host((host, port)).await;
        let mut allowed = found.map_err(|_| NoAnswer::NotReached)?.peekable();
        if allowed.peek().is_none() {
            return Err(NoAnswer::NotReached);
        }
        let mut refused = NoAnswer::AddressRefused;
        for address in allowed.filter(|address| self.addresses.hold(address.ip())) {
            match timeout(CONNECTS, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(_)) | Err(_) => refused = NoAnswer::NotReached,
            }
        }
        Err(refused)
    }
}

#[async_trait]
impl Sender for HttpSender {
    async fn post(&self, post: Post) -> Result<u16, NoAnswer> {
        timeout(PATIENCE, self.send(post)).await.unwrap_or(Err(NoAnswer::TimedOut))
    }
}

/// The status that is answered; what else is said nobody reads.
async fn answer(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<bytes::Bytes>>,
) -> Result<u16, NoAnswer> {
    let (mut sender, connection) =
        handshake(TokioIo::new(stream)).await.map_err(|_| NoAnswer::Broken)?;
    let answer = async {
        let answer = sender.send_request(request).await;
        answer.map(|answer| answer.status().as_u16()).map_err(|_| NoAnswer::Broken)
    };
    // What it ends with, the answer tells.
    let connection = async {
        let _ = connection.await;
        std::future::pending().await
    };
    tokio::select! {
        answer = answer => answer,
        answer = connection => answer,
    }
}
