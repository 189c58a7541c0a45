//! The menu, edited by an organiser and seen by a guest.

use anyhow::{Result, ensure};
use domain::api::BarRequest;
use domain::menu::{Drink, Names, OptionGroup, OptionItem};

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

#[tokio::test]
async fn every_property_of_a_menu_can_be_set() -> Result<()> {
    let bar = screens::bar().await?;
    let _desk = desk().await?;
    let office = Office::at(&bar.server.url(), "bars/espresso/menu").await?;

    // A question and its answers.
    office.fills("add-group", "Sweetness").await?;
    office.clicks(&id("add-group")).await?;
    office.fills("menu-groups-6-names-pt-BR", "Doçura").await?;
    office.clicks(&id("required")).await?;
    office.clicks(&id("multiple")).await?;
    office.fills("menu-groups-6-options-0-name", "Honey").await?;
    office.fills("menu-groups-6-options-0-names-pt-BR", "Mel").await?;
    office.fills("menu-groups-6-options-0-seconds", "5").await?;
    office.clicks(&id("default-option-sweetness")).await?;
    office.fills("add-option-sweetness", "Sugar").await?;
    office.clicks(&id("add-option-sweetness")).await?;
    office.clicks(&id("available-option-sugar")).await?;
    office.clicks(&id("default-option-sugar")).await?;
    office.fills("add-option-sweetness", "Salt").await?;
    office.clicks(&id("add-option-sweetness")).await?;
    office.clicks(&id("remove-option-salt")).await?;

    // A drink that asks it.
    office.fills("add-drink", "Cortado").await?;
    office.clicks(&id("add-drink")).await?;
    office.fills("menu-drinks-12-names-pt-BR", "Cortadinho").await?;
    office.fills("menu-drinks-12-seconds", "55").await?;
    office.chooses("menu-drinks-12-icon", "macchiato").await?;
    office.clicks(&id("asks-sweetness")).await?;
    office.clicks(&id("allergen-milk")).await?;
    office.fills("menu-drinks-12-allergens", "lupin, sesame").await?;
    office.clicks(&id("available")).await?;

    // What is wrong with a drink is told also where that is closed, and keeps the rest.
    office.fills("menu-drinks-12-name", " ").await?;
    office.is_told_of("menu-drinks-12-name", "").await?;
    office.clicks(&id("edit-drink-cortado")).await?;
    office.sees(&within(&id("row-drink-cortado"), ".wrong")).await?;
    office.until(&id("save"), "waits", |save| save.disabled).await?;
    office.reads_in_the_other_language().await?;
    office.reads_in_the_other_language().await?;
    office.clicks(&id("edit-drink-cortado")).await?;
    office.finds_in("menu-drinks-12-seconds", "55").await?;
    office.fills("menu-drinks-12-name", "Cortado").await?;
    office.clicks(&id("preview-pt-BR")).await?;
    office.mentions(&within(&id("preview"), &id("tile-cortado")), "Cortadinho").await?;
    office.saves().await?;

    let menu = bar.bea().await?.bar().await?.menu.unwrap_or_default();
    let named = |name: &str| Names::from([("pt-BR".to_owned(), name.to_owned())]);
    let sweetness = OptionGroup {
        slug: slug("sweetness"),
        name: "Sweetness".to_owned(),
        names: named("Doçura"),
        required: true,
        multiple: true,
        default: vec![slug("sweetness"), slug("sugar")],
        options: vec![
            OptionItem {
                slug: slug("sweetness"),
                name: "Honey".to_owned(),
                names: named("Mel"),
                available: true,
                seconds: 5,
            },
            OptionItem {
                slug: slug("sugar"),
                name: "Sugar".to_owned(),
                names: Names::new(),
                available: false,
                seconds: 0,
            },
        ],
    };
    let cortado = Drink {
        slug: slug("cortado"),
        name: "Cortado".to_owned(),
        names: named("Cortadinho"),
        icon: "macchiato".to_owned(),
        seconds: 55,
        available: false,
        allergens: ["milk", "lupin", "sesame"].map(str::to_owned).into(),
        groups: vec![slug("sweetness")],
    };
    ensure!(menu.groups.get(6) == Some(&sweetness), "{:?}", menu.groups);
    ensure!(menu.drinks.get(12) == Some(&cortado), "{:?}", menu.drinks);

    // A question without an answer is none; and nothing of that was meant.
    office.clicks(&id("remove-option-sugar")).await?;
    office.clicks(&id("remove-option-sweetness")).await?;
    office.sees(&within(&id("group-fields"), ".wrong")).await?;
    office.clicks(&id("remove-group-sweetness")).await?;
    office.lacks(&id("row-group-sweetness")).await?;
    office.clicks(&id("discard")).await?;
    office.sees(&id("row-group-sweetness")).await?;
    office.ends_clean().await
}
