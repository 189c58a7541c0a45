//! Another drink in the same place, and the same drink in another.

use anyhow::{Context as _, Result, ensure};
use domain::limits::LimitsChange;
use domain::{Code, Status};

use super::guest::only_order;
use crate::browser::{Noise, Phone, desk, drink, id};

#[tokio::test]
async fn an_order_in_the_queue_becomes_another_drink() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&bea.code().await?.url).await?;
    let number = phone.orders_a_latte().await?;
    bea.takes("tea").await?;

    // Looking at the menu changes nothing.
    phone.clicks(&id("change-order")).await?;
    phone.tells(&drink("latte"), "aria-current", "true").await?;
    phone.clicks(&id("back")).await?;
    phone.is_at(Status::Placed).await?;
    ensure!(drinks(&bea).await? == ["latte", "tea"], "changed by looking");

    phone.changes_to("mocha", &[("milk", "oat")]).await?;
    phone.mentions("main", "Mocha").await?;
    ensure!(phone.number().await? == number, "another number");
    ensure!(drinks(&bea).await? == ["mocha", "tea"], "another place");

    // What is being made is not changed behind the barista's back.
    phone.clicks(&id("change-order")).await?;
    phone.is_choosing().await?;
    let order = bea.queue().await?.orders.into_iter().next().context("the mocha")?;
    bea.claims(&order.order).await?;
    phone.is_at(Status::Making).await?;
    phone.lacks(&id("change-order")).await?;
    phone.was_not_reloaded().await?;
    phone.ends_clean().await
}

#[tokio::test]
async fn the_same_drink_again_needs_a_code_that_is_good() -> Result<()> {
    let bar = super::bar().await?;
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    let _desk = desk().await?;
    let phone = Phone::opens(&bea.code().await?.url).await?;
    phone.starts().await?;
    phone.chooses("latte", &[("milk", "oat")]).await?;
    phone.places().await?;
    bea.completes(&only_order(&bea).await?.order).await?;
    phone.clicks(&id("got-it")).await?;

    // The old code may still be good: then it is two taps.
    phone.wants_it_again().await?;
    phone.mentions("main", "Latte").await?;
    phone.clicks(&id("start-order")).await?;
    phone.sees(&id("place-order")).await?;
    phone.mentions("main", "Oat").await?;
    phone.places().await?;
    phone.clicks(&id("cancel-order")).await?;
    phone.clicks(&id("confirm")).await?;
    phone.is_at(Status::Cancelled).await?;

    // It is not: that is said, and the drink is remembered until there is a good one.
    let one = LimitsChange { uses_per_window: Some(2), ..LimitsChange::default() };
    olga.limits(one).await?;
    phone.wants_it_again().await?;
    phone.clicks(&id("start-order")).await?;
    phone.is_refused(Code::CodeUsedUp).await?;
    olga.limits(LimitsChange { uses_per_window: Some(3), ..LimitsChange::default() }).await?;
    phone.goto(&bea.code().await?.url).await?;
    phone.mentions("main", "Latte").await?;
    phone.clicks(&id("start-order")).await?;
    phone.sees(&id("place-order")).await?;
    phone.mentions("main", "Oat").await?;
    phone.ends_clean_but(&[Noise::Refusals]).await
}

async fn drinks(bea: &crate::person::Person) -> Result<Vec<String>> {
    let drinks = bea.queue().await?.orders.into_iter().filter_map(|order| order.drink);
    Ok(drinks.map(|drink| drink.to_string()).collect())
}
