//! One bar in memory: the tip, on which is decided, and what is durable, which everybody sees.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use domain::view::Names;
use domain::{Bar, BarId, CommandId, Entry, Event, Facts, OrderId};
use tokio::sync::{Mutex, Notify, watch};

use crate::app::Ports;
use crate::ports::{Log, Named, Ticket, Unavailable};
use crate::snapshot::{self, Folded};
use crate::turned_away::{TurnedAway, are_told_by};

/// One bar in memory.
pub(crate) struct Host {
    pub(crate) bar: BarId,
    /// Whoever decides holds this, from bringing the bar up to date to queueing the entry.
    pub(crate) tip: Mutex<Tip>,
    durable: RwLock<Durable>,
    /// Guests turned away and not written down yet.
    pub(crate) turned_away: TurnedAway,
    /// The last entry that history and screens have been told of.
    told: watch::Sender<u64>,
    /// Rung whenever more has become durable.
    pub(crate) grown: Notify,
}

/// The bar with everything that was decided, durable or not.
pub(crate) struct Tip {
    pub(crate) bar: Bar,
    /// Of the entry appended last. Even a refusal leaves only when this is durable.
    pub(crate) last: Option<Ticket>,
    /// Counts the failures survived: whoever finds one repaired has nothing to repair.
    pub(crate) epoch: u64,
    /// What was decided has been lost, or others were first; the log has not been read since.
    pub(crate) broken: bool,
}

impl Tip {
    /// The next entry of the log.
    pub(crate) fn entry(
        &self,
        facts: Facts,
        cause: CommandId,
        digest: String,
        events: Vec<Event>,
    ) -> Entry {
        Entry {
            bar: self.bar.id().clone(),
            seq: self.bar.seq() + 1,
            at: self.bar.clamp(facts.now),
            by: facts.sender,
            cause,
            digest,
            events,
        }
    }
}

/// The bar with what is on disk.
pub(crate) struct Durable {
    pub(crate) bar: Bar,
    pub(crate) names: Names,
    /// Decided, queued, not yet known to be durable.
    pending: VecDeque<Queued>,
}

/// An entry, and the name that comes with it: shown with what it says, and not before.
pub(crate) struct Queued {
    pub(crate) entry: Arc<Entry>,
    pub(crate) named: Option<Named>,
}

impl Durable {
    /// How many entries have been decided and are not yet known to be durable.
    #[cfg(feature = "local")]
    pub(crate) fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Takes in what was decided here and has become durable.
    fn take_in(&mut self, Queued { entry, named }: Queued, turned_away: &TurnedAway) {
        self.bar.evolve(&entry);
        match named {
            Some((order, Some(name))) => self.names.pickup.insert(order, name),
            Some((order, None)) => self.names.pickup.remove(&order),
            None => None,
        };
        if are_told_by(&entry) {
            turned_away.are_written();
        }
    }
}

/// Entries read from a log at once.
const PAGE: u32 = 1000;

impl Host {
    /// The bar as its log tells it, without names. `taken_in` sees the bar after each entry behind `not_after`.
    pub(crate) async fn load(
        log: &dyn Log,
        bar: BarId,
        not_after: u64,
        mut taken_in: impl FnMut(&Bar, &Entry) + Send,
    ) -> Result<Self, Unavailable> {
        let Folded { bar: folded, turned_away } = fold(log, &bar, not_after, &mut taken_in).await?;
        Ok(Self {
            bar,
            told: watch::Sender::new(folded.seq()),
            tip: Mutex::new(Tip { bar: folded.clone(), last: None, epoch: 0, broken: false }),
            durable: RwLock::new(Durable {
                bar: folded,
                names: Names::default(),
                pending: VecDeque::new(),
            }),
            turned_away: TurnedAway::from(turned_away),
            grown: Notify::new(),
        })
    }

    /// What everybody may see. Never held across an await.
    pub(crate) fn durable(&self) -> RwLockReadGuard<'_, Durable> {
        // A panic elsewhere leaves the bar as the log has it: no half-taken step to fear.
        self.durable.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn durable_mut(&self) -> RwLockWriteGuard<'_, Durable> {
        self.durable.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last entry that history and screens have been told of.
    #[cfg(feature = "local")]
    pub(crate) fn told(&self) -> u64 {
        *self.told.borrow()
    }

