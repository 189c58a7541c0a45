//! What axe finds on the tablet behind the bar: nothing, in both languages and both themes.

use anyhow::Result;
use domain::text::Language;
use domain::{Code, Status, Step};
use fantoccini::key::Key;

use super::shift::take;
use crate::browser::{Noise, Tablet, button, desk, drink, id, lane, option};

#[tokio::test]
async fn axe_finds_nothing_on_a_tablet_in_english() -> Result<()> {
    every_screen(Language::English).await
}

#[tokio::test]
async fn axe_finds_nothing_on_a_tablet_in_portuguese() -> Result<()> {
    every_screen(Language::Portuguese).await
}

async fn every_screen(language: Language) -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let tablet = Tablet::in_language(language, &bar).await?;
    tablet.sees(&id("sign-in")).await?;
    tablet.passes("signing in").await?;
    tablet.tries_to_sign_in("barista", "not the password").await?;
    tablet.is_told(Code::BadCredentials).await?;
    tablet.passes("signed in by nobody").await?;
    tablet.signs_in("barista").await?;
    tablet.counts([0, 0, 0]).await?;
    tablet.passes("nothing to do").await?;
    tablet.clicks(&id("start-shift")).await?;
    tablet.sees(&id("shift")).await?;
    tablet.passes("the shift begins").await?;
    tablet.clicks(".shift-told .button").await?;

    let mut taken = Vec::new();
    for name in ["latte", "tea", "mocha", "filter", "espresso"] {
        taken.push(take(&bar, name).await?);
    }
    tablet.tells(&lane(Status::Placed), "data-count", "5").await?;
    tablet.presses(taken[0], Step::Claim).await?;
    tablet.presses(taken[1], Step::Claim).await?;
    tablet.presses(taken[0], Step::Complete).await?;
    tablet.sees(&id("undo")).await?;
    tablet.passes("a rush").await?;
    tablet.presses(taken[0], Step::Collect).await?;

    for panel in ["walk-up", "recall", "sold-out", "bar-pause", "bar-close"] {
        tablet.clicks(&id(panel)).await?;
        tablet.sees("dialog").await?;
        if panel == "walk-up" {
            tablet.clicks(&drink("latte")).await?;
            tablet.sees(&option("milk", "oat")).await?;
        }
        tablet.passes(panel).await?;
        // By the keyboard: Escape.
        tablet.keys(Key::Escape).await?;
        tablet.lacks("dialog").await?;
    }
    tablet.clicks(&button(taken[2], Step::Cancel)).await?;
    tablet.clicks(&id("reason-sold-out")).await?;
    tablet.passes("cancelling").await?;
    tablet.keys(Key::Escape).await?;

    bea.pauses(Some(bea.bar().await?.now.plus_seconds(600)), None).await?;
    tablet.sees(&id("pause-left")).await?;
    tablet.passes("paused").await?;
    bea.closes().await?;
    tablet.clicks(&id("walk-up")).await?;
    tablet.clicks(&drink("tea")).await?;
    tablet.clicks(&id("place-order")).await?;
    tablet.is_told(Code::BarClosed).await?;
    tablet.passes("a closed bar").await?;
    tablet.ends_clean_but(&[Noise::Refusals]).await
}
