//! Waiting, never for ever.

use std::future::Future;
use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::time::Instant;

/// How long anything may take on a busy machine before it counts as never happening.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// What comes of `future`, or an error naming `what` did not happen in time.
pub(crate) async fn soon<T>(what: &str, future: impl Future<Output = T>) -> Result<T> {
    let outcome = tokio::time::timeout(PATIENCE, future).await;
    outcome.with_context(|| format!("{what}: not within {PATIENCE:?}"))
}

/// Asks again and again until the answer is yes.
pub(crate) async fn until(what: &str, yes: impl AsyncFn() -> Result<bool>) -> Result<()> {
    soon(what, async {
        while !yes().await? {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    })
    .await?
}

/// Checks again and again until nothing is wrong any more; else the last thing that was.
pub(crate) async fn settles(check: impl AsyncFn() -> Result<()>) -> Result<()> {
    let began = Instant::now();
    loop {
        match check().await {
            Err(_) if began.elapsed() < PATIENCE => {}
            outcome => return outcome,
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
