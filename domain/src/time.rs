//! Moments and days. The crate never asks for the time: it is given.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
///
/// On the wire it is RFC 3339 in UTC with milliseconds. Written by hand because a calendar crate
/// would be the largest part of the phone's download.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The text is not a moment in RFC 3339, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a time in UTC such as `2026-11-21T09:30:00.000Z`")]
pub struct BadTimestamp;

impl Timestamp {
    /// The moment `millis` milliseconds after the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// The moment `seconds` seconds after the Unix epoch.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the Unix epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This moment plus a number of seconds.
    #[must_use]
    pub const fn plus_seconds(self, seconds: u32) -> Self {
        Self(self.0.saturating_add(seconds as i64 * 1000))
    }

    /// Milliseconds from `earlier` to this moment; 0 when `earlier` is later.
    pub const fn millis_since(self, earlier: Self) -> u64 {
        let gap = self.0.saturating_sub(earlier.0);
        if gap > 0 { gap as u64 } else { 0 }
    }

    /// The day this moment falls on in UTC.
    pub const fn utc_day(self) -> Day {
        Day(self.0.div_euclid(86_400_000) as i32)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_day = self.0.rem_euclid(86_400_000);
        let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
        let (second, milli) = (of_day / 1000 % 60, of_day % 1000);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z", self.utc_day())
    }
}

impl FromStr for Timestamp {
    type Err = BadTimestamp;

    fn from_str(text: &str) -> Result<Self, BadTimestamp> {
        let (date, rest) = text.split_at_checked(10).ok_or(BadTimestamp)?;
        let day: Day = date.parse().map_err(|_| BadTimestamp)?;
        let clock = rest
            .strip_prefix(['T', 't'])
            .and_then(|rest| rest.strip_suffix(['Z', 'z']).or_else(|| rest.strip_suffix("+00:00")))
            .ok_or(BadTimestamp)?;
        let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        if clock.len() != 8 || !(1..=9).contains(&fraction.len()) {
            return Err(BadTimestamp);
        }
        let mut parts = clock.split(':');
        let mut part = |most: i64| match parts.next().map(|part| (part.len(), digits(part))) {
            Some((2, Some(value))) if value <= most => Ok(value),
            Some(_) | None => Err(BadTimestamp),
        };
        let (hour, minute, second) = (part(23)?, part(59)?, part(59)?);
        let nanos = digits(fraction).ok_or(BadTimestamp)? * 10_i64.pow(9 - fraction.len() as u32);
        let of_day = (hour * 3600 + minute * 60 + second) * 1000 + nanos / 1_000_000;
        Ok(Self(i64::from(day.0) * 86_400_000 + of_day))
    }
}

/// A day of the calendar, on the wire `2026-11-21`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// The text is not a day such as `2026-11-21`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day such as `2026-11-21`")]
pub struct BadDay;

// Both directions follow Howard Hinnant's `civil_from_days` and `days_from_civil`
// (https://howardhinnant.github.io/date_algorithms.html).
impl Day {
    /// The day of a proleptic Gregorian date; `None` when there is no such date.
    pub fn from_date(year: i32, month: u32, day: u32) -> Option<Self> {
        let shifted = i64::from(year) - i64::from(month <= 2);
        let era = shifted.div_euclid(400);
        let year_of_era = shifted.rem_euclid(400);
        let month_from_march = i64::from((month + 9) % 12);
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = i32::try_from(era * 146_097 + day_of_era - 719_468).ok()?;
        (Self(days).date() == (year, month, day)).then_some(Self(days))
    }

    /// The day after.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// Year, month and day of the month.
    pub fn date(self) -> (i32, u32, u32) {
        let days = i64::from(self.0) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = (month_from_march + 2) % 12 + 1;
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        (year as i32, month as u32, day as u32)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = BadDay;

    fn from_str(text: &str) -> Result<Self, BadDay> {
        let mut parts = text.split('-');
        let mut part = |length: usize| {
            let part = parts.next().filter(|part| part.len() == length).ok_or(BadDay)?;
            digits(part).ok_or(BadDay)
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        if month == 0 || text.len() != 10 {
            return Err(BadDay);
        }
        Self::from_date(year as i32, month as u32, day as u32).ok_or(BadDay)
    }
}

fn digits(text: &str) -> Option<i64> {
    text.bytes()
        .try_fold(0_i64, |sum, byte| {
            byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0'))
        })
        .filter(|_| !text.is_empty())
}

macro_rules! as_text {
    ($($name:ty),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }
    )*};
}
as_text!(Timestamp, Day);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_and_read_as_rfc_3339() {
        for (millis, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_795_253_470_123, "2026-11-21T09:31:10.123Z"),
            (4_102_444_799_999, "2099-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(Timestamp(millis).to_string(), text);
            assert_eq!(text.parse(), Ok(Timestamp(millis)), "{text}");
        }
        assert_eq!("2026-11-21T09:31:10Z".parse(), Ok(Timestamp(1_795_253_470_000)));
        assert_eq!("2026-11-21T09:31:10.5+00:00".parse(), Ok(Timestamp(1_795_253_470_500)));
    }

    #[test]
    fn a_day_is_followed_by_the_next() {
        for (day, next) in [
            ("2026-11-21", "2026-11-22"),
            ("2026-12-31", "2027-01-01"),
            ("2028-02-28", "2028-02-29"),
            ("2100-02-28", "2100-03-01"),
        ] {
            assert_eq!(day.parse().map(Day::next), next.parse(), "{day}");
        }
    }

    #[test]
    fn what_is_not_a_moment_is_refused() {
        for text in [
            "",
            "now",
            "2026-11-21",
            "2026-11-21T09:31:10",
            "2026-11-21T09:31:10+01:00",
            "2026-02-30T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21T09:61:00Z",
            "2026-11-21T09:31:10.Z",
            "2026-11-21T09-31-10Z",
            "2026-11-21T0９:31:1Z",
        ] {
            assert_eq!(text.parse::<Timestamp>(), Err(BadTimestamp), "{text}");
        }
    }
}
