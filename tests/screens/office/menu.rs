//! The menu, edited by an organiser and seen by a guest.

use anyhow::{Result, ensure};
use domain::api::BarRequest;

use crate::browser::{Office, Phone, desk, drink, id, option, within};
use crate::person::slug;
use crate::screens;

#[tokio::test]
async fn a_guest_sees_what_an_organiser_saves() -> Result<()> {
    let bar = screens::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&bea.code().await?.url).await?;
    phone.starts().await?;
    let office = Office::at(&bar.server.url(), "bars/espresso/menu").await?;

    // A new drink that asks for milk, first on the menu, seen beforehand as the phone will show it.
    office.fills("add-drink", "Cortado Duplo").await?;
    office.clicks(&id("add-drink")).await?;
    office.clicks(&id("asks-milk")).await?;
    office.clicks(&id("allergen-milk")).await?;
    office.fills("menu-drinks-12-seconds", "none").await?;
    office.is_told_of("menu-drinks-12-seconds", "seconds").await?;
    office.keeps_pictures("the menu, a mistake").await?;
    office.until(&id("save"), "waits", |save| save.disabled).await?;
    office.fills("menu-drinks-12-seconds", "55").await?;
    office.clicks(&within(&id("preview"), &id("tile-cortado-duplo"))).await?;
    office.mentions(&id("preview"), "Lactose-free").await?;
    office.clicks(&id("preview-back")).await?;

    // Gone to another page and back: nothing is lost; a guest sees nothing of it yet.
    office.goes_to("limits").await?;
    office.goes_to("menu").await?;
    office.mentions(&id("row-drink-cortado-duplo"), "55 s").await?;
    ensure!(bea.bar().await?.menu.is_some_and(|menu| menu.drinks.len() == 12), "saved too early");

    // Oat runs out meanwhile: that is taken in, and saving does not bring it back.
    let oat = (None, Some(slug("milk")), Some(slug("oat")));
    let (drink_of, group, option_of) = oat;
    let sold_out =
        BarRequest::SetAvailability { drink: drink_of, group, option: option_of, available: false };
    bea.tells(sold_out).await?;
    office.clicks(&id("tile-cortado-duplo")).await?;
    office.mentions(&id("preview"), "Oat · Sold out").await?;
    office.clicks(&id("remove-drink-tea")).await?;
    office.saves().await?;
    phone.sees(&drink("cortado-duplo")).await?;
    phone.lacks(&drink("tea")).await?;
    phone.clicks(&drink("cortado-duplo")).await?;
    phone.tells(&option("milk", "oat"), "aria-disabled", "true").await?;
    phone.was_not_reloaded().await?;
    phone.ends_clean().await?;
    office.ends_clean().await
}

#[tokio::test]
async fn drinks_and_answers_are_put_in_order() -> Result<()> {
    let bar = screens::bar().await?;
    let _desk = desk().await?;
    let office = Office::at(&bar.server.url(), "bars/espresso/menu").await?;
    office.clicks(&id("down-drink-espresso")).await?;
    office.clicks(&id("edit-group-milk")).await?;
    office.clicks(&id("up-option-oat")).await?;
    office.clicks(&id("default-option-oat")).await?;
    office.saves().await?;
    let menu = bar.bea().await?.bar().await?.menu.unwrap_or_default();
    let first = menu.drinks.first().map(|drink| drink.slug.as_str());
    ensure!(first == Some("double-espresso"), "{first:?}");
    let milk = menu.group(&slug("milk"));
    let of_milk = milk.map(|milk| (milk.options[0].slug.as_str(), milk.default.clone()));
    ensure!(of_milk == Some(("oat", vec![slug("oat")])), "{of_milk:?}");
    office.ends_clean().await
}
