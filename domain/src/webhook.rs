//! Webhooks: where the events of a bar are sent over HTTP, when a delivery that failed is tried
//! again, and when it is given up. Nothing is ever passed over: a webhook that is given up stands
//! where it was, until an organiser lets it go on.

use serde::{Deserialize, Serialize};

use crate::event::Event;
use crate::id::WebhookName;
use crate::mistake::Mistake;
use crate::rejection::Rejection;
use crate::time::Timestamp;

/// Webhooks a bar may have.
pub const MOST: usize = 5;
/// Attempts of a webhook that are kept, the newest.
pub const MOST_ATTEMPTS: usize = 100;
/// Bytes of an address, at most.
pub const LONGEST_ADDRESS: usize = 512;
/// How long a delivery is tried again before the webhook is switched off.
pub const PATIENCE_SECONDS: u32 = 24 * 3600;
/// The longest wait between two attempts.
pub const LONGEST_WAIT_SECONDS: u32 = 3600;
/// How long deliveries are signed with the secret before the newest as well.
pub const FORMER_SECRET_SECONDS: u32 = 24 * 3600;
/// The wait after the first failure, unless the deployment says otherwise.
pub const FIRST_WAIT_SECONDS: u32 = 5;

/// A webhook, as organisers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Webhook {
    /// Its name at its bar.
    pub name: WebhookName,
    /// Where events are sent.
    pub url: String,
    /// The kinds of events it wants; none given means all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub types: Option<Vec<String>>,
    /// The entry of the log up to which it has been sent what it wants; replaying sets it back.
    pub delivered: u64,
    /// Attempts that have failed since one did not.
    pub failures: u32,
    /// When the first of them was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<Timestamp>,
    /// When it is tried again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<Timestamp>,
    /// Since when nothing is sent any more, because nothing arrived for a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off_since: Option<Timestamp>,
}

/// Making a webhook, or changing one. A change also lets one go on that was switched off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WebhookChange {
    /// Where events are sent: `http://` or `https://`, without a name, a password or a fragment.
    #[cfg_attr(feature = "schema", schemars(length(max = LONGEST_ADDRESS)))]
    pub url: String,
    /// The kinds of events it wants; none given means all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub types: Option<Vec<String>>,
}

/// A webhook that was made or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SavedWebhook {
    /// As it is now.
    pub webhook: Webhook,
    /// What its deliveries are signed with, when it has just been made. It is told this once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// What deliveries of a webhook are signed with from now on. Those of the next day are signed with
/// the one before, too.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WebhookSecret {
    /// `whsec_` and 32 bytes in base64.
    pub secret: String,
}

/// Sending again what has happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Replay {
    /// The entry of the log with which to begin, from 1 to the one that will be next.
    pub from: u64,
}

/// One attempt to deliver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WebhookAttempt {
    /// When it was made.
    pub at: Timestamp,
    /// The entry of the first event sent.
    pub first: u64,
    /// The entry of the last event sent.
    pub last: u64,
    /// How many events were sent.
    pub events: u32,
    /// What was answered, in HTTP's numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why there was no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<NoAnswer>,
    /// How long it took.
    pub milliseconds: u32,
    /// When it is tried again; never when it was delivered, or given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<Timestamp>,
}

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoAnswer {
    /// It did not come in time.
    TimedOut,
    /// No connection was made.
    NotReached,
    /// This deployment sends nothing to such an address.
    AddressRefused,
    /// The connection broke, or what came was no HTTP.
    Broken,
}

impl NoAnswer {
    /// Every reason.
    pub const ALL: [Self; 4] =
        [Self::TimedOut, Self::NotReached, Self::AddressRefused, Self::Broken];
}

impl WebhookAttempt {
    /// Whether it was delivered: the answer was a success, and nothing else is one.
    pub fn is_delivered(&self) -> bool {
        self.status.is_some_and(is_delivered)
    }
}

/// Whether this answer, in HTTP's numbers, says that events have arrived.
pub const fn is_delivered(status: u16) -> bool {
    matches!(status, 200..=299)
}

/// When a webhook is to be sent what there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// At once.
    Now,
    /// At this moment.
    At(Timestamp),
    /// When an organiser says so.
    Never,
}

impl WebhookChange {
    /// The change with its kinds in order, or where it does not make sense.
    pub fn checked(self) -> Result<Self, Rejection> {
        if !is_web_address(&self.url) {
            return Err(invalid("url", Mistake::NoWebAddress));
        }
        let Some(mut types) = self.types else { return Ok(self) };
        types.sort();
        types.dedup();
        let is_known = |name: &String| Event::NAMES.contains(&name.as_str());
        if types.is_empty() || !types.iter().all(is_known) {
            return Err(invalid("types", Mistake::NoEventTypes));
        }
        Ok(Self { types: Some(types), ..self })
    }
}

