//! What time it is: the only place that asks.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::{Day, Timestamp};
use jiff::civil::DateTime;
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
const DAY_BEGINS: i8 = 4;

/// The bar's day at a moment, in the time zone of that IANA name (UTC if there is none of it).
pub(crate) fn bar_day(at: Timestamp, time_zone: &str) -> Day {
    let zone = zone(time_zone);
    let instant = Instant::from_millisecond(at.millis()).unwrap_or(Instant::UNIX_EPOCH);
    // On the wall clock, so that a night in which the hour changes has its turn at 04:00 too.
    let local =
        zone.to_datetime(instant).saturating_sub(SignedDuration::from_hours(DAY_BEGINS.into()));
    let date = local.date();
    Day::from_date(
        i32::from(date.year()),
        date.month().unsigned_abs().into(),
        date.day().unsigned_abs().into(),
    )
    .expect("a calendar date is a day")
}

/// When a day of a bar begins, in the time zone of that IANA name (UTC if there is none of it).
/// None for a day beyond all calendars.
pub(crate) fn day_begins(day: Day, time_zone: &str) -> Option<Timestamp> {
    let (year, month, date) = day.date();
    let (year, month, date) =
        (year.try_into().ok()?, month.try_into().ok()?, date.try_into().ok()?);
    let local = DateTime::new(year, month, date, DAY_BEGINS, 0, 0, 0).ok()?;
    let instant = zone(time_zone).to_ambiguous_timestamp(local).compatible().ok()?;
    Some(Timestamp::from_millis(instant.as_millisecond()))
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
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

    #[test]
    fn a_day_begins_when_the_one_before_is_over() {
        for (zone, day, begins) in [
            ("UTC", "2026-11-21", "2026-11-21T04:00:00.000Z"),
            ("Nowhere/At_all", "2026-11-21", "2026-11-21T04:00:00.000Z"),
            ("Australia/Darwin", "2026-11-21", "2026-11-20T18:30:00.000Z"),
            ("America/Sao_Paulo", "2026-11-21", "2026-11-21T07:00:00.000Z"),
            ("Europe/Berlin", "2026-10-24", "2026-10-24T02:00:00.000Z"),
            ("Europe/Berlin", "2026-10-25", "2026-10-25T03:00:00.000Z"),
            ("Europe/Berlin", "2026-03-29", "2026-03-29T02:00:00.000Z"),
            ("Australia/Lord_Howe", "2026-10-04", "2026-10-03T17:00:00.000Z"),
        ] {
            let day: Day = day.parse().expect("a day");
            let turn = day_begins(day, zone).expect("within the calendar");
            assert_eq!(turn.to_string(), begins, "{zone}");
            assert_eq!(bar_day(turn, zone), day, "{zone}");
            let before = Timestamp::from_millis(turn.millis() - 1);
            assert_eq!(bar_day(before, zone).next(), day, "{zone}");
        }
        let last = Day::from_date(9999, 12, 31).expect("a day");
        assert_eq!(day_begins(last.next(), "UTC"), None);
    }
}
