//! What is sent in one request: the events of a stretch of the log that a webhook wants.

use bytes::Bytes;
use domain::{BusEvent, Entry};

use crate::ports::KeptWebhook;

/// A body ends with the entry that makes it this long.
const LONG: usize = 128 * 1024;

/// Events that are sent together. Of the same stretch it is the same, byte by byte.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Batch {
    /// The entry of the first event.
    pub(super) first: u64,
    /// The entry of the last event.
    pub(super) last: u64,
    /// How many.
    pub(super) events: u32,
    /// The entry up to which nothing else is wanted.
    pub(super) through: u64,
    /// `{"events":[…]}`
    pub(super) body: Bytes,
}

impl Batch {
    /// What this webhook is to be sent of these entries, which are those after where it stands. As
    /// much as the time before, if that failed.
    pub(super) fn of(webhook: &KeptWebhook, entries: &[Entry]) -> Option<Self> {
        let mut sent: Vec<u64> = Vec::new();
        let mut body = String::from("{\"events\":[");
        let mut through = 0;
        for entry in entries {
            if webhook.sending.is_some_and(|sending| sending < entry.seq) || body.len() >= LONG {
                break;
            }
            through = entry.seq;
            let events = BusEvent::all_of(entry);
            for event in events.filter(|event| webhook.webhook.wants(&event.event)) {
                if !sent.is_empty() {
                    body.push(',');
                }
                sent.push(event.seq);
                body.push_str(&serde_json::to_string(&event).expect("events are plain data"));
            }
        }
        body.push_str("]}");
        Some(Self {
            first: *sent.first()?,
            last: *sent.last()?,
            events: u32::try_from(sent.len()).unwrap_or(u32::MAX),
            through,
            body: body.into(),
        })
    }
}
