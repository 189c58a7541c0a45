//! A bar with a webhook, and who is at the other end.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use domain::webhook::{NoAnswer, PATIENCE_SECONDS, Webhook, WebhookAttempt, WebhookChange};
use domain::{BusEvent, Entry, Event, Role, Timestamp, WebhookName};
use serde::Deserialize;
use tokio::sync::Notify;

use super::super::{Deliverer, Next};
use crate::clock::Clock;
use crate::contract;
use crate::memory::Memory;
use crate::ports::{KeptWebhook, Log as _, Post, Sender, SigningKey, Webhooks as _};

/// A clock that stands still until it is set.
pub(super) struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// What is at the other end.
#[derive(Default)]
pub(super) struct Receiver {
    /// What it answers next; success when nothing is said.
    pub(super) answers: Mutex<VecDeque<Result<u16, NoAnswer>>>,
    posts: Mutex<Vec<(Post, Result<u16, NoAnswer>)>>,
    /// Whoever posts waits for this after it has arrived.
    held: Mutex<Option<Arc<Notify>>>,
}

impl Receiver {
    pub(super) fn answers(&self, answers: &[Result<u16, NoAnswer>]) {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).extend(answers);
    }

    pub(super) fn posts(&self) -> Vec<(Post, Result<u16, NoAnswer>)> {
        self.posts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns when so many have arrived.
    pub(super) async fn has_heard(&self, posts: usize) {
        while self.posts().len() < posts {
            tokio::task::yield_now().await;
        }
    }

    pub(super) fn is_held_by(&self, held: Option<Arc<Notify>>) {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = held;
    }

    /// The entries of the events that were taken with success, in their order.
    pub(super) fn taken(&self) -> Vec<u64> {
        let posts = self.posts().into_iter().filter(|(_, answer)| *answer == Ok(204));
        posts.flat_map(|(post, _)| events(&post)).map(|event| event.seq).collect()
    }
}

pub(super) fn events(post: &Post) -> Vec<BusEvent> {
    #[derive(Deserialize)]
    struct Sent {
        events: Vec<BusEvent>,
    }
    let sent: Sent = serde_json::from_slice(&post.body).expect("events");
    sent.events
}

pub(super) fn header<'a>(post: &'a Post, name: &str) -> &'a str {
    let found = post.headers.iter().find(|(named, _)| *named == name);
    found.map(|(_, value)| value.as_str()).expect(name)
}

#[async_trait]
impl Sender for Receiver {
    async fn post(&self, post: Post) -> Result<u16, NoAnswer> {
        let next = self.answers.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let answer = next.unwrap_or(Ok(204));
        self.posts.lock().unwrap_or_else(PoisonError::into_inner).push((post, answer));
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(held) = held {
            held.notified().await;
        }
        answer
    }
}

/// A bar with a webhook, `tills`.
pub(super) struct World {
    pub(super) memory: Arc<Memory>,
    pub(super) clock: Arc<HandClock>,
    pub(super) receiver: Arc<Receiver>,
    pub(super) deliverer: Deliverer,
}

impl World {
    pub(super) async fn with(types: Option<&[&str]>) -> Self {
        let memory = Arc::new(Memory::default());
        let clock = Arc::new(HandClock(AtomicI64::new(contract::now().millis())));
        let receiver = Arc::new(Receiver::default());
        let deliverer = Deliverer {
            log: memory.clone(),
            webhooks: memory.clone(),
            sender: receiver.clone(),
            clock: clock.clone(),
            first_wait_seconds: 5,
        };
        let world = Self { memory, clock, receiver, deliverer };
        world.makes(types).await;
        world
    }

