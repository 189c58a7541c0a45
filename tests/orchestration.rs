//! The clocks of orders. On AWS each order has a workflow, whose history tells of every wait and
//! every nudge; on the laptop a task looks every second. Screens are told by either; what is
//! decided needs neither.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use domain::limits::LimitsChange;
use domain::topic::Topic;
use domain::view::OrderView;
use domain::{BusEvent, Code, OrderId, Status};

use crate::bar::{Bar, roomy};
use crate::http::Refusal as _;
use crate::live::Screen;
use crate::person::Person;
use crate::platform::Platform;
use crate::soon::until;
use crate::workflows::{Workflows, began_late, interruptions, states};

/// A phone that shows her orders.
async fn phone(bar: &Bar, guest: &Person) -> Result<Screen> {
    let mut phone = Screen::of(bar, guest).await?;
    ensure!(phone.subscribes(&Topic::Orders(guest.id().clone())).await?, "her own orders");
    Ok(phone)
}

/// Waits until a screen is told that an order has come to this, without ever asking.
async fn shows(phone: &mut Screen, order: &OrderId, status: Status) -> Result<OrderView> {
    loop {
        let told: OrderView = phone.next().await?.read()?;
        if told.order == *order && told.status == status {
            return Ok(told);
        }
    }
}

/// The only workflow of an order, once it has been started.
async fn workflow(workflows: &Workflows, order: &OrderId) -> Result<String> {
    let started = async || Ok(!workflows.names(order).await?.is_empty());
    until("a workflow", started).await?;
    let mut names = workflows.names(order).await?;
    ensure!(names.len() == 1, "{names:?}");
    names.pop().context("a name")
}

/// A good order, one step at a time, and brought back once.
#[tokio::test]
async fn a_good_order_costs_four_transitions_and_brought_back_it_is_another_one() -> Result<()> {
    let bar = Bar::roomy().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let order = ada.scans(&bea.code().await?.code).await?.order;
    let workflows = match Platform::is() {
        Platform::Aws => Some(Workflows::of(&bar).await?),
        Platform::Laptop => None,
    };
    let reaches = async |state| match &workflows {
        Some(workflows) => workflows.is_in(&workflow(workflows, &order).await?, state).await,
        None => Ok(()),
    };
    reaches("Choosing").await?;
    ada.places(&order, "latte").await?;
    reaches("Placed").await?;
    bea.claims(&order).await?;
    bea.completes(&order).await?;
    reaches("Ready").await?;
    bea.collects(&order).await?;
    if let Some(workflows) = &workflows {
        let name = workflow(workflows, &order).await?;
        let history = workflows.history(&name).await?;
        ensure!(interruptions(&history).is_empty(), "{history:#?}");
        let states = states(&history);
        ensure!(1 + states.len() == 4, "the start and {states:?}");
    }
    let returned = bea.returns(&order).await?;
    ensure!(returned.status == Status::Ready, "{returned:?}");
    if let Some(workflows) = &workflows {
        until("another workflow", async || Ok(workflows.names(&order).await?.len() == 2)).await?;
    }
    bea.collects(&order).await?;
    if let Some(workflows) = &workflows {
        let names = workflows.names(&order).await?;
        ensure!(names[1] == format!("{}-{}", names[0], returned.version), "{names:?}");
        let history = workflows.history(&names[1]).await?;
        ensure!(states(&history).len() <= 3, "{history:#?}");
        // All of it once more, long after its end: nothing is started, and who has no wait to end
        // does no harm.
        let log = bea.log(0).await?.entries;
        let events: Vec<_> = log.iter().flat_map(BusEvent::all_of).collect();
        workflows.are_told_again(&events).await?;
        ensure!(workflows.names(&order).await? == names, "no other");
        for name in &names {
            workflows.history(name).await?;
        }
        ensure!(bea.log(0).await?.entries == log, "nothing came of it");
    }
    ensure!(ada.order(&order).await?.status == Status::Collected, "she has it");
    Ok(())
}

