//! What the backend needs of the world. The docs are the promises; `contract.rs` holds every
//! adapter to them.

mod webhooks;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use domain::journey::Hops;
use domain::staff::StaffMember;
use domain::topic::Topic;
use domain::turned_away::{Counts, TurnedAwayHour};
use domain::{
    Actor, BarId, BusEvent, Code, CommandId, Entry, Order, OrderId, PersonId, Timestamp, Username,
};
use futures_util::future::{BoxFuture, Shared};
use serde::{Deserialize, Serialize};

pub use self::webhooks::{KeptWebhook, Post, Sender, SigningKey, Webhooks};

/// The store could not do it. The same call may work later.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the store failed")]
pub struct Unavailable(#[source] pub Arc<dyn std::error::Error + Send + Sync>);

impl Unavailable {
    /// Wraps what went wrong.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(Arc::from(cause.into()))
    }
}

/// Why an entry was not appended. Nothing was written.
#[derive(Clone, Debug, thiserror::Error)]
pub enum AppendError {
    /// Its `seq` does not follow the last entry of its log: somebody else was first, or an
    /// entry ahead of it was lost.
    #[error("the entry does not follow the last one of its log")]
    Conflict,
    /// The store failed; whether the entry was written, only the log can tell.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl From<AppendError> for Unavailable {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Unavailable(unavailable) => unavailable,
            // With one writer a lost race means that an entry ahead was lost with its disk.
            conflict @ AppendError::Conflict => Self::new(conflict),
        }
    }
}

/// Resolves when what was asked for is durable, or will never be.
pub type Ticket = Shared<BoxFuture<'static, Result<(), AppendError>>>;

/// The logs of all bars: the only truth.
#[async_trait]
pub trait Log: Send + Sync {
    /// Queues an entry and returns at once.
    ///
    /// 1. When the ticket resolves to `Ok`, the entry survives the loss of power.
    /// 2. Entries become durable in the order in which they were queued.
    /// 3. An entry is written only if its `seq` is one more than the last of its log.
    /// 4. After a failure every entry queued behind it on the same log fails as well.
    fn append(&self, entry: Arc<Entry>) -> Ticket;

    /// Whether others append to these logs, too. Whoever decides then reads first what it has
    /// missed, and waits for each entry before it decides on it.
    fn is_shared(&self) -> bool {
        false
    }

    /// The durable entries of a log after `after`, in order and without a gap, `limit` at most.
    async fn read(&self, bar: &BarId, after: u64, limit: u32) -> Result<Vec<Entry>, Unavailable>;

    /// The durable entry that a person's command caused.
    async fn find(
        &self,
        bar: &BarId,
        person: &PersonId,
        command: &CommandId,
    ) -> Result<Option<Entry>, Unavailable>;

    /// Keeps a snapshot of a bar in place of the one before, whole or not at all; durable when it
    /// returns.
    async fn put_snapshot(&self, bar: &BarId, snapshot: String) -> Result<(), Unavailable>;

    /// The snapshot that is kept of a bar.
    async fn snapshot(&self, bar: &BarId) -> Result<Option<String>, Unavailable>;

    /// Every bar that has a log.
    async fn bars(&self) -> Result<Vec<BarId>, Unavailable>;

    /// Fails when nothing could be appended at the moment.
    async fn check(&self) -> Result<(), Unavailable>;
}

/// The name to call for an order, or that there is none any more.
pub type Named = (OrderId, Option<String>);

/// The names to call. Kept apart from the log, so that they can be removed.
#[async_trait]
pub trait PickupNames: Send + Sync {
    /// Keeps the name of an order, or removes it, together with the next entry of its bar: neither
    /// is durable without the other, and the name before stays when that entry is lost.
    async fn put(&self, order: &OrderId, name: Option<&str>) -> Result<(), Unavailable>;

    /// All names kept for orders of a bar.
    async fn of_bar(&self, bar: &BarId) -> Result<Vec<(OrderId, String)>, Unavailable>;

    /// The names kept for these orders of a bar, of those that have one.
    async fn of_orders(
        &self,
        bar: &BarId,
        orders: &BTreeSet<OrderId>,
    ) -> Result<Vec<(OrderId, String)>, Unavailable>;
}

/// How many guests were not let in, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// When the first of them came.
    pub since: Timestamp,
    /// How many, by reason.
    pub counts: Counts,
}

