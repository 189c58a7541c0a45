//! May one more order come in, and if not, why and until when.

use crate::bar::Bar;
use crate::command::{Facts, Scan};
use crate::id::PersonId;
use crate::rejection::Rejection;
use crate::status::Status;
use crate::time::Timestamp;
use crate::view::{BarStatus, Refusal};
use crate::window::Window;

/// Lets a guest in, or says why not, in the order of the product page: door, person, code, room.
/// Answers the window whose use is taken.
pub(crate) fn admit(
    bar: &Bar,
    person: &PersonId,
    scan: Scan,
    facts: &Facts,
) -> Result<Window, Rejection> {
    let at = bar.clamp(facts.now);
    door(bar, at)?;
    person_may(bar, person, facts.tomorrow)?;
    let window = code(bar, scan, at)?;
    uses(bar, window, at)?;
    room(bar, at)?;
    Ok(window)
}

/// Why nobody at all is let in at the moment: closed, paused or full.
pub(crate) fn refusal_for_all(bar: &Bar, at: Timestamp) -> Option<Refusal> {
    door(bar, at).and_then(|()| room(bar, at)).err().map(refusal)
}

/// Why nobody with the code of this window is let in at the moment.
pub(crate) fn refusal_for_code(bar: &Bar, window: Window, at: Timestamp) -> Option<Refusal> {
    door(bar, at)
        .and_then(|()| uses(bar, window, at))
        .and_then(|()| room(bar, at))
        .err()
        .map(refusal)
}

fn refusal(rejection: Rejection) -> Refusal {
    Refusal { code: rejection.code(), retry_at: rejection.retry_at() }
}

fn door(bar: &Bar, at: Timestamp) -> Result<(), Rejection> {
    match bar.status(at) {
        BarStatus::Open => Ok(()),
        BarStatus::Paused => Err(Rejection::BarPaused { until: bar.paused_until() }),
        BarStatus::Closed => Err(Rejection::BarClosed),
    }
}

fn person_may(bar: &Bar, person: &PersonId, tomorrow: Timestamp) -> Result<(), Rejection> {
    let own = || bar.live_orders().filter(|order| order.person.as_ref() == Some(person));
    if own().count() >= bar.limits.live_per_person as usize {
        let order = own().map(|order| order.order.clone()).next();
        return Err(Rejection::LiveOrderExists {
            order: order.expect("the limit is at least one, so there is one"),
        });
    }
    let choosing = own().filter(|order| order.status == Status::Choosing).count();
    let placed = bar.daily.get(person).copied().unwrap_or(0) as usize;
    let limit = bar.limits.daily_per_person as usize;
    if limit > 0 && placed + choosing >= limit {
        return Err(Rejection::DailyLimit { retry_at: tomorrow });
    }
    Ok(())
}

fn code(bar: &Bar, scan: Scan, at: Timestamp) -> Result<Window, Rejection> {
    let opens_at = match scan {
        Scan::Genuine(opens_at) if opens_at <= at => opens_at,
        // Genuine, yet of a window to come: nothing we have ever shown.
        Scan::Genuine(_) | Scan::Unknown => return Err(Rejection::CodeUnknown),
    };
    bar.windows
        .opening_at(opens_at, at)
        .filter(|window| at < window.closes_at.plus_seconds(bar.limits.grace_seconds))
        .ok_or(Rejection::CodeExpired)
}

fn uses(bar: &Bar, window: Window, at: Timestamp) -> Result<(), Rejection> {
    if bar.uses_left(window) == 0 {
        // In its grace the next code is on the screen already: nothing to wait for.
        let retry_at = window.contains(at).then_some(window.closes_at);
        return Err(Rejection::CodeUsedUp { retry_at });
    }
    Ok(())
}

fn room(bar: &Bar, at: Timestamp) -> Result<(), Rejection> {
    if bar.in_progress() >= bar.limits.max_in_progress
        || bar.wait_before_choosing(at) >= bar.limits.max_wait_seconds
    {
        return Err(Rejection::BarFull);
    }
    Ok(())
}