/// Nobody asks: the clock alone tells the screens. Each stage once, and one that was put off.
#[tokio::test]
async fn every_stage_that_runs_out_is_told_and_stands_in_the_history() -> Result<()> {
    let limits = LimitsChange {
        choose_seconds: Some(5),
        start_seconds: Some(6),
        collect_seconds: Some(6),
        ..roomy()
    };
    let bar = Bar::with_limits(limits).await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    let workflows = match Platform::is() {
        Platform::Aws => Some(Workflows::of(&bar).await?),
        Platform::Laptop => None,
    };
    if let Some(workflows) = &workflows {
        // The first of a function's invocations takes longer than a short stage. Its order must not
        // run out: who looks at it would end what else is over at the bar.
        let first = bea.takes("tea").await?.order;
        workflow(workflows, &first).await?;
        bea.completes(&first).await?;
        bea.collects(&first).await?;
    }
    let mut phone = phone(&bar, &ada).await?;

    let chosen = ada.scans(&code).await?.order;
    let expired = shows(&mut phone, &chosen, Status::Expired).await?;
    ensure!(expired.stage == Some(Status::Choosing), "{expired:?}");
    let placed = ada.orders(&code, "latte").await?.order;
    let expired = shows(&mut phone, &placed, Status::Expired).await?;
    ensure!(expired.stage == Some(Status::Placed), "{expired:?}");
    let ready = ada.orders(&code, "tea").await?.order;
    bea.completes(&ready).await?;
    shows(&mut phone, &ready, Status::Collected).await?;
    // Ready, not after all, ready again: its time is that of the last time.
    let recalled = ada.orders(&code, "tea").await?.order;
    bea.completes(&recalled).await?;
    bea.recalls(&recalled).await?;
    let again = bea.completes(&recalled).await?;
    let collected = shows(&mut phone, &recalled, Status::Collected).await?;
    ensure!(collected.ended_at >= again.until, "{collected:?}");
    let Some(workflows) = workflows else {
        return Ok(());
    };
    let mut nudges = 0;
    for order in [&chosen, &placed, &ready, &recalled] {
        let name = workflow(&workflows, order).await?;
        let history = workflows.history(&name).await?;
        let nudged = interruptions(&history).contains(&"States.Timeout");
        nudges += u32::from(nudged);
        ensure!(nudged || began_late(&history), "{history:#?}");
    }
    ensure!(nudges > 0, "no time of any wait was ever over");
    let history = workflows.history(chosen.as_str()).await?;
    ensure!(interruptions(&history).last() == Some(&"OrderEnded"), "{history:#?}");
    Ok(())
}

/// Without Step Functions nobody hears of it, and whoever looks or acts finds it over. The laptop's
/// clock is a task of its own, which nobody can take away: there she hears, and all else is alike.
#[tokio::test]
async fn without_workflows_nothing_is_told_and_nothing_is_decided_wrongly() -> Result<()> {
    let limits = LimitsChange {
        choose_seconds: Some(4),
        collect_seconds: Some(2),
        max_in_progress: Some(1),
        ..roomy()
    };
    let bar = Bar::with_limits(limits).await?;
    let workflows = match Platform::is() {
        Platform::Aws => Some(Workflows::of(&bar).await?),
        Platform::Laptop => None,
    };
    if let Some(workflows) = &workflows {
        workflows.stop().await?;
    }
    let (ada, eve, bea) = (bar.guest().await?, bar.guest().await?, bar.bea().await?);
    let mut phone = phone(&bar, &ada).await?;
    let code = bea.code().await?.code;
    let order = ada.scans(&code).await?.order;
    shows(&mut phone, &order, Status::Choosing).await?;
    if workflows.is_some() {
        // Longer than workflows take to tell; nobody may be asked, for whoever asks ends it.
        tokio::time::sleep(Duration::from_secs(8)).await;
        ensure!(phone.waiting().is_none(), "somebody has told her");
        ensure!(ada.order(&order).await?.status == Status::Expired, "whoever looks sees it");
    }
    shows(&mut phone, &order, Status::Expired).await?;
    // There was room for one: hers is free.
    let order = eve.orders(&code, "latte").await?.order;
    let ready = bea.completes(&order).await?;
    until("its time", async || Ok(Some(eve.bar().await?.now) >= ready.until)).await?;
    bea.recalls(&order).await.refused(Code::WrongStatus)?;
    if let Some(workflows) = &workflows {
        ensure!(workflows.names(&order).await?.is_empty(), "nothing was started");
    }
    Ok(())
}
