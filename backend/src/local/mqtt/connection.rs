//! One WebSocket and the task that serves it.

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use bytes::{Buf, Bytes, BytesMut};
use futures_util::{SinkExt, StreamExt};
use tokio::time::{Instant, Sleep, sleep_until, timeout};

use super::outbox::End;
use super::packet;
use super::session::Session;
use super::{Guard, Seat};

/// What a WebSocket reads at once: clients say little, and this is held while they are silent.
pub(super) const READ_BUFFER: usize = 512;

/// More than any app of ours says at once: subscriptions and a token.
const LONG: usize = 4096;

/// What is gathered before it is written, so that a burst costs one system call.
pub(super) const WRITE_BUFFER: usize = 4096;

/// Answers not yet written; a client that asks faster than it reads is not read from meanwhile.
const MOST_ANSWERS: usize = 16;

/// A live connection.
pub(super) struct Connection<G: Guard> {
    socket: WebSocket,
    session: Session<G>,
    /// What was heard and not yet understood: a packet whose end has not come, or packets that
    /// wait for answers to be written.
    heard: BytesMut,
    answers: VecDeque<Bytes>,
    timer: Pin<Box<Sleep>>,
    last_heard: Instant,
    ping: Ping,
}

/// The question whether a silent peer is still there.
#[derive(PartialEq, Eq)]
enum Ping {
    NotNeeded,
    Due,
    Sent,
}

impl<G: Guard> Connection<G> {
    pub(super) fn new(socket: WebSocket, seat: Seat, guard: Arc<G>) -> Self {
        let now = Instant::now();
        Self {
            socket,
            session: Session::new(seat, guard),
            heard: BytesMut::new(),
            answers: VecDeque::new(),
            // Due at once: the session then says when to look again.
            timer: Box::pin(sleep_until(now)),
            last_heard: now,
            ping: Ping::NotNeeded,
        }
    }

    /// Serves the client until either side ends it.
    pub(super) async fn run(mut self) {
        let end = poll_fn(|cx| self.poll(cx)).await;
        let seat = self.session.seat();
        tracing::debug!(connection = seat.id, ?end, "live connection ended");
        // A peer that does not take its goodbye in time has nothing more to wait for.
        let _ = timeout(seat.limits().goodbye, self.say_goodbye(end)).await;
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        self.session.seat().outbox.register(cx.waker());
        loop {
            if let Some(end) = self.session.seat().outbox.ended() {
                return Poll::Ready(end);
            }
            if self.session.seat().outbox.must_ask_again()
                && let Err(end) = self.session.ask_again()
            {
                return Poll::Ready(end);
            }
            if let Err(end) = self.poll_timer(cx) {
                return Poll::Ready(end);
            }
            // A peer that takes nothing is not read from either: what it says may need answers,
            // a ping for instance, and those would pile up.
            match self.poll_write(cx) {
                Poll::Ready(Ok(())) => {}
                Poll::Ready(Err(_)) => return Poll::Ready(End::Gone),
                Poll::Pending => return Poll::Pending,
            }
            match self.understand() {
                Ok(false) => {}
                Ok(true) => continue,
                Err(end) => return Poll::Ready(end),
            }
            let heard = match ready!(self.socket.poll_next_unpin(cx)) {
                Some(Ok(message)) => self.hear(&message),
                // Nobody is there any more, or nobody who speaks WebSocket within our limits.
                Some(Err(_)) => Err(End::Violation),
                None => Err(End::Left),
            };
            if let Err(end) = heard {
                return Poll::Ready(end);
            }
        }
    }

    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Result<(), End> {
        while self.timer.as_mut().poll(cx).is_ready() {
            let now = Instant::now();
            let silence = self.session.seat().limits().silence;
            let next = self.session.check(now)?;
            let ping_at = self.last_heard + silence;
            let dead_at = ping_at + silence;
            if now >= dead_at {
                return Err(End::Silent);
            }
            if now >= ping_at && self.ping == Ping::NotNeeded {
                self.ping = Ping::Due;
            }
            let look_again = if now >= ping_at { dead_at } else { ping_at };
            self.timer.as_mut().reset(next.min(look_again));
        }
        Ok(())
    }

    /// Ready when there is nothing left to write.
    fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), axum::Error>> {
        loop {
            ready!(self.socket.poll_ready_unpin(cx))?;
            let message = if self.ping == Ping::Due {
                self.ping = Ping::Sent;
                Message::Ping(Bytes::new())
            } else if let Some(answer) = self.answers.pop_front() {
                Message::Binary(answer)
            } else if let Some(delivery) = self.session.next_delivery() {
                Message::Binary(delivery)
            } else {
                return self.socket.poll_flush_unpin(cx);
            };
            self.socket.start_send_unpin(message)?;
        }
    }

    fn hear(&mut self, message: &Message) -> Result<(), End> {
        self.last_heard = Instant::now();
        self.ping = Ping::NotNeeded;
        match message {
            Message::Binary(bytes) => {
                if bytes.len() > LONG && !self.session.seat_mut().hears_at_length() {
                    return Err(End::TooLarge);
                }
                self.heard.extend_from_slice(bytes);
            }
            Message::Text(_) => return Err(End::NotBinary), // MQTT-6.0.0-1
            // A sign of life and nothing more; the WebSocket answers pings itself.
            Message::Ping(_) | Message::Pong(_) => {}
            Message::Close(_) => return Err(End::Left),
        }
        Ok(())
    }

    /// Takes the whole packets out of what was heard, as long as there is room for answers.
    /// Packets and WebSocket frames need not begin and end together (MQTT-6.0.0-2).
    /// `true` when there was any.
    fn understand(&mut self) -> Result<bool, End> {
        let mut understood = false;
        while self.answers.len() < MOST_ANSWERS
            && let Some((packet, length)) = packet::next(&self.heard)?
        {
            self.heard.advance(length);
            understood = true;
            if self.session.is_waiting() {
                // The keep-alive of CONNECT may be shorter than the time left to send it.
                self.timer.as_mut().reset(Instant::now());
            }
            self.session.receive(packet, &mut self.answers)?;
        }
        if understood && self.heard.is_empty() {
            self.heard = BytesMut::new(); // gives the memory back
        }
        Ok(understood)
    }

    async fn say_goodbye(&mut self, end: End) {
        let code = match end {
            End::Gone | End::CutOff | End::Silent => return,
            End::Left => close_code::NORMAL,
            End::Violation => close_code::PROTOCOL,
            End::NotBinary => close_code::UNSUPPORTED,
            End::TooLarge => close_code::SIZE,
            End::Refused | End::Expired | End::Replaced => close_code::POLICY,
            End::Shutdown => close_code::AWAY,
        };
        for answer in self.answers.drain(..) {
            if self.socket.feed(Message::Binary(answer)).await.is_err() {
                return;
            }
        }
        let close = CloseFrame { code, reason: "".into() };
        // Fails when the peer closed first; reading on then sends the answer to that.
        let _ = self.socket.send(Message::Close(Some(close))).await;
        // Dropping a socket with unread bytes would make the system throw away what was just
        // sent, the refusal in CONNACK for instance.
        while let Some(Ok(_)) = self.socket.next().await {}
    }
}
