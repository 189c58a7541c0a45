//! https beside http on one port: with the server's own authority, and with certificates it is
//! given.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use domain::api::{AppConfig, route};
use domain::topic::Topic;
use http_body_util::{BodyExt as _, Empty};
use hyper::Request;
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use rcgen::generate_simple_self_signed;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio_rustls::TlsConnector;

use crate::bar::Bar;
use crate::server::{Server, python};
use crate::soon::{soon, until};
use crate::starting::why_not;

/// A device that trusts one certificate and nothing else.
struct Device(TlsConnector);

impl Device {
    fn trusting(certificate: &CertificateDer<'static>) -> Result<Self> {
        let mut roots = RootCertStore::empty();
        roots.add(certificate.clone())?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self(TlsConnector::from(Arc::new(config))))
    }

    /// GET over https; the body of a good answer.
    async fn get(&self, server: SocketAddr, path: &str) -> Result<Bytes> {
        let stream = soon("a connection", TcpStream::connect(server)).await??;
        let name = ServerName::IpAddress(server.ip().into());
        let stream = soon("a handshake", self.0.connect(name, stream)).await??;
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let request = Request::get(path).header("host", server.to_string());
        let request = request.body(Empty::<Bytes>::new())?;
        let response = soon("an answer", sender.send_request(request)).await??;
        ensure!(response.status() == 200, "{path}: {}", response.status());
        Ok(soon("a body", response.into_body().collect()).await??.to_bytes())
    }
}

/// The words behind a name in what the server prints.
pub(crate) async fn printed(server: &Server, name: &str) -> Result<String> {
    let found = || {
        let output = server.output();
        let line = output.lines().find_map(|line| line.trim().strip_prefix(name))?;
        Some(line.trim().to_owned())
    };
    until(name, async || Ok(found().is_some())).await?;
    found().context("it was there")
}

#[tokio::test]
async fn staff_devices_trust_the_servers_own_authority_and_guests_need_not() -> Result<()> {
    let mut bar = Bar::of(Server::start_set(&[("TLS_OWN_CA", "true")]).await?);
    let address = bar.server.address();
    let fingerprint = printed(&bar.server, "SHA-256").await?;
    let install = printed(&bar.server, "Trust").await?;
    ensure!(install == format!("{}/install/", bar.server.url()), "{install}");

    // What a device that trusts nothing yet finds over http.
    for (language, words) in [("en", "Download the certificate"), ("pt-BR", "Baixar o certificado")]
    {
        let request = bar.http.request(hyper::Method::GET, "/install/", None);
        let page = bar.http.send(request.header("accept-language", language), "").await?;
        ensure!(page.header("content-security-policy").contains("default-src 'none'"), "{page:?}");
        ensure!(page.header("x-content-type-options") == "nosniff", "{page:?}");
        let html = String::from_utf8(page.body.to_vec())?;
        ensure!(html.contains(words), "{html}");
        ensure!(html.replace("<wbr>", "").contains(&fingerprint), "{fingerprint} is not in {html}");
        ensure!(html.contains(&format!("https://{address}/barista/")), "the way on: {html}");
    }
    let answer = bar.http.get("/install/serverlesspresso.crt", None).await?;
    ensure!(answer.header("content-type") == "application/x-x509-ca-cert", "{answer:?}");
    let certificate = CertificateDer::from(answer.body.to_vec());

    let tablet = Device::trusting(&certificate)?;
    let config: AppConfig =
        serde_json::from_slice(&tablet.get(address, "/barista/config.json").await?)?;
    ensure!(config.api == format!("https://{address}"), "{config:?}");
    ensure!(config.live == format!("wss://{address}{}", route::LIVE), "{config:?}");
    ensure!(config.order_url == format!("http://{address}/order/"), "guests use http: {config:?}");
    tablet.get(address, route::BARS).await?;

    let stranger = generate_simple_self_signed(["127.0.0.1".to_owned()])?;
    let refused = Device::trusting(stranger.cert.der())?.get(address, route::BARS).await;
    ensure!(refused.is_err(), "who trusts somebody else does not trust this server");

    // Guests, on the same port.
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    ada.orders(&bea.code().await?.code, "latte").await?;
    hears_over_wss(&bar, &certificate).await?;

    bar.server.stop().await?;
    bar.server.restart().await?;
    tablet.get(address, route::ALIVE).await.context("made once: devices go on trusting it")?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(bar.server.data().join("ca.pem"))?.permissions().mode();
        ensure!(mode & 0o077 == 0, "only its owner can read the key: {mode:o}");
    }
    Ok(())
}

