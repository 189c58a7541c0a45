//! Opening, pausing and closing the bar at the tablet.

use anyhow::{Context as _, Result, ensure};
use domain::view::BarStatus;

use crate::browser::{Tablet, desk, id};
use crate::soon::until;

#[tokio::test]
async fn a_pause_has_a_length_and_can_be_ended() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    for minutes in [5, 10, 15, 30] {
        tablet.clicks(&id("bar-pause")).await?;
        tablet.clicks(&id(&format!("pause-{minutes}"))).await?;
        tablet.tells(&id("bar-status"), "data-status", "paused").await?;
        // Less than the whole, by the time it is looked at.
        let before = format!("{}:", minutes - 1);
        let left = id("pause-left");
        tablet.until(&left, "counts down", |seen| seen.text.starts_with(&before)).await?;
        let view = bea.bar().await?;
        let until = view.paused_until.context("a pause of minutes ends")?;
        let left = until.millis_since(view.now) / 1000;
        ensure!((minutes * 60 - 60..=minutes * 60).contains(&left), "{left} s of {minutes} min");
    }
    tablet.clicks(&id("bar-pause")).await?;
    tablet.clicks(&id("pause-until-opened")).await?;
    until("the pause has no end", async || Ok(bea.bar().await?.paused_until.is_none())).await?;
    ensure!(bea.bar().await?.status == BarStatus::Paused, "not paused any more");
    tablet.clicks(&id("bar-open")).await?;
    tablet.tells(&id("bar-status"), "data-status", "open").await?;
    tablet.lacks(&id("pause-left")).await?;
    ensure!(bea.bar().await?.status == BarStatus::Open, "only this tablet thinks so");
    tablet.ends_clean().await
}

#[tokio::test]
async fn a_pause_ends_by_itself() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    let until = bea.bar().await?.now.plus_seconds(4);
    bea.pauses(Some(until), None).await?;
    tablet.tells(&id("bar-status"), "data-status", "paused").await?;
    tablet.tells(&id("bar-status"), "data-status", "open").await?;
    tablet.was_not_reloaded().await?;
    tablet.ends_clean().await
}

#[tokio::test]
async fn closing_asks_first() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.clicks(&id("bar-close")).await?;
    tablet.sees(&id("confirm")).await?;
    ensure!(bea.bar().await?.status == BarStatus::Open, "closed without an answer");
    tablet.clicks(&id("confirm")).await?;
    tablet.tells(&id("bar-status"), "data-status", "closed").await?;
    ensure!(bea.bar().await?.status == BarStatus::Closed, "only this tablet thinks so");
    tablet.clicks(&id("bar-open")).await?;
    tablet.tells(&id("bar-status"), "data-status", "open").await?;
    tablet.ends_clean().await
}
