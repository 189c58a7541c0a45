//! How often somebody may try: what is remembered of whom, within bounds, and what follows.
//!
//! What is forgotten under pressure lets somebody try again early; it never locks anybody out.
//!
//! Each process remembers for itself: where there are many, somebody may try as often with each of
//! them that serves them, and what keeps passwords there slows guesses down, too.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::Timestamp;

use crate::config::Delays;

/// A value for each of the keys asked for lately, `most` at most: when there are more, the half
/// that was not asked for the longest is forgotten.
pub(crate) struct Recent<K, V> {
    most: usize,
    young: HashMap<K, V>,
    old: HashMap<K, V>,
}

impl<K: Eq + Hash + Clone, V: Default> Recent<K, V> {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, young: HashMap::new(), old: HashMap::new() }
    }

    /// The value of a key, if it is remembered.
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.young.get(key).or_else(|| self.old.get(key))
    }

    /// The value of a key, to be changed; a key that is not remembered has the default.
    pub(crate) fn entry(&mut self, key: &K) -> &mut V {
        if !self.young.contains_key(key) && self.young.len() >= self.most / 2 {
            self.old = std::mem::take(&mut self.young);
        }
        let old = &mut self.old;
        self.young.entry(key.clone()).or_insert_with(|| old.remove(key).unwrap_or_default())
    }

    /// Forgets a key.
    pub(crate) fn remove(&mut self, key: &K) {
        self.young.remove(key);
        self.old.remove(key);
    }
}

/// Delays that grow with every failure in a row and end by themselves.
pub(crate) struct GrowingDelays<K> {
    settings: Delays,
    failures: Mutex<Recent<K, Failures>>,
}

#[derive(Clone, Copy, Default)]
struct Failures {
    count: u32,
    last: Timestamp,
}

impl<K: Eq + Hash + Clone> GrowingDelays<K> {
    /// Delays for `most` keys at most.
    pub(crate) fn new(settings: Delays, most: usize) -> Self {
        Self { settings, failures: Mutex::new(Recent::new(most)) }
    }

    /// Until when a key must wait; none when it may try now.
    pub(crate) fn must_wait_until(&self, key: &K, now: Timestamp) -> Option<Timestamp> {
        let failures = *self.failures().get(key)?;
        let until = failures.last.plus_seconds(self.seconds_after(failures.count));
        // On a clock that was set back nobody waits longer than the delay.
        (failures.last <= now && now < until).then_some(until)
    }

    /// Notes a failure.
    pub(crate) fn failed(&self, key: &K, now: Timestamp) {
        let mut failures = self.failures();
        let failures = failures.entry(key);
        let quiet = now.millis_since(failures.last) / 1000;
        if quiet >= u64::from(self.settings.forgotten_seconds) {
            failures.count = 0;
        }
        *failures = Failures { count: failures.count.saturating_add(1), last: now };
    }

    /// Forgets the failures of a key.
    pub(crate) fn succeeded(&self, key: &K) {
        self.failures().remove(key);
    }

    /// The delay after so many failures in a row: none at first, then twice the one before.
    fn seconds_after(&self, count: u32) -> u32 {
        let Delays { free, first_seconds, longest_seconds, .. } = self.settings;
        match count.checked_sub(free) {
            None => 0,
            Some(doublings) => {
                let factor = 1_u32.checked_shl(doublings).unwrap_or(u32::MAX);
                first_seconds.saturating_mul(factor).min(longest_seconds)
            }
        }
    }

    fn failures(&self) -> MutexGuard<'_, Recent<K, Failures>> {
        // Whatever a panic left behind is a count of failures.
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// So many a minute for each key, all at once if need be.
pub(crate) struct Allowances<K> {
    /// After how many milliseconds one more is there.
    interval: i64,
    /// When everything that was spent will be there again.
    whole_at: Mutex<Recent<K, Timestamp>>,
}

const MINUTE: i64 = 60_000;

impl<K: Eq + Hash + Clone> Allowances<K> {
    /// `per_minute`, which is not 0, for `most` keys at most.
    pub(crate) fn new(per_minute: u32, most: usize) -> Self {
        let interval = (MINUTE / i64::from(per_minute)).max(1);
        Self { interval, whole_at: Mutex::new(Recent::new(most)) }
    }

