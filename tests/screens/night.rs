//! A monitor that nobody touches: cut off, asleep, its clock set, for a night of changes.

use std::time::Duration;

use anyhow::{Result, ensure};
use domain::limits::LimitsChange;
use tokio::time::{Instant, sleep};

use crate::bar::Bar;
use crate::browser::{Monitor, Noise, card, desk, id};
use crate::platform::Platform;
use crate::soon::{soon, until};

/// A busy machine's share in what is measured here.
const SLACK: Duration = Duration::from_millis(1500);

#[tokio::test]
async fn a_socket_that_is_cut_is_mended_by_nobody() -> Result<()> {
    let bar = super::bar().await?;
    let _desk = desk().await?;
    let monitor = Monitor::of(&bar).await?;
    // Whichever socket is used next is the one: a sign of life is asked for every few seconds.
    let cut = "
        const send = WebSocket.prototype.send;
        WebSocket.prototype.send = function (data) {
            WebSocket.prototype.send = send;
            this.close();
        };
        return null;
    ";
    monitor.script::<()>(cut, &[]).await?;
    monitor.tells(&id("connection"), "data-state", "reconnecting").await?;
    let number = bar.bea().await?.takes("tea").await?.number.unwrap_or_default();
    monitor.sees(&card(number)).await?;
    monitor.is_live().await?;
    monitor.was_not_reloaded().await?;
    monitor.ends_clean_but(&[Noise::Outage]).await
}

#[tokio::test]
async fn the_next_code_comes_on_the_second() -> Result<()> {
    let bar = Bar::open().await?;
    let window = LimitsChange { window_seconds: Some(5), ..LimitsChange::default() };
    super::set(&bar, window).await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let monitor = Monitor::of(&bar).await?;
    monitor.invites().await?;
    let mut before = bea.code().await?;
    for _ in 0..4 {
        let is_next = async {
            loop {
                let code = bea.code().await?;
                if code.code != before.code {
                    return anyhow::Ok(code);
                }
                sleep(Duration::from_millis(20)).await;
            }
        };
        let next = soon("the next window", is_next).await??;
        // Up to a second of jitter, so that a thousand screens do not ask at once.
        let patience = Platform::is().screens_follow_within() + SLACK;
        monitor
            .until_all(
                &id("qr"),
                "is the next",
                patience,
                |seen| matches!(seen, [one] if one.attribute("data-url") == Some(&next.url)),
            )
            .await?;
        ensure!(monitor.qr().await? == next.url, "the picture is another than what it says");
        before = next;
    }
    monitor.was_not_reloaded().await?;
    monitor.ends_clean().await
}

#[tokio::test]
async fn a_screen_that_slept_is_right_as_soon_as_it_wakes() -> Result<()> {
    let bar = super::bar().await?;
    let _desk = desk().await?;
    let monitor = Monitor::of(&bar).await?;
    monitor.invites().await?;
    let left: u64 = seconds(&monitor).await?;

    // Eight hours on, and then an hour back: what the clock of a screen does that was asleep, or
    // is set right. It asks for everything at once.
    let real = "window.real ??= Date.now; const shift = Number(arguments[0]);
        performance.clearResourceTimings(); Date.now = () => window.real() + shift; return null";
    for shift in ["28800000", "-3600000"] {
        monitor.script::<()>(real, &[shift]).await?;
        let asked = "return ['/board', '/code'].every(path =>
            performance.getEntriesByType('resource').some(entry => entry.name.endsWith(path)))";
        until("the screen to ask", async || monitor.script(asked, &[]).await).await?;
        until("the countdown to be right", async || {
            Ok(seconds(&monitor).await?.abs_diff(left) < 60)
        })
        .await?;
    }
    monitor.is_live().await?;
    monitor.was_not_reloaded().await?;
    monitor.ends_clean_but(&[Noise::Outage]).await
}

/// What the countdown to the next code says.
async fn seconds(monitor: &Monitor) -> Result<u64> {
    let text = monitor.sees(&id("closes-in")).await?.text;
    Ok(text.split(':').fold(0, |sum, part| sum * 60 + part.parse::<u64>().unwrap_or_default()))
}

#[tokio::test]
async fn a_nights_worth_of_changes_leaves_nothing_behind() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let olga = bar.olga().await?;
    let _desk = desk().await?;
    let monitor = Monitor::of(&bar).await?;
    // What one order leaves: a card that came, moved and went, and a scene or two.
    let round = async |times: usize| {
        for _ in 0..times {
            let order = bea.takes("tea").await?;
            bea.completes(&order.order).await?;
            bea.collects(&order.order).await?;
            olga.closes().await?;
            olga.opens().await?;
        }
        let last = bea.takes("tea").await?;
        let number = last.number.unwrap_or_default();
        monitor.sees(&card(number)).await?;
        bea.cancels(&last.order, Some("made-twice")).await?;
        monitor.lacks(&card(number)).await?;
        monitor.invites().await?;
        monitor.holds_on_to(&["Nodes", "JSEventListeners", "JSHeapUsedSize"]).await
    };
    let began = Instant::now();
    let before = round(20).await?;
    let after = round(120).await?;
    let [nodes, listeners, bytes] = [0, 1, 2].map(|which| after[which] - before[which]);
    ensure!(
        nodes < 60.0 && listeners < 10.0 && bytes < 300_000.0,
        "after {:?} there are {nodes} nodes, {listeners} listeners and {bytes} bytes more",
        began.elapsed()
    );
    monitor.ends_clean().await
}
