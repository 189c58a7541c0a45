//! The laptop's timers: one task that looks at the clock every second. Laptops sleep, so it trusts
//! no long wait; and being late changes nothing but the moment the screens are told.

use std::time::Duration;

use tokio::time::MissedTickBehavior;

use crate::app::App;

const EVERY: Duration = Duration::from_secs(1);

/// Looks after all bars for as long as the process runs.
pub(super) async fn run(app: App) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        app.tick().await;
    }
}
