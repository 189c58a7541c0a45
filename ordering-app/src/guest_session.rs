//! The guest's session: made without asking, kept on the phone.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::sleep::{sleep, sleep_about};
use ui::{Api, Clock, KeptSession};

/// Makes a session whenever there is none: at the first visit, and when the server has forgotten
/// the one there was.
pub(crate) fn keep(api: Api, clock: Clock) {
    let session = api.session();
    let at_work = StoredValue::new(false);
    Effect::new(move || {
        if session.get().is_some() || at_work.get_value() {
            return;
        }
        at_work.set_value(true);
        spawn_local(async move {
            loop {
                match api.guest_session().await {
                    Ok(made) => {
                        at_work.set_value(false);
                        session.save(clock, made);
                        break;
                    }
                    Err(_) => sleep_about(Duration::from_secs(2), Duration::from_secs(2)).await,
                }
            }
        });
    });
}

/// Waits until there is a session, but no longer than a guest does.
pub(crate) async fn wait_for(session: KeptSession) {
    for _ in 0..50 {
        if session.token().is_some() {
            break;
        }
        sleep(Duration::from_millis(200)).await;
    }
}
