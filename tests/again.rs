//! The same command sent again: once, at the same time, after a restart, with other words, by
//! somebody else.

use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use domain::api::{OrderRequest, path, route};
use domain::menu::Options;
use domain::view::{BarStatus, BarView, OrderView};
use domain::{Code, Status};
use serde_json::json;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::bar::Bar;
use crate::http::Refusal as _;
use crate::person::{command_id, slug};
use crate::server::Server;

const COPIES: usize = 50;

#[tokio::test]
async fn a_repeated_command_changes_nothing_and_answers_with_the_view_as_it_is_now() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    let (scan, place) = (command_id(), command_id());
    let order = ada.scans_as(&scan, &code).await?.order;
    let request = |drink: &str| OrderRequest::Place {
        drink: slug(drink),
        options: Options::default(),
        name: None,
    };
    let placed = ada.sends_as(&place, &order, request("latte")).await?;
    bea.claims(&order).await?;
    let last = bea.log(0).await?.last;

    let body = json!({ "code": code });
    let answer = ada.posts(&path::orders(&ada.bar), &scan, body).await?;
    ensure!(answer.status == 201, "the same status code: {answer:?}");
    let scanned: OrderView = answer.read()?;
    ensure!(scanned.order == order && scanned.status == Status::Making, "{scanned:?}");
    let again = ada.sends_as(&place, &order, request("latte")).await?;
    ensure!(again.number == placed.number && again.status == Status::Making, "{again:?}");
    ensure!(bea.log(0).await?.last == last, "nothing was written");

    // The same id with other words, or for something else, is a mistake.
    ada.sends_as(&place, &order, request("tea")).await.refused(Code::CommandReused)?;
    ada.scans_as(&scan, "something else").await.refused(Code::CommandReused)?;
    ada.scans_as(&place, &code).await.refused(Code::CommandReused)?;
    let collect = OrderRequest::Collect {};
    ada.sends_as(&place, &order, collect).await.refused(Code::CommandReused)?;
    ensure!(bea.log(0).await?.last == last, "nothing was written");
    Ok(())
}

#[tokio::test]
async fn fifty_copies_at_once_are_one_command() -> Result<()> {
    let bar = Bar::roomy().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    let scan = command_id();
    let scanned = at_once(|| {
        let (ada, id, code) = (ada.clone(), scan.clone(), code.clone());
        async move { Ok(ada.scans_as(&id, &code).await?) }
    })
    .await?;
    let order = one_order(&scanned)?;
    ensure!(bea.code().await?.uses_left == 9_999, "one use was taken");

    let place = command_id();
    let placed = at_once(|| {
        let (ada, id, order) = (ada.clone(), place.clone(), order.order.clone());
        let (drink, options, name) = (slug("latte"), Options::default(), Some("Ada".to_owned()));
        let request = OrderRequest::Place { drink, options, name };
        async move { Ok(ada.sends_as(&id, &order, request).await?) }
    })
    .await?;
    ensure!(one_order(&placed)?.number == Some(1), "{placed:?}");

    let take = command_id();
    let taken = at_once(|| {
        let (bea, id) = (bea.clone(), take.clone());
        async move { Ok(bea.takes_as(&id, "tea", Some("Eve")).await?) }
    })
    .await?;
    ensure!(one_order(&taken)?.number == Some(2), "{taken:?}");

    let complete = command_id();
    let completed = at_once(|| {
        let (bea, id, order) = (bea.clone(), complete.clone(), order.order.clone());
        async move { Ok(bea.sends_as(&id, &order, OrderRequest::Complete {}).await?) }
    })
    .await?;
    ensure!(one_order(&completed)?.status == Status::Ready, "{completed:?}");

    let entries = bea.log(0).await?.entries;
    for id in [scan, place, take, complete] {
        let times = entries.iter().filter(|entry| entry.cause == id).count();
        ensure!(times == 1, "{id} is in the log {times} times");
    }
    Ok(())
}

async fn at_once<F>(send: impl Fn() -> F) -> Result<Vec<OrderView>>
where
    F: Future<Output = Result<OrderView>> + Send + 'static,
{
    let start = Arc::new(Barrier::new(COPIES));
    let mut copies = JoinSet::new();
    for _ in 0..COPIES {
        let (start, sent) = (start.clone(), send());
        copies.spawn(async move {
            start.wait().await;
            sent.await
        });
    }
    copies.join_all().await.into_iter().collect()
}

