//! Who asks too much is told when to ask again, and nobody else is.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result, ensure};
use domain::Code;
use domain::api::{Credentials, path, route};
use tokio::task::JoinSet;

use crate::bar::Bar;
use crate::http::{Answer, Http, Refusal as _};
use crate::server::Server;
use crate::soon::until;

/// The refusal, with the time it names in both of its places.
fn told_to_wait(answer: Answer) -> Result<()> {
    let seconds: u64 = answer.header("retry-after").parse().context("Retry-After")?;
    let problem = answer.problem(Code::TooManyRequests)?;
    ensure!((1..=60).contains(&seconds), "{seconds} s");
    ensure!(problem.retry_at.is_some(), "{problem:?}");
    Ok(())
}

#[tokio::test]
async fn a_guest_who_asks_too_much_waits_and_nobody_else_does() -> Result<()> {
    let bar = Bar::of(Server::start_set(&[("GUEST_REQUESTS", "60")]).await?);
    let (ada, eve, bea) = (bar.guest().await?, bar.guest().await?, bar.bea().await?);
    for _ in 0..60 {
        ada.bar().await?;
    }
    // One more may have come back meanwhile.
    until("enough", async || Ok(ada.bar().await.is_err())).await?;
    told_to_wait(ada.gets(&path::my_orders(1)).await?)?;
    eve.bar().await?;
    bar.http.get(&path::bar(&bar.id), None).await?.read::<domain::view::BarView>()?;
    for _ in 0..200 {
        bea.bar().await?;
    }
    until("a second later", async || Ok(ada.bar().await.is_ok())).await
}

#[tokio::test]
async fn guessing_codes_takes_longer_and_longer_until_one_is_right() -> Result<()> {
    let bar = Bar::of(Server::start_set(&[("UNKNOWN_CODES", "5")]).await?);
    let (ada, code) = (bar.guest().await?, bar.bea().await?.code().await?.code);
    for _ in 0..4 {
        ada.scans("NONSENSE").await.refused(Code::CodeUnknown)?;
    }
    ada.scans(&code).await.context("nobody waits yet, and a good one makes up for the others")?;
    let eve = bar.guest().await?;
    for _ in 0..5 {
        eve.scans("NONSENSE").await.refused(Code::CodeUnknown)?;
    }
    // The same address: a venue is one.
    let bob = bar.guest().await?;
    let scan = serde_json::json!({ "code": "NONSENSE" });
    let answer = bob.posts(&path::orders(&bar.id), &crate::person::command_id(), scan).await?;
    told_to_wait(answer)?;
    bob.scans(&code).await.context("whoever has a good code is let in all the same")?;
    eve.scans("NONSENSE").await.refused(Code::CodeUnknown)?;
    Ok(())
}

/// However many try from one address, under however many names: whoever signs in from another is
/// not kept waiting for them.
#[tokio::test]
async fn a_crowd_at_the_door_keeps_no_barista_out() -> Result<()> {
    const CROWD: usize = 40;
    if !cfg!(target_os = "linux") {
        println!("skipped: this machine has one address alone to come from");
        return Ok(());
    }
    let bar = Bar::open().await?;
    let tried = Arc::new(AtomicUsize::new(0));
    let mut crowd = JoinSet::new();
    for number in 0..CROWD {
        let (http, tried) = (bar.http.clone(), tried.clone());
        crowd.spawn(async move {
            let (username, password) = (format!("nobody-{number}"), "guess".to_owned());
            let credentials = Credentials { username, password };
            let answer = http.post(route::STAFF_SESSIONS, None, &credentials).await?;
            tried.fetch_add(1, Ordering::Relaxed);
            answer.problem(Code::BadCredentials)
        });
    }
    until("the first of the crowd", async || Ok(tried.load(Ordering::Relaxed) > 0)).await?;
    let elsewhere = Http::from(Ipv4Addr::new(127, 0, 0, 2), bar.server.address());
    let before = tried.load(Ordering::Relaxed);
    let bar = Bar { http: elsewhere, ..bar };
    bar.bea().await?;
    let meanwhile = tried.load(Ordering::Relaxed) - before;
    println!("{meanwhile} of {CROWD} were tried before her");
    ensure!(meanwhile <= CROWD / 2, "{meanwhile} of the crowd came before her");
    crowd.abort_all();
    Ok(())
}
