//! Guests who scanned and were not let in: counted, so that an organiser sees afterwards what a
//! second bar or a larger queue would have been worth. Who they were is not kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::BarId;
use crate::rejection::Code;
use crate::time::Timestamp;

/// How many, by reason.
pub type Counts = BTreeMap<Code, u32>;

/// They are written down at most this often, and so told on the bus.
pub const EVERY_SECONDS: u32 = 60;

/// The guests a bar turned away, by hour and reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TurnedAwayView {
    /// Which bar.
    pub bar: BarId,
    /// The hours in which there were any, oldest first.
    pub hours: Vec<TurnedAwayHour>,
    /// The server's clock when it answered.
    pub now: Timestamp,
}

/// The guests turned away in one hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TurnedAwayHour {
    /// When the hour began, in UTC.
    pub hour: Timestamp,
    /// How many, by reason.
    pub counts: Counts,
}

/// The beginning of the hour, in UTC, that a moment falls into.
pub const fn hour_of(at: Timestamp) -> Timestamp {
    Timestamp::from_seconds(at.seconds().div_euclid(3600) * 3600)
}

impl TurnedAwayView {
    /// Takes in guests who have been turned away since this moment and are in none of the hours.
    pub fn take_in(&mut self, since: Timestamp, counts: &Counts) {
        let hour = hour_of(since);
        let place = self.hours.partition_point(|known| known.hour < hour);
        if self.hours.get(place).is_none_or(|known| known.hour != hour) {
            self.hours.insert(place, TurnedAwayHour { hour, counts: Counts::new() });
        }
        for (&code, &count) in counts {
            let known = self.hours[place].counts.entry(code).or_default();
            *known = known.saturating_add(count);
        }
    }
}

impl Code {
    /// Whether a guest who redeems a code is turned away with this answer, and not for a mistake
    /// of the request.
    pub const fn turns_guests_away(self) -> bool {
        match self {
            Self::BarClosed
            | Self::BarPaused
            | Self::BarFull
            | Self::CodeUsedUp
            | Self::CodeExpired
            | Self::CodeUnknown
            | Self::LiveOrderExists
            | Self::DailyLimit => true,
            Self::BarExists
            | Self::NoSuchBar
            | Self::NoSuchOrder
            | Self::SoldOut
            | Self::Invalid
            | Self::WrongStatus
            | Self::Taken
            | Self::Changed
            | Self::CommandReused
            | Self::NotAllowed
            | Self::Malformed
            | Self::NoSession
            | Self::BadCredentials
            | Self::NotFound
            | Self::MethodNotAllowed
            | Self::TooLarge
            | Self::UnsupportedMediaType
            | Self::TooManyRequests
            | Self::Internal
            | Self::Unavailable => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_not_written_down_yet_counts_among_their_hour() {
        let hour = |number: i64, count| TurnedAwayHour {
            hour: Timestamp::from_seconds(number * 3600),
            counts: [(Code::BarFull, count)].into(),
        };
        for (known, expected) in [
            (vec![], vec![hour(5, 2)]),
            (vec![hour(4, 1)], vec![hour(4, 1), hour(5, 2)]),
            (vec![hour(4, 1), hour(5, 1)], vec![hour(4, 1), hour(5, 3)]),
            (vec![hour(6, 1)], vec![hour(5, 2), hour(6, 1)]),
        ] {
            let bar = "espresso".parse().expect("a slug");
            let now = Timestamp::from_seconds(7 * 3600);
            let mut view = TurnedAwayView { bar, hours: known, now };
            view.take_in(Timestamp::from_seconds(5 * 3600 + 1800), &[(Code::BarFull, 2)].into());
            assert_eq!(view.hours, expected);
        }
    }
}
