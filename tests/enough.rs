//! Who asks too much is told when to ask again, and nobody else is.

use anyhow::{Context as _, Result, ensure};
use domain::Code;
use domain::api::path;

use crate::bar::Bar;
use crate::http::{Answer, Refusal as _};
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
