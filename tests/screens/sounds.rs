//! The start of a shift: the sound of new orders, and a screen that stays on.

use anyhow::{Result, ensure};
use domain::Status;

use super::shift::take;
use crate::bar::Bar;
use crate::browser::{Noise, Tablet, desk, id, lane};
use crate::http::Http;
use crate::server::Server;
use crate::soon::until;

/// Counts what is played from now on, and on how many contexts.
const LISTEN: &str = "
    window.notes = 0; window.resumed = 0; window.contexts = new Set();
    const { start } = AudioScheduledSourceNode.prototype;
    AudioScheduledSourceNode.prototype.start = function (...at) {
        window.notes += 1; window.contexts.add(this.context); return start.apply(this, at);
    };
    const { resume } = AudioContext.prototype;
    AudioContext.prototype.resume = function () { window.resumed += 1; return resume.apply(this); };
    return null;
";

/// How often the two notes of a new order were played, how often the context was woken before,
/// and how many contexts there are.
async fn heard(tablet: &Tablet) -> Result<[u32; 3]> {
    tablet.script("return [window.notes / 2, window.resumed, window.contexts.size]", &[]).await
}

async fn has_rung(tablet: &Tablet, times: u32) -> Result<()> {
    until("it rings", async || {
        let [rung, woken, contexts] = heard(tablet).await?;
        Ok(rung == times && woken >= times && contexts == 1)
    })
    .await
}

#[tokio::test]
async fn new_orders_ring_from_the_first_one_on() -> Result<()> {
    let mut bar = Bar::of(Server::start_lasting().await?);
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.script::<()>(LISTEN, &[]).await?;
    tablet.clicks(&id("start-shift")).await?;
    // A trial, so that one knows what to listen for.
    has_rung(&tablet, 1).await?;
    tablet.sees(&id("shift")).await?;
    tablet.lacks(&id("start-shift")).await?;

    let first = take(&bar, "tea").await?;
    tablet.has(first, Status::Placed).await?;
    has_rung(&tablet, 2).await?;
    let second = take(&bar, "latte").await?;
    tablet.has(second, Status::Placed).await?;
    has_rung(&tablet, 3).await?;

    // Once for all that came while it was cut off.
    bar.server.kill().await?;
    tablet.tells(&id("connection"), "data-state", "reconnecting").await?;
    bar.server.restart().await?;
    // Connections from before may be closed by the server just as they are used.
    bar.http = Http::to(bar.server.address());
    take(&bar, "mocha").await?;
    tablet.tells(&lane(Status::Placed), "data-count", "3").await?;
    has_rung(&tablet, 4).await?;
    tablet.ends_clean_but(&[Noise::Outage]).await
}

#[tokio::test]
async fn over_plain_http_it_says_why_the_screen_may_go_dark() -> Result<()> {
    let bar = Bar::of(Server::start_as("bar.test").await?);
    let origin = format!("http://bar.test:{}", bar.server.address().port());
    let _desk = desk().await?;
    let tablet = Tablet::opens(&origin, &bar).await?;
    tablet.signs_in("barista").await?;
    tablet.clicks(&id("start-shift")).await?;
    tablet.mentions(&id("shift"), "https").await?;
    tablet.tells(&id("shift"), "data-well", "false").await?;
    tablet.clicks(".shift-told .button").await?;
    tablet.lacks(&id("shift")).await?;
    // What is impossible stays in sight.
    tablet.mentions("header", "Screen may go dark").await?;
    let marks = tablet.look(".shift-marks .badge").await?.len();
    ensure!(marks == 1, "{marks} things are said to be impossible");
    tablet.ends_clean().await
}
