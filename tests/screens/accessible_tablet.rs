//! What axe finds on the tablet behind the bar: nothing, in both languages and both themes.

use anyhow::{Context as _, Result};
use domain::text::Language;
use domain::{Code, Status, Step};
use fantoccini::key::Key;

use super::guest::{Item, set_available};
use super::shift::take;
use crate::bar::{Bar, roomy};
use crate::browser::{Noise, Tablet, button, desk, drink, id, lane, option, ticket};

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
    let _desk = desk().await?;
    let tablet = Tablet::in_language(language, &bar).await?;
    coming_in(&tablet).await?;
    let taken = a_rush(&bar, &tablet).await?;
    set_available(&bar.bea().await?, Item::Option("milk", "soy"), false).await?;
    panels(&tablet, taken[2], "").await?;
    who_was_faster(&bar, &tablet, taken[2]).await?;
    soon_and_late(&bar, &tablet).await?;
    // Held upright.
    tablet.is_of_size(820, 1180).await?;
    tablet.passes("upright").await?;
    panels(&tablet, taken[3], ", upright").await?;
    tablet.is_of_size(1180, 820).await?;
    the_door(&bar, &tablet).await?;
    cut_off(&tablet).await?;
    which_bar(&bar, &tablet).await?;
    tablet.ends_clean_but(&[Noise::Refusals, Noise::Outage]).await
}

async fn coming_in(tablet: &Tablet) -> Result<()> {
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
    tablet.clicks(".shift-told .button").await
}

/// The numbers of five orders: the first is collected, the second being made.
async fn a_rush(bar: &Bar, tablet: &Tablet) -> Result<Vec<u32>> {
    let mut taken = Vec::new();
    for name in ["latte", "tea", "mocha", "filter", "espresso"] {
        taken.push(take(bar, name).await?);
    }
    tablet.tells(&lane(Status::Placed), "data-count", "5").await?;
    tablet.presses(taken[0], Step::Claim).await?;
    tablet.presses(taken[1], Step::Claim).await?;
    tablet.presses(taken[0], Step::Complete).await?;
    tablet.sees(&id("undo")).await?;
    tablet.passes("a rush").await?;
    tablet.presses(taken[0], Step::Collect).await?;
    Ok(taken)
}

/// Everything that opens over the lanes; `held` says how the tablet is.
async fn panels(tablet: &Tablet, number: u32, held: &str) -> Result<()> {
    for panel in ["walk-up", "recall", "sold-out", "bar-pause", "bar-close"] {
        tablet.clicks(&id(panel)).await?;
        tablet.sees("dialog").await?;
        if panel == "walk-up" {
            tablet.clicks(&drink("latte")).await?;
            tablet.sees(&option("milk", "oat")).await?;
        }
        tablet.passes(&format!("{panel}{held}")).await?;
        // By the keyboard: Escape.
        tablet.keys(Key::Escape).await?;
        tablet.lacks("dialog").await?;
    }
    tablet.clicks(&button(number, Step::Cancel)).await?;
    tablet.clicks(&id("reason-sold-out")).await?;
    tablet.passes(&format!("cancelling{held}")).await?;
    tablet.keys(Key::Escape).await?;
    tablet.lacks("dialog").await
}

/// A step that is rolled back.
async fn who_was_faster(bar: &Bar, tablet: &Tablet, number: u32) -> Result<()> {
    let bob = bar.bob().await?;
    let queue = bob.queue().await?;
    let order = queue.orders.into_iter().find(|order| order.number == Some(number));
    tablet.goes_deaf().await?;
    bob.claims(&order.context("it is in the queue")?.order).await?;
    tablet.presses(number, Step::Claim).await?;
    tablet.is_told(Code::Taken).await?;
    tablet.passes("taken").await?;
    tablet.reload().await?;
    tablet.is_at_work().await
}

/// Later, as far as this device knows: the newest order is due soon, the oldest is late.
async fn soon_and_late(bar: &Bar, tablet: &Tablet) -> Result<()> {
    let bea = bar.bea().await?;
    let orders = bea.queue().await?.orders;
    let mut waiting = orders.iter().filter(|order| order.status == Status::Placed);
    let (first, second) = waiting.next().zip(waiting.next()).context("two wait")?;
    // A lane has two places.
    bea.completes(&second.order).await?;
    let last = bea.takes("mocha").await?;
    let (placed, promised) = last.placed_at.zip(last.promised_at).context("it is promised")?;
    let (number, promise) = (last.number.context("a number")?, promised.millis_since(placed));
    tablet.sees(&ticket(number)).await?;
    let later = "window.now ??= Date.now; const later = Number(arguments[0]);
        Date.now = () => window.now() + later; return null";
    tablet.script::<()>(later, &[&(promise * 9 / 10).to_string()]).await?;
    tablet.tells(&ticket(number), "data-age", "soon").await?;
    let first = first.number.context("a number")?;
    tablet.tells(&ticket(first), "data-age", "late").await?;
    tablet.passes("soon and late").await?;
    tablet.script::<()>(later, &["0"]).await
}

async fn the_door(bar: &Bar, tablet: &Tablet) -> Result<()> {
    let bea = bar.bea().await?;
    bea.pauses(Some(bea.bar().await?.now.plus_seconds(600)), None).await?;
    tablet.sees(&id("pause-left")).await?;
    tablet.passes("paused").await?;
    bea.closes().await?;
    tablet.clicks(&id("walk-up")).await?;
    tablet.clicks(&drink("tea")).await?;
    tablet.clicks(&id("place-order")).await?;
    tablet.is_told(Code::BarClosed).await?;
    tablet.passes("a closed bar").await
}

/// No connection comes about any more, until the page is loaded again.
async fn cut_off(tablet: &Tablet) -> Result<()> {
    tablet.reload().await?;
    tablet.is_at_work().await?;
    let cut = "
        WebSocket.prototype.send = function () { this.close(); };
        window.WebSocket = function () { throw new Error('cut off'); };
        return null;
    ";
    tablet.script::<()>(cut, &[]).await?;
    for (state, is_on_line) in [("reconnecting", "true"), ("offline", "false")] {
        let on_line = format!(
            "Object.defineProperty(navigator, 'onLine', {{ configurable: true, value: {is_on_line} }});
            return null"
        );
        tablet.script::<()>(&on_line, &[]).await?;
        tablet.tells(&id("connection"), "data-state", state).await?;
        tablet.passes(state).await?;
    }
    Ok(())
}

async fn which_bar(bar: &Bar, tablet: &Tablet) -> Result<()> {
    let olga = bar.olga().await?;
    olga.founds("hall-2", roomy()).await?;
    tablet.goto(&format!("{}/barista/", bar.server.url())).await?;
    let are_two = |seen: &[_]| seen.len() == 2;
    tablet.until_all(".bar-link", "are two", crate::soon::PATIENCE, are_two).await?;
    tablet.passes("which bar").await
}
