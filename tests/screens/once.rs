//! A connection that dies under a command: it is sent again, and carried out once.

use anyhow::{Result, ensure};
use domain::Event;

use crate::bar::Bar;
use crate::browser::{Noise, Phone, desk, id};
use crate::http::Http;
use crate::server::Server;

/// Whether a command is written down on the phone.
const IS_KEPT: &str =
    "return Object.keys(localStorage).some(key => key.includes('pending')).toString()";

#[tokio::test]
async fn a_server_that_hangs_gets_an_order_once() -> Result<()> {
    let bar = super::bar().await?;
    let _desk = desk().await?;
    let phone = about_to_order(&bar).await?;
    bar.server.freeze().await?;
    phone.clicks(&id("place-order")).await?;
    is_kept(&phone, true).await?;
    let address = leaves(&phone).await?;
    bar.server.thaw().await?;
    phone.goto(&address).await?;
    is_placed_once(bar, &phone).await?;
    phone.ends_clean_but(&[Noise::Outage]).await
}

#[tokio::test]
async fn a_server_that_died_gets_an_order_once() -> Result<()> {
    let mut bar = Bar::of(Server::start_lasting().await?);
    super::keep_the_code(&bar).await?;
    let _desk = desk().await?;
    let phone = about_to_order(&bar).await?;
    bar.server.kill().await?;
    phone.clicks(&id("place-order")).await?;
    is_kept(&phone, true).await?;
    let address = leaves(&phone).await?;
    bar.server.restart().await?;
    phone.goto(&address).await?;
    is_placed_once(bar, &phone).await?;
    phone.ends_clean_but(&[Noise::Outage]).await
}

async fn about_to_order(bar: &Bar) -> Result<Phone> {
    let phone = Phone::opens(&bar.bea().await?.code().await?.url).await?;
    phone.starts().await?;
    phone.chooses("latte", &[]).await?;
    Ok(phone)
}

/// The guest leaves the page before anybody has answered; where it was.
async fn leaves(phone: &Phone) -> Result<String> {
    let address = phone.script("return location.href", &[]).await?;
    phone.goto("about:blank").await?;
    Ok(address)
}

async fn is_kept(phone: &Phone, wish: bool) -> Result<()> {
    let kept: String = phone.script(IS_KEPT, &[]).await?;
    ensure!(kept == wish.to_string(), "a command is kept: {kept}");
    Ok(())
}

async fn is_placed_once(mut bar: Bar, phone: &Phone) -> Result<()> {
    phone.number().await?;
    is_kept(phone, false).await?;
    // Its connections from before may be closed by the server just as they are used.
    bar.http = Http::to(bar.server.address());
    let entries = bar.bea().await?.log(0).await?.entries;
    let events = entries.iter().flat_map(|entry| &entry.events);
    let placed = events.filter(|event| matches!(event, Event::OrderPlaced { .. })).count();
    ensure!(placed == 1, "{placed} orders were placed");
    Ok(())
}
