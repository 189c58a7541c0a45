//! Tablets whose clocks are wrong, and tablets side by side: what counts is what the server says.

use anyhow::{Context as _, Result, ensure};
use domain::Status;

use super::shift::take;
use crate::browser::{Seen, Tablet, desk, drink, id, ticket, within};
use crate::soon::until;

#[tokio::test]
async fn a_tablet_goes_by_the_servers_clock() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.begins_with("window.real = Date.now;").await?;
    for wrong in ["3600e3", "-3600e3"] {
        // On top of the one before: the last one counts.
        let clock = format!("Date.now = () => window.real() + {wrong};");
        tablet.begins_with(&clock).await?;
        tablet.reload().await?;
        tablet.is_at_work().await?;
        let number = take(&bar, "latte").await?;
        let elapsed = within(&ticket(number), ".ticket-elapsed");
        tablet.until(&elapsed, "has just begun", |seen| seen.text.starts_with("0:")).await?;
        tablet.tells(&ticket(number), "data-age", "on-time").await?;

        tablet.clicks(&id("bar-pause")).await?;
        tablet.clicks(&id("pause-5")).await?;
        let counts = |seen: &Seen| seen.text.starts_with("4:");
        tablet.until(&id("pause-left"), "counts from five", counts).await?;
        let view = bea.bar().await?;
        let left = view.paused_until.context("it ends")?.millis_since(view.now) / 1000;
        ensure!((240..=300).contains(&left), "{left} s are left of five minutes");
        // It ends when the server says.
        let soon = view.now.plus_seconds(6);
        bea.pauses(Some(soon), None).await?;
        tablet.tells(&id("bar-status"), "data-status", "open").await?;
        ensure!(bea.bar().await?.now >= soon, "it ended too early");
        tablet.was_not_reloaded().await?;
    }
    tablet.ends_clean().await
}

#[tokio::test]
async fn what_is_set_on_one_tablet_holds_on_the_other() -> Result<()> {
    let bar = super::bar().await?;
    let bob = bar.bob().await?;
    let _desk = desk().await?;
    let (beas, bobs) = tokio::try_join!(Tablet::of("barista", &bar), Tablet::of("barista2", &bar))?;
    beas.clicks(&id("sold-out")).await?;
    beas.clicks(&id("toggle-mocha")).await?;
    beas.tells(&id("toggle-mocha"), "aria-checked", "false").await?;
    beas.clicks("dialog .wide > .button").await?;
    beas.clicks(&id("bar-pause")).await?;
    beas.clicks(&id("pause-10")).await?;
    until("it pauses", async || Ok(bob.bar().await?.paused_until.is_some())).await?;
    for tablet in [&beas, &bobs] {
        // Nothing of it is kept on the one tablet.
        for _ in 0..2 {
            tablet.tells(&id("bar-status"), "data-status", "paused").await?;
            let counts = |seen: &Seen| ["9:", "8:"].iter().any(|time| seen.text.starts_with(time));
            tablet.until(&id("pause-left"), "counts from ten", counts).await?;
            tablet.clicks(&id("walk-up")).await?;
            tablet.tells(&drink("mocha"), "aria-disabled", "true").await?;
            tablet.reload().await?;
            tablet.is_at_work().await?;
        }
    }
    let number = take(&bar, "tea").await?;
    for tablet in [beas, bobs] {
        tablet.has(number, Status::Placed).await?;
        tablet.ends_clean().await?;
    }
    Ok(())
}
