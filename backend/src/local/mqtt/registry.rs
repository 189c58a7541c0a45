//! Who is connected and who hears what.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use bytes::Bytes;

use super::Limits;
use super::answer;
use super::outbox::{Delivery, End, Outbox};

/// Connections and topics under one lock: fan-out only queues, so the lock is held for
/// microseconds, and every reader sees messages in the order they were published.
#[derive(Default)]
pub(super) struct Registry {
    pub(super) connections: BTreeMap<u64, Seated>,
    /// By topic, sorted by connection. Topics without readers are not kept.
    topics: HashMap<Arc<str>, Vec<Reader>>,
    /// The connection that holds a client's identity.
    identities: HashMap<u64, u64>,
    closing: bool,
}

/// What the registry knows of one connection.
pub(super) struct Seated {
    outbox: Arc<Outbox>,
    topics: Vec<Arc<str>>,
    identity: Option<u64>,
    /// Who was let in; none before that.
    holder: Option<u64>,
}

struct Reader {
    connection: u64,
    acknowledged: bool,
    outbox: Arc<Outbox>,
}

impl Registry {
    pub(super) fn enter(&mut self, id: u64, outbox: Arc<Outbox>, most: usize) -> bool {
        let enters = !self.closing && self.connections.len() < most;
        if enters {
            let seated = Seated { outbox, topics: Vec::new(), identity: None, holder: None };
            self.connections.insert(id, seated);
        }
        enters
    }

    pub(super) fn leave(&mut self, id: u64) {
        let Some(seated) = self.connections.remove(&id) else {
            return;
        };
        for topic in &seated.topics {
            self.remove_reader(id, topic);
        }
        if let Some(identity) = seated.identity
            && self.identities.get(&identity) == Some(&id)
        {
            self.identities.remove(&identity);
        }
    }

    /// Notes who was let in by this connection.
    pub(super) fn hold(&mut self, id: u64, holder: u64) {
        if let Some(seated) = self.connections.get_mut(&id) {
            seated.holder = Some(holder);
        }
    }

    /// Tells every connection of this holder to ask the guard again.
    pub(super) fn ask_again(&self, holder: u64) {
        let theirs = self.connections.values().filter(|seated| seated.holder == Some(holder));
        theirs.for_each(|seated| seated.outbox.ask_again());
    }

    /// Gives `identity` to this connection and ends the one that had it.
    pub(super) fn claim(&mut self, id: u64, identity: u64) {
        let Some(seated) = self.connections.get_mut(&id) else {
            return;
        };
        seated.identity = Some(identity);
        let older = self.identities.insert(identity, id);
        if let Some(older) = older.and_then(|older| self.connections.get(&older)) {
            older.outbox.end(End::Replaced);
        }
    }

    /// Adds a reader, or changes its QoS; `false` when it hears too many topics already.
    pub(super) fn subscribe(
        &mut self,
        id: u64,
        topic: &str,
        acknowledged: bool,
        most: usize,
    ) -> bool {
        let Some(seated) = self.connections.get_mut(&id) else {
            return false;
        };
        let heard = seated.topics.iter().any(|heard| **heard == *topic);
        if !heard && seated.topics.len() >= most {
            return false;
        }
        let name = match self.topics.get_key_value(topic) {
            Some((name, _)) => name.clone(),
            None => Arc::from(topic),
        };
        if !heard {
            seated.topics.push(name.clone());
        }
        let reader = Reader { connection: id, acknowledged, outbox: seated.outbox.clone() };
        let readers = self.topics.entry(name).or_default();
        match readers.binary_search_by_key(&id, |reader| reader.connection) {
            Ok(at) => readers[at] = reader,
            Err(at) => readers.insert(at, reader),
        }
        true
    }

    pub(super) fn unsubscribe(&mut self, id: u64, topic: &str) {
        let Some(seated) = self.connections.get_mut(&id) else {
            return;
        };
        seated.topics.retain(|heard| **heard != *topic);
        self.remove_reader(id, topic);
    }

    /// Queues the message for every reader and returns how many this cut off.
    pub(super) fn publish(&self, topic: &str, payload: &Bytes, limits: &Limits) -> u64 {
        let Some(readers) = self.topics.get(topic) else {
            return 0;
        };
        // Encoded at most once per QoS, and only for a QoS somebody asked for.
        let (mut plain, mut acknowledged) = (None, None);
        let mut cut_off = 0;
        for reader in readers {
            let delivery = if reader.acknowledged {
                acknowledged.get_or_insert_with(|| answer::acknowledged_delivery(topic, payload))
            } else {
                plain.get_or_insert_with(|| answer::plain_delivery(topic, payload))
            };
            if !reader.outbox.push(Delivery::clone(delivery), limits) {
                cut_off += 1;
            }
        }
        cut_off
    }

    pub(super) fn close(&mut self) {
        self.closing = true;
        for seated in self.connections.values() {
            seated.outbox.end(End::Shutdown);
        }
    }

    fn remove_reader(&mut self, id: u64, topic: &str) {
        let Some(readers) = self.topics.get_mut(topic) else {
            return;
        };
        if let Ok(at) = readers.binary_search_by_key(&id, |reader| reader.connection) {
            readers.remove(at);
        }
        if readers.is_empty() {
            self.topics.remove(topic);
        }
    }
}
