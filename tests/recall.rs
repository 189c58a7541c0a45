//! Going back: the last 40 collected, and an order that has moved on since one looked.

use anyhow::{Context as _, Result, ensure};
use domain::api::path;
use domain::view::OrderView;
use domain::{Code, OrderId, Status};
use serde_json::json;

use crate::bar::Bar;
use crate::http::{No, Refusal as _};
use crate::person::{Person, command_id};

#[tokio::test]
async fn what_is_not_among_the_last_40_collected_cannot_be_brought_back() -> Result<()> {
    let bar = Bar::open().await?;
    let bea = bar.bea().await?;
    let mut collected: Vec<OrderId> = Vec::new();
    for _ in 0..41 {
        let order = bea.takes("espresso").await?.order;
        bea.completes(&order).await?;
        bea.collects(&order).await?;
        collected.push(order);
    }
    let (oldest, others) = collected.split_first().context("41 orders")?;
    let problem = bea.returns(oldest).await.refused(Code::WrongStatus)?;
    ensure!(problem.order_status == Some(Status::Collected), "{problem:?}");
    let recent: Vec<_> = bea.queue().await?.recent.into_iter().map(|view| view.order).collect();
    let newest_first: Vec<_> = others.iter().rev().cloned().collect();
    ensure!(recent == newest_first, "newest first");
    bea.returns(&others[0]).await?;
    // One has left the list: there is room for the oldest again only when it is collected anew.
    bea.returns(oldest).await.refused(Code::WrongStatus)?;
    Ok(())
}

#[tokio::test]
async fn staff_may_insist_on_the_order_they_saw() -> Result<()> {
    let bar = Bar::open().await?;
    let (bea, bob) = (bar.bea().await?, bar.bob().await?);
    let seen = bea.takes("latte").await?;
    bob.claims(&seen.order).await?;
    bob.releases(&seen.order).await?;
    let problem = completes_if(&bea, &seen).await.refused(Code::Changed)?;
    ensure!(problem.order_status.is_none(), "{problem:?}");
    let now = bea.order(&seen.order).await?;
    ensure!(now.status == Status::Placed && now.version == seen.version + 2, "{now:?}");
    let done = completes_if(&bea, &now).await?;
    ensure!(done.status == Status::Ready, "{done:?}");
    Ok(())
}

async fn completes_if(who: &Person, seen: &OrderView) -> Result<OrderView, No> {
    let body = json!({ "type": "complete", "if_version": seen.version });
    who.posts(&path::order_commands(&seen.order), &command_id(), body).await?.read()
}

#[tokio::test]
async fn an_order_keeps_its_number_and_its_place() -> Result<()> {
    let bar = Bar::roomy().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    let abandoned = ada.scans(&code).await?;
    ensure!(abandoned.number.is_none(), "a scan burns no number: {abandoned:?}");
    let first = ada.orders(&code, "latte").await?;
    let second = bea.takes("tea").await?;
    ensure!((first.number, second.number) == (Some(1), Some(2)), "{first:?} {second:?}");
    ada.changes(&first.order, "mocha").await?;
    bea.claims(&first.order).await?;
    bea.releases(&first.order).await?;
    bea.completes(&first.order).await?;
    bea.recalls(&first.order).await?;
    let back = bea.releases(&first.order).await?;
    ensure!(back.number == Some(1) && back.placed_at == first.placed_at, "{back:?}");
    let queue: Vec<_> = bea.queue().await?.orders.into_iter().map(|view| view.number).collect();
    ensure!(queue == [Some(1), Some(2)], "{queue:?}");
    Ok(())
}
