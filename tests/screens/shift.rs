//! A barista's shift at the tablet.

use anyhow::{Context as _, Result};
use domain::text::{self, Language};
use domain::{Code, Status, Step};

use crate::bar::Bar;
use crate::browser::{Noise, Phone, Tablet, desk, id};
use crate::person::Person;
use crate::soon::until;

#[tokio::test]
async fn every_step_leads_forward_and_back() -> Result<()> {
    let bar = super::bar().await?;
    let bob = bar.bob().await?;
    let number = take(&bar, "flat-white").await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.reads(&id("who"), "Bea").await?;

    for (step, status) in [
        (Step::Claim, Status::Making),
        (Step::Release, Status::Placed),
        (Step::Claim, Status::Making),
        (Step::Complete, Status::Ready),
        (Step::Recall, Status::Making),
        (Step::Complete, Status::Ready),
    ] {
        tablet.presses(number, step).await?;
        tablet.has(number, status).await?;
        until_at(&bob, number, status).await?;
    }
    tablet.presses(number, Step::Collect).await?;
    tablet.has_no(number).await?;
    until_at(&bob, number, Status::Collected).await?;
    tablet.was_not_reloaded().await?;
    tablet.ends_clean().await
}

#[tokio::test]
async fn a_guest_reads_why_the_order_was_cancelled() -> Result<()> {
    let bar = super::bar().await?;
    let _desk = desk().await?;
    let url = bar.bea().await?.code().await?.url;
    let (tablet, phone) = tokio::try_join!(Tablet::of("barista", &bar), Phone::opens(&url))?;
    let number = phone.orders_a_latte().await?;

    tablet.has(number, Status::Placed).await?;
    tablet.cancels(number, "sold-out").await?;
    tablet.has_no(number).await?;
    phone.is_at(Status::Cancelled).await?;
    phone.mentions("main", text::reason(Language::English, "sold-out")).await?;
    phone.keeps_pictures("cancelled by the bar").await?;
    phone.ends_clean().await?;
    tablet.ends_clean().await
}

#[tokio::test]
async fn two_baristas_never_make_the_same_drink() -> Result<()> {
    let bar = super::bar().await?;
    let number = take(&bar, "mocha").await?;
    let _desk = desk().await?;
    let (beas, bobs) = tokio::try_join!(Tablet::of("barista", &bar), Tablet::of("barista2", &bar))?;
    beas.has(number, Status::Placed).await?;

    // Bea has not heard of it yet when she presses Start.
    beas.goes_deaf().await?;
    bobs.presses(number, Step::Claim).await?;
    bobs.is_made_by(number, "Bob").await?;
    beas.has(number, Status::Placed).await?;
    beas.presses(number, Step::Claim).await?;

    beas.is_told(Code::Taken).await?;
    beas.mentions(&id("notice"), "Bob").await?;
    beas.keeps_pictures("taken by somebody else").await?;
    beas.has(number, Status::Making).await?;
    beas.is_made_by(number, "Bob").await?;
    beas.was_not_reloaded().await?;
    beas.ends_clean_but(&[Noise::Refusals]).await?;
    bobs.ends_clean().await
}

#[tokio::test]
async fn a_tablet_knows_who_is_signed_in() -> Result<()> {
    let bar = super::bar().await?;
    let number = take(&bar, "espresso").await?;
    let _desk = desk().await?;
    let tablet = Tablet::opens(&bar.server.url(), &bar).await?;

    tablet.tries_to_sign_in("barista", "not the password").await?;
    tablet.is_told(Code::BadCredentials).await?;
    tablet.signs_in("barista").await?;
    tablet.lacks(&id("notice")).await?;

    tablet.reload().await?;
    tablet.is_at_work().await?;
    tablet.reads(&id("who"), "Bea").await?;
    tablet.has(number, Status::Placed).await?;

    tablet.clicks(&id("sign-out")).await?;
    tablet.sees(&id("sign-in")).await?;
    tablet.lacks(&id("notice")).await?;
    tablet.has_no(number).await?;
    tablet.reload().await?;
    tablet.sees(&id("sign-in")).await?;

    // The next shift, on the same tablet.
    tablet.signs_in("barista2").await?;
    tablet.reads(&id("who"), "Bob").await?;
    tablet.presses(number, Step::Claim).await?;
    tablet.is_made_by(number, "Bob").await?;
    until_at(&bar.bea().await?, number, Status::Making).await?;
    tablet.ends_clean_but(&[Noise::Refusals]).await
}

/// The tablet is ahead of the server, which follows: the order of a number is at a status there,
/// too.
pub(super) async fn until_at(staff: &Person, number: u32, status: Status) -> Result<()> {
    until(&format!("the server has {number} at {status:?}"), async || {
        let queue = staff.queue().await?;
        let mut all = queue.orders.iter().chain(&queue.recent);
        Ok(all.any(|order| order.number == Some(number) && order.status == status))
    })
    .await
}

/// An order of somebody without a phone; its number.
pub(super) async fn take(bar: &Bar, drink: &str) -> Result<u32> {
    bar.bob().await?.takes(drink).await?.number.context("a placed order has a number")
}
