//! Everybody at the same instant.

use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use domain::limits::LimitsChange;
use domain::{Code, Event, Status};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::bar::{Bar, roomy};
use crate::http::{No, Refusal as _};
use crate::person::{Person, command_id};
use crate::platform::Platform;

const PHONES: usize = 200;
const TICKETS: usize = 40;

#[tokio::test]
async fn of_200_phones_that_scan_a_code_good_for_10_exactly_10_come_in() -> Result<()> {
    let bar = Bar::open().await?;
    let olga = bar.olga().await?;
    let mut phones = Vec::new();
    for _ in 0..PHONES {
        phones.push(bar.guest().await?);
    }
    for round in 1..=Platform::is().rushes() {
        let slug = format!("round-{round}");
        let limits = LimitsChange { uses_per_window: Some(10), ..roomy() };
        let opened = olga.founds(&slug, limits).await?.bar;
        let olga = olga.at(&opened);
        olga.opens().await?;
        let phones = phones.iter().map(|phone| phone.at(&opened));
        let inside = all_at_once(phones.collect(), &olga.code().await?.code).await?;
        let mut orders: Vec<_> = inside.iter().map(|order| order.order.clone()).collect();
        orders.sort();
        orders.dedup();
        ensure!(orders.len() == 10, "{} came in, in round {round}", orders.len());
        ensure!(inside.iter().all(|order| order.status == Status::Choosing), "they may choose");
        let code = olga.code().await?;
        ensure!(code.uses_left == 0 && !code.accepting, "{code:?}");
        ensure!(olga.bar().await?.in_progress == 10, "ten places are taken");
        let entries = olga.log(0).await?.entries;
        let redeemed = entries.iter().flat_map(|entry| &entry.events).filter_map(|event| {
            let redeemed = matches!(event, Event::CodeRedeemed { .. });
            event.order().filter(|_| redeemed).cloned()
        });
        let mut redeemed: Vec<_> = redeemed.collect();
        redeemed.sort();
        ensure!(redeemed == orders, "the log knows of the same ten");
    }
    Ok(())
}

/// The orders of those who came in; everybody else was told that the code is used up.
async fn all_at_once(phones: Vec<Person>, code: &str) -> Result<Vec<domain::view::OrderView>> {
    let start = Arc::new(Barrier::new(phones.len()));
    let mut scans = JoinSet::new();
    for phone in phones {
        let (start, code) = (start.clone(), code.to_owned());
        scans.spawn(async move {
            start.wait().await;
            let id = command_id();
            loop {
                match phone.scans_as(&id, &code).await {
                    // Two hundred processes wanted to write the same entry: the same command again
                    // will tell, which is what a phone does.
                    Err(No::Refused { problem, .. })
                        if problem.code == Code::Unavailable && Platform::is() == Platform::Aws => {
                    }
                    answer => return answer,
                }
            }
        });
    }
    let mut inside = Vec::new();
    while let Some(scan) = scans.join_next().await {
        match scan? {
            Ok(order) => inside.push(order),
            refused => {
                let problem = refused.refused(Code::CodeUsedUp)?;
                problem.retry_at.context("a new code will come")?;
            }
        }
    }
    Ok(inside)
}

#[tokio::test]
async fn of_two_baristas_who_reach_for_one_ticket_one_has_it() -> Result<()> {
    let bar = Bar::open().await?;
    let (bea, bob) = (bar.bea().await?, bar.bob().await?);
    for ticket in 1..=TICKETS {
        let order = bea.takes("espresso").await?.order;
        let (first, second) = tokio::join!(bea.claims(&order), bob.claims(&order));
        let (winner, won, lost) =
            if first.is_ok() { ("Bea", first, second) } else { ("Bob", second, first) };
        let won = won.with_context(|| format!("ticket {ticket} was given to nobody"))?;
        ensure!(won.status == Status::Making && won.by.as_deref() == Some(winner), "{won:?}");
        let problem = lost.refused(Code::Taken)?;
        ensure!(problem.taken_by.as_deref() == Some(winner), "{problem:?}");
        ensure!(problem.detail.contains(winner), "who has it can be read: {problem:?}");
        let seen = bob.order(&order).await?;
        ensure!(seen.by.as_deref() == Some(winner), "{seen:?}");
    }
    let making = bea.queue().await?.orders;
    ensure!(making.len() == TICKETS, "every ticket is there once: {}", making.len());
    Ok(())
}
