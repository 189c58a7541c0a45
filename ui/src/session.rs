//! Who is signed in on this device.

use domain::Timestamp;
use domain::api::Session;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::{json, storage};

/// Where the session of a guest is kept.
pub const GUEST: &str = "serverlesspresso.order";
/// Where the session of whoever works at a bar is kept.
pub const STAFF: &str = "serverlesspresso.barista";

/// The session of this device, as a signal; kept in the browser's storage under the app's own key,
/// so that a reload or a locked tablet stays signed in.
#[derive(Clone, Copy)]
pub struct KeptSession {
    key: &'static str,
    kept: RwSignal<Option<Kept>>,
    /// Whether the server has said that the last one is over.
    was_ended: RwSignal<bool>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    session: Session,
    /// When it was handed out, by the server's clock as far as it was known then.
    since: Timestamp,
}

impl KeptSession {
    /// What the device remembers under `key`.
    pub fn load(key: &'static str) -> Self {
        let kept = storage::load(key).and_then(|text| json::read(&text).ok());
        Self { key, kept: RwSignal::new(kept), was_ended: RwSignal::new(false) }
    }

    /// Remembers a session that was handed out just now.
    pub fn save(&self, clock: Clock, session: Session) {
        let since = clock.now_untracked();
        let kept = Kept { session, since };
        storage::save(self.key, &json::written(&kept));
        self.was_ended.set(false);
        self.kept.set(Some(kept));
    }

    /// Forgets it because the server says that it is over.
    pub(crate) fn end(&self) {
        self.was_ended.set(true);
        self.clear();
    }

    /// Whether the server has ended the last one, and not whoever had it.
    pub fn was_ended(&self) -> bool {
        self.was_ended.get_untracked()
    }

    /// Forgets it: nobody is signed in.
    pub fn clear(&self) {
        // Another tab may have signed in meanwhile: that session is not ours to forget.
        let ours = self.kept.get_untracked().map(|kept| json::written(&kept));
        if storage::load(self.key) == ours {
            storage::clear(self.key);
        }
        self.kept.set(None);
    }

    /// The session; follows signing in and out.
    pub fn get(&self) -> Option<Session> {
        self.kept.get().map(|kept| kept.session)
    }

    /// The session, without following it.
    pub fn get_untracked(&self) -> Option<Session> {
        self.kept.get_untracked().map(|kept| kept.session)
    }

    /// The token at this moment.
    pub fn token(&self) -> Option<String> {
        self.get_untracked().map(|session| session.token)
    }

    /// Whether it is more than half over and should be renewed.
    pub fn is_half_over(&self, now: Timestamp) -> bool {
        self.kept
            .get_untracked()
            .is_some_and(|kept| half_over(kept.since, kept.session.expires_at, now))
    }
}

fn half_over(since: Timestamp, expires_at: Timestamp, now: Timestamp) -> bool {
    now.millis_since(since) * 2 >= expires_at.millis_since(since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_of_a_day_is_renewed_after_half_a_day() {
        let hour = |hour: i64| Timestamp::from_seconds(hour * 3600);
        assert!(!half_over(hour(0), hour(24), hour(11)));
        assert!(half_over(hour(0), hour(24), hour(12)));
        assert!(half_over(hour(0), hour(24), hour(30)));
    }
}
