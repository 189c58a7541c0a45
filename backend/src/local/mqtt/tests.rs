//! The broker on a real server, spoken to by a client library and by hand.

mod by_hand;
mod by_library;
mod readers;

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::routing::get;
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::{Broker, Guard, Limits};

const TOKEN: &str = "a-good-token";
const TOPIC: &str = "bars/espresso/status";
const HOLDER: &str = "ada";

/// Waits for what must happen, and fails instead of hanging.
async fn soon<F: Future>(what: F) -> F::Output {
    tokio::time::timeout(Duration::from_secs(5), what).await.expect("should have happened by now")
}

/// Admits one token to topics under `bars/`.
struct Door {
    revoked: AtomicBool,
    left_millis: AtomicU64,
}

impl Guard for Door {
    type Pass = ();

    fn admit(&self, token: &str) -> Option<()> {
        (token == TOKEN).then_some(())
    }

    fn still_admits(&self, (): &()) -> bool {
        !self.revoked.load(Ordering::Relaxed)
    }

    fn may_subscribe(&self, (): &(), topic: &str) -> bool {
        topic.starts_with("bars/")
    }

    fn holder<'a>(&self, (): &'a ()) -> &'a str {
        HOLDER
    }

    fn time_left(&self, (): &()) -> Duration {
        Duration::from_millis(self.left_millis.load(Ordering::Relaxed))
    }
}

struct Server {
    broker: Broker,
    door: Arc<Door>,
    url: String,
}

impl Server {
    async fn start() -> Self {
        Self::with(Limits::default()).await
    }

    async fn with(limits: Limits) -> Self {
        let broker = Broker::with_limits(limits);
        let door = Arc::new(Door {
            revoked: AtomicBool::new(false),
            left_millis: AtomicU64::new(u64::MAX),
        });
        let (live, guard) = (broker.clone(), door.clone());
        let upgrade = move |upgrade: WebSocketUpgrade| async move { live.connect(upgrade, guard) };
        let router = Router::new().route("/mqtt", get(upgrade));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { broker, door, url: format!("ws://{address}/mqtt") }
    }

    /// A WebSocket that has said nothing yet.
    async fn open(&self) -> Socket {
        let mut request = self.url.as_str().into_client_request().expect("a valid address");
        let mqtt = "mqtt".parse().expect("a valid header");
        request.headers_mut().insert("sec-websocket-protocol", mqtt);
        let (socket, response) = soon(connect_async(request)).await.expect("upgraded");
        assert_eq!(response.headers()["sec-websocket-protocol"], "mqtt");
        Socket(socket)
    }

    /// A client that has been let in, without keep-alive.
    async fn enter(&self) -> Socket {
        let mut socket = self.open().await;
        socket.say(&connect("", 0)).await;
        assert_eq!(socket.hear().await, ACCEPTED);
        socket
    }

    /// A client that hears [`TOPIC`] at this QoS.
    async fn listen(&self, qos: u8) -> Socket {
        let mut socket = self.enter().await;
        socket.say(&subscribe(TOPIC, qos)).await;
        assert_eq!(socket.hear().await, [0x90, 3, 0, 1, qos]);
        socket
    }
}

const ACCEPTED: [u8; 4] = [0x20, 2, 0, 0];
const PINGREQ: [u8; 2] = [0xc0, 0];
const PINGRESP: [u8; 2] = [0xd0, 0];

struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    async fn say(&mut self, bytes: &[u8]) {
        soon(self.0.send(Message::binary(bytes.to_vec()))).await.expect("sent");
    }

    /// The next binary frame.
    async fn hear(&mut self) -> Vec<u8> {
        loop {
            match soon(self.0.next()).await.expect("open").expect("readable") {
                Message::Binary(bytes) => return bytes.to_vec(),
                Message::Ping(_) | Message::Pong(_) => {}
                other @ (Message::Text(_) | Message::Close(_) | Message::Frame(_)) => {
                    panic!("unexpected {other:?}")
                }
            }
        }
    }

    /// Reads until the connection is gone; the code the server gave, if any.
    async fn closed(&mut self) -> Option<u16> {
        let mut code = None;
        while let Some(Ok(message)) = soon(self.0.next()).await {
            if let Message::Close(Some(frame)) = message {
                code = Some(frame.code.into());
            }
        }
        code
    }
}

/// A packet whose body is shorter than 128 bytes.
fn packet(first: u8, body: &[u8]) -> Vec<u8> {
    let length = u8::try_from(body.len()).expect("short");
    assert!(length < 128, "one length byte");
    [&[first, length], body].concat()
}

fn string(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).expect("short");
    [&length.to_be_bytes(), text.as_bytes()].concat()
}

fn connect_as(id: &str, keep_alive: u16, username: &str, token: &str) -> Vec<u8> {
    let keep_alive = keep_alive.to_be_bytes();
    let head = [b"\0\x04MQTT\x04\xc2", &keep_alive[..]].concat();
    packet(0x10, &[head, string(id), string(username), string(token)].concat())
}

fn connect(id: &str, keep_alive: u16) -> Vec<u8> {
    connect_as(id, keep_alive, "session", TOKEN)
}

fn subscribe(topic: &str, qos: u8) -> Vec<u8> {
    packet(0x82, &[&[0, 1], &string(topic)[..], &[qos]].concat())
}

fn publish(topic: &str, payload: &str) -> Vec<u8> {
    packet(0x30, &[&string(topic), payload.as_bytes()].concat())
}
