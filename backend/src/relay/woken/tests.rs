//! Whatever goes wrong while it is told, in the end everybody knows what the log says.

mod limits;
mod morning;
mod perils;
mod screens;
#[cfg(feature = "aws")]
mod stream;
mod times;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use domain::bar::Audience;
use domain::{BarId, BusEvent, Entry, Timestamp};
use tokio::time::Instant;

use self::morning::{Morning, tallied};
use self::perils::{Perils, Whom};
use self::screens::Screens;
use super::WokenRelay;
use crate::app::Ports;
use crate::clock::Clock;
use crate::code::Codes;
use crate::memory::Memory;
use crate::ports::{Cursors, History, Sink};
use crate::scenarios::door::{secret, settings};

/// A clock that goes with the runtime's, which is paused.
struct Ticking(Instant, Timestamp);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        let passed = i64::try_from(self.0.elapsed().as_millis()).expect("a test is short");
        Timestamp::from_millis(self.1.millis() + passed)
    }
}

/// A bar whose morning happens again, and everybody who is told of it.
struct World {
    morning: Arc<Morning>,
    memory: Arc<Memory>,
    clock: Arc<Ticking>,
    written: usize,
    screens: Screens,
    events: Vec<BusEvent>,
}

impl World {
    async fn of(morning: &Arc<Morning>) -> Self {
        let memory = morning.elsewhere().await;
        let clock = Arc::new(Ticking(Instant::now(), morning.end()));
        let (bar, _) = morning.after(0);
        let now = clock.now();
        let code = Codes::new(&secret()).view(&bar, &settings().order_url(), now);
        let screens = Screens::of(&bar, &morning.names, code, now);
        Self { morning: morning.clone(), memory, clock, written: 0, screens, events: Vec::new() }
    }

    /// A process that knows nothing yet.
    fn process(&self, perils: &Arc<Perils>) -> WokenRelay {
        let (secret, clock) = (secret(), self.clock.clone());
        let ports = Ports {
            log: self.memory.clone(),
            names: self.memory.clone(),
            tally: None,
            history: perils.clone(),
            hop_times: Some(perils.clone()),
            live: perils.clone(),
            identity: self.memory.clone(),
            webhooks: self.memory.clone(),
            clock,
            people: secret.people(),
            secret,
        };
        WokenRelay::new(ports, perils.clone(), perils.clone(), &settings())
    }

    /// Something happens; answers whether it did.
    async fn goes_on(&mut self, entries: usize) -> bool {
        let until = (self.written + entries).min(self.morning.entries.len());
        self.morning.write(&self.memory, &self.morning.entries[self.written..until]).await;
        std::mem::replace(&mut self.written, until) < until
    }

    /// The last entry that somebody was told of.
    async fn told(&self, sink: Sink) -> u64 {
        self.told_at(&self.morning.bar(), sink).await
    }

    /// The same at another bar.
    async fn told_at(&self, bar: &BarId, sink: Sink) -> u64 {
        let places = self.memory.places(bar).await.expect("nothing fails");
        places.get(&sink).map_or(0, |cursor| cursor.seq)
    }

    /// Wakes a process; answers whether it told everybody everything.
    async fn wakes(&mut self, relay: &WokenRelay) -> bool {
        let failed = relay.wake(BTreeSet::from([self.morning.bar()])).await;
        self.hears();
        failed.is_empty()
    }

    /// Everybody takes in what has arrived.
    fn hears(&mut self) {
        for message in self.memory.published() {
            let bar = || self.morning.after(self.written).0;
            self.screens.hear(&message, bar, &self.morning.names);
        }
        self.events.extend(self.memory.events());
    }

