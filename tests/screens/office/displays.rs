//! Displays, paired by what is on the organiser's screen.

use anyhow::{Result, ensure};

use crate::bar::Bar;
use crate::browser::{Office, Size, Window, desk, id};
use crate::server::PASSWORD;

#[tokio::test]
async fn a_monitor_that_opens_the_qr_is_paired() -> Result<()> {
    let bar = Bar::open().await?;
    let _desk = desk().await?;
    let office = Office::at(&bar.server.url(), "bars/espresso/displays").await?;
    office.fills("name", "Left of the bar").await?;
    office.clicks(&id("add-display")).await?;
    // This server listens to this computer alone: what the monitor says is said here, too.
    office.mentions(&id("only-here"), "--lan").await?;
    let scanned = office.picture(&id("qr")).await?.qr()?;
    let start = format!("{}/display/#link=", bar.server.url());
    let link = scanned.strip_prefix(&start).unwrap_or_default();
    let typed = office.sees(&id("link-code")).await?.text.replace(' ', "");
    ensure!(link.len() == 10 && typed == link, "{scanned} and {typed}");
    office
        .until(&id("link-left"), "counts 15 minutes down", |left| left.text.starts_with("14:"))
        .await?;

    let monitor = Window::open(Size::Monitor, &scanned).await?;
    monitor.sees(&id("short-code")).await?;

    // Another link on demand: the first is used up.
    office.clicks(&id("new-link")).await?;
    office
        .until(&id("link-code"), "is another", |code| code.text.replace(' ', "") != typed)
        .await?;
    monitor.ends_clean().await?;
    office.ends_clean().await
}

#[tokio::test]
async fn the_link_of_a_display_is_none_to_these_pages() -> Result<()> {
    let bar = Bar::open().await?;
    let link = bar.olga().await?.makes_link("display").await?;
    let _desk = desk().await?;
    let office = Office::opens(&format!("{}/barista/manage/", bar.server.url())).await?;
    office.fills("username", "organiser").await?;
    // Opened in the page as it is, without loading it again.
    office.script::<()>("location.hash = 'link=' + arguments[0]; return null", &[&link]).await?;
    office.mentions(&id("link-said"), "display").await?;
    office.clicks(&id("link-sign-in")).await?;
    office.signs_in("organiser", PASSWORD).await?;
    office.ends_clean().await
}
