//! Live topics: MQTT 3.1.1 over WebSocket, for subscribers only.
//!
//! The server alone publishes ([`Broker::publish`]); who may connect and what they may hear is
//! asked of a [`Guard`]. It must not know what a bar, an order or a session is.
//!
//! Where the standard leaves a choice, or asks for what this product does not offer:
//! - sessions are clean: `clean_session=0` is accepted and "session present" is always 0;
//! - QoS 2 is granted as 1, nothing is retained, wildcards are refused filter by filter (0x80);
//! - a will would be a publication, so a CONNECT that carries one is refused (5, not authorized);
//! - a client id used again with the same token ends the older connection (MQTT-3.1.4-2); the
//!   same id under another token is another client, so nobody can throw out a stranger;
//! - a PUBLISH ends the connection: 3.1.1 has no other way to refuse it.

mod answer;
mod connection;
mod outbox;
mod packet;
mod registry;
mod session;
#[cfg(test)]
mod tests;

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::ws::WebSocketUpgrade;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use tokio::sync::Notify;

use self::connection::Connection;
use self::outbox::Outbox;
use self::registry::Registry;

/// Decides who may connect and what they may hear. Asked on the connection's own task, so it
/// answers from memory or in well under a millisecond.
pub(crate) trait Guard: Send + Sync + 'static {
    /// What the broker keeps for the life of a connection in place of the token.
    type Pass: Send + Sync + 'static;

    /// The pass for a token, `None` when the token is not good (any more).
    fn admit(&self, token: &str) -> Option<Self::Pass>;

    /// Asked once a minute, and when [`Broker::ask_again`] says so: `false` ends the connection, a
    /// revoked session for instance.
    fn still_admits(&self, pass: &Self::Pass) -> bool;

    /// Whether this pass may hear this topic. Never asked about filters with wildcards.
    fn may_subscribe(&self, pass: &Self::Pass, topic: &str) -> bool;

    /// Who holds this pass, as [`Broker::ask_again`] names them.
    fn holder<'a>(&self, pass: &'a Self::Pass) -> &'a str;

    /// How long the connection may go on whatever happens, by the guard's own clock.
    fn time_left(&self, pass: &Self::Pass) -> Duration;
}

/// How long and how much the broker waits and stores for one peer.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// From the upgrade to CONNECT.
    pub(crate) connect: Duration,
    /// Between two questions to [`Guard::still_admits`].
    pub(crate) recheck: Duration,
    /// Silence after which a WebSocket ping is sent; after twice this the peer counts as dead.
    pub(crate) silence: Duration,
    /// How long a closed connection may take to hear so.
    pub(crate) goodbye: Duration,
    /// Messages waiting for one reader before it is cut off.
    pub(crate) queued_messages: usize,
    /// Bytes waiting for one reader before it is cut off.
    pub(crate) queued_bytes: usize,
    /// QoS 1 messages sent and not acknowledged; the next ones wait in the queue.
    pub(crate) in_flight: usize,
    /// Topics one connection may hear.
    pub(crate) subscriptions: usize,
    /// Connections at once.
    pub(crate) connections: usize,
    /// Connections at once that have said something long. What a WebSocket needed to hear that
    /// it keeps for life, up to a packet's 64 KiB.
    pub(crate) long_winded: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            recheck: Duration::from_secs(60),
            silence: Duration::from_secs(120),
            goodbye: Duration::from_secs(2),
            queued_messages: 1024,
            queued_bytes: 1024 * 1024,
            in_flight: 64,
            subscriptions: 64,
            connections: 20_000,
            long_winded: 256,
        }
    }
}

/// The live topics of one process. Cheap to clone; all clones are the same broker.
#[derive(Clone)]
pub(crate) struct Broker(Arc<Shared>);

struct Shared {
    registry: Mutex<Registry>,
    limits: Limits,
    next_connection: AtomicU64,
    cut_off: AtomicU64,
    long_winded: AtomicUsize,
    /// Keyed, so that no peer can find two client ids that collide.
    hasher: RandomState,
    /// Told whenever a connection has ended.
    left: Notify,
}

impl Broker {
    /// A broker with the limits of the contract.
    pub(crate) fn new() -> Self {
        Self::with_limits(Limits::default())
    }

    /// A broker with other limits, for tests.
    pub(crate) fn with_limits(limits: Limits) -> Self {
        Self(Arc::new(Shared {
            registry: Mutex::default(),
            limits,
            next_connection: AtomicU64::new(1),
            cut_off: AtomicU64::new(0),
            long_winded: AtomicUsize::new(0),
            hasher: RandomState::new(),
            left: Notify::new(),
        }))
    }

