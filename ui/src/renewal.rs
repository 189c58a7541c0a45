//! Staying signed in.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Api;
use crate::clock::Clock;

/// How often it is asked whether half of the session is over; the shortest lasts a day.
const LOOK: Duration = Duration::from_secs(15 * 60);

/// Renews the session of this device whenever half of it is over, until the component that asked
/// for it is gone. A failed attempt is made again at the next look.
pub fn keep_renewed(api: Api, clock: Clock) {
    let look = move || {
        if !api.session().is_half_over(clock.now_untracked()) {
            return;
        }
        spawn_local(async move {
            let before = api.session().token();
            if let Ok(session) = api.renew().await
                // Not when somebody signed out, or in as another, meanwhile.
                && api.session().token() == before
            {
                api.session().save(clock, session);
            }
        });
    };
    look();
    if let Ok(looking) = set_interval_with_handle(look, LOOK) {
        on_cleanup(move || looking.clear());
    }
}
