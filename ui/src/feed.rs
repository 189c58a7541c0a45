//! One view, kept current: fetched when the live connection is up, brought forward by messages,
//! fetched again when one was missed, when its moment comes, and every 60 s in any case.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use domain::Timestamp;
use domain::journey::JourneyView;
use domain::view::{Applied, BarView, BoardView, CodeView, OrderView, QueueView};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;

use crate::clock::Clock;
use crate::fault::Fault;
use crate::{json, random};

/// How often the main view of a screen is fetched even if nothing was missed (contract).
pub const EVERY_MINUTE: Duration = Duration::from_secs(60);

/// The pauses after fetches nobody answered; the last one is repeated.
const PAUSES: [u64; 4] = [1, 2, 4, 8];

/// A view that says when the server made it.
pub trait Dated {
    /// The server's clock when it answered.
    fn now(&self) -> Timestamp;
}

macro_rules! dated {
    ($($view:ty),*) => {$(
        impl Dated for $view {
            fn now(&self) -> Timestamp {
                self.now
            }
        }
    )*};
}
dated!(BarView, BoardView, CodeView, JourneyView, OrderView, QueueView);

type Fetched<V> = Pin<Box<dyn Future<Output = Result<V, Fault>>>>;
type Change<V> = Rc<dyn Fn(&mut V) -> Applied>;

/// One view of the server as a signal.
pub struct Feed<V: 'static> {
    clock: Clock,
    view: RwSignal<Option<V>>,
    fault: RwSignal<Option<Fault>>,
    work: StoredValue<Work<V>, LocalStorage>,
}

struct Work<V> {
    fetch: Rc<dyn Fn() -> Fetched<V>>,
    every: Option<Duration>,
    in_flight: bool,
    /// Asked for while another fetch was in flight, whose answer may be older than the question.
    again: bool,
    failures: usize,
    /// What was heard since the fetch in flight began: its answer may not know of it yet.
    heard: Vec<Change<V>>,
    next: Option<TimeoutHandle>,
    appointment: Option<TimeoutHandle>,
}

impl<V> Clone for Feed<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for Feed<V> {}

impl<V: Dated + Send + Sync + 'static> Feed<V> {
    /// A feed that fetches at once, and then `every` so often if that is given: one view of each
    /// screen has [`EVERY_MINUTE`], the others follow messages and appointments. It ends with the
    /// component that made it.
    pub fn start<F>(clock: Clock, every: Option<Duration>, fetch: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<V, Fault>> + 'static,
    {
        let feed = Self {
            clock,
            view: RwSignal::new(None),
            fault: RwSignal::new(None),
            work: StoredValue::new_local(Work {
                fetch: Rc::new(move || Box::pin(fetch())),
                every,
                in_flight: false,
                again: false,
                failures: 0,
                heard: Vec::new(),
                next: None,
                appointment: None,
            }),
        };
        feed.refetch();
        feed
    }

    /// The view as far as it is known; none until the first answer.
    pub fn view(&self) -> RwSignal<Option<V>> {
        self.view
    }

    /// Why the last fetch failed; none when it did not.
    pub fn fault(&self) -> RwSignal<Option<Fault>> {
        self.fault
    }

    /// Fetches the view now.
    pub fn refetch(&self) {
        let feed = *self;
        let fetched = self.work.try_update_value(|work| {
            if work.in_flight {
                work.again = true;
                return None;
            }
            work.in_flight = true;
            work.again = false;
            work.heard.clear();
            if let Some(next) = work.next.take() {
                next.clear();
            }
            if let Some(every) = work.every {
                work.next = feed.timer(every);
            }
            Some((work.fetch)())
        });
        if let Some(Some(fetched)) = fetched {
            spawn_local(async move { feed.answered(fetched.await) });
        }
    }

    /// Fetches the view when `at` has come by the server's clock, and up to a second later, so
    /// that a thousand phones do not ask at once. Replaces an earlier appointment.
    pub fn refetch_at(&self, at: Timestamp) {
        let wait = at.millis_since(self.clock.now_untracked());
        let jitter = random::fraction() * 1000.0;
        let timer = self.timer(Duration::from_millis(wait.max(500) + jitter as u64));
        self.work.try_update_value(|work| {
            if let Some(before) = work.appointment.take() {
                before.clear();
            }
            work.appointment = timer;
        });
    }

    /// Brings the view forward by a message. A gap is closed by fetching.
    pub fn hear(&self, change: impl Fn(&mut V) -> Applied + 'static) {
        let change: Change<V> = Rc::new(change);
        let in_flight = self.work.try_update_value(|work| {
            if work.in_flight {
                work.heard.push(change.clone());
            }
            work.in_flight
        });
        let applied = self.view.try_maybe_update(|view| {
            let applied = view.as_mut().map(|view| change(view));
            (applied == Some(Applied::Yes), applied)
        });
        let gap = applied.flatten() == Some(Applied::Gap);
        if gap && in_flight == Some(false) {
            self.refetch();
        }
    }

    /// [`Feed::hear`]s a live message as it came over the wire. One this app cannot read is from a
    /// newer server: what it changed is fetched, and the answer to that says what is wrong.
    pub fn hear_message<M: DeserializeOwned + 'static>(
        &self,
        message: &[u8],
        apply: fn(&mut V, &M) -> Applied,
    ) {
        match json::read_bytes::<M>(message) {
            Ok(message) => self.hear(move |view| apply(view, &message)),
            Err(_) => self.refetch(),
        }
    }

    fn answered(&self, answer: Result<V, Fault>) {
        let Some(heard) = self.work.try_update_value(|work| {
            work.in_flight = false;
            std::mem::take(&mut work.heard)
        }) else {
            return;
        };
        match answer {
            Ok(mut view) => {
                let missed = heard.iter().any(|change| change(&mut view) == Applied::Gap);
                self.clock.heard(view.now());
                self.fault.try_update(|fault| *fault = None);
                self.view.try_set(Some(view));
                let again = self.work.try_update_value(|work| {
                    work.failures = 0;
                    work.again
                });
                if missed || again == Some(true) {
                    self.refetch();
                }
            }
            Err(fault) => {
                if fault.may_pass() {
                    self.retry();
                }
                self.fault.try_set(Some(fault));
            }
        }
    }

    fn retry(&self) {
        let failures = self.work.try_update_value(|work| {
            work.failures += 1;
            work.failures
        });
        let pause = PAUSES[failures.unwrap_or(1).min(PAUSES.len()) - 1];
        let timer = self.timer(Duration::from_secs(pause).mul_f64(0.5 + random::fraction()));
        self.work.try_update_value(|work| {
            if let Some(next) = work.next.take() {
                next.clear();
            }
            work.next = timer;
        });
    }

    fn timer(&self, wait: Duration) -> Option<TimeoutHandle> {
        let feed = *self;
        set_timeout_with_handle(move || feed.refetch(), wait).ok()
    }
}

impl<V> Drop for Work<V> {
    fn drop(&mut self) {
        for timer in [self.next.take(), self.appointment.take()].into_iter().flatten() {
            timer.clear();
        }
    }
}
