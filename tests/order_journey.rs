//! The journey of one order: its guest reads every step, staff also who took it.

use anyhow::{Context as _, Result, ensure};
use domain::api::path;
use domain::event::EndedBy;
use domain::journey::{Hops, JourneyStep, JourneyView, Milestone};
use domain::{OrderId, Status};

use crate::bar::Bar;
use crate::http::Refusal as _;
use crate::person::{Person, Said, slug};
use crate::platform::Platform;
use crate::soon::settles;

async fn journey(who: &Person, order: &OrderId) -> Said<JourneyView> {
    who.gets(&path::journey(order)).await?.read()
}

#[tokio::test]
async fn every_step_of_an_order_is_told_with_its_time() -> Result<()> {
    use EndedBy::{Customer, Staff};
    let bar = Bar::roomy().await?;
    let (ada, eve) = (bar.guest().await?, bar.guest().await?);
    let (bea, bob) = (bar.bea().await?, bar.bob().await?);
    let code = bea.code().await?.code;
    let placed = ada.orders(&code, "latte").await?;
    let order = placed.order.clone();
    eve.orders(&code, "tea").await?;
    ada.changes(&order, "mocha").await?;
    bea.claims(&order).await?;
    bob.releases(&order).await?;
    bob.completes(&order).await?;
    bea.recalls(&order).await?;
    bea.completes(&order).await?;
    ada.collects(&order).await?;
    let last = bea.returns(&order).await?;

    let expected = [
        (Milestone::CodeRedeemed, Status::Choosing, Customer, None),
        (Milestone::OrderPlaced, Status::Placed, Customer, None),
        (Milestone::OrderChanged, Status::Placed, Customer, None),
        (Milestone::OrderClaimed, Status::Making, Staff, Some("Bea")),
        (Milestone::OrderReleased, Status::Placed, Staff, Some("Bob")),
        (Milestone::OrderCompleted, Status::Ready, Staff, Some("Bob")),
        (Milestone::OrderRecalled, Status::Making, Staff, Some("Bea")),
        (Milestone::OrderCompleted, Status::Ready, Staff, Some("Bea")),
        (Milestone::OrderCollected, Status::Collected, Customer, None),
        (Milestone::OrderReturned, Status::Ready, Staff, Some("Bea")),
    ];
    let told = journey(&bea, &order).await?;
    let steps: Vec<_> = told.steps.iter().map(|it| (it.milestone, it.status, it.side)).collect();
    ensure!(steps == expected.map(|(milestone, status, side, _)| (milestone, status, side)));
    let by: Vec<_> = told.steps.iter().map(|step| step.by.as_deref()).collect();
    ensure!(by == expected.map(|(_, _, _, by)| by), "{by:?}");
    ensure!((told.number, told.promised_at) == (placed.number, placed.promised_at), "{told:?}");
    let drinks: Vec<_> = told.steps.iter().flat_map(|step| &step.drink).collect();
    ensure!(drinks.iter().map(|it| &it.drink).eq(&[slug("latte"), slug("mocha")]), "{drinks:?}");
    let at = |step: Option<&JourneyStep>| step.map(|step| (step.seq, step.at));
    let (begun, ended) = (at(told.steps.first()), at(told.steps.last()));
    ensure!(begun.map(|(_, at)| at) == Some(placed.created_at), "{begun:?}");
    ensure!(ended.context("a step")?.0 == last.version && told.now >= last.created_at);
    ensure!(told.steps.is_sorted_by_key(|step| (step.seq, step.index, step.at)), "{told:?}");

    let hers = journey(&ada, &order).await?;
    let without = |step: &JourneyStep| JourneyStep { by: None, hops: None, ..step.clone() };
    ensure!(hers.steps == told.steps.iter().map(without).collect::<Vec<_>>(), "{hers:?}");
    journey(&eve, &order).await.refused(domain::Code::NoSuchOrder)?;
    journey(&bar.display().await?, &order).await.refused(domain::Code::NotAllowed)?;
    Ok(())
}

/// Where the log is told by a process of its own, staff see how long that took.
#[tokio::test]
async fn staff_see_when_everybody_had_heard_where_that_is_written_down() -> Result<()> {
    let bar = Bar::roomy().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let order = ada.orders(&bea.code().await?.code, "latte").await?.order;
    bea.claims(&order).await?;
    let is_whole = |hops: &Hops| {
        let told = [hops.live, hops.bus, hops.history];
        hops.log.is_some() && hops.log <= hops.relay && told.iter().all(|told| *told >= hops.relay)
    };
    settles(async || {
        let steps = journey(&bea, &order).await?.steps;
        let hops: Vec<_> = steps.iter().map(|step| step.hops).collect();
        match Platform::is() {
            Platform::Laptop => ensure!(hops == [None; 3], "nothing is written down: {hops:?}"),
            Platform::Aws => {
                let are_whole = hops.iter().all(|hops| hops.as_ref().is_some_and(is_whole));
                ensure!(hops.len() == 3 && are_whole, "{hops:?}");
            }
        }
        Ok(())
    })
    .await?;
    let hers = journey(&ada, &order).await?.steps;
    ensure!(hers.iter().all(|step| step.hops.is_none()), "that is no affair of Ada's");
    Ok(())
}