impl Webhook {
    /// A webhook that is sent what happens after an entry.
    pub fn new(name: WebhookName, change: WebhookChange, delivered: u64) -> Self {
        let WebhookChange { url, types } = change;
        let (failures, failing_since, next_at, off_since) = (0, None, None, None);
        Self { name, url, types, delivered, failures, failing_since, next_at, off_since }
    }

    /// The same with another address or other kinds; it goes on from where it stands.
    #[must_use]
    pub fn changed(self, change: WebhookChange) -> Self {
        Self::new(self.name, change, self.delivered)
    }

    /// The same, to be sent everything from an entry on; `last` is the last entry there is.
    pub fn replayed(self, from: u64, last: u64) -> Result<Self, Rejection> {
        match from.checked_sub(1).filter(|delivered| *delivered <= last) {
            Some(delivered) => Ok(self.has_delivered(delivered)),
            None => Err(invalid("from", Mistake::OutOfRange)),
        }
    }

    /// The same after everything up to an entry has arrived.
    #[must_use]
    pub fn has_delivered(self, through: u64) -> Self {
        let change = WebhookChange { url: self.url, types: self.types };
        Self::new(self.name, change, through)
    }

    /// The same after an attempt that failed. `chance`, from the whole range of its type, decides
    /// where in the wait the next one falls, so that many do not come at once.
    #[must_use]
    pub fn has_failed(self, at: Timestamp, first_wait_seconds: u32, chance: u16) -> Self {
        // A laptop that was switched off, or slept, has not tried meanwhile: its day begins anew.
        let tried = |next: Timestamp| at <= next.plus_seconds(LONGEST_WAIT_SECONDS);
        let since = self.failing_since.filter(|_| self.next_at.is_none_or(tried)).unwrap_or(at);
        let failures = self.failures.saturating_add(1);
        let end = since.plus_seconds(PATIENCE_SECONDS);
        let wait = wait_millis(first_wait_seconds, failures, chance);
        let next = Timestamp::from_millis(at.millis().saturating_add(wait)).min(end);
        // The last attempt is made when the day is over.
        let is_over = end <= at;
        Self {
            failures,
            failing_since: Some(since),
            next_at: (!is_over).then_some(next),
            off_since: is_over.then_some(at),
            ..self
        }
    }

    /// When it is to be sent what there is.
    pub fn turn(&self, now: Timestamp) -> Turn {
        match (self.off_since, self.next_at) {
            (Some(_), _) => Turn::Never,
            (None, Some(at)) if now < at => Turn::At(at),
            (None, Some(_) | None) => Turn::Now,
        }
    }

    /// Whether it wants to know of this.
    pub fn wants(&self, event: &Event) -> bool {
        let types = self.types.as_ref();
        types.is_none_or(|types| types.iter().any(|name| name == event.name()))
    }
}

/// The wait after so many failures: the first, twice as long after each, an hour at most; of that
/// at least half, and as much of the other half as chance has it.
fn wait_millis(first_seconds: u32, failures: u32, chance: u16) -> i64 {
    let doublings = failures.saturating_sub(1).min(31);
    let whole = (u64::from(first_seconds) << doublings).min(LONGEST_WAIT_SECONDS.into()) * 1000;
    let half = whole / 2;
    let more = (whole - half) * u64::from(chance) / u64::from(u16::MAX);
    i64::try_from(half + more).unwrap_or(i64::MAX)
}

/// Whether events can be sent there. Whether anybody listens only shows when they are.
fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let Some(rest) = rest.filter(|_| url.len() <= LONGEST_ADDRESS) else {
        return false;
    };
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\"#<>\\^`{|}".contains(&byte);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        Some(_) | None => (authority, None),
    };
    let is_port = |port: &str| {
        port.bytes().all(|byte| byte.is_ascii_digit())
            && port.parse::<u16>().is_ok_and(|port| port > 0)
    };
    let of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let of_v6 = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':');
    let is_host = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(v6) => !v6.is_empty() && v6.bytes().all(of_v6),
        None => !host.is_empty() && host.bytes().all(of_name),
    };
    rest.bytes().all(is_plain) && is_host && port.is_none_or(is_port)
}

fn invalid(field: &str, problem: Mistake) -> Rejection {
    Rejection::Invalid { field: field.to_owned(), problem }
}
