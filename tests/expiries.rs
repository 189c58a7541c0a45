//! What the clock does by itself, and that everybody is told. The clock is the server's own: the
//! stages are short instead.

use anyhow::{Result, ensure};
use domain::limits::LimitsChange;
use domain::topic::Topic;
use domain::view::{OrderView, QueueMessage};
use domain::{Code, Event, OrderId, Sender, Status};

use crate::bar::{Bar, roomy};
use crate::http::Refusal as _;
use crate::kept::{Kept, timeless};
use crate::live::Screen;
use crate::person::Person;
use crate::soon::until;

#[tokio::test]
async fn who_does_not_choose_gives_the_place_back_but_not_the_use() -> Result<()> {
    let bar = Bar::with_limits(LimitsChange {
        choose_seconds: Some(2),
        max_in_progress: Some(1),
        live_per_person: Some(1),
        uses_per_window: Some(10),
        ..roomy()
    })
    .await?;
    let (ada, eve, bea) = (bar.guest().await?, bar.guest().await?, bar.bea().await?);
    let mut phone = phone(&bar, &ada).await?;
    let code = bea.code().await?.code;
    let order = ada.scans(&code).await?.order;
    eve.scans(&code).await.refused(Code::BarFull)?;
    let told: OrderView = phone.next().await?.read()?;
    ensure!(told.status == Status::Choosing && told.until.is_some(), "{told:?}");
    let until = told.until;
    let told: OrderView = phone.next().await?.read()?;
    ensure!(told.order == order && told.stage == Some(Status::Choosing), "{told:?}");
    ensure!(told.status == Status::Expired && told.ended_at >= until, "{told:?}");
    ensure!(timeless(told) == timeless(ada.order(&order).await?), "as she sees it");

    let problem = ada.places(&order, "latte").await.refused(Code::WrongStatus)?;
    ensure!(problem.order_status == Some(Status::Expired), "{problem:?}");
    ensure!(bea.code().await?.uses_left == 9, "the use is gone");
    eve.scans(&code).await?;
    by_the_clock(&bea, &order).await
}

/// Whether or not a timer has looked: the moment decides.
#[tokio::test]
async fn a_command_after_the_deadline_finds_the_order_expired() -> Result<()> {
    let bar = Bar::with_limits(LimitsChange { choose_seconds: Some(1), ..roomy() }).await?;
    let ada = bar.guest().await?;
    let code = bar.bea().await?.code().await?.code;
    for _ in 0..3 {
        let order = ada.scans(&code).await?;
        until("the deadline", async || Ok(Some(ada.bar().await?.now) >= order.until)).await?;
        let problem = ada.places(&order.order, "latte").await.refused(Code::WrongStatus)?;
        ensure!(problem.order_status == Some(Status::Expired), "{problem:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_drink_nobody_starts_expires_and_one_that_is_made_does_not() -> Result<()> {
    let bar = Bar::with_limits(LimitsChange { start_seconds: Some(3), ..roomy() }).await?;
    let (ada, bea, display) = (bar.guest().await?, bar.bea().await?, bar.display().await?);
    let mut kept = Kept::at(&bar, &bea, &display).await?;
    let mut queue = Screen::of(&bar, &bea).await?;
    ensure!(queue.subscribes(&Topic::Queue(bar.id.clone())).await?, "the queue is hers");
    let mut phone = phone(&bar, &ada).await?;
    let made = bea.takes("tea").await?.order;
    bea.claims(&made).await?;
    let order = ada.orders(&bea.code().await?.code, "latte").await?.order;
    // Timers run while the bar is closed, too.
    bea.closes().await?;
    let expired = loop {
        let told: OrderView = phone.next().await?.read()?;
        if told.status == Status::Expired {
            break told;
        }
    };
    ensure!(expired.stage == Some(Status::Placed) && expired.number.is_some(), "{expired:?}");
    ensure!(timeless(expired) == timeless(ada.order(&order).await?), "as she sees it");
    while !queue.next().await?.read::<QueueMessage>()?.remove.contains(&order) {}
    kept.shows_what_is().await?;
    let left = bea.queue().await?.orders;
    ensure!(left.len() == 1 && left[0].order == made, "what is being made stays: {left:?}");
    ensure!(left[0].status == Status::Making && left[0].until.is_none(), "{left:?}");
    // Put back, it has its full time anew.
    let back = bea.releases(&made).await?;
    ensure!(back.until.is_some_and(|until| until > back.now), "{back:?}");
    by_the_clock(&bea, &order).await
}

#[tokio::test]
async fn a_drink_that_stands_there_counts_as_collected() -> Result<()> {
    // Long enough for what is ready to be told before it counts as collected.
    let bar = Bar::with_limits(LimitsChange { collect_seconds: Some(4), ..roomy() }).await?;
    let (ada, bea, display) = (bar.guest().await?, bar.bea().await?, bar.display().await?);
    let order = ada.orders(&bea.code().await?.code, "latte").await?.order;
    let mut kept = Kept::at(&bar, &bea, &display).await?;
    let mut phone = phone(&bar, &ada).await?;
    let ready = bea.completes(&order).await?;
    let told = loop {
        let told: OrderView = phone.next().await?.read()?;
        // What was told before may come late.
        if told.version >= ready.version {
            break told;
        }
    };
    ensure!(told.status == Status::Ready && told.until == ready.until, "{told:?}");
    let told: OrderView = phone.next().await?.read()?;
    ensure!(told.status == Status::Collected && told.ended_at >= ready.until, "{told:?}");
    kept.shows_what_is().await?;
    let queue = bea.queue().await?;
    ensure!(queue.orders.is_empty() && queue.recent.len() == 1, "it is on the recall list");
    ensure!(display.board().await?.ready.is_empty(), "it has left the board");
    by_the_clock(&bea, &order).await?;
    bea.returns(&order).await?;
    Ok(())
}

async fn phone(bar: &Bar, guest: &Person) -> Result<Screen> {
    let mut phone = Screen::of(bar, guest).await?;
    ensure!(phone.subscribes(&Topic::Orders(guest.id().clone())).await?, "her own orders");
    Ok(phone)
}

/// The log says once, and of nobody, that the order's time was over.
async fn by_the_clock(staff: &Person, order: &OrderId) -> Result<()> {
    let entries = staff.log(0).await?.entries;
    let ended = entries.iter().filter(|entry| {
        entry.events.iter().any(|event| {
            let ends = matches!(event, Event::OrderExpired { .. } | Event::OrderCollected { .. });
            ends && event.order() == Some(order)
        })
    });
    let by: Vec<_> = ended.map(|entry| &entry.by).collect();
    ensure!(by == [&Sender::SYSTEM], "{by:?}");
    Ok(())
}
