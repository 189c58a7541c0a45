//! Addresses: deep links, reloads, the way back, and what is nowhere.

use anyhow::{Result, ensure};

use crate::bar::Bar;
use crate::browser::{Office, desk, id};

#[tokio::test]
async fn every_page_has_an_address_of_its_own() -> Result<()> {
    let bar = Bar::open().await?;
    let _desk = desk().await?;
    let origin = bar.server.url();
    let office = Office::at(&origin, "bars/espresso/limits").await?;
    office.sees(&id("field-limits-baristas")).await?;
    office.reload().await?;
    office.sees(&id("field-limits-baristas")).await?;

    office.goes_to("details").await?;
    office.goes_to("staff").await?;
    office.sees(&id("staff-barista")).await?;
    office.was_not_reloaded().await?;
    office.script::<()>("history.back(); return null", &[]).await?;
    office.tells(&id("to-details"), "aria-current", "page").await?;
    office.tells(&id("to-bars"), "aria-current", "true").await?;

    for (path, seen) in [
        ("", "bar-espresso"),
        ("bars/espresso", "row-drink-latte"),
        ("bars/espresso/displays", "new-display"),
        ("bars/no-such-bar/menu", "nowhere"),
        ("no/such/page", "nowhere"),
    ] {
        office.goto(&format!("{origin}/barista/manage/{path}")).await?;
        office.sees(&id(seen)).await?;
    }
    office.ends_clean_but(&[crate::browser::Noise::Refusals]).await
}

#[tokio::test]
async fn nothing_unsaved_is_lost_without_a_question() -> Result<()> {
    let bar = Bar::open().await?;
    let _desk = desk().await?;
    let office = Office::at(&bar.server.url(), "bars/espresso/details").await?;
    office.fills("place", "Hall 9").await?;
    office.goes_to("bars").await?;
    office.clicks(&id("bar-espresso")).await?;
    office.goes_to("details").await?;
    let kept: String =
        office.script("return document.getElementById('field-place').value", &[]).await?;
    ensure!(kept == "Hall 9", "{kept}");
    let asked = "
        const leaving = new Event('beforeunload', { cancelable: true });
        window.dispatchEvent(leaving);
        return leaving.defaultPrevented;
    ";
    let asks: bool = office.script(asked, &[]).await?;
    ensure!(asks, "the page would have gone without a question");
    office.clicks(&id("sign-out")).await?;
    office.sees(&id("confirm")).await?;
    office.clicks(".dialog .button:not(.danger)").await?;
    office.saves().await?;
    let asks: bool = office.script(asked, &[]).await?;
    ensure!(!asks, "there is nothing to ask about");
    ensure!(bar.bea().await?.bar().await?.place == "Hall 9", "it was saved");

    // Who leaves all the same leaves it behind.
    office.fills("place", "Hall 10").await?;
    office.clicks(&id("sign-out")).await?;
    office.clicks(&id("confirm")).await?;
    office.signs_in("organiser", crate::server::PASSWORD).await?;
    office.finds_in("place", "Hall 9").await?;
    office.ends_clean().await
}
