//! The deployment's secret, and how it is rotated.
//!
//! What was signed with the secret before stays good, and a new one is not signed with before
//! everybody knows it: nobody is signed out, and no code on a monitor goes bad.

use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;
use domain::Timestamp;

use crate::key::Key;
use crate::people::People;
use crate::ports::Unavailable;

/// It is read again this often.
const READ_AGAIN_SECONDS: u32 = 5 * 60;
/// The same when reading failed, or something was signed with a secret that is not known.
const READ_SOONER_SECONDS: u32 = 60;
/// How old a secret must be before it is signed with. By then everybody has read it.
const YOUNG_SECONDS: u32 = 2 * READ_AGAIN_SECONDS;

/// The bytes that are secret at a moment.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    signing: [u8; 32],
    /// Signed with by others, or before.
    other: Option<[u8; 32]>,
}

impl Keys {
    /// A secret made at a moment, and the one before it.
    pub fn new(
        current: [u8; 32],
        made_at: Timestamp,
        previous: Option<[u8; 32]>,
        now: Timestamp,
    ) -> Self {
        match previous {
            Some(previous) if now < made_at.plus_seconds(YOUNG_SECONDS) => {
                Self { signing: previous, other: Some(current) }
            }
            other => Self { signing: current, other },
        }
    }
}

/// Where a secret that may be rotated is kept.
#[async_trait]
pub trait SecretSource: Send + Sync {
    /// The secret as it is now.
    async fn read(&self, now: Timestamp) -> Result<Keys, Unavailable>;
}

/// What sessions, codes and links are signed with, each under a key of its own. Cheap to clone;
/// clones change together.
#[derive(Clone)]
pub struct Secret(Arc<Inner>);

struct Inner {
    keys: RwLock<Keys>,
    rotated: Option<Rotated>,
}

struct Rotated {
    source: Arc<dyn SecretSource>,
    reading: tokio::sync::Mutex<Reading>,
}

/// When the source was asked last, and whether it answered.
#[derive(Clone, Copy)]
struct Reading {
    at: Timestamp,
    failed: bool,
}

impl Reading {
    fn is_older_than(self, seconds: u32, now: Timestamp) -> bool {
        // A clock set back must not keep it from being read.
        now < self.at || self.at.plus_seconds(seconds) <= now
    }
}

impl Secret {
    /// The secret kept as these bytes, for good.
    pub fn new(bytes: [u8; 32]) -> Self {
        let keys = RwLock::new(Keys { signing: bytes, other: None });
        Self(Arc::new(Inner { keys, rotated: None }))
    }

    /// The secret of this source, whatever it becomes.
    pub async fn of(source: Arc<dyn SecretSource>, now: Timestamp) -> Result<Self, Unavailable> {
        let keys = RwLock::new(source.read(now).await?);
        let reading = tokio::sync::Mutex::new(Reading { at: now, failed: false });
        Ok(Self(Arc::new(Inner { keys, rotated: Some(Rotated { source, reading }) })))
    }

    /// Reads the secret again if that was long ago. To be awaited before whatever signs or checks
    /// signatures, as a process may have slept. When it cannot be read, what was known counts.
    pub async fn keep_current(&self, now: Timestamp) {
        if let Some(rotated) = &self.0.rotated {
            let mut reading = rotated.reading.lock().await;
            let seconds = if reading.failed { READ_SOONER_SECONDS } else { READ_AGAIN_SECONDS };
            if reading.is_older_than(seconds, now) {
                *reading = self.read(rotated, now).await;
            }
        }
    }

    /// Reads the secret again because something was signed with none that is known; strangers who
    /// sign nonsense bring this about once a minute at most. Whether that helped.
    pub(crate) async fn look_again(&self, now: Timestamp) -> bool {
        let Some(rotated) = &self.0.rotated else {
            return false;
        };
        let before = self.keys();
        let mut reading = rotated.reading.lock().await;
        if reading.is_older_than(READ_SOONER_SECONDS, now) {
            *reading = self.read(rotated, now).await;
        }
        self.keys() != before
    }

    async fn read(&self, rotated: &Rotated, now: Timestamp) -> Reading {
        let read = rotated.source.read(now).await;
        let failed = read.is_err();
        match read {
            Ok(keys) => *self.0.keys.write().unwrap_or_else(PoisonError::into_inner) = keys,
            Err(error) => {
                tracing::warn!(error = crate::app::chain(&error), "the secret was not read again");
            }
        }
        Reading { at: now, failed }
    }

    fn keys(&self) -> Keys {
        self.0.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What signs for one purpose.
    pub(crate) fn signer(&self, purpose: &'static str) -> Signer {
        Signer { secret: self.clone(), purpose }
    }

    /// Who is behind the user names of a deployment whose secret is never rotated.
    pub(crate) fn people(&self) -> People {
        People::new(Key::new(self.keys().signing).sign(b"people"))
    }
}

/// Signs for one purpose.
#[derive(Clone)]
pub(crate) struct Signer {
    secret: Secret,
    purpose: &'static str,
}

impl Signer {
    /// The signature of a message.
    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 32] {
        self.key(self.secret.keys().signing).sign(message)
    }

    /// Whether `signature`, or its first bytes, is the signature of a message, or was before the
    /// secret was rotated.
    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let Keys { signing, other } = self.secret.keys();
        let mut keys = [Some(signing), other].into_iter().flatten();
        keys.any(|bytes| self.key(bytes).verify(message, signature))
    }

    /// See [`Secret::look_again`].
    pub(crate) async fn look_again(&self, now: Timestamp) -> bool {
        self.secret.look_again(now).await
    }

    /// Every signature of a message that is good.
    pub(crate) fn signatures(&self, message: &[u8]) -> Vec<[u8; 32]> {
        let Keys { signing, other } = self.secret.keys();
        let keys = [Some(signing), other].into_iter().flatten();
        keys.map(|bytes| self.key(bytes).sign(message)).collect()
    }

    fn key(&self, bytes: [u8; 32]) -> Key {
        Key::new(Key::new(bytes).sign(self.purpose.as_bytes()))
    }
}

#[cfg(test)]
mod tests;
