//! A bar written down between two entries, so that a start need not fold its whole log.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Accepted, Bar, Remembered};
use crate::id::{CommandId, PersonId};

/// Goes up whenever a bar is written in another shape or folded to another result. What a server
/// of another version wrote down is not read: the log is folded instead. The golden file
/// `snapshot.json` changes when this has to.
pub const SNAPSHOT_VERSION: u32 = 3;

/// A bar as it is written down. Reading one of another version fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    // Written first, so that a bar of another version is refused before it is read.
    version: Version,
    bar: Bar,
}

impl Snapshot {
    /// The bar, to be written down.
    pub fn of(bar: Bar) -> Self {
        Self { version: Version, bar }
    }

    /// The bar that was written down.
    pub fn bar(self) -> Bar {
        self.bar
    }
}

/// [`SNAPSHOT_VERSION`] and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Version;

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(SNAPSHOT_VERSION)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            SNAPSHOT_VERSION => Ok(Self),
            other => Err(D::Error::custom(format_args!("a snapshot of version {other}"))),
        }
    }
}

/// A remembered command as it is written down: sender, id, what was accepted.
pub(super) type Written = (PersonId, CommandId, Accepted);

impl From<Vec<Written>> for Remembered {
    fn from(written: Vec<Written>) -> Self {
        let mut remembered = Self::default();
        for (person, id, accepted) in written {
            remembered.oldest_first.push_back((person.clone(), id.clone()));
            remembered.by_id.insert((person, id), accepted);
        }
        remembered
    }
}

impl From<Remembered> for Vec<Written> {
    fn from(remembered: Remembered) -> Self {
        let Remembered { by_id, oldest_first } = remembered;
        let written = oldest_first.into_iter().filter_map(|key| {
            let accepted = by_id.get(&key)?.clone();
            Some((key.0, key.1, accepted))
        });
        written.collect()
    }
}
