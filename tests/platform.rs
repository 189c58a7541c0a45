//! Where the bar under test runs, and what the contract promises there.

use std::time::Duration;

use crate::server::binary;

/// Where the bar runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Platform {
    Laptop,
    Aws,
}

impl Platform {
    /// That of the binary under test: on AWS it is the door of the stand-in.
    pub(crate) fn is() -> Self {
        let name = binary();
        match name.file_stem().is_some_and(|stem| stem == "stand-in") {
            true => Self::Aws,
            false => Self::Laptop,
        }
    }

    /// How soon after the answer to a command every screen is right.
    pub(crate) fn screens_follow_within(self) -> Duration {
        match self {
            Self::Laptop => Duration::from_secs(1),
            Self::Aws => Duration::from_secs(2),
        }
    }

    /// How often everybody at once scans a code.
    pub(crate) fn rushes(self) -> usize {
        match self {
            Self::Laptop => 100,
            Self::Aws => 5,
        }
    }
}