fn one_order(views: &[OrderView]) -> Result<&OrderView> {
    let first = views.first().context("an answer")?;
    for view in views {
        ensure!(view.order == first.order && view.version == first.version, "{view:?}");
    }
    Ok(first)
}

#[tokio::test]
async fn a_restart_forgets_no_command() -> Result<()> {
    let mut bar = Bar::of(Server::start_lasting().await?);
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    let (scan, take, place) = (command_id(), command_id(), command_id());
    let scanned = ada.scans_as(&scan, &code).await?;
    let request = |drink: &str| OrderRequest::Place {
        drink: slug(drink),
        options: Options::default(),
        name: None,
    };
    let placed = ada.sends_as(&place, &scanned.order, request("latte")).await?;
    let taken = bea.takes_as(&take, "tea", Some("Eve")).await?;
    let last = bea.log(0).await?.last;

    bar.server.kill().await?;
    bar.server.restart().await?;

    ensure!(ada.scans_as(&scan, &code).await?.order == scanned.order, "the same order");
    let again = ada.sends_as(&place, &scanned.order, request("latte")).await?;
    ensure!((again.number, again.version) == (placed.number, placed.version), "{again:?}");
    let again = bea.takes_as(&take, "tea", Some("Eve")).await?;
    ensure!((again.order, again.number) == (taken.order, taken.number), "the same walk-up");
    ensure!(again.name.as_deref() == Some("Eve"), "with its name");
    ada.sends_as(&place, &scanned.order, request("tea")).await.refused(Code::CommandReused)?;
    bea.takes_as(&take, "mocha", Some("Eve")).await.refused(Code::CommandReused)?;
    ensure!(bea.log(0).await?.last == last, "nothing was written");
    Ok(())
}

#[tokio::test]
async fn an_id_belongs_to_whoever_sent_it() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, eve) = (bar.guest().await?, bar.guest().await?);
    let (bea, bob) = (bar.bea().await?, bar.bob().await?);
    let code = bea.code().await?.code;
    let id = command_id();
    let hers = ada.scans_as(&id, &code).await?.order;
    let other = eve.scans_as(&id, &code).await?.order;
    let walk_up = bea.takes_as(&id, "tea", None).await?.order;
    let another = bob.takes_as(&id, "tea", None).await?.order;
    let mut orders = vec![hers, other, walk_up, another];
    orders.sort();
    orders.dedup();
    ensure!(orders.len() == 4, "four orders: {orders:?}");
    Ok(())
}

#[tokio::test]
async fn what_was_refused_or_changed_nothing_is_decided_again() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    let (scan, take, open) = (command_id(), command_id(), command_id());
    let opens = || async {
        let body = json!({ "type": "open" });
        bea.posts(&path::bar_commands(&bea.bar), &open, body).await?.read::<BarView>()
    };
    let last = opens().await?.seq;
    bea.closes().await?;
    ada.scans_as(&scan, &code).await.refused(Code::BarClosed)?;
    bea.takes_as(&take, "tea", None).await.refused(Code::BarClosed)?;
    ensure!(opens().await?.seq == last + 2, "open when it was open changed nothing; now it does");
    ada.scans_as(&scan, &code).await?;
    bea.takes_as(&take, "tea", None).await?;
    Ok(())
}

#[tokio::test]
async fn a_bar_is_not_closed_twice_by_one_command() -> Result<()> {
    let bar = Bar::open().await?;
    let (bea, olga) = (bar.bea().await?, bar.olga().await?);
    let (close, found) = (command_id(), command_id());
    let closes = async || {
        let body = json!({ "type": "close" });
        bea.posts(&path::bar_commands(&bea.bar), &close, body).await?.read::<BarView>()
    };
    ensure!(closes().await?.status == BarStatus::Closed, "the first time");
    bea.opens().await?;
    let last = bea.log(0).await?.last;
    ensure!(closes().await?.status == BarStatus::Open, "the view as it is now");
    ensure!(bea.log(0).await?.last == last, "nothing was written");
    for _ in 0..2 {
        let body = json!({ "bar": "hall-2", "name": "Second", "place": "Hall 2" });
        let answer = olga.posts(route::BARS, &found, body).await?;
        ensure!(answer.status == 201, "{answer:?}");
    }
    Ok(())
}
