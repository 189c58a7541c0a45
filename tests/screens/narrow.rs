//! The ordering app on the narrowest phone and on one of today: nothing beside the screen, nothing
//! cut off.

use anyhow::{Result, ensure};
use domain::limits::LimitsChange;
use domain::text::Language;
use domain::{Code, Status};

use super::guest::{Item, only_order, set_available, without_a_code};
use super::refusals::{code_of_the_past, owner, starts_with};
use crate::bar::{Bar, roomy};
use crate::browser::{Noise, Phone, Size, Window, desk, drink, id};

/// As long as a name to call may be, and without a place to break it.
const LONG_NAME: usize = domain::name::LONGEST;

#[tokio::test]
async fn no_phone_scrolls_sideways() -> Result<()> {
    let _desk = desk().await?;
    tokio::try_join!(
        every_screen(Language::English, Size::NarrowPhone),
        every_screen(Language::Portuguese, Size::NarrowPhone),
        every_screen(Language::Portuguese, Size::Phone)
    )?;
    Ok(())
}

/// Every screen of the ordering app, in a language, on a phone of a size.
async fn every_screen(language: Language, size: Size) -> Result<()> {
    let bar = Bar::open().await?;
    let expired = code_of_the_past(&bar).await?;
    super::keep_the_code(&bar).await?;
    let phone = Phone::of(language, size, &without_a_code(&bar).await?).await?;
    codes_of_no_use(&bar, &phone, language, &expired).await?;
    at_the_door(&bar, &phone, language).await?;
    from_the_scan_to_the_cup(&bar, &phone).await?;
    without_a_cup(&bar, &phone).await?;
    out_of_time(&bar, &phone).await?;
    let mut bar = bar.with(roomy()).await?;
    phone.goto(&format!("{}/order/", bar.server.url())).await?;
    phone.sees(".bar-link:nth-of-type(2)").await?;
    fits(&phone, "which bar").await?;

    phone.goto(&bar.bea().await?.code().await?.url).await?;
    phone.tells(&id("connection"), "data-state", "live").await?;
    bar.server.kill().await?;
    phone.tells(&id("connection"), "data-state", "reconnecting").await?;
    fits(&phone, "reconnecting").await?;
    phone.ends_clean_but(&[Noise::Refusals, Noise::Outage]).await
}

async fn codes_of_no_use(
    bar: &Bar,
    phone: &Phone,
    language: Language,
    expired: &str,
) -> Result<()> {
    phone.sees(&id("code-entry")).await?;
    fits(phone, "typing the code").await?;
    phone.clicks(&id("language")).await?;
    phone.lacks(&format!("html[lang={}]", language.tag())).await?;
    fits(phone, "typing the code, in the other language").await?;
    phone.clicks(&id("language")).await?;

    starts_with(phone, "NOT A CODE").await?;
    phone.is_refused_in(language, Code::CodeUnknown).await?;
    fits(phone, "code unknown").await?;
    phone.clicks(&id("refusal-next")).await?;
    starts_with(phone, expired).await?;
    phone.is_refused_in(language, Code::CodeExpired).await?;
    fits(phone, "code out of date").await?;

    let olga = bar.olga().await?;
    olga.limits(LimitsChange { uses_per_window: Some(1), ..LimitsChange::default() }).await?;
    let code = olga.code().await?.code;
    bar.guest().await?.scans(&code).await?;
    phone.clicks(&id("refusal-next")).await?;
    starts_with(phone, &code).await?;
    phone.is_refused_in(language, Code::CodeUsedUp).await?;
    phone.sees(&id("retry-at")).await?;
    fits(phone, "code used up").await?;
    olga.limits(LimitsChange { uses_per_window: Some(99), ..LimitsChange::default() }).await?;
    Ok(())
}

async fn at_the_door(bar: &Bar, phone: &Phone, language: Language) -> Result<()> {
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    phone.goto(&bea.code().await?.url).await?;
    phone.sees(&id("start-order")).await?;
    fits(phone, "welcome").await?;
    olga.closes().await?;
    phone.is_refused_in(language, Code::BarClosed).await?;
    fits(phone, "closed").await?;
    olga.opens().await?;
    let until = olga.bar().await?.now.plus_seconds(36_000);
    olga.pauses(Some(until), Some(&"W".repeat(LONG_NAME))).await?;
    phone.is_refused_in(language, Code::BarPaused).await?;
    fits(phone, "paused").await?;
    olga.opens().await?;
    olga.limits(LimitsChange { max_in_progress: Some(1), ..LimitsChange::default() }).await?;
    phone.is_refused_in(language, Code::BarFull).await?;
    fits(phone, "full").await?;
    olga.limits(LimitsChange { max_in_progress: Some(9), ..LimitsChange::default() }).await?;
    phone.sees(&id("start-order")).await?;
    Ok(())
}

