//! Where the bar under test runs, and what the contract promises there.

use std::time::Duration;

use crate::server::binary;
use crate::soon::PATIENCE;

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

    /// How long a start may take: there a Python, a deployment and the first function go before it.
    pub(crate) fn starts_within(self) -> Duration {
        match self {
            Self::Laptop => PATIENCE,
            Self::Aws => 3 * PATIENCE,
        }
    }

    /// How long an answer may take before it counts as lost: on the stand-in each needs a process,
    /// and two hundred who ask at once wait for one another.
    pub(crate) fn answers_within(self) -> Duration {
        match self {
            Self::Laptop => PATIENCE,
            Self::Aws => 2 * PATIENCE,
        }
    }

    /// How long it may take to try every operation as somebody of one role; on two cores all of
    /// them together take half a minute on the laptop, two on the stand-in.
    pub(crate) fn is_explored_within(self) -> Duration {
        match self {
            Self::Laptop => Duration::from_secs(90),
            Self::Aws => Duration::from_secs(300),
        }
    }

    /// How many scenarios may have browsers at once: the stand-in needs a processor, too.
    pub(crate) fn desks(self) -> usize {
        match self {
            Self::Laptop => 3,
            Self::Aws => 2,
        }
    }

    /// How often everybody at once scans a code.
    pub(crate) fn rushes(self) -> usize {
        match self {
            Self::Laptop => 100,
            Self::Aws => 5,
        }
    }

    /// How the rush goes in which everything is killed again and again. What stands in for AWS
    /// starts every function anew after that, which takes seconds.
    pub(crate) fn killings(self) -> Killings {
        match self {
            Self::Laptop => Killings { clients: 8, between: 60, kills: 20 },
            Self::Aws => Killings { clients: 2, between: 10, kills: 3 },
        }
    }
}

/// A rush in which everything is killed.
pub(crate) struct Killings {
    /// Guests, and as many tills for walk-ups.
    pub(crate) clients: usize,
    /// Commands acknowledged between two of them.
    pub(crate) between: usize,
    /// How often.
    pub(crate) kills: usize,
}