/// Guests who were not let in, counted by many processes none of which may live to write its own
/// down. Needed where logs are shared.
#[async_trait]
pub trait Tally: Send + Sync {
    /// Counts a guest; durable when it returns.
    async fn count(&self, bar: &BarId, code: Code, at: Timestamp) -> Result<(), Unavailable>;

    /// All who were counted and whom no entry tells of. An entry that does takes them off in the
    /// step in which it is appended, and is not appended if others were counted meanwhile.
    async fn counted(&self, bar: &BarId) -> Result<Option<Counted>, Unavailable>;
}

/// Guests who were not let in, as one entry of a log tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnedAway {
    /// Which entry.
    pub seq: u64,
    /// The hour, in UTC, in which the first of them came.
    pub hour: Timestamp,
    /// How many, by reason.
    pub counts: Counts,
}

/// Orders long after the bar has forgotten them. Folded from the log; can be folded again.
#[async_trait]
pub trait History: Send + Sync {
    /// The last entry of a bar that has been taken in; 0 when none has.
    async fn cursor(&self, bar: &BarId) -> Result<u64, Unavailable>;

    /// Takes in what entries made of these orders, and the guests they say were turned away, and
    /// that this was all up to `through`, unless whoever tells it keeps that. When it fails some of
    /// it may have been taken in. Taking in the same again changes nothing, and whoever comes late
    /// sets nothing back.
    async fn put(
        &self,
        bar: &BarId,
        through: Option<u64>,
        orders: &[Order],
        turned_away: &[TurnedAway],
    ) -> Result<(), Unavailable>;

    /// Forgets a bar's orders, and that any of its entries was taken in.
    async fn forget(&self, bar: &BarId) -> Result<(), Unavailable>;

    /// The guests a bar has turned away, by hour, oldest first.
    async fn turned_away(&self, bar: &BarId) -> Result<Vec<TurnedAwayHour>, Unavailable>;

    /// One order.
    async fn order(&self, order: &OrderId) -> Result<Option<Order>, Unavailable>;

    /// A person's orders, newest first, beginning after the order `before`, `limit` at most.
    async fn of_person(
        &self,
        person: &PersonId,
        before: Option<&OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, Unavailable>;
}

/// Messages to screens. At most once: a screen that missed one fetches its view again.
#[async_trait]
pub trait Live: Send + Sync {
    /// Sends to whoever listens now; never waits for them. After a call that failed some may have
    /// heard it: sending it again does no harm.
    async fn publish(&self, topic: &Topic, payload: Bytes) -> Result<(), Unavailable>;

    /// Sessions of this person have been withdrawn: connections that were let in with one of them
    /// end now, others go on.
    fn sessions_withdrawn(&self, person: &PersonId);
}

/// Events to whoever integrates with a bar.
#[async_trait]
pub trait Bus: Send + Sync {
    /// Hands events over, in this order where the bus keeps one. Of a call that failed some may
    /// have been handed over; they are again when it is made again: consumers know an event by its
    /// bar, `seq` and `index`.
    async fn publish(&self, events: &[BusEvent]) -> Result<(), Unavailable>;
}

/// Who is told what a log says, where how far that has come is kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sink {
    /// The orders of the past.
    History,
    /// The screens, by messages.
    Live,
    /// Everybody, how the bar is: at most once a second.
    Status,
    /// The bus.
    Bus,
}

impl Sink {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::History, Self::Live, Self::Status, Self::Bus];

    /// Its name, as adapters keep it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::History => "history",
            Self::Live => "live",
            Self::Status => "status",
            Self::Bus => "bus",
        }
    }
}

/// How far a sink has been told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The last entry it has been told of; 0 when of none.
    pub seq: u64,
    /// When it was told.
    pub at: Timestamp,
}

/// How far each sink of a bar has been told; one that is missing has been told nothing.
pub type Places = BTreeMap<Sink, Cursor>;

/// How far the sinks of each bar have been told.
#[async_trait]
pub trait Cursors: Send + Sync {
    /// Where the sinks of a bar stand.
    async fn places(&self, bar: &BarId) -> Result<Places, Unavailable>;

    /// Moves these cursors forward and leaves the others; durable when it returns. Each for itself:
    /// one that would be set back, or put where it is, stays as it is.
    async fn advance(&self, bar: &BarId, to: Places) -> Result<(), Unavailable>;
}

