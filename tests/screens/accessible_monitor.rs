//! What axe finds on the screens of a monitor: nothing, in both languages and both themes.

use anyhow::Result;
use domain::Code;
use domain::limits::LimitsChange;
use domain::text::Language;

use super::board_pages::orders;
use crate::browser::{Monitor, Noise, desk, id};

#[tokio::test]
async fn axe_finds_nothing_on_a_monitor_in_english() -> Result<()> {
    every_scene(Language::English).await
}

#[tokio::test]
async fn axe_finds_nothing_on_a_monitor_in_portuguese() -> Result<()> {
    every_scene(Language::Portuguese).await
}

async fn every_scene(language: Language) -> Result<()> {
    let bar = super::bar().await?;
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    let _desk = desk().await?;
    let language_of_address = format!("&lang={}", language.tag());
    let monitor = Monitor::unpaired(&bar.server.url(), &bar, &language_of_address).await?;
    monitor.tells("html", "lang", language.tag()).await?;
    monitor.sees(&id("pair")).await?;
    monitor.passes("pairing").await?;
    monitor.types_link("never seen").await?;
    monitor.sees(&id("notice")).await?;
    monitor.passes("a link of no use").await?;
    monitor.signs_in("display").await?;
    monitor.is_live().await?;
    monitor.invites().await?;
    monitor.passes("nothing ordered yet").await?;

    let many = LimitsChange {
        max_in_progress: Some(100),
        max_wait_seconds: Some(86_400),
        ..LimitsChange::default()
    };
    olga.limits(many).await?;
    orders(&bea, 9, 13).await?;
    monitor.sees(&id("page")).await?;
    monitor.passes("pages").await?;

    let until = olga.bar().await?.now.plus_seconds(3600);
    bea.pauses(Some(until), Some("Beans")).await?;
    monitor.takes_no_orders(Code::BarPaused).await?;
    monitor.passes("paused").await?;
    olga.closes().await?;
    monitor.takes_no_orders(Code::BarClosed).await?;
    monitor.passes("closed").await?;
    olga.opens().await?;
    olga.limits(LimitsChange { max_in_progress: Some(1), ..LimitsChange::default() }).await?;
    monitor.takes_no_orders(Code::BarFull).await?;
    monitor.passes("full").await?;
    let one = LimitsChange { uses_per_window: Some(1), ..many };
    super::set(&bar, one).await?;
    monitor.invites().await?;
    bar.guest().await?.scans(&bea.code().await?.code).await?;
    monitor.takes_no_orders(Code::CodeUsedUp).await?;
    monitor.passes("code used up").await?;
    monitor.ends_clean_but(&[Noise::Refusals]).await
}
