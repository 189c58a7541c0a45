//! One request over a real connection.

use std::net::Ipv4Addr;
use std::sync::Arc;

use domain::webhook::NoAnswer;
use rustls::pki_types::PrivateKeyDer;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::super::{Addresses, HttpSender};
use crate::ports::{Post, Sender as _};

fn post(url: String) -> Post {
    let headers = vec![("content-type", "application/json".to_owned())];
    Post { url, headers, body: "{\"events\":[]}".into() }
}

fn sender(addresses: Addresses) -> HttpSender {
    HttpSender::trusting(RootCertStore::empty(), addresses).expect("TLS")
}

async fn listener() -> (TcpListener, u16) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    (listener, port)
}

/// Reads a whole request and answers with exactly this.
async fn answer(mut stream: impl AsyncRead + AsyncWrite + Unpin, with: &str) -> String {
    let mut heard = Vec::new();
    while !heard.ends_with(b"{\"events\":[]}") {
        let mut some = [0; 1024];
        let read = stream.read(&mut some).await.expect("a request");
        assert!(read > 0, "it is whole");
        heard.extend_from_slice(&some[..read]);
    }
    stream.write_all(with.as_bytes()).await.expect("it listens");
    // What is not flushed is lost with TLS; the sender may be satisfied already.
    let _ = stream.shutdown().await;
    String::from_utf8(heard).expect("text")
}

#[tokio::test]
async fn the_status_is_answered_whatever_else_is_said() {
    for (said, expected) in [
        ("HTTP/1.1 204 No Content\r\n\r\n", Ok(204)),
        ("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nbut not all of it", Ok(200)),
        (
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n",
            Ok(302),
        ),
        ("HTTP/1.1 500 Oh\r\nconnection: close\r\n\r\nno", Ok(500)),
        ("I speak no HTTP", Err(NoAnswer::Broken)),
        ("", Err(NoAnswer::Broken)),
    ] {
        let (listener, port) = listener().await;
        let server = async {
            let (stream, _) = listener.accept().await.expect("somebody");
            answer(stream, said).await
        };
        let sender = sender(Addresses::Any);
        let posted = sender.post(post(format!("http://localhost:{port}/hook?bar=espresso")));
        let (heard, answered) = tokio::join!(server, posted);
        assert_eq!(answered, expected, "{said}");
        assert!(heard.starts_with("POST /hook?bar=espresso HTTP/1.1\r\n"), "{heard}");
        assert!(heard.contains(&format!("host: localhost:{port}\r\n")), "{heard}");
        assert!(heard.contains("content-length: 13\r\n"), "{heard}");
    }
}

#[tokio::test]
async fn who_is_not_there_is_not_reached() {
    let (listener, port) = listener().await;
    drop(listener);
    for url in [format!("http://127.0.0.1:{port}"), "http://nobody.invalid/".to_owned()] {
        let answered = sender(Addresses::Any).post(post(url.clone())).await;
        assert_eq!(answered, Err(NoAnswer::NotReached), "{url}");
    }
}

#[tokio::test]
async fn what_is_near_the_process_is_refused_where_it_should_be() {
    let (_listener, port) = listener().await;
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "169.254.169.254"] {
        let answered = sender(Addresses::Public).post(post(format!("http://{host}:{port}/"))).await;
        assert_eq!(answered, Err(NoAnswer::AddressRefused), "{host}");
    }
}

/// Time passes by itself here when nothing else happens.
#[tokio::test(start_paused = true)]
async fn who_does_not_answer_is_given_up() {
    let (_listener, port) = listener().await;
    let answered = sender(Addresses::Any).post(post(format!("http://127.0.0.1:{port}/"))).await;
    assert_eq!(answered, Err(NoAnswer::TimedOut));
}

#[tokio::test]
async fn by_https_only_who_is_vouched_for_is_told_anything() {
    let names = vec!["localhost".to_owned()];
    let certified = rcgen::generate_simple_self_signed(names).expect("a certificate");
    let certificate = certified.cert.der().clone();
    let key = PrivateKeyDer::try_from(certified.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("TLS")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .expect("they belong together");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (listener, port) = listener().await;
    let mut roots = RootCertStore::empty();
    roots.add(certificate).expect("a root");
    for (roots, expected) in [(roots, Ok(204)), (RootCertStore::empty(), Err(NoAnswer::NotReached))]
    {
        let server = async {
            let (stream, _) = listener.accept().await.expect("somebody");
            if let Ok(stream) = acceptor.accept(stream).await {
                answer(stream, "HTTP/1.1 204 No Content\r\n\r\n").await;
            }
        };
        let sender = HttpSender::trusting(roots, Addresses::Any).expect("TLS");
        let posted = sender.post(post(format!("https://localhost:{port}/")));
        let ((), answered) = tokio::join!(server, posted);
        assert_eq!(answered, expected);
    }
}
