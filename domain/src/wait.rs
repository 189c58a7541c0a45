//! The wait: one function for the number before ordering, after ordering, and for admission.

use std::collections::VecDeque;

use crate::time::Timestamp;

/// How many completions the pace is taken from.
pub const PACE_SAMPLES: usize = 15;

/// With fewer samples than this the pace is 1.
const FEWEST_SAMPLES: usize = 5;

/// The pace of a bar in thousandths: 1000 is as planned, 2000 takes twice as long.
///
/// The median of the last samples, clamped to 0.5 and 3; 1 while there are fewer than five.
pub fn pace(samples: &VecDeque<u32>) -> u32 {
    if samples.len() < FEWEST_SAMPLES {
        return 1000;
    }
    let mut sorted: Vec<u32> = samples.iter().copied().collect();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    let median = if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        sorted[middle - 1].midpoint(sorted[middle])
    };
    median.clamp(500, 3000)
}

/// One completion as a sample of the pace, in thousandths:
/// (completed - max(previous completion, placed)) x baristas / the drink's seconds.
pub fn pace_sample(
    completed: Timestamp,
    previous: Option<Timestamp>,
    placed: Timestamp,
    seconds: u32,
    baristas: u32,
) -> u32 {
    let since = previous.map_or(placed, |previous| previous.max(placed));
    let worked = completed.millis_since(since).saturating_mul(u64::from(baristas));
    u32::try_from(worked / u64::from(seconds.max(1))).unwrap_or(u32::MAX)
}

/// The work in front of an order, and the order's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Milliseconds of work before it: placed orders ahead, what is left of those being made,
    /// the menu's mean for each guest still choosing.
    pub ahead_millis: u64,
    /// Milliseconds its own drink takes; the menu's mean before it is chosen.
    pub own_millis: u64,
    /// Baristas who share the work ahead.
    pub baristas: u32,
    /// Thousandths, from [`pace`].
    pub pace: u32,
}

impl Work {
    /// Seconds until it is ready: (ahead / baristas + own) x pace, rounded.
    pub fn wait_seconds(&self) -> u32 {
        let millis = self.ahead_millis / u64::from(self.baristas.max(1)) + self.own_millis;
        let paced = millis.saturating_mul(u64::from(self.pace)) / 1000;
        u32::try_from((paced + 500) / 1000).unwrap_or(u32::MAX)
    }
}

/// A wait as people are told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nothing left: "any moment now".
    AnyMoment,
    /// Whole minutes, rounded up.
    Minutes(u32),
    /// More than 20 minutes.
    Over20,
}

impl Shown {
    /// How a number of seconds is shown.
    pub const fn of(wait_seconds: u32) -> Self {
        match wait_seconds.div_ceil(60) {
            0 => Self::AnyMoment,
            minutes if minutes <= 20 => Self::Minutes(minutes),
            _ => Self::Over20,
        }
    }
}

/// What is left at `now` of a wait that was told at `told`; never below zero.
pub fn remaining(wait_seconds: u32, told: Timestamp, now: Timestamp) -> u32 {
    let passed = u32::try_from(now.millis_since(told) / 1000).unwrap_or(u32::MAX);
    wait_seconds.saturating_sub(passed)
}

/// How an order stands against what its guest was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// Less than 80 % of the promise has passed.
    OnTime,
    /// From 80 % on.
    Soon,
    /// The promise is broken.
    Late,
}

impl Age {
    /// Told against the promise that was made when the order was placed.
    pub fn of(placed: Timestamp, promised: Timestamp, now: Timestamp) -> Self {
        let promise = promised.millis_since(placed);
        let passed = now.millis_since(placed);
        if passed >= promise {
            Self::Late
        } else if passed * 5 >= promise * 4 {
            Self::Soon
        } else {
            Self::OnTime
        }
    }

    /// The name in `data-age`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OnTime => "on-time",
            Self::Soon => "soon",
            Self::Late => "late",
        }
    }
}
