//! One tap back: the undo bar after each step, and the list of what was collected.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use domain::{Code, Status, Step};
use tokio::time::Instant;

use super::guest::only_order;
use super::shift::{take, until_at};
use crate::browser::{Noise, Tablet, button, desk, id, ticket, within};
use crate::soon::PATIENCE;

/// How long undo is offered at least: about 8 s, on a machine that may be busy.
const AT_LEAST: Duration = Duration::from_secs(7);
/// How long at most, on the same machine.
const AT_MOST: Duration = Duration::from_secs(12);

#[tokio::test]
async fn each_step_can_be_undone_for_a_while() -> Result<()> {
    let bar = super::bar().await?;
    let bob = bar.bob().await?;
    let number = take(&bar, "flat-white").await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.lacks(&id("undo")).await?;

    for (step, done, back, before) in [
        (Step::Claim, Status::Making, Step::Release, Status::Placed),
        (Step::Complete, Status::Ready, Step::Recall, Status::Making),
        (Step::Collect, Status::Collected, Step::Return, Status::Ready),
    ] {
        // To where this step begins.
        if before != Status::Placed {
            let first = if before == Status::Ready { Step::Complete } else { Step::Claim };
            tablet.presses(number, first).await?;
            tablet.has(number, before).await?;
        }
        tablet.presses(number, step).await?;
        if done == Status::Collected {
            tablet.has_no(number).await?;
        } else {
            tablet.has(number, done).await?;
        }
        tablet.tells(&id("undo"), "data-command", back.as_str()).await?;
        tablet.mentions(&id("undo"), &number.to_string()).await?;
        tablet.clicks(&id("undo")).await?;
        tablet.has(number, before).await?;
        until_at(&bob, number, before).await?;
        tablet.lacks(&id("undo")).await?;
    }
    tablet.presses(number, Step::Collect).await?;
    tablet.sees(&id("undo")).await?;
    tablet.until_all(&id("undo"), "is gone", AT_MOST, <[_]>::is_empty).await?;
    tablet.ends_clean().await
}

#[tokio::test]
async fn undo_is_offered_for_about_eight_seconds() -> Result<()> {
    let bar = super::bar().await?;
    let number = take(&bar, "tea").await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.has(number, Status::Placed).await?;
    let before = Instant::now();
    tablet.presses(number, Step::Claim).await?;
    let tapped = Instant::now();
    tablet.sees(&id("undo")).await?;
    let left = AT_MOST.saturating_sub(tapped.elapsed());
    tablet.until_all(&id("undo"), "is gone", left, <[_]>::is_empty).await?;
    let offered = before.elapsed();
    ensure!(offered >= AT_LEAST, "undo was offered for {offered:?} only");
    tablet.ends_clean().await
}

#[tokio::test]
async fn of_several_quick_steps_the_newest_is_undone() -> Result<()> {
    let bar = super::bar().await?;
    let (first, second) = (take(&bar, "tea").await?, take(&bar, "latte").await?);
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.presses(first, Step::Claim).await?;
    tablet.presses(second, Step::Claim).await?;
    tablet.mentions(&id("undo"), &second.to_string()).await?;
    tablet.clicks(&id("undo")).await?;
    tablet.has(second, Status::Placed).await?;
    tablet.has(first, Status::Making).await?;
    // The older one goes back from its lane.
    tablet.presses(first, Step::Release).await?;
    tablet.has(first, Status::Placed).await?;
    tablet.ends_clean().await
}

#[tokio::test]
async fn an_undo_that_comes_too_late_says_why() -> Result<()> {
    let bar = super::bar().await?;
    let bob = bar.bob().await?;
    let number = take(&bar, "tea").await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.presses(number, Step::Claim).await?;
    until_at(&bob, number, Status::Making).await?;
    bob.completes(&only_order(&bob).await?.order).await?;
    tablet.has(number, Status::Ready).await?;
    tablet.clicks(&id("undo")).await?;
    tablet.is_told(Code::WrongStatus).await?;
    tablet.has(number, Status::Ready).await?;
    tablet.ends_clean_but(&[Noise::Refusals]).await
}

#[tokio::test]
async fn what_was_collected_can_be_brought_back() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let mut numbers = Vec::new();
    for _ in 0..41 {
        let order = bea.takes("tea").await?;
        bea.completes(&order.order).await?;
        bea.collects(&order.order).await?;
        numbers.push(order.number.context("a number")?);
    }
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.clicks(&id("recall")).await?;
    let listed = within("dialog", "[data-testid^=\"ticket-\"]");
    let is_forty = |seen: &[_]| seen.len() == 40;
    tablet.until_all(&listed, "are 40", PATIENCE, is_forty).await?;
    tablet.lacks(&ticket(numbers[0])).await?;
    tablet.tells(&ticket(numbers[7]), "data-status", Status::Collected.as_str()).await?;

    tablet.clicks(&button(numbers[7], Step::Return)).await?;
    tablet.lacks("dialog").await?;
    tablet.has(numbers[7], Status::Ready).await?;
    until_at(&bea, numbers[7], Status::Ready).await?;
    tablet.ends_clean().await
}
