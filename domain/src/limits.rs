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
    /// What turns the limits `from` into `to`: only what differs is mentioned, so that a change
    /// somebody else made to another limit meanwhile stays.
    pub fn between(from: &Limits, to: &Limits) -> Self {
        let changed = |limit: Limit| Some(limit.of(to)).filter(|value| *value != limit.of(from));
        Self {
            window_seconds: changed(Limit::WindowSeconds),
            uses_per_window: changed(Limit::UsesPerWindow),
            grace_seconds: changed(Limit::GraceSeconds),
            choose_seconds: changed(Limit::ChooseSeconds),
            start_seconds: changed(Limit::StartSeconds),
            collect_seconds: changed(Limit::CollectSeconds),
            max_in_progress: changed(Limit::MaxInProgress),
            max_wait_seconds: changed(Limit::MaxWaitSeconds),
            live_per_person: changed(Limit::LivePerPerson),
            daily_per_person: changed(Limit::DailyPerPerson),
            baristas: changed(Limit::Baristas),
        }
    }

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
    /// The first figure that is out of its range, by name.
    pub fn validate(&self) -> Result<(), &'static str> {
        let wrong = Limit::ALL.into_iter().find(|limit| !limit.range().contains(&limit.of(self)));
        wrong.map_or(Ok(()), |limit| Err(limit.field()))
    }

    /// These limits with one of them set.
    #[must_use]
    pub fn with(mut self, limit: Limit, value: u32) -> Self {
        *match limit {
            Limit::WindowSeconds => &mut self.window_seconds,
            Limit::UsesPerWindow => &mut self.uses_per_window,
            Limit::GraceSeconds => &mut self.grace_seconds,
            Limit::ChooseSeconds => &mut self.choose_seconds,
            Limit::StartSeconds => &mut self.start_seconds,
            Limit::CollectSeconds => &mut self.collect_seconds,
            Limit::MaxInProgress => &mut self.max_in_progress,
            Limit::MaxWaitSeconds => &mut self.max_wait_seconds,
            Limit::LivePerPerson => &mut self.live_per_person,
            Limit::DailyPerPerson => &mut self.daily_per_person,
            Limit::Baristas => &mut self.baristas,
        } = value;
        self
    }
}

/// One of the limits, for whoever checks or shows them one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the field of `Limits` of the same name")]
pub enum Limit {
    WindowSeconds,
    UsesPerWindow,
    GraceSeconds,
    ChooseSeconds,
    StartSeconds,
    CollectSeconds,
    MaxInProgress,
    MaxWaitSeconds,
    LivePerPerson,
    DailyPerPerson,
    Baristas,
}

impl Limit {
    /// Every limit, in the order in which they are checked.
    pub const ALL: [Self; 11] = [
        Self::WindowSeconds,
        Self::GraceSeconds,
        Self::ChooseSeconds,
        Self::StartSeconds,
        Self::CollectSeconds,
        Self::MaxWaitSeconds,
        Self::UsesPerWindow,
        Self::MaxInProgress,
        Self::LivePerPerson,
        Self::DailyPerPerson,
        Self::Baristas,
    ];

    /// Where it stands in a request that sets limits.
    pub const fn field(self) -> &'static str {
        match self {
            Self::WindowSeconds => "limits.window_seconds",
            Self::UsesPerWindow => "limits.uses_per_window",
            Self::GraceSeconds => "limits.grace_seconds",
            Self::ChooseSeconds => "limits.choose_seconds",
            Self::StartSeconds => "limits.start_seconds",
            Self::CollectSeconds => "limits.collect_seconds",
            Self::MaxInProgress => "limits.max_in_progress",
            Self::MaxWaitSeconds => "limits.max_wait_seconds",
            Self::LivePerPerson => "limits.live_per_person",
            Self::DailyPerPerson => "limits.daily_per_person",
            Self::Baristas => "limits.baristas",
        }
    }

    /// What it may be: durations 1 to 86,400, counts 1 to 10,000, 0 where that means something.
    pub const fn range(self) -> RangeInclusive<u32> {
        match self {
            Self::WindowSeconds
            | Self::ChooseSeconds
            | Self::StartSeconds
            | Self::CollectSeconds
            | Self::MaxWaitSeconds => 1..=86_400,
            Self::GraceSeconds => 0..=86_400,
            Self::UsesPerWindow | Self::MaxInProgress | Self::LivePerPerson | Self::Baristas => {
                1..=10_000
            }
            Self::DailyPerPerson => 0..=10_000,
        }
    }

    /// What it is among these limits.
    pub const fn of(self, limits: &Limits) -> u32 {
        match self {
            Self::WindowSeconds => limits.window_seconds,
            Self::UsesPerWindow => limits.uses_per_window,
            Self::GraceSeconds => limits.grace_seconds,
            Self::ChooseSeconds => limits.choose_seconds,
            Self::StartSeconds => limits.start_seconds,
            Self::CollectSeconds => limits.collect_seconds,
            Self::MaxInProgress => limits.max_in_progress,
            Self::MaxWaitSeconds => limits.max_wait_seconds,
            Self::LivePerPerson => limits.live_per_person,
            Self::DailyPerPerson => limits.daily_per_person,
            Self::Baristas => limits.baristas,
        }
    }
}
