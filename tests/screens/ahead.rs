//! A tablet ahead of its server: tickets move at the tap, and go back when the server says no.

use anyhow::Result;
use domain::{Code, Status, Step};

use super::guest::only_order;
use super::shift::{take, until_at};
use crate::browser::{Noise, Tablet, desk, id};

#[tokio::test]
async fn a_ticket_moves_before_a_frozen_server_answers() -> Result<()> {
    let bar = super::bar().await?;
    let bob = bar.bob().await?;
    let (first, second) = (take(&bar, "tea").await?, take(&bar, "latte").await?);
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.has(second, Status::Placed).await?;

    bar.server.freeze().await?;
    for (step, status) in [
        (Step::Claim, Status::Making),
        (Step::Release, Status::Placed),
        (Step::Claim, Status::Making),
        (Step::Complete, Status::Ready),
    ] {
        tablet.presses(first, step).await?;
        tablet.has(first, status).await?;
    }
    tablet.presses(second, Step::Claim).await?;
    tablet.is_made_by(second, "Bea").await?;
    bar.server.thaw().await?;

    until_at(&bob, first, Status::Ready).await?;
    until_at(&bob, second, Status::Making).await?;
    tablet.counts([0, 1, 1]).await?;
    tablet.lacks(&id("notice")).await?;
    tablet.was_not_reloaded().await?;
    // A server that stands still for long makes the tablet look for it anew.
    tablet.ends_clean_but(&[Noise::Outage]).await
}

#[tokio::test]
async fn a_ticket_goes_back_to_who_was_faster() -> Result<()> {
    let bar = super::bar().await?;
    let bob = bar.bob().await?;
    let number = take(&bar, "mocha").await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.has(number, Status::Placed).await?;

    // Bea has not heard of it when she presses Start.
    tablet.goes_deaf().await?;
    bob.claims(&only_order(&bob).await?.order).await?;
    bar.server.freeze().await?;
    tablet.presses(number, Step::Claim).await?;
    tablet.is_made_by(number, "Bea").await?;
    bar.server.thaw().await?;

    tablet.is_told(Code::Taken).await?;
    tablet.mentions(&id("notice"), "Bob").await?;
    tablet.is_made_by(number, "Bob").await?;
    tablet.lacks(&id("undo")).await?;
    tablet.ends_clean_but(&[Noise::Refusals, Noise::Outage]).await
}

#[tokio::test]
async fn a_ticket_that_is_gone_meanwhile_goes_and_says_why() -> Result<()> {
    let bar = super::bar().await?;
    let bob = bar.bob().await?;
    let number = take(&bar, "mocha").await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.has(number, Status::Placed).await?;

    tablet.goes_deaf().await?;
    bob.cancels(&only_order(&bob).await?.order, Some("asked-to")).await?;
    bar.server.freeze().await?;
    tablet.presses(number, Step::Claim).await?;
    tablet.has(number, Status::Making).await?;
    bar.server.thaw().await?;

    tablet.is_told(Code::WrongStatus).await?;
    tablet.has_no(number).await?;
    tablet.ends_clean_but(&[Noise::Refusals, Noise::Outage]).await
}