async fn from_the_scan_to_the_cup(bar: &Bar, phone: &Phone) -> Result<()> {
    let bea = bar.bea().await?;
    set_available(&bea, Item::Drink("hot-chocolate"), false).await?;
    phone.starts().await?;
    phone.tells(&drink("hot-chocolate"), "aria-disabled", "true").await?;
    fits(phone, "drinks").await?;
    phone.clicks(&drink("latte")).await?;
    phone.sees(&id("next")).await?;
    set_available(&bea, Item::Option("milk", "lactose-free"), false).await?;
    set_available(&bea, Item::Option("milk", "whole"), false).await?;
    phone.tells(&id("next"), "disabled", "").await?;
    fits(phone, "options").await?;
    set_available(&bea, Item::Option("milk", "whole"), true).await?;
    phone.clicks(&id("next")).await?;
    phone.names(&"W".repeat(LONG_NAME)).await?;
    fits(phone, "confirm").await?;
    set_available(&bea, Item::Drink("latte"), false).await?;
    phone.tells(&id("refusal"), "data-code", Code::SoldOut.as_str()).await?;
    fits(phone, "sold out").await?;
    set_available(&bea, Item::Drink("latte"), true).await?;
    phone.places().await?;
    fits(phone, "waiting").await?;

    phone.clicks(&id("change-order")).await?;
    phone.is_choosing().await?;
    fits(phone, "another drink").await?;
    phone.chooses("mocha", &[]).await?;
    fits(phone, "the same place in the queue").await?;
    phone.places().await?;

    let order = only_order(&bea).await?.order;
    bea.claims(&order).await?;
    phone.is_at(Status::Making).await?;
    fits(phone, "being made").await?;
    bea.completes(&order).await?;
    phone.is_at(Status::Ready).await?;
    fits(phone, "ready").await?;
    bea.collects(&order).await?;
    phone.is_at(Status::Collected).await?;
    fits(phone, "collected").await?;
    phone.wants_it_again().await?;
    fits(phone, "the same again").await
}

async fn without_a_cup(bar: &Bar, phone: &Phone) -> Result<()> {
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    phone.clicks(&id("start-order")).await?;
    phone.places().await?;
    phone.clicks(&id("cancel-order")).await?;
    phone.sees(&id("confirm")).await?;
    fits(phone, "the question").await?;

    // It is started in that moment, which the phone does not hear of.
    phone.goes_deaf().await?;
    let order = only_order(&bea).await?.order;
    bea.claims(&order).await?;
    phone.clicks(&id("confirm")).await?;
    phone.tells(&id("notice"), "data-code", Code::WrongStatus.as_str()).await?;
    fits(phone, "the notice").await?;
    phone.reload().await?;
    phone.is_at(Status::Making).await?;
    bea.cancels(&order, Some("sold-out")).await?;
    phone.is_at(Status::Cancelled).await?;
    fits(phone, "cancelled").await?;

    phone.leaves().await?;
    phone.goto(&bea.code().await?.url).await?;
    phone.sees(&id("start-order")).await?;
    phone.goes_deaf().await?;
    let ada = owner(phone, bar).await?;
    let order = ada.orders(&bea.code().await?.code, "tea").await?.order;
    phone.clicks(&id("start-order")).await?;
    phone.tells(&id("refusal"), "data-code", Code::LiveOrderExists.as_str()).await?;
    fits(phone, "one at a time").await?;

    olga.limits(LimitsChange { daily_per_person: Some(1), ..LimitsChange::default() }).await?;
    bea.completes(&order).await?;
    bea.collects(&order).await?;
    phone.goto(&bea.code().await?.url).await?;
    phone.clicks(&id("start-order")).await?;
    phone.tells(&id("refusal"), "data-code", Code::DailyLimit.as_str()).await?;
    phone.sees(&id("retry-at")).await?;
    fits(phone, "limit reached").await?;
    olga.limits(LimitsChange { daily_per_person: Some(0), ..LimitsChange::default() }).await?;
    Ok(())
}

async fn out_of_time(bar: &Bar, phone: &Phone) -> Result<()> {
    let short = LimitsChange { choose_seconds: Some(1), ..LimitsChange::default() };
    let olga = bar.olga().await?;
    olga.limits(short).await?;
    phone.goto(&olga.code().await?.url).await?;
    phone.clicks(&id("start-order")).await?;
    phone.is_at(Status::Expired).await?;
    fits(phone, "out of time").await?;
    phone.passes("out of time").await
}

/// What is cut off at an edge of its box, or hangs out of it: words longer than what they stand in,
/// lines below its end. What scrolls may be higher than it looks, and lines may be closer than
/// their letters are high.
const CLIPPED: &str = "
    const scrolls = element => ['auto', 'scroll'].includes(getComputedStyle(element).overflowY);
    const below = element => element.scrollHeight - element.clientHeight
        - parseFloat(getComputedStyle(element).fontSize) / 4;
    return [...document.querySelectorAll('body *')]
        .filter(element => element.checkVisibility({ visibilityProperty: true }))
        .filter(element => !element.closest('.unseen') && element.clientWidth > 0)
        .filter(element => element.scrollWidth > element.clientWidth + 1
            || (below(element) > 1 && !scrolls(element)))
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
