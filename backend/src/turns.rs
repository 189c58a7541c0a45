//! Turns at something slow: few at a time in all, one at a time for each key, so that however many
//! wait with one key, whoever comes with another is next but few.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Hands out turns.
pub(crate) struct Turns<K: Eq + Hash>(Arc<Shared<K>>);

struct Shared<K> {
    /// As many as may be taken at a time.
    all: Arc<Semaphore>,
    /// As many as there may be of a key, those that wait included.
    most: usize,
    queues: Mutex<HashMap<K, Queue>>,
}

/// Those who have come with one key.
struct Queue {
    first: Arc<Semaphore>,
    length: usize,
}

/// A turn, which ends when this is dropped.
pub(crate) struct Turn<K: Eq + Hash> {
    _of_all: OwnedSemaphorePermit,
    _first: OwnedSemaphorePermit,
    _place: Place<K>,
}

/// A place in the queue of a key.
struct Place<K: Eq + Hash> {
    shared: Arc<Shared<K>>,
    key: K,
}

impl<K: Eq + Hash + Clone> Turns<K> {
    /// `at_once` turns at a time; of each key no more than `most` wait or have theirs.
    pub(crate) fn new(at_once: usize, most: usize) -> Self {
        let all = Arc::new(Semaphore::new(at_once));
        Self(Arc::new(Shared { all, most, queues: Mutex::default() }))
    }

    /// Waits for a turn. None, at once, when too many wait with this key already.
    pub(crate) async fn take(&self, key: &K) -> Option<Turn<K>> {
        let (place, first) = self.queue_up(key)?;
        let first = first.acquire_owned().await.ok()?;
        let of_all = self.0.all.clone().acquire_owned().await.ok()?;
        Some(Turn { _of_all: of_all, _first: first, _place: place })
    }

    fn queue_up(&self, key: &K) -> Option<(Place<K>, Arc<Semaphore>)> {
        let mut queues = self.0.queues();
        let queue = queues
            .entry(key.clone())
            .or_insert_with(|| Queue { first: Arc::new(Semaphore::new(1)), length: 0 });
        if queue.length >= self.0.most {
            return None;
        }
        queue.length += 1;
        Some((Place { shared: self.0.clone(), key: key.clone() }, queue.first.clone()))
    }
}

impl<K> Shared<K> {
    fn queues(&self) -> MutexGuard<'_, HashMap<K, Queue>> {
        // Whatever a panic left behind is a count of people.
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash> Drop for Place<K> {
    fn drop(&mut self) {
        let mut queues = self.shared.queues();
        if let Some(queue) = queues.get_mut(&self.key) {
            queue.length -= 1;
            if queue.length == 0 {
                queues.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn a_crowd_with_one_key_keeps_nobody_else_waiting() {
        let turns = Turns::new(2, 3);
        let first = turns.take(&"crowd").await.expect("nobody waits");
        let mut second = Box::pin(turns.take(&"crowd"));
        let mut third = Box::pin(turns.take(&"crowd"));
        assert!(second.as_mut().now_or_never().is_none(), "one at a time");
        assert!(third.as_mut().now_or_never().is_none());
        assert!(turns.take(&"crowd").await.is_none(), "three are there");

        let ada = turns.take(&"ada").await.expect("at once");
        let mut bob = Box::pin(turns.take(&"bob"));
        assert!(bob.as_mut().now_or_never().is_none(), "two at a time");
        drop(first);
        let bob = bob.now_or_never().flatten().expect("he came before the crowd's next");
        assert!(second.as_mut().now_or_never().is_none());
        drop(ada);
        let second = second.now_or_never().flatten().expect("its turn");
        // Whoever hangs up leaves the queue.
        drop(third);
        let fourth = turns.take(&"crowd").now_or_never();
        assert!(fourth.is_none(), "waits behind the second");
        drop((bob, second));
        assert!(turns.0.queues().is_empty(), "nothing is remembered of those who are gone");
        assert_eq!(turns.0.all.available_permits(), 2);
    }
}
