//! What axe finds on the organiser's pages: nothing, in both themes.

use anyhow::Result;

use crate::bar::Bar;
use crate::browser::{Office, Theme, desk, id};

#[tokio::test]
async fn axe_finds_nothing_on_the_organisers_pages() -> Result<()> {
    let bar = Bar::open().await?;
    let _desk = desk().await?;
    let origin = bar.server.url();
    let office = Office::opens(&format!("{origin}/barista/manage/")).await?;
    office.sees(&id("sign-in")).await?;
    passes(&office, "signing in").await?;
    office.signs_in("organiser", crate::server::PASSWORD).await?;
    office.sees(&id("bar-espresso")).await?;
    passes(&office, "bars").await?;
    office.goes_to("staff").await?;
    office.clicks(&id("change-barista")).await?;
    passes(&office, "a barista").await?;
    office.goto(&format!("{origin}/barista/manage/bars/espresso/menu")).await?;
    office.clicks(&id("edit-drink-latte")).await?;
    office.clicks(&id("edit-group-milk")).await?;
    office.clicks(&id("tile-latte")).await?;
    passes(&office, "the menu").await?;
    for (page, seen) in [("limits", "field-limits-baristas"), ("details", "field-place")] {
        office.goes_to(page).await?;
        office.sees(&id(seen)).await?;
        passes(&office, page).await?;
    }
    office.goes_to("displays").await?;
    office.clicks(&id("pair-display")).await?;
    office.sees(&id("qr")).await?;
    passes(&office, "pairing").await?;
    office.ends_clean().await
}

async fn passes(office: &Office, screen: &str) -> Result<()> {
    for theme in Theme::ALL {
        office.prefers(theme).await?;
        office.is_accessible(&format!("{screen}, {theme:?}")).await?;
    }
    Ok(())
}