    /// Tells when they have been told more.
    #[cfg(feature = "local")]
    pub(crate) fn told_changes(&self) -> watch::Receiver<u64> {
        self.told.subscribe()
    }

    /// Notes that they have been told of everything up to an entry.
    pub(crate) fn has_told(&self, seq: u64) {
        self.told.send_replace(seq);
    }

    /// Notes an entry that was queued; called with the tip in hand, so in the order of the log.
    pub(crate) fn queued(&self, queued: Queued) {
        self.durable_mut().pending.push_back(queued);
    }

    /// Everything up to `seq` is durable: lets everybody see it.
    pub(crate) fn settle(&self, seq: u64) {
        if self.durable().bar.seq() >= seq {
            return;
        }
        let durable = &mut *self.durable_mut();
        while durable.pending.front().is_some_and(|queued| queued.entry.seq <= seq) {
            if let Some(queued) = durable.pending.pop_front() {
                durable.take_in(queued, &self.turned_away);
            }
        }
        self.grown.notify_one();
    }

    /// Rebuilds the tip from the log after the store failed. What the store has in spite of its
    /// failure counts; what it has not is gone, and nobody was told otherwise.
    pub(crate) async fn rebuild(&self, ports: &Ports, tip: &mut Tip) -> Result<(), Unavailable> {
        tip.broken = true;
        tip.epoch += 1;
        self.read_on(ports, tip).await?;
        self.turned_away.put_back();
        tip.last = None;
        self.grown.notify_one();
        Ok(())
    }

    /// Takes in what the log has and the bar in memory has not: what others appended, and what
    /// was written in spite of a failure.
    pub(crate) async fn read_on(&self, ports: &Ports, tip: &mut Tip) -> Result<(), Unavailable> {
        loop {
            let after = self.durable().bar.seq();
            let entries = ports.log.read(&self.bar, after, PAGE).await?;
            let named = self.named_by_others(&entries);
            let names = if named.is_empty() {
                Vec::new()
            } else {
                ports.names.of_orders(&self.bar, &named).await?
            };
            let durable = &mut *self.durable_mut();
            // Whoever hangs up between two pages leaves it behind.
            tip.broken |= !entries.is_empty();
            for entry in &entries {
                let queued = durable.pending.pop_front();
                match queued.filter(|queued| *queued.entry == *entry) {
                    Some(queued) => durable.take_in(queued, &self.turned_away),
                    None => durable.bar.evolve(entry),
                }
            }
            for order in &named {
                durable.names.pickup.remove(order);
            }
            durable.names.pickup.extend(names);
            if entries.len() < PAGE as usize {
                if tip.broken {
                    durable.pending.clear();
                    tip.bar = durable.bar.clone();
                    tip.broken = false;
                }
                return Ok(());
            }
        }
    }

    /// The orders to which others may have given a name in these entries.
    fn named_by_others(&self, entries: &[Entry]) -> BTreeSet<OrderId> {
        let durable = self.durable();
        let ours = |entry: &&Entry| durable.pending.iter().any(|queued| *queued.entry == **entry);
        let events = entries.iter().filter(|entry| !ours(entry)).flat_map(|entry| &entry.events);
        let may_name = |event: &&Event| {
            matches!(event, Event::OrderPlaced { .. } | Event::OrderChanged { .. })
        };
        events.filter(may_name).filter_map(Event::order).cloned().collect()
    }
}

/// A bar folded from its log, or from its snapshot on. `taken_in` sees it after each entry behind
/// `not_after`, and perhaps after earlier ones.
pub(crate) async fn fold(
    log: &dyn Log,
    bar: &BarId,
    not_after: u64,
    taken_in: &mut (impl FnMut(&Bar, &Entry) + Send),
) -> Result<Folded, Unavailable> {
    let mut folded = snapshot::begin(log, bar, not_after).await?;
    loop {
        let entries = log.read(bar, folded.bar.seq(), PAGE).await?;
        for entry in &entries {
            folded.evolve(entry);
            taken_in(&folded.bar, entry);
        }
        if entries.len() < PAGE as usize {
            return Ok(folded);
        }
    }
}
