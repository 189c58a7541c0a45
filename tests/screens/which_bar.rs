//! Two bars, and an address that names neither.

use anyhow::{Result, ensure};
use domain::{BarId, Status};

use super::shift::take;
use crate::bar::{Bar, roomy};
use crate::browser::{Monitor, Phone, Seen, Tablet, Window, card, desk, id, within};

const BARS: &str = ".bar-link";
/// The second of them, on every kind of screen.
const SECOND: &str = ":is(li:nth-of-type(2) > a, button:nth-of-type(2)).bar-link";

#[tokio::test]
async fn a_tablet_asks_at_which_bar_it_is() -> Result<()> {
    let bar = two_bars().await?;
    let number = take(&bar, "latte").await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.goto(&format!("{}/barista/", bar.server.url())).await?;
    goes_to_the_second(&tablet, &bar.id).await?;
    tablet.is_at_work().await?;
    tablet.has(number, Status::Placed).await?;

    tablet.reload().await?;
    tablet.has(number, Status::Placed).await?;
    tablet.ends_clean().await
}

#[tokio::test]
async fn a_monitor_asks_which_bar_it_is_of() -> Result<()> {
    let bar = two_bars().await?;
    let number = take(&bar, "latte").await?;
    let _desk = desk().await?;
    let monitor = Monitor::of(&bar).await?;
    monitor.goto(&format!("{}/display/?lang=pt-BR", bar.server.url())).await?;
    monitor.mentions("main", "De qual bar").await?;
    goes_to_the_second(&monitor, &bar.id).await?;
    monitor.is_live().await?;
    monitor.sees(&within(&id("preparing"), &card(number))).await?;
    // What else the address said still holds.
    monitor.tells("html", "lang", "pt-BR").await?;
    monitor.ends_clean().await
}

#[tokio::test]
async fn a_phone_asks_which_bar_its_code_is_of() -> Result<()> {
    let bar = two_bars().await?;
    let bea = bar.bea().await?;
    let code = bea.code().await?.code;
    let _desk = desk().await?;
    let phone = Phone::opens(&format!("{}/order/?code={code}", bar.server.url())).await?;
    goes_to_the_second(&phone, &bar.id).await?;
    // The code has come along.
    let number = phone.orders_a_latte().await?;
    let queue = bea.queue().await?;
    ensure!(queue.orders.iter().any(|order| order.number == Some(number)), "{queue:?}");
    phone.ends_clean().await
}

/// The demonstration's bar, and a second one, at which people are.
async fn two_bars() -> Result<Bar> {
    Bar::open().await?.with(roomy()).await
}

/// Reads the names and places of both bars, and picks the second.
async fn goes_to_the_second(window: &Window, second: &BarId) -> Result<()> {
    let are_both = |seen: &[Seen]| match seen {
        [_, second] => second.text.contains("A second bar") && second.text.contains("Hall 2"),
        _ => false,
    };
    window.until_all(BARS, "are two", crate::soon::PATIENCE, are_both).await?;
    window.keeps_pictures("which bar").await?;
    window.clicks(SECOND).await?;
    window.lacks(BARS).await?;
    let named: Option<String> =
        window.script("return new URLSearchParams(location.search).get('bar')", &[]).await?;
    ensure!(named.as_deref() == Some(second.as_str()), "the address names {named:?}");
    Ok(())
}
