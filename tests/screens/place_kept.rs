//! Which screen a guest sees is a function of what has happened: a reload, a locked phone or
//! another scan comes back to the same place.

use anyhow::{Context as _, Result, ensure};
use domain::{OrderId, Status};

use crate::browser::{Phone, desk, id};

#[tokio::test]
async fn a_reload_comes_back_to_the_same_place() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let address = bea.code().await?.url;
    let phone = Phone::opens(&address).await?;

    phone.sees(&id("start-order")).await?;
    phone.reload().await?;
    phone.sees(&id("start-order")).await?;
    ensure!(bea.code().await?.uses_left == 10, "looking at the bar has used the code");

    phone.starts().await?;
    phone.reload().await?;
    phone.is_choosing().await?;
    ensure!(bea.code().await?.uses_left == 9, "a reload has used the code again");

    phone.chooses("latte", &[]).await?;
    let number = phone.places().await?;
    phone.reload().await?;
    is_there(&phone, Status::Placed, number).await?;

    // The same code once more, as after another scan.
    phone.goto(&address).await?;
    is_there(&phone, Status::Placed, number).await?;

    let order: OrderId = bea.queue().await?.orders.pop().context("an order is in")?.order;
    bea.claims(&order).await?;
    phone.reload().await?;
    is_there(&phone, Status::Making, number).await?;

    bea.completes(&order).await?;
    phone.reload().await?;
    is_there(&phone, Status::Ready, number).await?;

    phone.clicks(&id("got-it")).await?;
    phone.is_at(Status::Collected).await?;
    phone.reload().await?;
    phone.is_at(Status::Collected).await?;
    phone.ends_clean().await
}

#[tokio::test]
async fn a_tab_that_was_closed_missed_nothing() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let address = bea.code().await?.url;
    let phone = Phone::opens(&address).await?;
    let number = phone.orders_a_latte().await?;

    phone.goto("about:blank").await?;
    let order: OrderId = bea.queue().await?.orders.pop().context("an order is in")?.order;
    bea.claims(&order).await?;
    bea.completes(&order).await?;

    phone.goto(&address).await?;
    is_there(&phone, Status::Ready, number).await?;
    phone.ends_clean().await
}

async fn is_there(phone: &Phone, status: Status, number: u32) -> Result<()> {
    phone.is_at(status).await?;
    ensure!(phone.number().await? == number, "another number");
    Ok(())
}
