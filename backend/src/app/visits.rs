//! How much guests may ask, so that one phone gone wrong does not keep the others waiting.

use std::net::IpAddr;

use domain::command::Scan;
use domain::{Actor, BarId, Role, Timestamp};

use super::App;
use crate::config::Settings;
use crate::rate::{Allowances, GrowingDelays};

/// Guests and addresses that are remembered.
const MOST_REMEMBERED: usize = 50_000;

/// What guests have asked lately.
pub(super) struct Visits {
    requests: Allowances<domain::PersonId>,
    unknown_codes: GrowingDelays<IpAddr>,
}

impl Visits {
    pub(super) fn new(settings: &Settings) -> Self {
        let per_minute = settings.guest_requests_per_minute;
        Self {
            requests: Allowances::new(per_minute, MOST_REMEMBERED),
            unknown_codes: GrowingDelays::new(settings.unknown_code_delays, MOST_REMEMBERED),
        }
    }
}

/// Too much was asked; when to ask again, and when that was said.
pub(crate) struct TooMuch {
    pub(crate) retry_at: Timestamp,
    pub(crate) now: Timestamp,
}

impl App {
    /// Counts a request of this person. Staff and monitors may ask as much as they like: whoever
    /// hired them trusts them, and a tablet is shared in a rush.
    pub(crate) fn count_request(&self, actor: &Actor) -> Result<(), TooMuch> {
        match actor.role {
            Role::Customer => {
                let now = self.now();
                let spent = self.0.visits.requests.spend(&actor.person, now);
                spent.map_err(|retry_at| TooMuch { retry_at, now })
            }
            Role::Barista | Role::Organiser | Role::Display => Ok(()),
        }
    }

    /// What a code is that came from this address; after too many that were nothing, another such
    /// has to wait. A good one never waits and makes up for them: a venue is one address, and one
    /// guest must not shut the door for all.
    pub(crate) fn read_code(&self, from: IpAddr, bar: &BarId, code: &str) -> Result<Scan, TooMuch> {
        let (delays, now) = (&self.0.visits.unknown_codes, self.now());
        let scan = self.codes().read(bar, code);
        match (scan, delays.must_wait_until(&from, now)) {
            (Scan::Genuine(_), _) => delays.succeeded(&from),
            (Scan::Unknown, None) => delays.failed(&from, now),
            (Scan::Unknown, Some(retry_at)) => return Err(TooMuch { retry_at, now }),
        }
        Ok(scan)
    }
}
