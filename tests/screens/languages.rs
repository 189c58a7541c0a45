//! English and Portuguese: what the phone asks for, and what the guest chooses.

use anyhow::{Result, ensure};
use domain::text::{self, Details, Language};
use domain::{Code, Status};

use super::guest::{cancels_too_late, without_a_code};
use crate::browser::{Noise, Phone, Size, desk, drink, id};

#[tokio::test]
async fn the_phone_chooses_the_language_and_its_owner_another() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = Phone::of(Language::Portuguese, Size::Phone, &without_a_code(&bar).await?).await?;
    phone.reads_in(Language::Portuguese).await?;
    phone.reads(&id("start-order"), "Pedir uma bebida").await?;

    // The server says no in the same language, and in the other one as soon as that is chosen.
    phone.types_code("NOT A CODE").await?;
    phone.clicks(&id("start-order")).await?;
    phone.is_refused_in(Language::Portuguese, Code::CodeUnknown).await?;
    phone.reads(&id("language"), Language::English.own_name()).await?;
    phone.clicks(&id("language")).await?;
    phone.reads_in(Language::English).await?;
    phone.is_refused(Code::CodeUnknown).await?;
    phone.clicks(&id("language")).await?;

    phone.goto(&bea.code().await?.url).await?;
    phone.starts().await?;
    phone.reads_in(Language::Portuguese).await?;
    phone.mentions(&drink("hot-chocolate"), "Chocolate quente").await?;
    phone.chooses("latte", &[("milk", "oat")]).await?;
    phone.mentions("main", "Aveia").await?;
    phone.names("Ada").await?;

    // Another language, the same place and the same choice.
    phone.clicks(&id("language")).await?;
    phone.reads_in(Language::English).await?;
    phone.mentions("main", "Oat").await?;
    let name: String =
        phone.script("return document.querySelector(arguments[0]).value", &[&id("name")]).await?;
    ensure!(name == "Ada", "the name is {name:?} now");
    phone.places().await?;
    phone.mentions("main", "Oat").await?;
    phone.was_not_reloaded().await?;

    // It is kept on this phone, whatever the phone asks for.
    phone.reload().await?;
    phone.reads_in(Language::English).await?;
    phone.clicks(&id("language")).await?;
    phone.mentions("main", "Aveia").await?;
    phone.ends_clean_but(&[Noise::Refusals]).await
}

#[tokio::test]
async fn a_notice_is_read_on_in_another_language() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let url = bea.code().await?.url;
    let phone = Phone::of(Language::Portuguese, Size::Phone, &url).await?;
    phone.orders_a_latte().await?;
    cancels_too_late(&bea, &phone).await?;
    for language in [Language::Portuguese, Language::English, Language::Portuguese] {
        phone.reads_in(language).await?;
        let order_status = Some(Status::Making);
        let details = Details { order_status, ..Details::default() };
        let sentence = text::refusal(language, Code::WrongStatus, details);
        phone.mentions(&id("notice"), &sentence).await?;
        phone.clicks(&id("language")).await?;
    }
    phone.clicks(".notice-close").await?;
    phone.lacks(&id("notice")).await?;
    phone.is_at(Status::Making).await?;
    phone.ends_clean_but(&[Noise::Refusals]).await
}