/// How long [`HopTimes`] are kept.
pub const HOPS_KEPT_SECONDS: u32 = 2 * 24 * 3600;

/// When the sinks had the entries of each bar. Needed where another process tells them.
#[async_trait]
pub trait HopTimes: Send + Sync {
    /// Keeps the times of entries for [`HOPS_KEPT_SECONDS`] from `now` at least. Of a time that is
    /// kept already the first counts.
    async fn keep(
        &self,
        bar: &BarId,
        hops: &BTreeMap<u64, Hops>,
        now: Timestamp,
    ) -> Result<(), Unavailable>;

    /// The times that are kept of these entries.
    async fn of(&self, bar: &BarId, entries: &[u64]) -> Result<BTreeMap<u64, Hops>, Unavailable>;
}

/// An account of staff, and what its sessions are made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The account, as organisers see it.
    pub member: StaffMember,
    /// Who has it; stays the same for a user name, whatever becomes of the account.
    pub person: PersonId,
    /// What its sessions carry. An account that is given another has none any more.
    pub seal: String,
}

impl Account {
    /// The person in its role, as sessions carry it.
    pub fn actor(&self) -> Actor {
        let StaffMember { role, name, bars, .. } = self.member.clone();
        Actor { person: self.person.clone(), role, name: Some(name), bars }
    }
}

/// All accounts at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accounts {
    /// By user name.
    pub all: Vec<Account>,
    /// Another one after every change.
    pub version: u64,
}

/// What the people behind these accounts are called.
pub(crate) fn names_of(accounts: Vec<Account>) -> BTreeMap<PersonId, String> {
    accounts.into_iter().map(|account| (account.person, account.member.name)).collect()
}

/// Why an account, or a webhook, was not changed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ChangeError {
    /// Somebody changed them since that version was read. Nothing was written.
    #[error("somebody else was first")]
    Conflict,
    /// The store failed; what was written in spite of that, the same call again completes.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Accounts of staff, one-time links to them, and withdrawn sessions.
#[async_trait]
pub trait Identity: Send + Sync {
    /// The account behind a user name, if the password is its own. Takes as long when there is no
    /// such account, or one without a password.
    async fn verify(&self, username: &str, password: &str) -> Result<Option<Account>, Unavailable>;

    /// All accounts.
    async fn accounts(&self) -> Result<Accounts, Unavailable>;

    /// The names of all staff, as others read them.
    async fn names(&self) -> Result<BTreeMap<PersonId, String>, Unavailable> {
        Ok(names_of(self.accounts().await?.all))
    }

    /// Keeps an account under its user name, in place of what was there; durable when it returns.
    /// Without a password it keeps the one it has, if any: that alone settles
    /// `member.has_password`. With another seal than before its links are gone.
    ///
    /// Where several processes change accounts, only if those are still of this version.
    async fn put(
        &self,
        account: &Account,
        password: Option<&str>,
        version: u64,
    ) -> Result<(), ChangeError>;

    /// Removes an account and its links; durable when it returns. Its seal never comes back. The
    /// same holds of the version.
    async fn remove(&self, username: &Username, version: u64) -> Result<(), ChangeError>;

    /// Keeps a one-time link to an account, for as long as it has the seal it has here; durable
    /// when it returns. `mark` is made from the link in a way that does not lead back.
    async fn put_link(
        &self,
        mark: &str,
        account: &Account,
        expires_at: Timestamp,
    ) -> Result<(), Unavailable>;

    /// Takes a link: the account it leads to, once, before `expires_at`. It is gone for good when
    /// this returns.
    async fn take_link(&self, mark: &str, now: Timestamp) -> Result<Option<Account>, Unavailable>;

    /// Withdraws sessions, each with the time at which it ends by itself; durable when it returns.
    /// Those that have ended by `now` may be forgotten, so that they do not pile up.
    async fn revoke(
        &self,
        sessions: &[(String, Timestamp)],
        now: Timestamp,
    ) -> Result<(), Unavailable>;

    /// Whether a session of this person stands: it has not been withdrawn, and there is an account
    /// of theirs with this seal, if it has one. After a call that failed, what it has written in
    /// spite of that counts. Asked on every request.
    async fn stands(
        &self,
        person: &PersonId,
        seal: Option<&str>,
        session: &str,
    ) -> Result<bool, Unavailable>;
}