    /// Takes one, or says when there will be one.
    pub(crate) fn spend(&self, key: &K, now: Timestamp) -> Result<(), Timestamp> {
        let mut whole_at = self.whole_at.lock().unwrap_or_else(PoisonError::into_inner);
        let whole_at = whole_at.entry(key);
        // Nobody can owe more than a minute's worth: then the clock was set back.
        let owed = whole_at.millis() - now.millis();
        let owed = if (0..=MINUTE).contains(&owed) { owed } else { 0 };
        let after = |millis| Timestamp::from_millis(now.millis() + millis);
        let spent = owed + self.interval;
        if spent > MINUTE {
            return Err(after(spent - MINUTE));
        }
        *whole_at = after(spent);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allowance_is_spent_at_once_and_comes_back_bit_by_bit() {
        let allowances = Allowances::new(60, 10);
        for _ in 0..60 {
            assert_eq!(allowances.spend(&"ada", at(0)), Ok(()));
        }
        assert_eq!(allowances.spend(&"ada", at(0)), Err(at(1)));
        assert_eq!(allowances.spend(&"bob", at(0)), Ok(()), "each has their own");
        assert_eq!(allowances.spend(&"ada", at(1)), Ok(()));
        assert_eq!(allowances.spend(&"ada", at(1)), Err(at(2)));
        // Set back by an hour.
        assert_eq!(allowances.spend(&"ada", at(-3600)), Ok(()));
        assert_eq!(allowances.spend(&"ada", at(3600)), Ok(()));
    }

    const SETTINGS: Delays =
        Delays { free: 3, first_seconds: 1, longest_seconds: 30, forgotten_seconds: 900 };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_seconds(1_795_000_000 + second)
    }

    #[test]
    fn delays_grow_with_every_failure_to_their_limit() {
        let delays = GrowingDelays::new(SETTINGS, 10);
        let mut now = 0;
        for delay in [0, 0, 1, 2, 4, 8, 16, 30, 30] {
            assert_eq!(delays.must_wait_until(&"ada", at(now)), None, "at {now}");
            delays.failed(&"ada", at(now));
            let until = delays.must_wait_until(&"ada", at(now));
            assert_eq!(until, (delay > 0).then_some(at(now + delay)), "at {now}");
            now += delay;
        }
        assert_eq!(delays.must_wait_until(&"bob", at(now - 1)), None, "each for their own");
        delays.succeeded(&"ada");
        delays.failed(&"ada", at(now));
        assert_eq!(delays.must_wait_until(&"ada", at(now)), None, "they begin anew");
    }

    #[test]
    fn failures_are_forgotten_after_a_while_and_however_many_there_were() {
        let delays = GrowingDelays::new(SETTINGS, 10);
        for _ in 0..100 {
            delays.failed(&"ada", at(0));
        }
        assert_eq!(delays.must_wait_until(&"ada", at(0)), Some(at(30)));
        delays.failed(&"ada", at(899));
        assert_eq!(delays.must_wait_until(&"ada", at(899)), Some(at(929)));
        delays.failed(&"ada", at(899 + 900));
        assert_eq!(delays.must_wait_until(&"ada", at(899 + 900)), None);
    }

    #[test]
    fn a_clock_set_back_keeps_nobody_waiting() {
        let delays = GrowingDelays::new(SETTINGS, 10);
        for _ in 0..9 {
            delays.failed(&"ada", at(0));
        }
        assert_eq!(delays.must_wait_until(&"ada", at(-3600)), None);
        delays.failed(&"ada", at(-3600));
        assert_eq!(delays.must_wait_until(&"ada", at(-3600)), Some(at(-3570)));
    }

    #[test]
    fn no_more_is_remembered_than_there_is_room_for() {
        let mut recent: Recent<u32, u32> = Recent::new(100);
        *recent.entry(&0) = 7;
        for key in 1..10_000 {
            *recent.entry(&key) += 1;
            assert_eq!(*recent.entry(&0), 7, "what is asked for again is kept");
            assert!(recent.young.len() + recent.old.len() <= 100);
        }
        assert_eq!((recent.get(&9_999), recent.get(&1)), (Some(&1), None));
        recent.remove(&0);
        assert_eq!(recent.get(&0), None);
    }
}
