//! An order for somebody without a phone, and what there is to order.

use anyhow::{Context as _, Result, ensure};
use domain::{Code, Status};
use fantoccini::key::Key;

use super::guest::{Item, only_order, set_available};
use super::keyboard::chooses_oat_by_arrows;
use crate::browser::{Noise, Tablet, desk, drink, id, option};
use crate::soon::until;

#[tokio::test]
async fn three_taps_take_an_order() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.clicks(&id("walk-up")).await?;
    tablet.until(&id("place-order"), "waits for a drink", |seen| seen.disabled).await?;
    tablet.clicks(&drink("latte")).await?;
    tablet.clicks(&id("place-order")).await?;
    tablet.counts([1, 0, 0]).await?;
    tablet.lacks("dialog").await?;
    let order = only_order(&bea).await?;
    let options = order.option_names.context("it has options")?;
    ensure!(options == ["Whole", "Regular", "Single"], "{options:?}");
    tablet.ends_clean().await
}

#[tokio::test]
async fn a_paused_bar_takes_walk_ups_and_a_closed_one_says_why_not() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    bea.pauses(None, None).await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.clicks(&id("walk-up")).await?;
    tablet.clicks(&drink("latte")).await?;
    tablet.clicks(&option("milk", "oat")).await?;
    tablet.tells(&option("milk", "oat"), "aria-checked", "true").await?;
    tablet.tells(&option("milk", "whole"), "aria-checked", "false").await?;
    tablet.types(&id("name"), "Ada").await?;
    tablet.clicks(&id("place-order")).await?;
    tablet.counts([1, 0, 0]).await?;
    for words in ["Ada", "Latte", "Oat"] {
        tablet.mentions("[data-testid^=\"ticket-\"]", words).await?;
    }

    bea.closes().await?;
    tablet.tells(&id("bar-status"), "data-status", "closed").await?;
    tablet.clicks(&id("walk-up")).await?;
    tablet.is_told(Code::BarClosed).await?;
    tablet.clicks(&drink("tea")).await?;
    tablet.clicks(&id("place-order")).await?;
    tablet.is_told(Code::BarClosed).await?;
    ensure!(bea.queue().await?.orders.len() == 1, "a closed bar has taken an order");
    tablet.ends_clean_but(&[Noise::Refusals]).await
}

#[tokio::test]
async fn what_is_sold_out_is_switched_off_and_on() -> Result<()> {
    let bar = super::bar().await?;
    let bob = bar.bob().await?;
    let _desk = desk().await?;
    let (beas, bobs) = tokio::try_join!(Tablet::of("barista", &bar), Tablet::of("barista2", &bar))?;
    bobs.clicks(&id("walk-up")).await?;
    bobs.clicks(&drink("latte")).await?;

    beas.clicks(&id("sold-out")).await?;
    for (available, checked) in [(false, "false"), (true, "true")] {
        for switch in ["toggle-mocha", "toggle-milk-oat"] {
            beas.clicks(&id(switch)).await?;
            beas.tells(&id(switch), "aria-checked", checked).await?;
        }
        until("the menu follows", async || {
            let menu = bob.bar().await?.menu.context("a menu")?;
            let mocha = menu.drinks.iter().find(|drink| drink.slug.as_str() == "mocha");
            let milk = menu.groups.iter().find(|group| group.slug.as_str() == "milk");
            let oat = milk.and_then(|milk| milk.options.iter().find(|item| item.name == "Oat"));
            Ok(mocha.context("mocha")?.available == available
                && oat.context("oat")?.available == available)
        })
        .await?;
        // Seen at once where an order is being taken.
        let barred = (!available).then_some("true");
        for item in [drink("mocha"), option("milk", "oat")] {
            bobs.until(&item, "follows", |seen| seen.attribute("aria-disabled") == barred).await?;
        }
    }
    beas.ends_clean().await?;
    bobs.ends_clean().await
}

#[tokio::test]
async fn what_is_to_be_made_is_counted() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.reads(&id("all-day"), "").await?;
    for milk in ["oat", "oat", "whole"] {
        tablet.clicks(&id("walk-up")).await?;
        tablet.clicks(&drink("latte")).await?;
        tablet.clicks(&option("milk", milk)).await?;
        tablet.clicks(&id("place-order")).await?;
        tablet.lacks("dialog").await?;
    }
    tablet.reads(&id("all-day"), "3 Latte · 2 Oat · 1 Whole").await?;
    let order = bea.queue().await?.orders.into_iter().next().context("an order")?;
    bea.claims(&order.order).await?;
    tablet.has(order.number.context("a number")?, Status::Making).await?;
    tablet.reads(&id("all-day"), "3 Latte · 2 Oat · 1 Whole").await?;
    bea.completes(&order.order).await?;
    tablet.reads(&id("all-day"), "2 Latte · 1 Oat · 1 Whole").await?;
    tablet.ends_clean().await
}

#[tokio::test]
async fn arrows_choose_among_the_answers() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    set_available(&bea, Item::Option("milk", "soy"), false).await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.clicks(&id("walk-up")).await?;
    tablet.tabs_to("drink-latte").await?;
    tablet.keys(Key::Enter).await?;
    chooses_oat_by_arrows(&tablet).await?;
    // One stop for each question.
    tablet.keys(Key::Tab).await?;
    let focus = tablet.focus().await?;
    ensure!(focus == "option-size-regular", "after the milk comes {focus}");
    tablet.tabs_to("place-order").await?;
    tablet.keys(Key::Enter).await?;
    tablet.counts([1, 0, 0]).await?;
    let options = only_order(&bea).await?.option_names.context("it has options")?;
    ensure!(options == ["Oat", "Regular", "Single"], "{options:?}");
    tablet.ends_clean().await
}
