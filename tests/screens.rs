//! The three apps before the eyes of those who use them.

mod accessible;
mod accessible_monitor;
mod accessible_tablet;
mod again;
mod ahead;
mod away;
mod bar_door;
mod board_pages;
mod called;
mod cut_off;
mod device_clock;
mod first_loads;
mod guest;
mod idle;
mod journey;
mod keyboard;
mod languages;
mod legible;
mod names;
mod narrow;
mod next_day;
mod night;
mod office;
mod once;
mod pages;
mod pairing;
mod pictures;
mod place_kept;
mod refusal_marks;
mod refusals;
mod scenes;
mod secure;
mod shift;
mod sounds;
mod staying;
mod steps;
mod tablet_language;
mod walk_up;
mod watchful;
mod way_back;
mod which_bar;
mod wrong_clock;

use anyhow::{Context as _, Result};
use domain::limits::LimitsChange;

use crate::bar::Bar;

/// A bar whose code stays the same for the length of a test.
async fn bar() -> Result<Bar> {
    let bar = Bar::open().await?;
    keep_the_code(&bar).await?;
    Ok(bar)
}

/// Makes the windows so long that none ends while a test runs.
async fn keep_the_code(bar: &Bar) -> Result<()> {
    let olga = bar.olga().await?;
    let now = olga.bar().await?.now.seconds();
    // Windows begin at multiples of their length, so that of two lengths one is not about to end.
    let lengths = [86_400_u32, 80_000];
    let left = |length: &u32| i64::from(*length) - now.rem_euclid(i64::from(*length));
    let longest = lengths.into_iter().max_by_key(left).context("there are two")?;
    set(bar, LimitsChange { window_seconds: Some(longest), ..LimitsChange::default() }).await
}

/// Sets limits so that they hold at once.
async fn set(bar: &Bar, limits: LimitsChange) -> Result<()> {
    let olga = bar.olga().await?;
    olga.closes().await?;
    olga.limits(limits).await?;
    olga.opens().await?;
    Ok(())
}
