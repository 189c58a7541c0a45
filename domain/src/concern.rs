//! What limits come to, and which combinations of them an organiser should think over.

use crate::limits::{Limit, Limits};

impl Limits {
    /// How many drinks an hour the codes let in.
    pub fn admitted_per_hour(&self) -> u32 {
        capped(u64::from(self.uses_per_window) * 3600 / u64::from(self.window_seconds.max(1)))
    }

    /// How many drinks an hour the baristas make when each takes this long; none when drinks take
    /// no time, as those of an empty menu.
    pub fn made_per_hour(&self, mean_millis: u64) -> Option<u32> {
        (u64::from(self.baristas) * 3_600_000).checked_div(mean_millis).map(capped)
    }

    /// Seconds of work for the baristas in a bar that is full.
    pub fn seconds_when_full(&self, mean_millis: u64) -> u32 {
        let work = u64::from(self.max_in_progress).saturating_mul(mean_millis);
        capped(work / u64::from(self.baristas.max(1)) / 1000)
    }
}

fn capped(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// A choosing guest needs about this long: less, and many lose their place while reading.
const TIME_TO_CHOOSE: u32 = 60;

/// Somebody who has not chosen after this long has put the phone away.
const LONGEST_CHOICE: u32 = 900;

/// Who waits at the other end of the hall needs about this long to come.
const TIME_TO_COME: u32 = 120;

/// Why a combination of limits, each in its range, may not do what was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// More drinks are let in than the baristas make: so many more an hour, until the bar is full.
    Overrun(u32),
    /// One code has more drinks than the bar has places: the last who scan it find the bar full.
    MoreUsesThanPlaces,
    /// A code works for longer after its window than in it: several are good at once.
    GraceOutlastsWindow,
    /// Whoever scans at the very end of a window is turned away.
    NoGrace,
    /// Guests lose their place while they are still reading.
    HastyChoice,
    /// Phones that were put away keep places for long.
    IdlePlaces,
    /// Some baristas have nothing to do even in a full bar.
    FewerPlacesThanBaristas,
    /// The longest wait is reached before the bar is full, which it therefore never is.
    NeverFull,
    /// Orders are struck out although their guests were told to wait for longer.
    StruckOutWhileWaiting,
    /// A drink counts as collected before its guest can have come.
    HastyCollection,
}

impl Concern {
    /// What there is to think over; drinks take `mean_millis` each. The standard limits with the
    /// standard menu give no cause.
    pub fn all(limits: &Limits, mean_millis: u64) -> Vec<Self> {
        let admitted = limits.admitted_per_hour();
        let surplus = limits.made_per_hour(mean_millis).map(|made| admitted.saturating_sub(made));
        let conditions = [
            (surplus > Some(0), Self::Overrun(surplus.unwrap_or(0))),
            (limits.uses_per_window > limits.max_in_progress, Self::MoreUsesThanPlaces),
            (limits.grace_seconds > limits.window_seconds, Self::GraceOutlastsWindow),
            (limits.grace_seconds == 0, Self::NoGrace),
            (limits.choose_seconds < TIME_TO_CHOOSE, Self::HastyChoice),
            (limits.choose_seconds > LONGEST_CHOICE, Self::IdlePlaces),
            (limits.max_in_progress < limits.baristas, Self::FewerPlacesThanBaristas),
            (limits.seconds_when_full(mean_millis) > limits.max_wait_seconds, Self::NeverFull),
            (limits.start_seconds < limits.max_wait_seconds, Self::StruckOutWhileWaiting),
            (limits.collect_seconds < TIME_TO_COME, Self::HastyCollection),
        ];
        conditions.into_iter().filter_map(|(holds, concern)| holds.then_some(concern)).collect()
    }

    /// The limit to change.
    pub const fn limit(self) -> Limit {
        match self {
            Self::Overrun(_) | Self::MoreUsesThanPlaces => Limit::UsesPerWindow,
            Self::GraceOutlastsWindow | Self::NoGrace => Limit::GraceSeconds,
            Self::HastyChoice | Self::IdlePlaces => Limit::ChooseSeconds,
            Self::FewerPlacesThanBaristas | Self::NeverFull => Limit::MaxInProgress,
            Self::StruckOutWhileWaiting => Limit::StartSeconds,
            Self::HastyCollection => Limit::CollectSeconds,
        }
    }
}
