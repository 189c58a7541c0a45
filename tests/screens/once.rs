//! A connection that dies under a command: it is sent again, and carried out once.

use anyhow::{Result, ensure};
use domain::{Event, OrderId};

use super::guest::only_order;
use crate::bar::Bar;
use crate::browser::{Noise, Phone, desk, id};
use crate::http::Http;
use crate::person::Person;
use crate::server::Server;
use crate::soon::until;

/// Whether a command is written down on the phone.
const IS_KEPT: &str =
    "return Object.keys(localStorage).some(key => key.includes('pending')).toString()";

/// Requests go out, their answers never arrive; until the page is loaded again.
const LOSES_ANSWERS: &str = "
    const fetch = window.fetch;
    window.fetch = (...asked) => {
        fetch.apply(window, asked).catch(() => {});
        return new Promise(() => {});
    };
    return null;
";

#[tokio::test]
async fn an_order_whose_answer_is_lost_is_placed_once() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = about_to_order(&bar).await?;
    // Neither the answer nor the news of it reaches the phone.
    phone.goes_deaf().await?;
    phone.script::<()>(LOSES_ANSWERS, &[]).await?;
    phone.clicks(&id("place-order")).await?;
    until("the order is placed", async || Ok(placed(&bea).await?.len() == 1)).await?;
    is_kept(&phone, true).await?;
    phone.lacks(&id("order-number")).await?;
    phone.reload().await?;
    is_placed_once(bar, &phone).await?;
    phone.ends_clean().await
}

#[tokio::test]
async fn a_code_whose_answer_is_lost_is_redeemed_once() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let code = bea.code().await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&code.url).await?;
    phone.sees(&id("start-order")).await?;
    phone.tells(&id("connection"), "data-state", "live").await?;
    phone.goes_deaf().await?;
    phone.script::<()>(LOSES_ANSWERS, &[]).await?;
    phone.clicks(&id("start-order")).await?;
    let left = code.uses_left - 1;
    until("the code is redeemed", async || Ok(bea.code().await?.uses_left == left)).await?;
    is_kept(&phone, true).await?;
    phone.reload().await?;
    phone.is_choosing().await?;
    is_kept(&phone, false).await?;
    ensure!(bea.code().await?.uses_left == left, "another drink of the code is gone");
    phone.ends_clean().await
}

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
    phone.keeps_pictures("ordering without a server").await?;
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
    let is_so =
        async || anyhow::Ok(phone.script::<String>(IS_KEPT, &[]).await? == wish.to_string());
    until(&format!("a command is kept: {wish}"), is_so).await
}

async fn is_placed_once(mut bar: Bar, phone: &Phone) -> Result<()> {
    let number = phone.number().await?;
    is_kept(phone, false).await?;
    // Its connections from before may be closed by the server just as they are used.
    bar.http = Http::to(bar.server.address());
    let bea = bar.bea().await?;
    let (placed, order) = (placed(&bea).await?, only_order(&bea).await?);
    ensure!(placed == [order.order], "placed were {placed:?}");
    ensure!(order.number == Some(number), "the phone shows {number}: {:?}", order.number);
    Ok(())
}

/// Every order the log has as placed, each as often as it was.
async fn placed(bea: &Person) -> Result<Vec<OrderId>> {
    let entries = bea.log(0).await?.entries;
    let events = entries.iter().flat_map(|entry| &entry.events);
    let placed = events.filter(|event| matches!(event, Event::OrderPlaced { .. }));
    Ok(placed.filter_map(Event::order).cloned().collect())
}
