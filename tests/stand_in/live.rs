//! Live topics as IoT Core has them: MiniStack's broker, which lets everybody do everything, and
//! before it the policies of our authorizer.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::authorizer::{self, Caller, Pass};
use crate::packet::{self, Packet, Packets};
use crate::stack::Stack;

/// Quotas of IoT Core: bytes of a message, filters of one SUBSCRIBE, and how long a socket may
/// wait with its CONNECT.
pub(crate) const LARGEST: usize = 128 * 1024;
const FILTERS: usize = 8;
const CONNECT: Duration = Duration::from_secs(30);

type Broker = WebSocketStream<TcpStream>;

/// Serves one client until either side ends it, or its pass does.
pub(crate) async fn serve(mut client: WebSocket, stack: Arc<Stack>) {
    if let Err(error) = Connection::begin(&mut client, &stack).await.map(drop) {
        eprintln!("a live connection ended: {error:#}");
    }
    let _ = client.send(Message::Close(None)).await;
}

/// A client, and its own connection to the broker.
struct Connection<'a> {
    client: &'a mut WebSocket,
    broker: Broker,
    pass: Pass,
    /// Subscriptions the broker has not answered, and which of their filters it was not told of.
    asked: HashMap<u16, Vec<bool>>,
}

impl<'a> Connection<'a> {
    async fn begin(client: &'a mut WebSocket, stack: &Stack) -> Result<()> {
        let mut heard = Packets::default();
        let first = timeout(CONNECT, first(client, &mut heard)).await.context("no CONNECT")??;
        let Some(first) = first else { return Ok(()) };
        ensure!(first.kind() == packet::CONNECT, "no CONNECT comes first");
        let connect = packet::connect(&first)?;
        let connection = token()?;
        let client_id = match connect.client_id() {
            "" => connection.clone(),
            chosen => chosen.to_owned(),
        };
        let caller = Caller {
            client_id,
            username: connect.user_name().unwrap_or_default().to_owned(),
            password: connect.password().unwrap_or_default().to_vec(),
            connection,
        };
        let Some(pass) = authorizer::ask(stack, &caller).await? else {
            return say(client, Bytes::from_static(&packet::NOT_AUTHORIZED)).await;
        };
        let mut broker = broker(stack).await?;
        let connect = packet::connect_as(&caller.client_id, &connect)?;
        broker.send(tungstenite::Message::binary(connect)).await?;
        let own = Self { client, broker, pass, asked: HashMap::new() };
        own.run(heard, stack, &caller).await
    }

    async fn run(mut self, mut heard: Packets, stack: &Stack, caller: &Caller) -> Result<()> {
        let ends = Instant::now() + self.pass.lasts;
        let mut asks = Instant::now() + self.pass.asked_again_after;
        let mut told = Packets::default();
        loop {
            while let Some(packet) = heard.next()? {
                self.hears(packet).await?;
            }
            while let Some(packet) = told.next()? {
                self.tells(packet).await?;
            }
            tokio::select! {
                message = self.client.recv() => match message.transpose()? {
                    Some(Message::Binary(bytes)) => heard.add(&bytes),
                    Some(Message::Ping(_) | Message::Pong(_)) => {}
                    Some(Message::Text(_)) => bail!("text"),
                    Some(Message::Close(_)) | None => return Ok(()),
                },
                message = self.broker.next() => match message.transpose()? {
                    Some(tungstenite::Message::Binary(bytes)) => told.add(&bytes),
                    Some(tungstenite::Message::Close(_)) | None => return Ok(()),
                    Some(_) => {}
                },
                () = sleep_until(asks) => match authorizer::ask(stack, caller).await? {
                    Some(pass) => {
                        asks = Instant::now() + pass.asked_again_after;
                        self.pass = pass;
                    }
                    None => return Ok(()),
                },
                () = sleep_until(ends) => return Ok(()),
            }
        }
    }

    /// What the client says.
    async fn hears(&mut self, packet: Packet) -> Result<()> {
        match packet.kind() {
            packet::CONNECT => bail!("a second CONNECT"),
            packet::PUBLISH => {
                let topic = format!("topic/{}", packet::topic(&packet)?);
                ensure!(self.pass.policies.allow("iot:Publish", &topic), "no right to publish");
            }
            packet::SUBSCRIBE => {
                let (id, filters) = packet::subscribe(&packet)?;
                ensure!(filters.len() <= FILTERS, "{} filters at once", filters.len());
                let may = |(filter, _): &(String, u8)| {
                    self.pass.policies.allow("iot:Subscribe", &format!("topicfilter/{filter}"))
                };
                let granted: Vec<bool> = filters.iter().map(may).collect();
                if !granted.contains(&true) {
                    let refused = vec![packet::REFUSED; granted.len()];
                    return say(self.client, packet::suback_of(id, &refused).into()).await;
                }
                let rest = filters.iter().zip(&granted).filter(|(_, granted)| **granted);
                let rest = packet::subscribe_to(id, rest.map(|(filter, _)| filter))?;
                self.asked.insert(id, granted);
                return Ok(self.broker.send(tungstenite::Message::binary(rest)).await?);
            }
            _ => {}
        }
        Ok(self.broker.send(tungstenite::Message::Binary(packet.bytes)).await?)
    }

    /// What the broker says.
    async fn tells(&mut self, packet: Packet) -> Result<()> {
        match packet.kind() {
            packet::PUBLISH => {
                let topic = format!("topic/{}", packet::topic(&packet)?);
                if !self.pass.policies.allow("iot:Receive", &topic) {
                    return Ok(());
                }
            }
            packet::SUBACK => {
                let (id, codes) = packet::suback(&packet)?;
                if let Some(granted) = self.asked.remove(&id) {
                    let mut codes = codes.iter().copied();
                    let mut answer = |granted: &bool| match granted {
                        true => codes.next().unwrap_or(packet::REFUSED),
                        false => packet::REFUSED,
                    };
                    let codes: Vec<u8> = granted.iter().map(&mut answer).collect();
                    return say(self.client, packet::suback_of(id, &codes).into()).await;
                }
            }
            _ => {}
        }
        say(self.client, packet.bytes).await
    }
}

/// The first packet, unless the client goes before it is there.
async fn first(client: &mut WebSocket, heard: &mut Packets) -> Result<Option<Packet>> {
    loop {
        if let Some(packet) = heard.next()? {
            return Ok(Some(packet));
        }
        match client.recv().await.transpose()? {
            Some(Message::Binary(bytes)) => heard.add(&bytes),
            Some(Message::Ping(_) | Message::Pong(_)) => {}
            Some(Message::Text(_)) => bail!("text"),
            Some(Message::Close(_)) | None => return Ok(None),
        }
    }
}

async fn say(client: &mut WebSocket, bytes: Bytes) -> Result<()> {
    Ok(client.send(Message::Binary(bytes)).await?)
}

async fn broker(stack: &Stack) -> Result<Broker> {
    let address = ("127.0.0.1", stack.port());
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut request = format!("ws://{}/mqtt", stack.live).into_client_request()?;
    request.headers_mut().insert("sec-websocket-protocol", "mqtt".parse()?);
    let (broker, _) = tokio_tungstenite::client_async(request, stream).await?;
    Ok(broker)
}

/// A name for a connection that no other has.
fn token() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
