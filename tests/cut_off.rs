//! Screens that were away, and come back while the bar goes on.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use domain::topic::Topic;
use domain::view::OrderView;
use domain::{OrderId, Status};

use crate::bar::Bar;
use crate::http::No;
use crate::kept::{Kept, timeless};
use crate::live::Screen;
use crate::person::Person;
use crate::platform::Platform;

/// How soon a screen that comes back is right.
const PROMISE: Duration = Duration::from_secs(3);

#[tokio::test]
async fn screens_that_missed_a_hundred_changes_are_right_within_three_seconds() -> Result<()> {
    let bar = Bar::open().await?;
    let (bea, display) = (bar.bea().await?, bar.display().await?);
    let mut kept = Kept::at(&bar, &bea, &display).await?;
    let begun = three_steps(&bea).await?;
    kept.shows_what_is().await?;

    kept.is_cut_off();
    let before = bea.log(0).await?.last;
    bea.collects(&begun).await?;
    for _ in 0..33 {
        three_steps(&bea).await?;
    }
    ensure!(bea.log(u64::MAX).await?.last == before + 100, "a hundred changes");
    let back = Instant::now();
    kept.comes_back(&bar).await?;
    kept.shows_what_is().await?;
    ensure!(back.elapsed() < PROMISE, "right after {:?} only", back.elapsed());
    Ok(())
}

/// What happens between subscribing and fetching is neither missed nor taken twice.
#[tokio::test]
async fn screens_that_come_back_into_a_rush_miss_nothing() -> Result<()> {
    let bar = Bar::open().await?;
    let (bea, display) = (bar.bea().await?, bar.display().await?);
    let mut kept = Kept::at(&bar, &bea, &display).await?;
    for _ in 0..5 {
        kept.is_cut_off();
        let bob = bar.bob().await?;
        let rush = tokio::spawn(async move {
            for _ in 0..10 {
                three_steps(&bob).await?;
            }
            Ok::<_, No>(())
        });
        kept.comes_back(&bar).await?;
        rush.await??;
        kept.shows_what_is().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_phone_that_was_away_learns_that_the_drink_is_ready() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let mine = Topic::Orders(ada.id().clone());
    let mut phone = Screen::of(&bar, &ada).await?;
    ensure!(phone.subscribes(&mine).await?, "her own orders");
    let order = ada.orders(&bea.code().await?.code, "latte").await?.order;
    drop(phone);
    bea.claims(&order).await?;
    bea.completes(&order).await?;

    let mut phone = Screen::of(&bar, &ada).await?;
    ensure!(phone.subscribes(&mine).await?, "her own orders");
    let seen = ada.order(&order).await?;
    ensure!(seen.status == Status::Ready, "{seen:?}");
    bea.collects(&order).await?;
    let mut told: OrderView = phone.next().await?.read()?;
    while told.version <= seen.version {
        // What was said meanwhile may still be on its way there.
        ensure!(Platform::is() == Platform::Aws, "nothing is kept for those who were away");
        told = phone.next().await?.read()?;
    }
    ensure!(timeless(told) == timeless(ada.order(&order).await?), "the first news is the latest");
    Ok(())
}

/// A walk-up that is made: three changes.
async fn three_steps(barista: &Person) -> Result<OrderId, No> {
    let order = barista.takes("espresso").await?.order;
    barista.claims(&order).await?;
    Ok(barista.completes(&order).await?.order)
}
