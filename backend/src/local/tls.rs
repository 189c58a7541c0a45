//! https beside http, on the same port: which of the two a client speaks shows in its first byte.
//!
//! Guests who trust nothing but their phone's maker order over http on the venue's network; staff
//! devices use https, which browsers ask for before they keep a screen awake.

mod own_ca;
mod renewing;

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use axum::http::Uri;
use domain::Timestamp;
use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::ResolvesServerCert;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

pub(super) use own_ca::OwnCa;
pub(super) use renewing::Renewing;

use super::arguments::Serve;
use super::data::DataDirectory;

/// What a request's extensions hold when it came over https.
#[derive(Clone, Copy)]
pub(super) struct Encrypted;

/// The first byte of a TLS handshake; no method of HTTP begins with it.
const HANDSHAKE: u8 = 0x16;

/// How this server speaks https.
pub(super) struct Https {
    pub(super) tls: Tls,
    /// What vouches for it, when nobody else does.
    pub(super) own: Option<Arc<Renewing>>,
}

impl Https {
    /// As it was asked for, if at all; the error is one sentence.
    pub(super) fn prepare(
        asked: &Serve,
        data: &DataDirectory,
        public_url: &str,
        now: Timestamp,
    ) -> anyhow::Result<Option<Self>> {
        let https = match (&asked.tls_cert, &asked.tls_key, asked.tls_own_ca) {
            (None, None, false) => return Ok(None),
            (Some(certificate), Some(key), false) => {
                Self { tls: Tls::from_files(certificate, key)?, own: None }
            }
            (None, None, true) => {
                let host = host_of(public_url);
                let ca = OwnCa::open(data, &host, now)?;
                let own = Renewing::start(ca, host, now)?;
                Self { tls: Tls::resolved_by(own.clone())?, own: Some(own) }
            }
            (Some(_), None, _) => bail!("--tls-cert needs --tls-key, the certificate's key"),
            (None, Some(_), _) => bail!("--tls-key needs --tls-cert, the key's certificate"),
            (Some(_), Some(_), true) => {
                bail!("--tls-own-ca makes a certificate: leave out --tls-cert and --tls-key")
            }
        };
        Ok(Some(https))
    }
}

/// The host of an origin: `bar.local` of `http://bar.local:8080`, `::1` of `http://[::1]:8080`.
fn host_of(origin: &str) -> String {
    let origin: Option<Uri> = origin.parse().ok();
    let host = origin.as_ref().and_then(Uri::host).unwrap_or("localhost");
    host.trim_matches(['[', ']']).to_owned()
}

/// How connections are encrypted. Cheap to clone.
#[derive(Clone)]
pub(super) struct Tls(TlsAcceptor);

impl Tls {
    /// With a certificate and its key from files in PEM; the error is one sentence.
    pub(super) fn from_files(certificate: &Path, key: &Path) -> anyhow::Result<Self> {
        let chain = CertificateDer::pem_file_iter(certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| unusable(certificate, "certificate", error))?;
        if chain.is_empty() {
            bail!("{} holds no certificate in PEM", certificate.display());
        }
        let private = PrivateKeyDer::from_pem_file(key)
            .map_err(|error| unusable(key, "private key", error))?;
        let both = CertifiedKey::from_der(chain, private, &provider()).with_context(|| {
            format!("{} does not belong to {}", key.display(), certificate.display())
        })?;
        Self::resolved_by(Arc::new(SingleCertAndKey::from(both)))
    }

    /// With the certificate that `certificates` names for each connection.
    pub(super) fn resolved_by(certificates: Arc<dyn ResolvesServerCert>) -> anyhow::Result<Self> {
        let config = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .context("TLS has no version that can be used")?;
        let mut config = config.with_no_client_auth().with_cert_resolver(certificates);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }

    /// Waits for the first byte, which shows what the client speaks, and for its handshake.
    pub(super) async fn open(&self, stream: TcpStream) -> std::io::Result<Opened> {
        let mut first = [0];
        let read = stream.peek(&mut first).await?;
        if read == 1 && first[0] == HANDSHAKE {
            Ok(Opened::Encrypted(Box::new(self.0.accept(stream).await?)))
        } else {
            Ok(Opened::Plain(stream))
        }
    }
}

/// A connection on which HTTP can be spoken.
pub(super) enum Opened {
    Plain(TcpStream),
    Encrypted(Box<TlsStream<TcpStream>>),
}

/// The one provider of cryptography.
fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn unusable(file: &Path, kind: &str, error: pem::Error) -> anyhow::Error {
    // What is no text at all is as little PEM as any other text.
    let is_lost = matches!(&error, pem::Error::Io(io) if io.kind() != ErrorKind::InvalidData);
    let problem =
        if is_lost { "cannot be read".to_owned() } else { format!("holds no {kind} in PEM") };
    anyhow::Error::new(error).context(format!("{} {problem}", file.display()))
}
