//! A phone whose clock is wrong: countdowns and waits are by the server's.

use anyhow::{Context as _, Result, ensure};
use domain::Status;

use super::guest::only_order;
use crate::browser::{Phone, Seen, desk, id};
use crate::soon::until;

/// The device's clock goes wrong by so many milliseconds, once more each time.
const SET: &str = "
    const right = window.right ??= Date;
    const shift = Number(arguments[0]);
    window.Date = class extends right {
        constructor(...given) {
            given.length ? super(...given) : super(right.now() + shift);
        }
        static now() { return right.now() + shift; }
    };
    performance.clearResourceTimings();
    return null;
";

/// Whether the phone has asked about the bar since then.
const ASKED: &str = "
    return performance.getEntriesByType('resource').some(entry => entry.name.includes('/api/bars/'));
";

#[tokio::test]
async fn a_phone_whose_clock_is_wrong_counts_by_the_servers() -> Result<()> {
    let _desk = desk().await?;
    tokio::try_join!(counts_right(-7 * 3600), counts_right(7 * 3600))?;
    Ok(())
}

/// All that counts on a phone whose clock is so many seconds ahead.
async fn counts_right(ahead: i64) -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let phone = Phone::opens("about:blank").await?;
    let shift = (ahead * 1000).to_string();
    phone.begins_with(&format!("(function () {{ {SET} }})({shift})")).await?;
    phone.goto(&bea.code().await?.url).await?;

    let ends = bea.bar().await?.now.plus_seconds(600);
    bea.pauses(Some(ends), None).await?;
    is_left(&phone, &id("retry-at"), 600).await?;
    // Set by hand while the page is open, or right again after a sleep.
    let other = (ahead * -500).to_string();
    phone.script::<()>(SET, &[&other]).await?;
    until("the phone to ask", async || phone.script(ASKED, &[]).await).await?;
    is_left(&phone, &id("retry-at"), 600).await?;

    // The pause ends by the clock alone.
    let ends = bea.bar().await?.now.plus_seconds(4);
    bea.pauses(Some(ends), None).await?;
    phone.starts().await?;
    is_left(&phone, ".time-left .number", 300).await?;
    phone.chooses("latte", &[]).await?;
    phone.places().await?;
    let order = only_order(&bea).await?;
    let wait = order.wait_seconds.context("a wait")?;
    let is_right = |seen: &Seen| {
        let shown = seen.attribute("data-seconds").and_then(|seconds| seconds.parse::<u32>().ok());
        shown.is_some_and(|shown| 0 < shown && shown <= wait)
    };
    phone.until(&id("wait"), "is what the server says", is_right).await?;
    bea.completes(&order.order).await?;
    phone.clicks(&id("got-it")).await?;
    phone.is_at(Status::Collected).await?;
    let text = phone.sees(".ending").await?.text;
    ensure!(!text.contains("min"), "it took seconds: {text}");
    phone.was_not_reloaded().await?;
    phone.ends_clean().await
}

/// Waits until a countdown says what is left of so many seconds that have begun a moment ago.
async fn is_left(phone: &Phone, css: &str, seconds: u32) -> Result<()> {
    let is_right = |seen: &Seen| {
        let left = seen
            .text
            .split(':')
            .try_fold(0, |sum, part| Some(sum * 60 + part.parse::<u32>().ok()?));
        left.is_some_and(|left| left <= seconds && seconds - left < 60)
    };
    phone.until(css, &format!("is what is left of {seconds} s"), is_right).await?;
    Ok(())
}
