//! Letting one more in, or saying why not: seven answers, the first that applies.

use anyhow::{Result, ensure};
use domain::Code;
use domain::limits::LimitsChange;

use crate::bar::{Bar, roomy};
use crate::http::Refusal as _;
use crate::soon::until;

const WRONG: &str = "00000000";

/// Everything is wrong at once; what is put right uncovers the next reason.
#[tokio::test]
async fn the_first_reason_is_told() -> Result<()> {
    let tight = LimitsChange {
        uses_per_window: Some(1),
        max_in_progress: Some(2),
        live_per_person: Some(1),
        daily_per_person: Some(1),
        ..roomy()
    };
    let bar = Bar::with_limits(tight).await?;
    let (ada, eve, bea) = (bar.guest().await?, bar.guest().await?, bar.bea().await?);
    let olga = bar.olga().await?;
    let code = bea.code().await?.code;
    let order = ada.orders(&code, "latte").await?.order;
    bea.takes("tea").await?;
    // Ada has a live order, the code is used up, the bar is full. First it is closed, too.
    bea.closes().await?;
    ada.scans(WRONG).await.refused(Code::BarClosed)?;
    bea.opens().await?;
    bea.pauses(None, None).await?;
    ada.scans(WRONG).await.refused(Code::BarPaused)?;
    bea.opens().await?;
    let problem = ada.scans(WRONG).await.refused(Code::LiveOrderExists)?;
    ensure!(problem.order.as_ref() == Some(&order), "which one: {problem:?}");
    bea.completes(&order).await?;
    ada.scans(WRONG).await.refused(Code::LiveOrderExists)?;
    bea.collects(&order).await?;
    ada.scans(WRONG).await.refused(Code::DailyLimit)?;
    eve.scans(WRONG).await.refused(Code::CodeUnknown)?;
    bea.takes("tea").await?;
    let problem = eve.scans(&code).await.refused(Code::CodeUsedUp)?;
    ensure!(problem.retry_at == Some(bea.code().await?.closes_at), "{problem:?}");
    olga.limits(LimitsChange { uses_per_window: Some(2), ..Default::default() }).await?;
    eve.scans(&code).await.refused(Code::BarFull)?;
    olga.limits(LimitsChange { max_in_progress: Some(3), ..Default::default() }).await?;
    eve.scans(&code).await?;
    Ok(())
}

/// The wait fills a bar as the orders do; staff may go on.
#[tokio::test]
async fn a_long_wait_is_full_too() -> Result<()> {
    let bar = Bar::with_limits(LimitsChange { max_wait_seconds: Some(300), ..roomy() }).await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    until("a wait of five minutes", async || {
        bea.takes("mocha").await?;
        Ok(bea.bar().await?.wait_seconds >= 300)
    })
    .await?;
    let view = bea.bar().await?;
    ensure!(view.refusal.is_some_and(|refusal| refusal.code == Code::BarFull), "{view:?}");
    ada.scans(&code).await.refused(Code::BarFull)?;
    bea.takes("mocha").await?;
    Ok(())
}

/// No step of a guest raises the orders in progress above the maximum; a barista's may.
#[tokio::test]
async fn stepping_back_passes_the_limits() -> Result<()> {
    let bar = Bar::with_limits(LimitsChange { max_in_progress: Some(1), ..roomy() }).await?;
    let (ada, eve, bea) = (bar.guest().await?, bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    let order = ada.orders(&code, "latte").await?.order;
    bea.completes(&order).await?;
    eve.scans(&code).await?;
    bea.recalls(&order).await?;
    ensure!(bea.bar().await?.in_progress == 2, "one more than the maximum");
    ada.scans(&code).await.refused(Code::BarFull)?;
    Ok(())
}

/// Daily counts are placed orders less those that came to nothing.
#[tokio::test]
async fn what_came_to_nothing_does_not_count() -> Result<()> {
    let limits = LimitsChange { daily_per_person: Some(2), start_seconds: Some(3), ..roomy() };
    let bar = Bar::with_limits(limits).await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    let cancelled = ada.orders(&code, "tea").await?.order;
    ada.cancels(&cancelled, None).await?;
    let refused = ada.orders(&code, "tea").await?.order;
    bea.cancels(&refused, Some("No tea left")).await?;
    let expired = ada.orders(&code, "tea").await?.order;
    until("its expiry", async || Ok(ada.order(&expired).await?.stage.is_some())).await?;
    for _ in 0..2 {
        let order = ada.orders(&code, "tea").await?.order;
        bea.claims(&order).await?;
    }
    ada.scans(&code).await.refused(Code::DailyLimit)?;
    Ok(())
}

/// Pausing and closing let nobody in; whoever is in is served.
#[tokio::test]
async fn whoever_is_in_is_served_while_the_bar_is_closed() -> Result<()> {
    let bar = Bar::roomy().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    let (first, second) = (ada.scans(&code).await?.order, ada.scans(&code).await?.order);
    bea.pauses(None, None).await?;
    ada.places(&first, "latte").await?;
    bea.closes().await?;
    ada.places(&second, "latte").await?;
    ada.changes(&second, "tea").await?;
    bea.claims(&first).await?;
    bea.completes(&first).await?;
    ada.collects(&first).await?;
    bea.completes(&second).await?;
    bea.recalls(&second).await?;
    bea.releases(&second).await?;
    ada.cancels(&second, None).await?;
    Ok(())
}
