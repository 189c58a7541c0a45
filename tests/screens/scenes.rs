//! The monitor says from across the hall whether one can order, why not, and until when.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use domain::Code;
use domain::limits::LimitsChange;

use super::board_pages::nothing_is_cut;
use crate::bar::Bar;
use crate::browser::{Monitor, desk, id, within};
use crate::server::Server;
use crate::soon::settles;

/// What a scene looks like from afar: ground and sign.
const LOOKS: &str = "
    const part = document.querySelector('.invitation'), style = getComputedStyle(part);
    const sign = part.querySelector('.no-orders-mark');
    const before = sign && getComputedStyle(sign, '::before');
    return [style.backgroundColor, before && [before.width, before.borderWidth, before.borderRadius].join()]
        .join();
";

/// The note that the address in the QR leads nowhere but to this computer.
const ONLY_HERE: &str = ".only-here";

#[tokio::test]
async fn every_reason_is_a_scene_of_its_own_and_ends_by_itself() -> Result<()> {
    let bar = super::bar().await?;
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    let _desk = desk().await?;
    let monitor = Monitor::of(&bar).await?;
    monitor.invites().await?;
    let mut looks = BTreeSet::from([monitor.script::<String>(LOOKS, &[]).await?]);

    // A pause ends by the clock alone.
    let until = bea.bar().await?.now.plus_seconds(8);
    bea.pauses(Some(until), Some("Grinding fresh beans")).await?;
    monitor.takes_no_orders(Code::BarPaused).await?;
    monitor.mentions(&id("no-orders"), "Grinding fresh beans").await?;
    let countdown = within(&id("no-orders"), &id("retry-at"));
    monitor.until(&countdown, "counts down", |seen| seen.text.starts_with("0:0")).await?;
    looks.insert(monitor.script(LOOKS, &[]).await?);
    is_read_from_afar(&monitor, Code::BarPaused).await?;
    monitor.invites().await?;

    // As many words, and as long a time, as there may be.
    let until = bea.bar().await?.now.plus_seconds(11 * 3600);
    let said = "The grinder has given up, and a colleague is on the way with the one of the bar in the other hall, as fast as she can go";
    bea.pauses(Some(until), Some(said)).await?;
    monitor.takes_no_orders(Code::BarPaused).await?;
    monitor.mentions(&id("no-orders"), "as fast as she can").await?;
    is_read_from_afar(&monitor, Code::BarPaused).await?;

    // A pause without an end has no countdown.
    bea.pauses(None, None).await?;
    monitor.takes_no_orders(Code::BarPaused).await?;
    monitor.lacks(&countdown).await?;
    bea.opens().await?;
    monitor.invites().await?;

    // One order is all this bar takes; it is full until that is made.
    olga.limits(LimitsChange { max_in_progress: Some(1), ..LimitsChange::default() }).await?;
    let order = bea.takes("tea").await?.order;
    monitor.takes_no_orders(Code::BarFull).await?;
    looks.insert(monitor.script(LOOKS, &[]).await?);
    is_read_from_afar(&monitor, Code::BarFull).await?;
    bea.completes(&order).await?;
    monitor.invites().await?;

    olga.closes().await?;
    monitor.takes_no_orders(Code::BarClosed).await?;
    looks.insert(monitor.script(LOOKS, &[]).await?);
    is_read_from_afar(&monitor, Code::BarClosed).await?;
    olga.opens().await?;
    monitor.invites().await?;

    ensure!(looks.len() == 4, "open, paused, full and closed look like {looks:?}");
    monitor.was_not_reloaded().await?;
    monitor.ends_clean().await
}

#[tokio::test]
async fn a_code_used_up_says_when_the_next_one_comes_and_brings_it() -> Result<()> {
    let bar = Bar::open().await?;
    super::set(
        &bar,
        LimitsChange {
            window_seconds: Some(10),
            uses_per_window: Some(1),
            ..LimitsChange::default()
        },
    )
    .await?;
    let _desk = desk().await?;
    let monitor = Monitor::of(&bar).await?;
    monitor.invites().await?;
    let code = bar.bea().await?.code().await?;
    bar.guest().await?.scans(&code.code).await?;
    monitor.takes_no_orders(Code::CodeUsedUp).await?;
    let countdown = within(&id("no-orders"), &id("retry-at"));
    monitor.until(&countdown, "counts down", |seen| seen.text.starts_with("0:")).await?;
    is_read_from_afar(&monitor, Code::CodeUsedUp).await?;
    monitor
        .until(&id("qr"), "is another", |qr| qr.attribute("data-url") != Some(&code.url))
        .await?;
    monitor.invites().await?;
    monitor.was_not_reloaded().await?;
    monitor.ends_clean().await
}

#[tokio::test]
async fn an_address_that_no_phone_can_reach_is_marked() -> Result<()> {
    let (here, venue) = (super::bar().await?, Bar::of(Server::start_as("bar.test").await?));
    let _desk = desk().await?;
    let monitor = Monitor::of(&here).await?;
    monitor.invites().await?;
    monitor.reads(ONLY_HERE, "This address works only on this computer").await?;
    let is_below = "
        const [qr, note] = [...arguments].map(css => document.querySelector(css).getBoundingClientRect());
        return note.top >= qr.bottom;
    ";
    let is_below: bool = monitor.script(is_below, &[&id("qr"), ONLY_HERE]).await?;
    ensure!(is_below, "the note is not under the QR");
    nothing_is_cut(&monitor, "an address of this computer").await?;
    monitor.ends_clean().await?;

    let origin = format!("http://bar.test:{}", venue.server.address().port());
    let monitor = Monitor::opens(&origin, &venue).await?;
    monitor.invites().await?;
    monitor.lacks(ONLY_HERE).await?;
    monitor.ends_clean().await
}

/// Large words and a large countdown, on every screen it may be shown on.
async fn is_read_from_afar(monitor: &Monitor, code: Code) -> Result<()> {
    for (width, height) in [(1920, 1080), (1024, 768), (1080, 1920), (820, 1180)] {
        monitor.is_of_size(width, height).await?;
        let short = f64::from(width.min(height)) / 100.0;
        settles(async || {
            let title = monitor.sees(".no-orders h1").await?;
            ensure!(title.font >= 8.0 * short, "{code:?}: {} px at {width}", title.font);
            Ok(())
        })
        .await?;
        nothing_is_cut(monitor, code.as_str()).await?;
    }
    monitor.is_of_size(1920, 1080).await
}
