//! What one client may say and what it is told: the protocol's rules, without its network.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use domain::topic::USERNAME;
use tokio::time::Instant;

use super::answer::{self, Grant, Welcome};
use super::outbox::{Delivery, End};
use super::packet::{Connect, Packet, RequestedQos};
use super::{Guard, Seat};

/// Longest topic a client may ask for, beyond any topic there is.
const MAX_TOPIC: usize = 256;

/// One client's session, from the upgrade to the end of its connection.
pub(super) struct Session<G: Guard> {
    seat: Seat,
    guard: Arc<G>,
    phase: Phase<G::Pass>,
    /// Packet ids of QoS 1 messages sent and not acknowledged.
    in_flight: Vec<u16>,
    last_id: u16,
}

enum Phase<P> {
    /// Until CONNECT comes.
    Waiting {
        since: Instant,
    },
    Admitted {
        pass: P,
        keep_alive: Option<Duration>,
        last_packet: Instant,
        last_check: Instant,
    },
}

impl<G: Guard> Session<G> {
    pub(super) fn new(seat: Seat, guard: Arc<G>) -> Self {
        let phase = Phase::Waiting { since: Instant::now() };
        Self { seat, guard, phase, in_flight: Vec::new(), last_id: 0 }
    }

    pub(super) fn seat(&self) -> &Seat {
        &self.seat
    }

    pub(super) fn seat_mut(&mut self) -> &mut Seat {
        &mut self.seat
    }

    /// Whether CONNECT has yet to come.
    pub(super) fn is_waiting(&self) -> bool {
        matches!(self.phase, Phase::Waiting { .. })
    }

    /// Takes what the client sent; what it is to be told goes to `answers`.
    pub(super) fn receive(
        &mut self,
        packet: Packet,
        answers: &mut VecDeque<Bytes>,
    ) -> Result<(), End> {
        let admitted = match &mut self.phase {
            Phase::Waiting { .. } => return self.admit(packet, answers),
            Phase::Admitted { pass, last_packet, .. } => {
                *last_packet = Instant::now();
                pass
            }
        };
        match packet {
            Packet::Connect(_) | Packet::ConnectOtherVersion => return Err(End::Violation), // MQTT-3.1.0-2
            Packet::Subscribe { id, filters } => {
                let grant = |(filter, qos): &(String, RequestedQos)| {
                    // `$share/` and the like are topics to 3.1.1; no guard grants them.
                    let may = filter.len() <= MAX_TOPIC
                        && !filter.contains(['+', '#'])
                        && self.guard.may_subscribe(admitted, filter)
                        && self.seat.subscribe(filter, *qos == RequestedQos::AtLeastOnce);
                    if may { Grant::Granted(*qos) } else { Grant::Refused }
                };
                let grants: Vec<Grant> = filters.iter().map(grant).collect();
                answers.push_back(answer::suback(id, &grants));
            }
            Packet::Unsubscribe { id, filters } => {
                filters.iter().for_each(|filter| self.seat.unsubscribe(filter));
                answers.push_back(answer::unsuback(id));
            }
            Packet::Acknowledge { id } => self.in_flight.retain(|sent| *sent != id),
            Packet::Ping => answers.push_back(answer::PINGRESP),
            Packet::Disconnect => return Err(End::Left),
        }
        Ok(())
    }

    fn admit(&mut self, packet: Packet, answers: &mut VecDeque<Bytes>) -> Result<(), End> {
        let welcome = match packet {
            Packet::Connect(connect) => self.welcome(&connect),
            Packet::ConnectOtherVersion => Welcome::OtherVersion,
            Packet::Subscribe { .. }
            | Packet::Unsubscribe { .. }
            | Packet::Acknowledge { .. }
            | Packet::Ping
            | Packet::Disconnect => return Err(End::Violation), // MQTT-3.1.0-1
        };
        answers.push_back(answer::connack(welcome));
        if welcome == Welcome::Accepted { Ok(()) } else { Err(End::Refused) }
    }

    fn welcome(&mut self, connect: &Connect) -> Welcome {
        if connect.client_id.is_empty() && !connect.clean_session {
            return Welcome::IdRejected; // MQTT-3.1.3-8
        }
        let token = connect.password.as_deref().and_then(|password| str::from_utf8(password).ok());
        let (Some(USERNAME), Some(token)) = (connect.username.as_deref(), token) else {
            return Welcome::BadCredentials;
        };
        let Some(pass) = self.guard.admit(token).filter(|_| !connect.has_will) else {
            return Welcome::NotAuthorized;
        };
        self.seat.hold(self.guard.holder(&pass));
        // Withdrawn just now, when nobody knew yet whom to ask again.
        if !self.guard.still_admits(&pass) {
            return Welcome::NotAuthorized;
        }
        self.seat.claim(token, &connect.client_id);
        let now = Instant::now();
        let seconds = u64::from(connect.keep_alive_seconds);
        let keep_alive = (seconds > 0).then(|| Duration::from_millis(seconds * 1500)); // MQTT-3.1.2-24
        self.phase = Phase::Admitted { pass, keep_alive, last_packet: now, last_check: now };
        Welcome::Accepted
    }

    /// The next message for the client, or `None` while there is none or too many wait for an
    /// acknowledgement. Order is kept, so those behind wait as well.
    pub(super) fn next_delivery(&mut self) -> Option<Bytes> {
        if self.in_flight.len() >= self.seat.limits().in_flight {
            return None;
        }
        match self.seat.outbox.pop()? {
            Delivery::Plain(bytes) => Some(bytes),
            Delivery::Acknowledged(bytes, id_at) => {
                let mut bytes = BytesMut::from(&bytes[..]);
                bytes[id_at..id_at + 2].copy_from_slice(&self.new_id().to_be_bytes());
                Some(bytes.freeze())
            }
        }
    }

    fn new_id(&mut self) -> u16 {
        loop {
            self.last_id = self.last_id.checked_add(1).unwrap_or(1);
            if !self.in_flight.contains(&self.last_id) {
                self.in_flight.push(self.last_id);
                return self.last_id;
            }
        }
    }

    /// Asks the guard whether the session may go on.
    pub(super) fn ask_again(&self) -> Result<(), End> {
        match &self.phase {
            Phase::Admitted { pass, .. } if !self.guard.still_admits(pass) => Err(End::Expired),
            Phase::Admitted { .. } | Phase::Waiting { .. } => Ok(()),
        }
    }

    /// Whether the session's time is over, and if not, when to ask again at the latest.
    pub(super) fn check(&mut self, now: Instant) -> Result<Instant, End> {
        let limits = self.seat.limits();
        match &mut self.phase {
            Phase::Waiting { since } => {
                let until = *since + limits.connect;
                if now >= until { Err(End::Silent) } else { Ok(until) }
            }
            Phase::Admitted { pass, keep_alive, last_packet, last_check } => {
                let left = self.guard.time_left(pass);
                if left.is_zero() {
                    return Err(End::Expired);
                }
                let silent_at = keep_alive.map(|keep_alive| *last_packet + keep_alive);
                if silent_at.is_some_and(|at| now >= at) {
                    return Err(End::Silent);
                }
                if now >= *last_check + limits.recheck {
                    *last_check = now;
                    if !self.guard.still_admits(pass) {
                        return Err(End::Expired);
                    }
                }
                // A wall clock may be set and a laptop may sleep, so expiry is looked at again
                // with every check, not only when its time should have come.
                let next_check = *last_check + limits.recheck;
                let at = silent_at.map_or(next_check, |at| at.min(next_check));
                Ok(at.min(now + left.min(limits.recheck)))
            }
        }
    }
}
