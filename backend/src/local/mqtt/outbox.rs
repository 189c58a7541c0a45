//! What waits to be sent to one reader, and the word that its connection must end, or must ask
//! whether it may go on.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use bytes::Bytes;
use futures_util::task::AtomicWaker;

use super::Limits;

/// Why a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The peer said DISCONNECT or closed the WebSocket.
    Left,
    /// The network said so; nobody is listening any more.
    Gone,
    /// The peer broke the protocol or may not do what it did.
    Violation,
    /// Text instead of binary frames.
    NotBinary,
    /// A packet beyond [`super::packet::MAX_PACKET`].
    TooLarge,
    /// CONNECT was answered with a refusal.
    Refused,
    /// No CONNECT, no packet within the keep-alive, or no sign of life at all.
    Silent,
    /// The pass has expired or is no longer admitted.
    Expired,
    /// Too far behind.
    CutOff,
    /// The same client has connected again.
    Replaced,
    /// The server stops.
    Shutdown,
}

/// An encoded PUBLISH, shared by all its readers.
#[derive(Debug, Clone)]
pub(super) enum Delivery {
    /// QoS 0: sent as it is.
    Plain(Bytes),
    /// QoS 1: copied, with this reader's packet id put at the given offset.
    Acknowledged(Bytes, usize),
}

impl Delivery {
    fn len(&self) -> usize {
        match self {
            Self::Plain(bytes) | Self::Acknowledged(bytes, _) => bytes.len(),
        }
    }
}

/// A bounded queue with one reader, the connection's task. Allocates nothing while empty.
#[derive(Default)]
pub(super) struct Outbox {
    waiting: Mutex<Waiting>,
    task: AtomicWaker,
}

#[derive(Default)]
struct Waiting {
    deliveries: VecDeque<Delivery>,
    bytes: usize,
    end: Option<End>,
    ask_again: bool,
}

impl Outbox {
    /// Queues a delivery. `false`: this one was too many, the connection now ends.
    pub(super) fn push(&self, delivery: Delivery, limits: &Limits) -> bool {
        let mut waiting = self.waiting();
        if waiting.end.is_some() {
            return true;
        }
        waiting.bytes += delivery.len();
        waiting.deliveries.push_back(delivery);
        let fits = waiting.deliveries.len() <= limits.queued_messages
            && waiting.bytes <= limits.queued_bytes;
        drop(waiting);
        if fits {
            self.task.wake();
        } else {
            self.end(End::CutOff);
        }
        fits
    }

    /// The next delivery to send.
    pub(super) fn pop(&self) -> Option<Delivery> {
        /// Room for the usual few is kept, what a burst needed is given back.
        const KEPT: usize = 4;
        let mut waiting = self.waiting();
        let delivery = waiting.deliveries.pop_front()?;
        waiting.bytes -= delivery.len();
        if waiting.deliveries.is_empty() && waiting.deliveries.capacity() > KEPT {
            waiting.deliveries = VecDeque::new();
        }
        Some(delivery)
    }

    /// Ends the connection; the first reason stands. What waits is dropped at once.
    pub(super) fn end(&self, end: End) {
        let mut waiting = self.waiting();
        waiting.end.get_or_insert(end);
        waiting.deliveries = VecDeque::new();
        waiting.bytes = 0;
        drop(waiting);
        self.task.wake();
    }

    /// Tells the connection to ask the guard again.
    pub(super) fn ask_again(&self) {
        self.waiting().ask_again = true;
        self.task.wake();
    }

    /// Whether somebody said so since the last time.
    pub(super) fn must_ask_again(&self) -> bool {
        std::mem::take(&mut self.waiting().ask_again)
    }

    /// Whether and why somebody ended this connection.
    pub(super) fn ended(&self) -> Option<End> {
        self.waiting().end
    }

    /// Names the task to wake; called before looking, so that nothing is missed.
    pub(super) fn register(&self, waker: &Waker) {
        self.task.register(waker);
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
