//! What phones and monitors are told besides queue and board: a guest's own orders, the bar's
//! status, the code.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use domain::api::BarRequest;
use domain::limits::LimitsChange;
use domain::topic::Topic;
use domain::view::{BarStatus, BarView, CodeView, OrderView};
use domain::{Code, Status, Step};

use crate::bar::{Bar, roomy};
use crate::kept::timeless;
use crate::live::Screen;
use crate::person::slug;
use crate::soon::PATIENCE;

#[tokio::test]
async fn a_guest_is_told_every_step_of_the_order() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let mut phone = Screen::of(&bar, &ada).await?;
    ensure!(phone.subscribes(&Topic::Orders(ada.id().clone())).await?, "her own orders");
    let mut eves = Screen::of(&bar, &bar.guest().await?).await?;
    ensure!(eves.subscribes(&Topic::Status(bar.id.clone())).await?, "the status is for all");

    let order = ada.scans(&bea.code().await?.code).await?.order;
    let told: OrderView = phone.next().await?.read()?;
    ensure!(told.order == order && told.status == Status::Choosing, "{told:?}");
    ada.places(&order, "latte").await?;
    let told: OrderView = phone.next().await?.read()?;
    ensure!(timeless(told) == timeless(ada.order(&order).await?), "placed");
    for step in [
        Step::Claim,
        Step::Release,
        Step::Claim,
        Step::Complete,
        Step::Recall,
        Step::Complete,
        Step::Collect,
        Step::Return,
        Step::Recall,
    ] {
        bea.steps(&order, step).await?;
        let told: OrderView = phone.next().await?.read()?;
        ensure!(told.by.is_none(), "who makes it is no guest's affair: {told:?}");
        ensure!(timeless(told) == timeless(ada.order(&order).await?), "after {}", step.as_str());
    }
    bea.cancels(&order, Some("The cup fell")).await?;
    let told: OrderView = phone.next().await?.read()?;
    ensure!(told.status == Status::Cancelled, "{told:?}");
    ensure!(told.reason.as_deref() == Some("The cup fell"), "{told:?}");
    while let Some(message) = eves.waiting() {
        ensure!(message.topic == Topic::Status(bar.id.clone()), "{message:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_guest_hears_of_all_orders_at_all_bars_on_one_topic() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, olga) = (bar.guest().await?, bar.olga().await?);
    let hall = olga.founds("hall-2", LimitsChange::default()).await?.bar;
    olga.at(&hall).opens().await?;
    let mut phone = Screen::of(&bar, &ada).await?;
    ensure!(phone.subscribes(&Topic::Orders(ada.id().clone())).await?, "her own orders");
    let here = ada.scans(&olga.code().await?.code).await?;
    let there = ada.at(&hall).scans(&olga.at(&hall).code().await?.code).await?;
    let mut told = Vec::new();
    for _ in 0..2 {
        told.push(phone.next().await?.read::<OrderView>()?.order);
    }
    ensure!(told.contains(&here.order) && told.contains(&there.order), "{told:?}");
    Ok(())
}

#[tokio::test]
async fn the_bars_status_is_told_without_the_menu_and_at_most_once_a_second() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let mut phone = Screen::of(&bar, &ada).await?;
    ensure!(phone.subscribes(&Topic::Status(bar.id.clone())).await?, "the status is for all");
    let mut told: Vec<BarView> = Vec::new();
    // For a few seconds there is always something new to tell.
    let since = Instant::now();
    while since.elapsed() < Duration::from_millis(3500) {
        bea.pauses(None, None).await?;
        bea.opens().await?;
        while let Some(message) = phone.waiting() {
            told.push(message.read()?);
        }
    }
    let sold_out = BarRequest::SetAvailability {
        drink: Some(slug("tea")),
        group: None,
        option: None,
        available: false,
    };
    bea.tells(sold_out).await?;
    let last = bea.closes().await?;
    while told.last().is_none_or(|view| view.seq < last.seq) {
        ensure!(since.elapsed() < PATIENCE, "the last state was never told");
        told.push(phone.next().await?.read()?);
    }
    let view = told.last().context("a message")?;
    ensure!(view.status == BarStatus::Closed && !view.accepting, "{view:?}");
    ensure!(view.menu_seq == last.menu_seq && last.menu_seq == last.seq - 1, "{view:?}");
    ensure!(told.iter().all(|view| view.menu.is_none()), "the menu is fetched, not told");
    ensure!(told.len() >= 3, "told {} times only", told.len());
    for pair in told.windows(2) {
        let gap = pair[1].now.millis_since(pair[0].now);
        ensure!(gap >= 950, "told again after {gap} ms");
        ensure!(pair[0].seq < pair[1].seq, "{pair:?}");
    }
    Ok(())
}

#[tokio::test]
async fn the_monitor_is_told_what_the_code_is_still_good_for() -> Result<()> {
    let bar = Bar::with_limits(LimitsChange { uses_per_window: Some(10), ..roomy() }).await?;
    let (ada, bea, display) = (bar.guest().await?, bar.bea().await?, bar.display().await?);
    let mut monitor = Screen::of(&bar, &display).await?;
    ensure!(monitor.subscribes(&Topic::Code(bar.id.clone())).await?, "the code is its to show");
    let code = display.code().await?;
    ensure!(code.uses_left == 10 && code.accepting, "{code:?}");
    let order = ada.scans(&code.code).await?.order;
    let told = loop {
        let told: CodeView = monitor.next().await?.read()?;
        // What was told before may come late.
        if told.seq > code.seq {
            break told;
        }
    };
    ensure!(told.code == code.code && told.uses_left == 9, "{told:?}");
    ada.cancels(&order, None).await?;
    let told: CodeView = monitor.next().await?.read()?;
    ensure!(told.uses_left == 10, "the use is given back: {told:?}");
    bea.pauses(None, None).await?;
    let told: CodeView = monitor.next().await?.read()?;
    let code = told.refusal.context("a reason")?.code;
    ensure!(code == Code::BarPaused, "{told:?}");
    bea.opens().await?;
    let told: CodeView = monitor.next().await?.read()?;
    ensure!(told.accepting && told.refusal.is_none(), "{told:?}");
    Ok(())
}
