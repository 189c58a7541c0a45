//! What axe finds on the screens of a guest: nothing, in both languages and both themes.

use anyhow::Result;
use domain::limits::LimitsChange;
use domain::text::Language;
use domain::{Code, Status};

use super::guest::{Item, cancels_too_late, only_order, set_available, without_a_code};
use crate::bar::{Bar, roomy};
use crate::browser::{Noise, Phone, Size, desk, drink, id};

#[tokio::test]
async fn axe_finds_nothing_on_a_guests_phone_in_english() -> Result<()> {
    every_screen(Language::English).await
}

#[tokio::test]
async fn axe_finds_nothing_on_a_guests_phone_in_portuguese() -> Result<()> {
    every_screen(Language::Portuguese).await
}

async fn every_screen(language: Language) -> Result<()> {
    let bar = super::bar().await?;
    let _desk = desk().await?;
    let phone = Phone::of(language, Size::Phone, &without_a_code(&bar).await?).await?;
    phone.reads_in(language).await?;
    refusals(&bar, &phone, language).await?;
    questions(&bar, &phone).await?;
    too_late(&bar, &phone).await?;
    from_the_queue_to_the_cup(&bar, &phone).await?;
    let bar = bar.with(roomy()).await?;
    phone.goto(&format!("{}/order/", bar.server.url())).await?;
    phone.sees(".bar-link:nth-of-type(2)").await?;
    phone.passes("which bar").await?;
    phone.ends_clean_but(&[Noise::Refusals]).await
}

async fn refusals(bar: &Bar, phone: &Phone, language: Language) -> Result<()> {
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    phone.sees(&id("code-entry")).await?;
    phone.passes("typing the code").await?;
    phone.types_code("NOT A CODE").await?;
    phone.clicks(&id("start-order")).await?;
    phone.is_refused_in(language, Code::CodeUnknown).await?;
    phone.passes("code unknown").await?;

    phone.goto(&bea.code().await?.url).await?;
    phone.sees(&id("start-order")).await?;
    phone.passes("welcome").await?;
    olga.closes().await?;
    phone.is_refused_in(language, Code::BarClosed).await?;
    phone.passes("closed").await?;
    olga.opens().await?;
    let until = olga.bar().await?.now.plus_seconds(3600);
    olga.pauses(Some(until), Some("Beans")).await?;
    phone.is_refused_in(language, Code::BarPaused).await?;
    phone.passes("paused").await?;
    olga.opens().await?;
    let one = LimitsChange { max_in_progress: Some(1), ..LimitsChange::default() };
    olga.limits(one).await?;
    let order = bea.takes("tea").await?.order;
    phone.is_refused_in(language, Code::BarFull).await?;
    phone.passes("full").await?;
    bea.completes(&order).await?;
    bea.collects(&order).await?;
    phone.sees(&id("start-order")).await?;
    Ok(())
}

async fn questions(bar: &Bar, phone: &Phone) -> Result<()> {
    let bea = bar.bea().await?;
    set_available(&bea, Item::Drink("mocha"), false).await?;
    set_available(&bea, Item::Option("milk", "soy"), false).await?;
    phone.starts().await?;
    phone.passes("drinks").await?;
    phone.clicks(&drink("latte")).await?;
    phone.sees(&id("next")).await?;
    phone.passes("options").await?;
    phone.clicks(&id("next")).await?;
    phone.names("Ada").await?;
    phone.passes("confirm").await?;
    set_available(&bea, Item::Drink("latte"), false).await?;
    phone.tells(&id("refusal"), "data-code", Code::SoldOut.as_str()).await?;
    phone.passes("sold out").await?;
    set_available(&bea, Item::Drink("latte"), true).await?;
    phone.places().await?;
    phone.passes("waiting").await?;
    phone.clicks(&id("cancel-order")).await?;
    phone.sees(&id("confirm")).await?;
    phone.passes("the question").await?;
    phone.clicks("dialog .button:not(.danger)").await?;
    phone.clicks(&id("change-order")).await?;
    phone.is_choosing().await?;
    phone.passes("another drink").await?;
    phone.chooses("americano", &[]).await?;
    phone.passes("the same place in the queue").await?;
    phone.places().await?;
    phone.is_at(Status::Placed).await
}

/// Somebody starts the drink while its guest is about to call it off.
async fn too_late(bar: &Bar, phone: &Phone) -> Result<()> {
    cancels_too_late(&bar.bea().await?, phone).await?;
    phone.passes("the notice").await?;
    phone.reload().await
}

async fn from_the_queue_to_the_cup(bar: &Bar, phone: &Phone) -> Result<()> {
    let bea = bar.bea().await?;
    let order = only_order(&bea).await?.order;
    phone.is_at(Status::Making).await?;
    phone.passes("being made").await?;
    bea.completes(&order).await?;
    phone.is_at(Status::Ready).await?;
    phone.passes("ready").await?;
    bea.collects(&order).await?;
    phone.is_at(Status::Collected).await?;
    phone.passes("collected").await?;
    phone.wants_it_again().await?;
    phone.passes("the same again").await?;
    phone.clicks(&id("start-order")).await?;
    phone.places().await?;
    phone.clicks(&id("cancel-order")).await?;
    phone.clicks(&id("confirm")).await?;
    phone.is_at(Status::Cancelled).await?;
    phone.passes("cancelled").await
}
