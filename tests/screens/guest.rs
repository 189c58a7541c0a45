//! What a guest can do beside the straight way.

use anyhow::{Context as _, Result, ensure};
use domain::api::BarRequest;
use domain::view::OrderView;
use domain::{Code, Status};

use crate::bar::Bar;
use crate::browser::{Monitor, Phone, desk, drink, id, option};
use crate::person::{Person, slug};

#[tokio::test]
async fn an_order_is_called_off_from_the_queue() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&bea.code().await?.url).await?;
    phone.orders_a_latte().await?;

    phone.clicks(&id("cancel-order")).await?;
    phone.sees(&id("confirm")).await?;
    ensure!(only_order(&bea).await?.status == Status::Placed, "cancelled without asking");
    phone.clicks(&id("confirm")).await?;
    phone.is_at(Status::Cancelled).await?;
    ensure!(bea.queue().await?.orders.is_empty(), "still in the queue");
    phone.ends_clean().await
}

#[tokio::test]
async fn news_does_not_disturb_what_a_guest_is_doing() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&bea.code().await?.url).await?;
    phone.starts().await?;
    phone.chooses("latte", &[("milk", "oat")]).await?;
    phone.names("Ada").await?;

    phone.holds(&id("name")).await?;
    phone.holds(&id("place-order")).await?;
    bea.takes("tea").await?;
    bea.pauses(None, None).await?;
    phone.tells(&id("bar-status"), "data-status", "paused").await?;
    phone.still_holds(&id("name")).await?;
    phone.still_holds(&id("place-order")).await?;
    phone.places().await?;
    phone.mentions("main", "Ada").await?;

    phone.sees(&id("cancel-order")).await?;
    phone.holds(&id("cancel-order")).await?;
    bea.opens().await?;
    phone.tells(&id("bar-status"), "data-status", "open").await?;
    phone.still_holds(&id("cancel-order")).await?;
    phone.clicks(&id("cancel-order")).await?;
    phone.sees(&id("confirm")).await?;
    phone.holds(&id("confirm")).await?;
    bea.pauses(None, None).await?;
    phone.tells(&id("bar-status"), "data-status", "paused").await?;
    phone.still_holds(&id("confirm")).await?;
    phone.clicks(&id("confirm")).await?;
    phone.is_at(Status::Cancelled).await?;
    phone.ends_clean().await
}

#[tokio::test]
async fn a_drink_being_made_cannot_be_called_off() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&bea.code().await?.url).await?;
    phone.orders_a_latte().await?;
    phone.sees(&id("cancel-order")).await?;

    bea.claims(&only_order(&bea).await?.order).await?;
    phone.is_at(Status::Making).await?;
    phone.lacks(&id("cancel-order")).await?;
    phone.ends_clean().await
}

#[tokio::test]
async fn what_is_sold_out_cannot_be_chosen() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    runs_out_of_mocha(&bea).await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&bea.code().await?.url).await?;
    phone.starts().await?;

    phone.tells(&drink("mocha"), "aria-disabled", "true").await?;
    phone.clicks(&drink("mocha")).await?;
    phone.is_choosing().await?;

    // Tea runs out while the guest looks at the menu.
    phone
        .until(&drink("tea"), "can be had", |tile| is_available(tile.attribute("aria-disabled")))
        .await?;
    set_available(&bea, Item::Drink("tea"), false).await?;
    phone.tells(&drink("tea"), "aria-disabled", "true").await?;
    set_available(&bea, Item::Drink("tea"), true).await?;
    phone
        .until(&drink("tea"), "can be had", |tile| is_available(tile.attribute("aria-disabled")))
        .await?;

    set_available(&bea, Item::Option("milk", "oat"), false).await?;
    phone.clicks(&drink("latte")).await?;
    phone.tells(&option("milk", "oat"), "aria-disabled", "true").await?;
    phone.clicks(&option("milk", "oat")).await?;
    phone.tells(&option("milk", "oat"), "aria-checked", "false").await?;
    phone.tells(&option("milk", "whole"), "aria-checked", "true").await?;
    phone.was_not_reloaded().await?;

    // It is the bar that knows, not this page.
    phone.reload().await?;
    phone.tells(&drink("mocha"), "aria-disabled", "true").await?;
    phone.clicks(&drink("latte")).await?;
    phone.tells(&option("milk", "oat"), "aria-disabled", "true").await?;
    phone.ends_clean().await
}

