//! Limits, and what they come to.

use anyhow::{Result, ensure};

use crate::bar::Bar;
use crate::browser::{Office, desk, id};

#[tokio::test]
async fn figures_are_told_in_sentences_before_they_hold() -> Result<()> {
    let bar = Bar::open().await?;
    let _desk = desk().await?;
    let office = Office::at(&bar.server.url(), "bars/espresso/limits").await?;
    office.reads(&id("meaning-uses_per_window"), "10 drinks per 5 minutes is 120 an hour.").await?;
    office.mentions(&id("meaning-baristas"), "2 baristas").await?;
    office.mentions(&id("meaning-baristas"), "145 an hour").await?;
    office.lacks(&id("concern-uses_per_window")).await?;

    office.fills("limits-uses_per_window", "20").await?;
    office.mentions(&id("meaning-uses_per_window"), "is 240 an hour").await?;
    office.mentions(&id("concern-uses_per_window"), "95 an hour more").await?;
    office.fills("limits-uses_per_window", "20000").await?;
    office.fills("limits-grace_seconds", "-1").await?;
    office.is_told_of("limits-uses_per_window", "from 1 to 10000").await?;
    office.is_told_of("limits-grace_seconds", "from 0 to 86400").await?;
    office.keeps_pictures("limits, out of range").await?;
    office.mentions(&id("meaning-baristas"), "2 baristas").await?;
    office.fills("limits-grace_seconds", "60").await?;
    office.until(&id("save"), "waits", |save| save.disabled).await?;
    office.fills("limits-uses_per_window", "12").await?;
    office.fills("limits-window_seconds", "600").await?;
    office.mentions(&id("window-when"), "from the next code on").await?;
    office.saves().await?;

    let limits = bar.bea().await?.bar().await?.limits;
    ensure!((limits.uses_per_window, limits.window_seconds) == (12, 600), "{limits:?}");
    ensure!(limits.baristas == 2, "{limits:?}");
    office.ends_clean().await
}

#[tokio::test]
async fn a_closed_bar_changes_its_window_at_once() -> Result<()> {
    let bar = Bar::open().await?;
    let _desk = desk().await?;
    let office = Office::at(&bar.server.url(), "bars/espresso/limits").await?;
    bar.olga().await?.closes().await?;
    office.tells(&id("bar-status"), "data-status", "closed").await?;
    office.fills("limits-window_seconds", "120").await?;
    office.mentions(&id("window-when"), "at once").await?;
    office.clicks(&id("discard")).await?;
    office.reads(&id("meaning-window_seconds"), "Every 5 minutes a new code appears.").await?;
    office.ends_clean().await
}
