//! `kill -9` in the middle of the rush: whatever was acknowledged is there once, and whoever was
//! not answered asks again under the same id.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use domain::api::{DrinkRequest, OrderRequest, RedeemCode, path};
use domain::menu::Options;
use domain::view::OrderView;
use domain::{Code, Entry, Event, OrderId, Status};
use serde::Serialize;
use tokio::task::JoinSet;

use crate::bar::{Bar, roomy};
use crate::http::{Answer, No};
use crate::person::{Person, command_id, slug};
use crate::platform::{Killings, Platform};
use crate::server::Server;
use crate::soon::{soon, until};

#[tokio::test]
async fn what_was_acknowledged_survives_kill_9_and_nothing_is_there_twice() -> Result<()> {
    let Killings { clients: of_each, between, kills } = Platform::is().killings();
    let mut bar = Bar::of(Server::start_lasting().await?).with(roomy()).await?;
    let olga = bar.olga().await?;
    let code = olga.code().await?.code;

    let rush = Rush::default();
    let mut clients = JoinSet::new();
    let bea = bar.bea().await?;
    for _ in 0..of_each {
        let guest = bar.guest().await?;
        clients.spawn(rush.clone().guest(guest, code.clone()));
        clients.spawn(rush.clone().till(bea.clone()));
    }
    for _ in 0..kills {
        let before = rush.answered();
        until("more answers", async || Ok(rush.answered() >= before + between)).await?;
        bar.server.kill().await?;
        bar.server.restart().await?;
    }
    let before = rush.answered();
    until("more answers", async || Ok(rush.answered() >= before + between)).await?;
    rush.over.store(true, Ordering::Relaxed);

    let mut orders = Vec::new();
    while let Some(client) = soon("everybody's last answer", clients.join_next()).await? {
        orders.extend(client??);
    }
    let entries = whole_log(&olga).await?;
    check_log(&entries)?;
    check_orders(&olga, &orders, &entries).await
}

/// What everybody shares: when it is over, and how many commands were answered.
#[derive(Clone, Default)]
struct Rush {
    over: Arc<AtomicBool>,
    answers: Arc<AtomicUsize>,
}

impl Rush {
    fn answered(&self) -> usize {
        self.answers.load(Ordering::Relaxed)
    }

    fn goes_on(&self) -> bool {
        !self.over.load(Ordering::Relaxed)
    }

    /// Somebody who scans and places again as soon as the drink before is called off.
    async fn guest(self, guest: Person, code: String) -> Result<Vec<OrderView>> {
        let mut placed = Vec::new();
        while self.goes_on() {
            let scan = RedeemCode { code: code.clone() };
            let order = self.insists(&guest, &path::orders(&guest.bar), scan).await?.order;
            let (drink, options) = (slug("latte"), Options::default());
            let place = OrderRequest::Place { drink, options, name: Some("Ada".to_owned()) };
            placed.push(self.insists(&guest, &path::order_commands(&order), place).await?);
            let cancel = OrderRequest::Cancel { reason: None };
            self.insists(&guest, &path::order_commands(&order), cancel).await?;
        }
        Ok(placed)
    }

    /// A till where one walk-up follows the other, and drinks are made at once.
    async fn till(self, till: Person) -> Result<Vec<OrderView>> {
        let mut taken = Vec::new();
        while self.goes_on() {
            let (drink, options) = (slug("tea"), Options::default());
            let take = DrinkRequest { drink, options, name: Some("Walk-up".to_owned()) };
            let view = self.insists(&till, &path::orders(&till.bar), take).await?;
            let complete = OrderRequest::Complete {};
            self.insists(&till, &path::order_commands(&view.order), complete).await?;
            taken.push(view);
        }
        Ok(taken)
    }

    /// Sends one command under one id until it is answered.
    async fn insists(
        &self,
        who: &Person,
        path: &str,
        command: impl Serialize,
    ) -> Result<OrderView> {
        let id = command_id();
        loop {
            match who.posts(path, &id, &command).await.and_then(Answer::read) {
                Ok(view) => {
                    self.answers.fetch_add(1, Ordering::Relaxed);
                    return Ok(view);
                }
                Err(No::Lost { .. }) => {}
                Err(No::Refused { problem, .. }) if problem.code == Code::Unavailable => {}
                Err(other) => bail!("{id}: {other}"),
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

pub(crate) async fn whole_log(staff: &Person) -> Result<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    loop {
        let page = staff.log(entries.last().map_or(0, |entry| entry.seq)).await?;
        if page.entries.is_empty() {
            ensure!(entries.last().map(|entry| entry.seq) == Some(page.last), "read to the end");
            return Ok(entries);
        }
        entries.extend(page.entries);
    }
}

/// No gap, nothing twice, no way back in time.
pub(crate) fn check_log(entries: &[Entry]) -> Result<()> {
    for (expected, entry) in (1..).zip(entries) {
        ensure!(entry.seq == expected, "{expected} is missing: {entry:?}");
    }
    for pair in entries.windows(2) {
        ensure!(pair[0].at <= pair[1].at, "time went back: {pair:?}");
    }
    let mut causes = BTreeSet::new();
    for entry in entries {
        let by = format!("{:?}", entry.by);
        ensure!(causes.insert((by, entry.cause.clone())), "carried out twice: {entry:?}");
    }
    Ok(())
}

/// Acknowledged orders = orders in the log = distinct numbers.
async fn check_orders(staff: &Person, orders: &[OrderView], entries: &[Entry]) -> Result<()> {
    let acknowledged: BTreeSet<OrderId> = orders.iter().map(|view| view.order.clone()).collect();
    ensure!(acknowledged.len() == orders.len(), "an order was given out twice");
    let numbers: BTreeSet<u32> = orders.iter().filter_map(|view| view.number).collect();
    ensure!(numbers.len() == orders.len(), "a number was given out twice");
    let events = || entries.iter().flat_map(|entry| &entry.events);
    let of = |is: fn(&Event) -> bool| {
        let orders: Vec<OrderId> =
            events().filter(|event| is(event)).filter_map(Event::order).cloned().collect();
        let distinct: BTreeSet<OrderId> = orders.iter().cloned().collect();
        (orders.len() == distinct.len()).then_some(distinct).context("something happened twice")
    };
    let placed = of(|event| matches!(event, Event::OrderPlaced { .. }))?;
    ensure!(placed == acknowledged, "{:?}", placed.symmetric_difference(&acknowledged));
    let redeemed = of(|event| matches!(event, Event::CodeRedeemed { .. }))?;
    let cancelled = of(|event| matches!(event, Event::OrderCancelled { .. }))?;
    ensure!(redeemed == cancelled, "every scan was placed and called off once");
    let completed = of(|event| matches!(event, Event::OrderCompleted { .. }))?;
    let made: BTreeSet<OrderId> = placed.difference(&redeemed).cloned().collect();
    ensure!(completed == made, "every walk-up was made once");
    // And the bar that was folded from it agrees, names included.
    let queue = staff.queue().await?.orders;
    ensure!(queue.len() == completed.len(), "{} in the queue", queue.len());
    for view in &queue {
        ensure!(completed.contains(&view.order) && view.status == Status::Ready, "{view:?}");
        ensure!(view.name.as_deref() == Some("Walk-up"), "{view:?}");
    }
    Ok(())
}