#[tokio::test]
async fn the_name_is_remembered_for_the_next_drink() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let url = bea.code().await?.url;
    let _desk = desk().await?;
    let phone = Phone::opens(&url).await?;
    phone.starts().await?;
    phone.chooses("latte", &[]).await?;
    phone.names("Ada").await?;
    phone.places().await?;
    bea.completes(&only_order(&bea).await?.order).await?;
    phone.clicks(&id("got-it")).await?;
    phone.leaves().await?;

    // The page is loaded again: what it knows now, it has kept.
    phone.goto(&url).await?;
    phone.starts().await?;
    phone.chooses("mocha", &[]).await?;
    let name: String =
        phone.script("return document.querySelector(arguments[0]).value", &[&id("name")]).await?;
    ensure!(name == "Ada", "the name is {name:?} now");
    phone.places().await?;
    phone.mentions("main", "Ada").await?;
    ensure!(only_order(&bea).await?.name.as_deref() == Some("Ada"), "nobody knows whose it is");
    phone.ends_clean().await
}

#[tokio::test]
async fn the_code_can_be_typed() -> Result<()> {
    let bar = super::bar().await?;
    let _desk = desk().await?;
    let monitor = Monitor::of(&bar).await?;
    let written = monitor.sees(&id("short-code")).await?.text;
    ensure!(written.contains(' '), "{written} is not in groups");

    let phone = Phone::opens(&without_a_code(&bar).await?).await?;
    phone.types_code(&written.to_lowercase()).await?;
    phone.starts().await?;
    monitor.has_uses_left(9).await?;
    phone.ends_clean().await?;
    monitor.ends_clean().await
}

/// The address of the bar as somebody types it.
pub(super) async fn without_a_code(bar: &Bar) -> Result<String> {
    let url = bar.bea().await?.code().await?.url;
    let (bare, _) = url.split_once("&code=").context("the QR's address has a code")?;
    Ok(bare.to_owned())
}

/// The one order in the queue.
pub(super) async fn only_order(bea: &Person) -> Result<OrderView> {
    let orders = bea.queue().await?.orders;
    ensure!(orders.len() == 1, "{} orders are in", orders.len());
    orders.into_iter().next().context("there is one")
}

/// Calls off the one order that is in the queue, when a barista has just started it and the news
/// of that has not come.
pub(super) async fn cancels_too_late(bea: &Person, phone: &Phone) -> Result<()> {
    phone.clicks(&id("cancel-order")).await?;
    phone.sees(&id("confirm")).await?;
    phone.goes_deaf().await?;
    bea.claims(&only_order(bea).await?.order).await?;
    phone.clicks(&id("confirm")).await?;
    phone.tells(&id("notice"), "data-code", Code::WrongStatus.as_str()).await?;
    Ok(())
}

/// What can be sold out.
pub(super) enum Item {
    Drink(&'static str),
    Option(&'static str, &'static str),
}

async fn runs_out_of_mocha(bea: &Person) -> Result<()> {
    set_available(bea, Item::Drink("mocha"), false).await
}

/// Marks something sold out, or to be had again.
pub(super) async fn set_available(bea: &Person, item: Item, available: bool) -> Result<()> {
    let (drink, group, option) = match item {
        Item::Drink(drink) => (Some(slug(drink)), None, None),
        Item::Option(group, option) => (None, Some(slug(group)), Some(slug(option))),
    };
    bea.tells(BarRequest::SetAvailability { drink, group, option, available }).await?;
    Ok(())
}

fn is_available(disabled: Option<&str>) -> bool {
    disabled.is_none_or(|disabled| disabled == "false")
}