    /// Has the guard asked at once whether it still admits the connections of this holder.
    pub(crate) fn ask_again(&self, holder: &str) {
        self.registry().ask_again(self.0.hasher.hash_one(holder));
    }

    /// Hands `payload` to everybody who hears `topic`. Never waits: a reader who is too far
    /// behind is cut off instead. Messages published by one caller arrive in that order.
    pub(crate) fn publish(&self, topic: &str, payload: Bytes) {
        let cut_off = self.registry().publish(topic, &payload, &self.0.limits);
        if cut_off > 0 {
            self.0.cut_off.fetch_add(cut_off, Ordering::Relaxed);
        }
    }

    /// Turns a WebSocket upgrade request into a live connection; the answer for axum.
    /// 400 when the client does not offer the subprotocol `mqtt` (MQTT-6.0.0-3), 503 when full
    /// or closing.
    pub(crate) fn connect<G: Guard>(&self, upgrade: WebSocketUpgrade, guard: Arc<G>) -> Response {
        let upgrade = upgrade
            .protocols(["mqtt"])
            .read_buffer_size(connection::READ_BUFFER)
            .write_buffer_size(connection::WRITE_BUFFER)
            // Any delivery fits, and what the WebSocket says on its own cannot grow for ever.
            .max_write_buffer_size(self.0.limits.queued_bytes + packet::MAX_PACKET)
            .max_frame_size(packet::MAX_PACKET)
            .max_message_size(packet::MAX_PACKET);
        if upgrade.selected_protocol().is_none() {
            return (StatusCode::BAD_REQUEST, "subprotocol mqtt required").into_response();
        }
        let Some(seat) = self.take_seat() else {
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        };
        upgrade.on_upgrade(move |socket| Connection::new(socket, seat, guard).run())
    }

    /// Ends every connection and lets no new one in. Returns when all are gone: every
    /// connection gives its peer no more than [`Limits::goodbye`].
    pub(crate) async fn close_all(&self) {
        self.registry().close();
        loop {
            let left = self.0.left.notified();
            if self.connections() == 0 {
                break;
            }
            left.await;
        }
    }

    /// Connections open now, those that have not sent CONNECT yet included.
    pub(crate) fn connections(&self) -> usize {
        self.registry().connections.len()
    }

    /// Readers cut off for being too slow since the start.
    pub(crate) fn cut_off(&self) -> u64 {
        self.0.cut_off.load(Ordering::Relaxed)
    }

    fn take_seat(&self) -> Option<Seat> {
        let id = self.0.next_connection.fetch_add(1, Ordering::Relaxed);
        let outbox = Arc::new(Outbox::default());
        self.registry().enter(id, outbox.clone(), self.0.limits.connections).then(|| Seat {
            broker: self.clone(),
            id,
            outbox,
            is_long_winded: false,
        })
    }

    fn registry(&self) -> MutexGuard<'_, Registry> {
        self.0.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection's place in the registry; dropping it removes every trace of the connection.
struct Seat {
    broker: Broker,
    id: u64,
    outbox: Arc<Outbox>,
    is_long_winded: bool,
}

impl Seat {
    /// Notes that the peer said something long. `false`: too many others have before.
    fn hears_at_length(&mut self) -> bool {
        if !self.is_long_winded {
            let others = self.broker.0.long_winded.fetch_add(1, Ordering::Relaxed);
            self.is_long_winded = true;
            return others < self.limits().long_winded;
        }
        true
    }

    fn limits(&self) -> &Limits {
        &self.broker.0.limits
    }

    fn subscribe(&self, topic: &str, acknowledged: bool) -> bool {
        let most = self.limits().subscriptions;
        self.broker.registry().subscribe(self.id, topic, acknowledged, most)
    }

    fn unsubscribe(&self, topic: &str) {
        self.broker.registry().unsubscribe(self.id, topic);
    }

    /// Notes who holds the pass.
    fn hold(&self, holder: &str) {
        self.broker.registry().hold(self.id, self.broker.0.hasher.hash_one(holder));
    }

    /// Ends an older connection of the same client; an empty id names nobody.
    fn claim(&self, token: &str, client_id: &str) {
        if !client_id.is_empty() {
            let identity = self.broker.0.hasher.hash_one((token, client_id));
            self.broker.registry().claim(self.id, identity);
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        if self.is_long_winded {
            self.broker.0.long_winded.fetch_sub(1, Ordering::Relaxed);
        }
        self.broker.registry().leave(self.id);
        self.broker.0.left.notify_waiters();
    }
}
