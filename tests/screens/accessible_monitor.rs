//! What axe finds on the screens of a monitor: nothing, in both languages and both themes.

use anyhow::Result;
use domain::Code;
use domain::limits::LimitsChange;
use domain::text::Language;
use serde_json::json;

use super::board_pages::orders;
use crate::bar::Bar;
use crate::browser::{Monitor, Noise, desk, id};
use crate::soon::PATIENCE;

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
    monitor.is_of_size(1080, 1920).await?;
    monitor.passes("upright pages").await?;
    monitor.is_of_size(1920, 1080).await?;

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
    monitor.is_of_size(1080, 1920).await?;
    monitor.passes("code used up, upright").await?;
    monitor.is_of_size(1920, 1080).await?;

    olga.founds("second", LimitsChange::default()).await?;
    let anywhere = format!("{}/display/?lang={}", bar.server.url(), language.tag());
    monitor.goto(&anywhere).await?;
    monitor.until_all(".bar-link", "are two", PATIENCE, |bars| bars.len() == 2).await?;
    monitor.passes("which bar").await?;
    monitor.clicks(".bar-link:last-of-type").await?;
    monitor.is_live().await?;
    cut_off(&bar, &monitor).await?;
    monitor.ends_clean_but(&[Noise::Refusals, Noise::Outage]).await
}

/// The marks of a connection that is lost, first for a while and then for long.
async fn cut_off(bar: &Bar, monitor: &Monitor) -> Result<()> {
    // It is connected before it has been answered what there is.
    monitor.sees("h1").await?;
    bar.server.freeze().await?;
    monitor.tells(&id("connection"), "data-state", "reconnecting").await?;
    monitor.passes("reconnecting").await?;
    let unplugged =
        json!({ "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    monitor.devtools("Network.emulateNetworkConditions", unplugged).await?;
    monitor.tells(&id("connection"), "data-state", "offline").await?;
    monitor.passes("offline").await?;
    monitor.is_of_size(1080, 1920).await?;
    monitor.passes("offline, upright").await?;
    bar.server.thaw().await
}
