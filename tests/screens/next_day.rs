//! A guest who has had all drinks of the day, and the turn of the day: the server's clock is set.
#![cfg(target_os = "linux")]

use anyhow::{Context as _, Result, ensure};
use domain::Code;
use domain::limits::LimitsChange;

use super::guest::{Item, only_order, set_available};
use crate::bar::roomy;
use crate::browser::{Noise, Phone, desk, id};
use crate::clock::{Clock, until_four};

/// What passes between the server's look at its clock and ours at the screen.
const SLACK: i64 = 60;

#[tokio::test]
async fn a_daily_limit_counts_down_to_the_next_day_and_lets_in_then() -> Result<()> {
    let Some(clock) = Clock::new()? else {
        return Ok(());
    };
    let one = LimitsChange { daily_per_person: Some(1), live_per_person: Some(1), ..roomy() };
    let bar = clock.bar().await?.with(one).await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&bea.code().await?.url).await?;
    phone.orders_a_latte().await?;
    bea.completes(&only_order(&bea).await?.order).await?;
    phone.clicks(&id("got-it")).await?;
    phone.leaves().await?;

    phone.clicks(&id("start-order")).await?;
    phone.is_refused(Code::DailyLimit).await?;
    let left = seconds(&phone.sees(&id("retry-at")).await?.text)?;
    let four = until_four(bea.bar().await?.now).context("four o'clock comes every day")?;
    let day = 24 * 3600;
    ensure!((left - four).rem_euclid(day) < SLACK, "{left} s left, not {four}");

    // It is four o'clock; the next news tells the phone what time it is.
    clock.is_ahead(four + 1)?;
    set_available(&bar.bea().await?, Item::Drink("mocha"), false).await?;
    phone.sees(&id("start-order")).await?;
    phone.lacks(&id("refusal")).await?;
    phone.starts().await?;
    phone.was_not_reloaded().await?;
    phone.ends_clean_but(&[Noise::Refusals]).await
}

/// What a countdown such as `13:05:59` says.
fn seconds(text: &str) -> Result<i64> {
    text.split(':').try_fold(0, |sum, part| Ok(sum * 60 + part.parse::<i64>()?))
}