    /// An organiser makes the webhook, which is to be sent everything there is of these kinds.
    pub(super) async fn makes(&self, types: Option<&[&str]>) {
        let types = types.map(|types| types.iter().map(|&name| name.to_owned()).collect());
        let change = WebhookChange { url: "https://tills.example/".to_owned(), types };
        let kept = KeptWebhook {
            webhook: Webhook::new(name(), change, 0),
            former: None,
            sending: None,
            busy_until: None,
            ..contract::webhook("espresso", "tills")
        };
        self.memory.put(&kept, None).await.expect("put");
    }

    /// These entries are appended.
    pub(super) async fn happens(&self, entries: impl IntoIterator<Item = u64>) {
        for seq in entries {
            let by = domain::Sender::Person {
                person: "bea".parse().expect("an id"),
                role: Role::Barista,
            };
            let entry = Entry {
                bar: "espresso".parse().expect("a slug"),
                seq,
                at: contract::now(),
                by,
                cause: format!("command-{seq}").parse().expect("an id"),
                digest: String::new(),
                events: vec![if seq % 2 == 0 { Event::BarOpened {} } else { Event::BarClosed {} }],
            };
            self.memory.append(Arc::new(entry)).await.expect("appended");
        }
    }

    pub(super) async fn turn(&self) -> Next {
        let bar = "espresso".parse().expect("a slug");
        self.deliverer.turn(&bar, &name()).await.expect("nothing fails")
    }

    /// A turn, and what somebody does after what it sends has arrived and before it hears so.
    pub(super) async fn turn_while<T>(&self, act: impl AsyncFnOnce() -> T) -> (Next, T) {
        let held = Arc::new(Notify::new());
        self.receiver.is_held_by(Some(held.clone()));
        let arrived = self.receiver.posts().len() + 1;
        let mut turn = std::pin::pin!(self.turn());
        tokio::select! {
            _ = &mut turn => panic!("it waits for the answer"),
            () = self.receiver.has_heard(arrived) => {}
        }
        let done = act().await;
        self.receiver.is_held_by(None);
        held.notify_one();
        (turn.await, done)
    }

    /// Turn after turn, and time passes where it has to; what it waits for in the end.
    pub(super) async fn goes_on(&self) -> Next {
        loop {
            match self.turn().await {
                Next::Now => {}
                Next::At(at) => self.clock.0.store(at.millis(), Ordering::SeqCst),
                end @ (Next::WithNews | Next::Never) => return end,
            }
        }
    }

    pub(super) fn pass(&self, seconds: u32) {
        self.clock.0.fetch_add(i64::from(seconds) * 1000, Ordering::SeqCst);
    }

    pub(super) async fn kept(&self) -> KeptWebhook {
        let bar = "espresso".parse().expect("a slug");
        self.memory.webhook(&bar, &name()).await.expect("read").expect("it is there")
    }

    /// An organiser changes it.
    pub(super) async fn changes(&self, change: impl FnOnce(KeptWebhook) -> KeptWebhook) {
        let kept = change(self.kept().await);
        self.memory.put(&kept, None).await.expect("put");
    }

    /// An organiser removes it.
    pub(super) async fn removes(&self) {
        let bar = "espresso".parse().expect("a slug");
        assert!(self.memory.remove(&bar, &name()).await.expect("removed"));
    }

    /// An organiser has it begin with an entry again.
    pub(super) async fn replays(&self, from: u64) {
        self.changes(|kept| {
            let webhook = kept.webhook.replayed(from, u64::MAX).expect("within the log");
            KeptWebhook { webhook, sending: None, ..kept }
        })
        .await;
    }

    /// An organiser gives it another secret.
    pub(super) async fn rolls(&self) {
        let until = contract::now().plus_seconds(PATIENCE_SECONDS);
        self.changes(|kept| KeptWebhook {
            former: Some((kept.secret, until)),
            secret: SigningKey([3; 32]),
            ..kept
        })
        .await;
    }

    pub(super) async fn attempts(&self) -> Vec<WebhookAttempt> {
        self.memory.attempts(&self.kept().await).await.expect("read")
    }
}

fn name() -> WebhookName {
    "tills".parse().expect("a name")
}
