//! Displays, paired by what is on the organiser's screen.

use anyhow::{Result, ensure};

use crate::bar::Bar;
use crate::browser::{Office, Size, Window, desk, id};

#[tokio::test]
async fn a_monitor_that_opens_the_qr_is_paired() -> Result<()> {
    let bar = Bar::open().await?;
    let _desk = desk().await?;
    let office = Office::at(&bar.server.url(), "bars/espresso/displays").await?;
    office.fills("name", "Left of the bar").await?;
    office.clicks(&id("add-display")).await?;
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
