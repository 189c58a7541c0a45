//! The start of a shift: the sound of new orders, and a screen that stays on.

use anyhow::{Result, ensure};
use domain::Status;

use super::shift::take;
use crate::bar::Bar;
use crate::browser::{Noise, Tablet, desk, id, lane};
use crate::http::Http;
use crate::server::Server;
use crate::soon::{PATIENCE, until};

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

/// Stands in for a device: how it keeps its screen on.
const KEEPS_SCREEN_ON: &str = "
    window.asked = 0;
    const request = async () => {
        window.asked += 1;
        return window.lock = { released: false, release() { this.released = true; } };
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
";
/// How it says no.
const REFUSES_SCREEN: &str = "
    const request = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
";
const HAS_NO_WAKE_LOCK: &str =
    "Object.defineProperty(navigator, 'wakeLock', { value: undefined });";
const HAS_NO_SOUND: &str = "delete window.AudioContext;";
/// A browser that keeps pages silent says so, or nothing.
const REFUSES_SOUND: &str = "
    Object.defineProperty(BaseAudioContext.prototype, 'state', { get: () => 'suspended' });
    AudioContext.prototype.resume =
        () => Promise.reject(new DOMException('no', 'NotAllowedError'));
";
const NEVER_SAYS: &str = "
    Object.defineProperty(BaseAudioContext.prototype, 'state', { get: () => 'suspended' });
    AudioContext.prototype.resume = () => new Promise(() => {});
";

#[tokio::test]
async fn a_shift_begins_with_what_is_impossible_and_why() -> Result<()> {
    let bar = super::bar().await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    for (device, words, marks) in [
        (vec![KEEPS_SCREEN_ON], ["sound like", "stays on"], 0),
        (vec![REFUSES_SCREEN], ["sound like", "refuses to keep it on"], 1),
        (vec![HAS_NO_WAKE_LOCK], ["sound like", "this browser cannot keep it on"], 1),
        (vec![KEEPS_SCREEN_ON, HAS_NO_SOUND], ["this browser cannot play any", "stays on"], 1),
        (vec![KEEPS_SCREEN_ON, REFUSES_SOUND], ["keeps the page silent", "stays on"], 1),
        (vec![REFUSES_SCREEN, NEVER_SAYS], ["keeps the page silent", "refuses"], 2),
    ] {
        tablet.reload().await?;
        tablet.is_at_work().await?;
        tablet.script::<()>(&format!("{}; return null", device.concat()), &[]).await?;
        tablet.clicks(&id("start-shift")).await?;
        let is_well = (marks == 0).to_string();
        tablet.tells(&id("shift"), "data-well", &is_well).await?;
        for words in words {
            tablet.mentions(&id("shift"), words).await?;
        }
        let are_marked = |seen: &[_]| seen.len() == marks;
        tablet.until_all(".shift-marks .badge", "are marked", PATIENCE, are_marked).await?;
        tablet.lacks(&id("start-shift")).await?;
    }
    // A new order makes no sound then, and nothing else of it.
    let number = take(&bar, "tea").await?;
    tablet.has(number, Status::Placed).await?;
    tablet.ends_clean().await
}

#[tokio::test]
async fn a_screen_that_was_let_go_is_asked_for_again() -> Result<()> {
    let bar = super::bar().await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.begins_with(KEEPS_SCREEN_ON).await?;
    tablet.reload().await?;
    tablet.is_at_work().await?;
    tablet.clicks(&id("start-shift")).await?;
    tablet.tells(&id("shift"), "data-well", "true").await?;

    // Another tab is looked at: the browser lets go, and is not asked.
    let shows = "
        Object.defineProperty(document, 'hidden', { configurable: true, value: arguments[0] === 'no' });
        if (document.hidden) window.lock.released = true;
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
        return null;
    ";
    let asked = async || tablet.script::<u32>("return window.asked", &[]).await;
    tablet.script::<()>(shows, &["no"]).await?;
    tablet.mentions("header", "Screen may go dark").await?;
    ensure!(asked().await? == 1, "asked while nobody looks");
    tablet.script::<()>(shows, &["yes"]).await?;
    until("it is asked for again", async || Ok(asked().await? == 2)).await?;
    tablet.lacks(".shift-marks .badge").await?;
    tablet.ends_clean().await
}
