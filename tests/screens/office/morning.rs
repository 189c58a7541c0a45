//! An organiser's morning: another bar, what it is called and where it is, who works there, and
//! the way between bars and between these pages and the tablet.

use anyhow::{Result, ensure};
use domain::{BarId, Role};

use crate::bar::Bar;
use crate::browser::{Noise, Office, Tablet, desk, id};

const NARAS: &str = "cold drip, please";

#[tokio::test]
async fn another_bar_is_made_described_and_found_again() -> Result<()> {
    let bar = Bar::open().await?;
    let _desk = desk().await?;
    let office = Office::at(&bar.server.url(), "").await?;

    // What is wrong is told beside its field before anything is made, and nothing typed is lost:
    // not by that, and not by another language.
    office.clicks(&id("new-bar")).await?;
    office.fills("name", "Salão Norte").await?;
    office.finds_in("bar", "salao-norte").await?;
    office.fills("place", "Hall 7").await?;
    office.fills("bar", "Hall 7!").await?;
    office.clicks(&id("next")).await?;
    office.is_told_of("bar", "small letters").await?;
    office.fills("bar", "espresso").await?;
    office.fills("time_zone", "Nowhere").await?;
    office.clicks(&id("next")).await?;
    office.is_told_of("time_zone", "from the list").await?;
    office.fills("time_zone", "Europe/Lisbon").await?;
    office.clicks(&id("next")).await?;
    office.is_told_of("bar", "already").await?;
    for _ in 0..2 {
        office.reads_in_the_other_language().await?;
        office.finds_in("name", "Salão Norte").await?;
        office.finds_in("place", "Hall 7").await?;
        office.finds_in("time_zone", "Europe/Lisbon").await?;
    }
    office.fills("bar", "north").await?;
    office.clicks(&id("next")).await?;
    office.sees(&id("row-drink-latte")).await?;
    office.tells(&id("bar-status"), "data-status", "closed").await?;

    // Its details: a name that is none is told, and saved once it is one.
    office.goes_to("details").await?;
    office.fills("place", "Hall 8").await?;
    office.fills("time_zone", "America/Sao_Paulo").await?;
    office.mentions("[id=field-time_zone-about]", "It is").await?;
    office.fills("name", " ").await?;
    office.clicks(&id("save")).await?;
    office.is_told_of("name", "").await?;
    office.finds_in("place", "Hall 8").await?;
    office.fills("name", "North").await?;
    office.chooses("languages", "pt-BR").await?;
    office.clicks(&id("language-en")).await?;
    office.saves().await?;
    let north: BarId = "north".parse()?;
    let view = bar.olga().await?.at(&north).bar().await?;
    ensure!((&*view.name, &*view.place) == ("North", "Hall 8"), "{view:?}");
    ensure!(view.time_zone == "America/Sao_Paulo" && view.languages == ["pt-BR"], "{view:?}");

    // From one bar to the other.
    office.goes_to("bars").await?;
    office.mentions(&id("bar-north"), "Hall 8").await?;
    office.clicks(&id("bar-espresso")).await?;
    office.tells(&id("bar-status"), "data-status", "open").await?;
    office.goes_to("bars").await?;
    office.clicks(&id("new-bar")).await?;
    office.finds_in("name", "").await?;
    office.clicks(&id("never")).await?;
    office.clicks(&id("bar-north")).await?;
    office.reads("h1", "North").await?;
    office.was_not_reloaded().await?;
    office.ends_clean_but(&[Noise::Refusals]).await
}

#[tokio::test]
async fn somebody_is_hired_for_one_bar() -> Result<()> {
    let bar = Bar::roomy().await?;
    let olga = bar.olga().await?;
    let _desk = desk().await?;
    let office = Office::at(&bar.server.url(), "staff").await?;
    office.clicks(&id("add-staff")).await?;
    office.fills("name", "Nara").await?;
    office.finds_in("username", "nara").await?;
    office.fills("password", NARAS).await?;
    office.clicks(&id("show-password")).await?;
    office.tells(&id("field-password"), "type", "text").await?;
    office.clicks(&id("show-password")).await?;
    office.tells(&id("field-password"), "type", "password").await?;
    office.clicks(&id("at-all")).await?;
    office.clicks(&id("next")).await?;
    office.sees(".checks .wrong").await?;
    office.clicks(&id(&format!("at-{}", bar.id))).await?;
    for _ in 0..2 {
        office.reads_in_the_other_language().await?;
        office.finds_in("name", "Nara").await?;
        office.finds_in("password", NARAS).await?;
    }
    office.clicks(&id("next")).await?;
    office.mentions(&id("staff-nara"), "A second bar").await?;
    let nara = olga.staff().await?.into_iter().find(|member| member.name == "Nara");
    ensure!(nara.is_some_and(|nara| nara.bars == Some(vec![bar.id.clone()])), "of one bar");

    // Her tablet need not ask at which bar she is. She becomes an organiser.
    let tablet = Tablet::opens(&bar.server.url(), &bar).await?;
    tablet.tries_to_sign_in("nara", NARAS).await?;
    tablet.is_at_work().await?;
    tablet.goto(&format!("{}/barista/", bar.server.url())).await?;
    tablet.is_at_work().await?;
    office.clicks(&id("change-nara")).await?;
    office.fills("name", "Nara Lima").await?;
    office.chooses("role", Role::Organiser.as_str()).await?;
    office.clicks(&id("next")).await?;
    office.mentions(&id("staff-nara"), "Organiser").await?;
    office.mentions(&id("staff-nara"), "Nara Lima").await?;

    // Whoever is let in for one bar finds that one here.
    office.clicks(&id("sign-out")).await?;
    office.signs_in("nara", NARAS).await?;
    office.goes_to("bars").await?;
    office.sees(&id(&format!("bar-{}", bar.id))).await?;
    office.lacks(&id("bar-espresso")).await?;
    tablet.ends_clean_but(&[Noise::Refusals, Noise::Outage]).await?;
    office.ends_clean().await
}

#[tokio::test]
async fn the_tablet_leads_organisers_to_these_pages_and_back() -> Result<()> {
    let bar = Bar::open().await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.lacks(&id("manage")).await?;

    // Whoever goes there all the same is told, and may come as somebody else.
    tablet.goto(&format!("{}/barista/manage/", bar.server.url())).await?;
    tablet.clicks(".alone a").await?;
    tablet.is_at_work().await?;
    tablet.goto(&format!("{}/barista/manage/", bar.server.url())).await?;
    tablet.sees(&id("not-for-you")).await?;
    tablet.clicks(&id("sign-out")).await?;
    tablet.sees(&id("field-username")).await?;
    tablet.goto(&format!("{}/barista/?bar=espresso", bar.server.url())).await?;
    tablet.signs_in("organiser").await?;
    tablet.clicks(&id("manage")).await?;
    tablet.clicks(&id("bar-espresso")).await?;
    tablet.clicks(&id("to-the-bar")).await?;
    tablet.is_at_work().await?;
    tablet.ends_clean().await
}