    /// Everybody knows everything, and nobody missed anything on the way.
    async fn everybody_knows(self, context: &str) {
        assert_eq!(self.screens.gaps, 0, "{context}");
        let Self { morning, screens, memory, events, clock, .. } = self;
        let (bar, orders) = morning.after(morning.entries.len());
        for order in &orders {
            let kept = memory.order(&order.order).await.expect("the history");
            assert_eq!(kept.as_ref(), Some(order), "{context}");
        }
        let now = clock.now();
        let code = Codes::new(&secret()).view(&bar, &settings().order_url(), now);
        let mut fresh = Screens::of(&bar, &morning.names, code, now);
        fresh.orders.clear();
        for order in orders.iter().filter(|order| order.person.is_some()) {
            let view = bar.order_view(order, &morning.names, Audience::Guest, now);
            fresh.orders.insert(order.order.clone(), view);
        }
        assert_eq!(screens.settled(), fresh.settled(), "{context}");
        // Some more than once, each for the first time in its turn.
        let mut first: Vec<BusEvent> = Vec::new();
        for event in events {
            match first.iter().find(|known| (known.seq, known.index) == (event.seq, event.index)) {
                Some(known) => assert_eq!(*known, event, "{context}"),
                None => first.push(event),
            }
        }
        let all: Vec<_> = morning.entries.iter().flat_map(BusEvent::all_of).collect();
        assert!(first == all, "{context}: the bus knows {} of {}", first.len(), all.len());
    }
}

/// How many entries come between two wake-ups.
const PACES: [usize; 4] = [1, 3, 2, 5];

#[tokio::test(start_paused = true)]
async fn a_morning_has_everything_that_screens_are_told_of() {
    let morning = Morning::whole().await;
    let tally = tallied(&morning.entries);
    for event in ["OrderExpired", "GuestsTurnedAway", "OrderReturned", "OrderCancelled"] {
        assert!(tally.contains_key(event), "{event} is not in {tally:?}");
    }
    assert_eq!(tally.len(), 17, "{tally:?}");
}

/// The morning in a process that stops for good at this place, and in others after it. Answers
/// whether it came so far.
async fn dies_at(place: usize, morning: &Arc<Morning>) -> bool {
    let mut world = World::of(morning).await;
    let perils = Perils::of(&world.memory, Some(place));
    let mut relay = world.process(&perils);
    for pace in PACES.into_iter().cycle() {
        if !world.goes_on(pace).await {
            break;
        }
        let told = tokio::select! {
            told = world.wakes(&relay) => told,
            () = perils.stopped.notified() => {
                // The record is still on the stream, and wakes another process.
                relay = world.process(&Perils::of(&world.memory, None));
                world.wakes(&relay).await
            }
        };
        assert!(told);
    }
    let passed = perils.is_stopped();
    world.everybody_knows(&format!("killed at {place}")).await;
    passed
}

#[tokio::test(start_paused = true)]
async fn killed_between_any_two_publishes_it_repeats_and_never_skips() {
    let morning = Morning::whole().await;
    let mut place = 0;
    while dies_at(place, &morning).await {
        place += 1;
    }
    assert!(place > 200, "{place} places to die at");
}

/// The morning with a process that is held up at this place while another one tells the rest.
async fn is_held_up_at(place: usize, morning: &Arc<Morning>) -> bool {
    let mut world = World::of(morning).await;
    let perils = Perils::of(&world.memory, Some(place));
    let (slow, other) = (world.process(&perils), world.process(&Perils::of(&world.memory, None)));
    let bars = BTreeSet::from([world.morning.bar()]);
    let mut held_up = None;
    for pace in PACES.into_iter().cycle() {
        if !world.goes_on(pace).await {
            break;
        }
        if held_up.is_some() {
            assert!(world.wakes(&other).await);
            continue;
        }
        let mut told = Box::pin(slow.wake(bars.clone()));
        tokio::select! {
            failed = &mut told => {
                assert!(failed.is_empty());
                world.hears();
            }
            () = perils.stopped.notified() => {
                held_up = Some(told);
                assert!(world.wakes(&other).await);
            }
        }
    }
    let was_held_up = held_up.is_some();
    if let Some(told) = held_up {
        perils.go_on.notify_one();
        assert!(told.await.is_empty());
        world.hears();
        for sink in Sink::ALL {
            assert_eq!(world.told(sink).await, world.written as u64, "held up at {place}");
        }
    }
    world.everybody_knows(&format!("held up at {place}")).await;
    was_held_up
}

#[tokio::test(start_paused = true)]
async fn a_slow_twin_sets_nothing_back() {
    let morning = Morning::whole().await;
    let mut place = 0;
    while is_held_up_at(place, &morning).await {
        place += 1;
    }
    assert!(place > 200, "{place} places to be held up at");
}
