//! What axe finds on the organiser's pages: nothing, in both languages and both themes.

use anyhow::Result;
use domain::text::Language;

use crate::bar::Bar;
use crate::browser::{Office, desk, id};

#[tokio::test]
async fn axe_finds_nothing_on_the_organisers_pages_in_english() -> Result<()> {
    every_page(Language::English).await
}

#[tokio::test]
async fn axe_finds_nothing_on_the_organisers_pages_in_portuguese() -> Result<()> {
    every_page(Language::Portuguese).await
}

async fn every_page(language: Language) -> Result<()> {
    let bar = Bar::open().await?;
    let _desk = desk().await?;
    let origin = bar.server.url();
    let office = Office::of(language, &format!("{origin}/barista/manage/")).await?;
    office.sees(&id("sign-in")).await?;
    office.passes("signing in").await?;
    office.signs_in("organiser", crate::server::PASSWORD).await?;
    office.sees(&id("bar-espresso")).await?;
    office.passes("bars").await?;
    office.goes_to("staff").await?;
    office.clicks(&id("change-barista")).await?;
    office.passes("a barista").await?;
    office.goto(&format!("{origin}/barista/manage/bars/espresso/menu")).await?;
    office.clicks(&id("edit-drink-latte")).await?;
    office.clicks(&id("edit-group-milk")).await?;
    office.clicks(&id("tile-latte")).await?;
    office.passes("the menu").await?;
    for (page, seen) in [("limits", "field-limits-baristas"), ("details", "field-place")] {
        office.goes_to(page).await?;
        office.sees(&id(seen)).await?;
        office.passes(page).await?;
    }
    office.goes_to("displays").await?;
    office.clicks(&id("pair-display")).await?;
    office.sees(&id("qr")).await?;
    office.passes("pairing").await?;
    office.ends_clean().await
}
