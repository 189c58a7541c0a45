//! The figures an organiser sets for a bar.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// A bar's limits. Durations are whole seconds, 1 to 86,400 (`grace_seconds` may be 0); counts
/// are 1 to 10,000 (`daily_per_person` may be 0: no limit).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transform = crate::schema::with_ranges))]
pub struct Limits {
    /// How long one code is shown.
    pub window_seconds: u32,
    /// How many drinks one code is good for.
    pub uses_per_window: u32,
    /// How long a code works after the next one has replaced it.
    pub grace_seconds: u32,
    /// How long a guest may take to choose.
    pub choose_seconds: u32,
    /// How long an order may wait for a barista to start it.
    pub start_seconds: u32,
    /// How long a ready drink stays on the board.
    pub collect_seconds: u32,
    /// How many orders may be choosing, placed or making at once.
    pub max_in_progress: u32,
    /// From which wait on nobody more is let in.
    pub max_wait_seconds: u32,
    /// How many live orders one guest may have at once.
    pub live_per_person: u32,
    /// How many drinks one guest may have a day; 0 is no limit.
    pub daily_per_person: u32,
    /// How many baristas are making drinks.
    pub baristas: u32,
}

/// Some of a bar's limits, to be set; what is not mentioned stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transform = crate::schema::with_ranges))]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the field of `Limits` of the same name")]
pub struct LimitsChange {
    pub window_seconds: Option<u32>,
    pub uses_per_window: Option<u32>,
    pub grace_seconds: Option<u32>,
    pub choose_seconds: Option<u32>,
    pub start_seconds: Option<u32>,
    pub collect_seconds: Option<u32>,
    pub max_in_progress: Option<u32>,
    pub max_wait_seconds: Option<u32>,
    pub live_per_person: Option<u32>,
    pub daily_per_person: Option<u32>,
    pub baristas: Option<u32>,
}

impl LimitsChange {
    /// These limits with the change made to them.
    pub fn applied_to(&self, limits: &Limits) -> Limits {
        Limits {
            window_seconds: self.window_seconds.unwrap_or(limits.window_seconds),
            uses_per_window: self.uses_per_window.unwrap_or(limits.uses_per_window),
            grace_seconds: self.grace_seconds.unwrap_or(limits.grace_seconds),
            choose_seconds: self.choose_seconds.unwrap_or(limits.choose_seconds),
            start_seconds: self.start_seconds.unwrap_or(limits.start_seconds),
            collect_seconds: self.collect_seconds.unwrap_or(limits.collect_seconds),
            max_in_progress: self.max_in_progress.unwrap_or(limits.max_in_progress),
            max_wait_seconds: self.max_wait_seconds.unwrap_or(limits.max_wait_seconds),
            live_per_person: self.live_per_person.unwrap_or(limits.live_per_person),
            daily_per_person: self.daily_per_person.unwrap_or(limits.daily_per_person),
            baristas: self.baristas.unwrap_or(limits.baristas),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            window_seconds: 300,
            uses_per_window: 10,
            grace_seconds: 60,
            choose_seconds: 300,
            start_seconds: 1800,
            collect_seconds: 600,
            max_in_progress: 20,
            max_wait_seconds: 1200,
            live_per_person: 1,
            daily_per_person: 0,
            baristas: 2,
        }
    }
}

impl Limits {
    /// Every figure, with its path in a request and its range.
    pub(crate) fn figures(&self) -> [(&'static str, u32, RangeInclusive<u32>); 11] {
        let duration = 1..=86_400;
        let count = 1..=10_000;
        [
            ("limits.window_seconds", self.window_seconds, duration.clone()),
            ("limits.grace_seconds", self.grace_seconds, 0..=86_400),
            ("limits.choose_seconds", self.choose_seconds, duration.clone()),
            ("limits.start_seconds", self.start_seconds, duration.clone()),
            ("limits.collect_seconds", self.collect_seconds, duration.clone()),
            ("limits.max_wait_seconds", self.max_wait_seconds, duration),
            ("limits.uses_per_window", self.uses_per_window, count.clone()),
            ("limits.max_in_progress", self.max_in_progress, count.clone()),
            ("limits.live_per_person", self.live_per_person, count.clone()),
            ("limits.daily_per_person", self.daily_per_person, 0..=10_000),
            ("limits.baristas", self.baristas, count),
        ]
    }

    /// The first figure that is out of its range, by name.
    pub fn validate(&self) -> Result<(), &'static str> {
        let wrong = self.figures().into_iter().find(|(_, value, range)| !range.contains(value));
        wrong.map_or(Ok(()), |(path, ..)| Err(path))
    }
}
