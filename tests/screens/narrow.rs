//! The ordering app on the narrowest phone and on one of today: nothing beside the screen.

use anyhow::{Result, ensure};
use domain::limits::LimitsChange;
use domain::text::Language;
use domain::{Code, Status};

use super::guest::{only_order, without_a_code};
use crate::bar::Bar;
use crate::browser::{Noise, Phone, Size, Window, desk, drink, id};

/// As long as a name to call may be, and without a place to break it.
const LONG_NAME: usize = domain::name::LONGEST;

#[tokio::test]
async fn no_phone_scrolls_sideways() -> Result<()> {
    let _desk = desk().await?;
    tokio::try_join!(
        every_screen(Language::English, Size::NarrowPhone),
        every_screen(Language::Portuguese, Size::NarrowPhone)
    )?;
    every_screen(Language::Portuguese, Size::Phone).await
}

/// Every screen of the ordering app, in a language, on a phone of a size.
async fn every_screen(language: Language, size: Size) -> Result<()> {
    let bar = super::bar().await?;
    let phone = Phone::of(language, size, &without_a_code(&bar).await?).await?;
    at_the_door(&bar, &phone, language).await?;
    from_the_scan_to_the_cup(&bar, &phone).await?;
    without_a_cup(&bar, &phone).await?;
    phone.ends_clean_but(&[Noise::Refusals]).await
}

async fn at_the_door(bar: &Bar, phone: &Phone, language: Language) -> Result<()> {
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    phone.sees(&id("code-entry")).await?;
    fits(phone, "typing the code").await?;
    phone.types_code("NOT A CODE").await?;
    phone.clicks(&id("start-order")).await?;
    phone.is_refused_in(language, Code::CodeUnknown).await?;
    fits(phone, "code unknown").await?;

    phone.goto(&bea.code().await?.url).await?;
    phone.sees(&id("start-order")).await?;
    fits(phone, "welcome").await?;
    olga.closes().await?;
    phone.is_refused_in(language, Code::BarClosed).await?;
    fits(phone, "closed").await?;
    olga.opens().await?;
    let until = olga.bar().await?.now.plus_seconds(3600);
    olga.pauses(Some(until), Some(&"W".repeat(LONG_NAME))).await?;
    phone.is_refused_in(language, Code::BarPaused).await?;
    fits(phone, "paused").await?;
    olga.opens().await?;
    olga.limits(LimitsChange { max_in_progress: Some(1), ..LimitsChange::default() }).await?;
    bea.takes("tea").await?;
    phone.is_refused_in(language, Code::BarFull).await?;
    fits(phone, "full").await?;
    let order = only_order(&bea).await?.order;
    bea.completes(&order).await?;
    bea.collects(&order).await?;
    phone.sees(&id("start-order")).await?;
    Ok(())
}

async fn from_the_scan_to_the_cup(bar: &Bar, phone: &Phone) -> Result<()> {
    let bea = bar.bea().await?;
    phone.starts().await?;
    fits(phone, "drinks").await?;
    phone.clicks(&drink("latte")).await?;
    phone.sees(&id("next")).await?;
    fits(phone, "options").await?;
    phone.clicks(&id("next")).await?;
    phone.names(&"W".repeat(LONG_NAME)).await?;
    fits(phone, "confirm").await?;
    phone.places().await?;
    fits(phone, "waiting").await?;

    let order = only_order(&bea).await?.order;
    bea.claims(&order).await?;
    phone.is_at(Status::Making).await?;
    fits(phone, "being made").await?;
    bea.completes(&order).await?;
    phone.is_at(Status::Ready).await?;
    fits(phone, "ready").await?;
    bea.collects(&order).await?;
    phone.is_at(Status::Collected).await?;
    fits(phone, "collected").await
}

async fn without_a_cup(bar: &Bar, phone: &Phone) -> Result<()> {
    let bea = bar.bea().await?;
    phone.leaves().await?;
    phone.goto(&bea.code().await?.url).await?;
    phone.orders_a_latte().await?;
    phone.clicks(&id("cancel-order")).await?;
    phone.sees(&id("confirm")).await?;
    fits(phone, "the question").await?;
    phone.clicks(&id("confirm")).await?;
    phone.is_at(Status::Cancelled).await?;
    fits(phone, "cancelled").await?;

    let short = LimitsChange { choose_seconds: Some(1), ..LimitsChange::default() };
    bar.olga().await?.limits(short).await?;
    phone.leaves().await?;
    phone.goto(&bea.code().await?.url).await?;
    phone.clicks(&id("start-order")).await?;
    phone.is_at(Status::Expired).await?;
    fits(phone, "out of time").await?;
    phone.passes("out of time").await
}

/// What is cut off at an edge of its box: words longer than what they stand in.
const CLIPPED: &str = "
    return [...document.querySelectorAll('body *')]
        .filter(element => element.checkVisibility({ visibilityProperty: true }))
        .filter(element => !element.closest('.unseen') && element.clientWidth > 0)
        .filter(element => element.scrollWidth > element.clientWidth + 1)
        .filter(element => !['INPUT', 'svg'].includes(element.tagName))
        .map(element => element.className + ': ' + element.textContent.slice(0, 60));
";

/// Nothing of the page is beside the screen, and no words are cut off.
pub(super) async fn fits(window: &Window, screen: &str) -> Result<()> {
    // A page wider than the view is zoomed out on a phone: the screen's own width is what counts.
    let widths = "return [document.documentElement.scrollWidth, document.body.scrollWidth,
        Math.round(visualViewport.width), screen.width]";
    let [page, body, view, screen_width]: [u32; 4] = window.script(widths, &[]).await?;
    ensure!(
        page <= screen_width && body <= screen_width && view == screen_width,
        "{screen}: {page} and {body} px in a view of {view} px on a screen of {screen_width} px"
    );
    let clipped: Vec<String> = window.script(CLIPPED, &[]).await?;
    ensure!(clipped.is_empty(), "{screen}: cut off: {clipped:?}");
    Ok(())
}