/// A library nobody here wrote, on OpenSSL.
async fn hears_over_wss(bar: &Bar, certificate: &CertificateDer<'static>) -> Result<()> {
    let Some(python) = python() else {
        println!("skipped: SERVERLESSPRESSO_PYTHON names no Python with paho-mqtt");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("ca.crt");
    let pem = {
        use base64::Engine as _;
        let text = base64::engine::general_purpose::STANDARD.encode(certificate);
        format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
    };
    std::fs::write(&file, pem)?;
    let bea = bar.bea().await?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients").join("paho_live.py");
    let mut command = Command::new(python);
    command.arg(script).args(["--seconds", "20", "--ca"]).arg(&file);
    command.arg(format!("wss://{}{}", bar.server.address(), route::LIVE)).arg(bea.token());
    command.arg(Topic::Queue(bar.id.clone()).to_string());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut paho = command.spawn()?;
    let mut lines = {
        use tokio::io::AsyncBufReadExt as _;
        tokio::io::BufReader::new(paho.stdout.take().context("its output")?).lines()
    };
    let first = soon("a subscription over wss", lines.next_line()).await??;
    ensure!(first.as_deref() == Some("subscribed"), "{first:?}");
    let order = bea.takes("tea").await?.order;
    let message = soon("a message over wss", lines.next_line()).await??.context("a message")?;
    ensure!(message.contains(order.as_str()), "{message}");
    Ok(())
}

#[tokio::test]
async fn a_certificate_that_was_given_is_used_or_refused_in_one_sentence() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = |name: &str| folder.path().join(name).display().to_string();
    let given = generate_simple_self_signed(["127.0.0.1".to_owned()])?;
    let other = generate_simple_self_signed(["127.0.0.1".to_owned()])?;
    std::fs::write(file("given.crt"), given.cert.pem())?;
    std::fs::write(file("given.key"), given.signing_key.serialize_pem())?;
    std::fs::write(file("other.key"), other.signing_key.serialize_pem())?;
    std::fs::write(file("words"), "not a certificate")?;
    let (crt, key) = (file("given.crt"), file("given.key"));

    let server = Server::start_set(&[("TLS_CERT", &crt), ("TLS_KEY", &key)]).await?;
    let certificate = CertificateDer::from_pem_file(&crt)?;
    Device::trusting(&certificate)?.get(server.address(), route::ALIVE).await?;

    let (missing, words, other) = (file("missing"), file("words"), file("other.key"));
    for (certificate, key, named) in [
        (&missing, &key, vec![&missing]),
        (&crt, &missing, vec![&missing]),
        (&words, &key, vec![&words]),
        (&crt, &words, vec![&words]),
        (&crt, &other, vec![&crt, &other]),
    ] {
        let flags = ["--tls-cert", certificate, "--tls-key", key];
        let data = tempfile::tempdir()?;
        let sentence = why_not(data.path(), "127.0.0.1:0", &flags).await?;
        ensure!(named.iter().all(|name| sentence.contains(name.as_str())), "{sentence}");
    }
    for flags in [
        &["--tls-cert", &crt][..],
        &["--tls-key", &key],
        &["--tls-own-ca", "--tls-cert", &crt, "--tls-key", &key],
    ] {
        let data = tempfile::tempdir()?;
        let sentence = why_not(data.path(), "127.0.0.1:0", flags).await?;
        ensure!(sentence.contains("--tls-"), "{sentence}");
    }
    Ok(())
}
