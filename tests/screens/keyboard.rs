//! A guest without a pointer, and one who taps twice.

use anyhow::{Result, ensure};
use domain::Status;
use fantoccini::key::Key;

use super::guest::{Item, only_order, set_available};
use crate::browser::{Phone, Window, desk, drink, id, option};

#[tokio::test]
async fn a_coffee_is_ordered_by_keyboard_alone() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&bea.code().await?.url).await?;
    phone.tabs_to("start-order").await?;
    phone.keys(Key::Enter).await?;
    phone.sees(&drink("latte")).await?;
    phone.begins_at_its_heading().await?;
    phone.tabs_to("drink-latte").await?;
    phone.keys(Key::Enter).await?;
    phone.sees(&id("next")).await?;
    phone.begins_at_its_heading().await?;

    set_available(&bea, Item::Option("milk", "soy"), false).await?;
    phone.tells(&option("milk", "soy"), "aria-disabled", "true").await?;
    chooses_oat_by_arrows(&phone).await?;
    phone.tabs_to("next").await?;
    phone.keys(Key::Enter).await?;
    phone.sees(&id("place-order")).await?;
    phone.begins_at_its_heading().await?;
    phone.tabs_to("place-order").await?;
    phone.keys(Key::Enter).await?;
    phone.is_at(Status::Placed).await?;
    phone.begins_at_its_heading().await?;

    let order = only_order(&bea).await?;
    ensure!(order.option_names.unwrap_or_default().contains(&"Oat".to_owned()), "without oat");
    bea.completes(&order.order).await?;
    phone.is_at(Status::Ready).await?;
    phone.begins_at_its_heading().await?;
    phone.tabs_to("got-it").await?;
    phone.keys(Key::Enter).await?;
    phone.is_at(Status::Collected).await?;
    phone.ends_clean().await
}

/// Of the milks, without soy: the keyboard stops at the answer, and the arrows change it, round and
/// round, past what is sold out.
pub(super) async fn chooses_oat_by_arrows(window: &Window) -> Result<()> {
    window.tabs_to("option-milk-whole").await?;
    for (key, chosen) in [
        (Key::Right, "oat"),
        (Key::Down, "lactose-free"),
        (Key::Right, "whole"),
        (Key::Left, "lactose-free"),
        (Key::Up, "oat"),
    ] {
        window.keys(key).await?;
        window.tells(&option("milk", chosen), "aria-checked", "true").await?;
        ensure!(window.focus().await? == format!("option-milk-{chosen}"), "the focus stays behind");
    }
    Ok(())
}

#[tokio::test]
async fn a_second_tap_does_not_order_what_nobody_has_looked_at() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&bea.code().await?.url).await?;
    phone.starts().await?;
    phone.clicks(&drink("latte")).await?;
    phone.double_clicks(&id("next")).await?;
    phone.sees(&id("place-order")).await?;
    // Had it been hit, the order would come before this one.
    let number = bea.takes("tea").await?.number;
    phone.sees(&id("place-order")).await?;
    ensure!(only_order(&bea).await?.number == number, "the second tap has ordered");
    phone.places().await?;
    phone.ends_clean().await
}

#[tokio::test]
async fn what_is_pressed_next_is_large_enough() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&bea.code().await?.url).await?;
    is_large(&phone, "start-order").await?;
    phone.starts().await?;
    phone.clicks(&drink("latte")).await?;
    is_large(&phone, "next").await?;
    phone.clicks(&id("next")).await?;
    is_large(&phone, "place-order").await?;
    phone.places().await?;
    bea.completes(&only_order(&bea).await?.order).await?;
    is_large(&phone, "got-it").await?;
    phone.clicks(&id("got-it")).await?;
    is_large(&phone, "order-again").await?;
    phone.ends_clean().await
}

async fn is_large(phone: &Phone, testid: &str) -> Result<()> {
    let height = phone.sees(&id(testid)).await?.height;
    ensure!(height >= 64.0, "{testid} is {height} px high");
    Ok(())
}
