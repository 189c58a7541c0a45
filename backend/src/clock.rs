//! What time it is: the only place that asks.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::{Day, Timestamp};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp as Instant};

/// A clock that tells the time of day.
pub trait Clock: Send + Sync {
    /// The present moment. May go back when somebody sets it.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A bar's day begins at this hour of its time zone.
const DAY_BEGINS: SignedDuration = SignedDuration::from_hours(4);

/// The bar's day at a moment, in the time zone of that IANA name (UTC if there is none of it).
pub(crate) fn bar_day(at: Timestamp, time_zone: &str) -> Day {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let instant = Instant::from_millisecond(at.millis()).unwrap_or(Instant::UNIX_EPOCH);
    // On the wall clock, so that a night in which the hour changes has its turn at 04:00 too.
    let local = zone.to_datetime(instant).saturating_sub(DAY_BEGINS);
    let date = local.date();
    Day::from_date(
        i32::from(date.year()),
        date.month().unsigned_abs().into(),
        date.day().unsigned_abs().into(),
    )
    .expect("a calendar date is a day")
}

/// Whether there is a time zone of that IANA name.
pub(crate) fn is_time_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_four_in_the_bars_time_zone() {
        for (zone, at, day) in [
            ("UTC", "2026-11-21T03:59:59.999Z", "2026-11-20"),
            ("UTC", "2026-11-21T04:00:00Z", "2026-11-21"),
            ("Australia/Darwin", "2026-11-20T18:29:59Z", "2026-11-20"),
            ("Australia/Darwin", "2026-11-20T18:30:00Z", "2026-11-21"),
            ("America/Sao_Paulo", "2026-11-21T06:59:59Z", "2026-11-20"),
            // Clocks went back at 03:00 that night: 04:00 is an hour later in UTC than the day
            // before.
            ("Europe/Berlin", "2026-10-25T02:59:59Z", "2026-10-24"),
            ("Europe/Berlin", "2026-10-25T03:00:00Z", "2026-10-25"),
        ] {
            let at: Timestamp = at.parse().expect("a moment");
            assert_eq!(bar_day(at, zone).to_string(), day, "{zone} {at}");
        }
    }
}
