//! Nothing happens: then next to nothing is asked.

use std::time::Duration;

use anyhow::{Result, ensure};
use domain::Status;

use crate::browser::{Monitor, Phone, Tablet, Window};

/// After this long without a request a page has fetched all it wanted to begin with.
const SETTLED: f64 = 5000.0;
/// From the last of those requests on: a minute, and a little for a timer that is late.
const OBSERVED: f64 = 62_500.0;

#[tokio::test]
async fn an_idle_minute_makes_one_request() -> Result<()> {
    let bar = super::bar().await?;
    let url = bar.bea().await?.code().await?.url;
    // Not at a desk: while it waits it does nothing.
    let (waiting, looking, tablet, monitor) = tokio::try_join!(
        Phone::opens(&url),
        Phone::opens(&url),
        Tablet::of("barista", &bar),
        Monitor::of(&bar)
    )?;
    let number = waiting.orders_a_latte().await?;
    tablet.has(number, Status::Placed).await?;

    tokio::try_join!(
        asks_once(&waiting, "a guest in the queue"),
        asks_once(&looking, "a guest at the door"),
        asks_once(&tablet, "the tablet"),
        asks_once(&monitor, "the monitor"),
    )?;
    waiting.ends_clean().await?;
    looking.ends_clean().await?;
    tablet.ends_clean().await?;
    monitor.ends_clean().await
}

/// When requests were begun, in milliseconds of the page's life; then what the time is.
const REQUESTS: &str = "
    const begun = performance.getEntriesByType('resource').map(entry => entry.startTime);
    return [begun.sort((one, other) => one - other), performance.now()];
";

async fn asks_once(window: &Window, who: &str) -> Result<()> {
    let mut looks = tokio::time::interval(Duration::from_millis(500));
    let last = loop {
        looks.tick().await;
        let (begun, now): (Vec<f64>, f64) = window.script(REQUESTS, &[]).await?;
        let last = begun.last().copied().unwrap_or_default();
        ensure!(now < 60_000.0, "{who} never stops asking: {begun:?}");
        if now - last > SETTLED {
            break last;
        }
    };
    let asked = loop {
        looks.tick().await;
        let (begun, now): (Vec<f64>, f64) = window.script(REQUESTS, &[]).await?;
        if now - last > OBSERVED {
            break begun.into_iter().filter(|at| *at > last).collect::<Vec<_>>();
        }
    };
    ensure!(asked.len() == 1, "{who} asked {} times, after {last}: {asked:?}", asked.len());
    Ok(())
}
