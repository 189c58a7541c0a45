//! What the backend needs of the world. The docs are the promises; `contract.rs` holds every
//! adapter to them.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use domain::topic::Topic;
use domain::{Actor, BarId, CommandId, Entry, Order, OrderId, PersonId, Timestamp};
use futures_util::future::{BoxFuture, Shared};

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

/// The names to call. Kept apart from the log, so that they can be removed.
#[async_trait]
pub trait PickupNames: Send + Sync {
    /// Keeps the name of an order, or removes it. Durable no later than any entry that is
    /// appended afterwards.
    async fn put(&self, order: &OrderId, name: Option<&str>) -> Result<(), Unavailable>;

    /// All names kept for orders of a bar.
    async fn of_bar(&self, bar: &BarId) -> Result<Vec<(OrderId, String)>, Unavailable>;
}

/// Orders long after the bar has forgotten them. Folded from the log; can be folded again.
#[async_trait]
pub trait History: Send + Sync {
    /// The last entry of a bar that has been taken in; 0 when none has.
    async fn cursor(&self, bar: &BarId) -> Result<u64, Unavailable>;

    /// Takes in what entries up to `through` made of these orders. Taking in the same again
    /// changes nothing.
    async fn put(&self, bar: &BarId, through: u64, orders: &[Order]) -> Result<(), Unavailable>;

    /// Forgets a bar's orders, and that any of its entries was taken in.
    async fn forget(&self, bar: &BarId) -> Result<(), Unavailable>;

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
pub trait Live: Send + Sync {
    /// Sends to whoever listens now; never waits for them.
    fn publish(&self, topic: &Topic, payload: Bytes);
}

/// Staff accounts and withdrawn sessions.
#[async_trait]
pub trait Identity: Send + Sync {
    /// The person behind a user name, if the password is theirs. Takes as long when there is no
    /// such user.
    async fn verify(&self, username: &str, password: &str) -> Result<Option<Actor>, Unavailable>;

    /// The names of all staff.
    async fn names(&self) -> Result<Vec<(PersonId, String)>, Unavailable>;

    /// Withdraws a session; durable when it returns. It may be forgotten after `expires_at`.
    async fn revoke(&self, session: &str, expires_at: Timestamp) -> Result<(), Unavailable>;

    /// Whether a session has been withdrawn. Answers from memory: asked on every request.
    fn is_revoked(&self, session: &str) -> bool;
}
