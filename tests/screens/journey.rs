//! One coffee, from the scan to the cup, on three screens at once.

use anyhow::{Result, ensure};
use domain::view::Zone;
use domain::{Status, Step};

use crate::bar::Bar;
use crate::browser::{Device, Monitor, Phone, Seen, Tablet, Window, desk, id, ticket};
use crate::server::Server;

/// Who says that the drink is in the right hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HandedOver {
    ByTheGuest,
    ByTheBarista,
}

/// Where a screen finds the bar.
#[derive(Clone, Copy)]
pub(super) struct Way<'a> {
    pub(super) origin: &'a str,
    pub(super) device: &'a Device,
    /// Whether browsers take the origin for a secure one.
    pub(super) is_secure: bool,
}

#[tokio::test]
async fn a_coffee_is_ordered_made_and_collected() -> Result<()> {
    let bar = super::bar().await?;
    let way = Way { origin: &bar.server.url(), device: &Device::default(), is_secure: true };
    journey(&bar, way, way, HandedOver::ByTheGuest).await
}

#[tokio::test]
async fn the_venues_plain_http_is_enough() -> Result<()> {
    let bar = Bar::of(Server::start_as("bar.test").await?);
    super::keep_the_code(&bar).await?;
    let origin = format!("http://bar.test:{}", bar.server.address().port());
    let way = Way { origin: &origin, device: &Device::default(), is_secure: false };
    journey(&bar, way, way, HandedOver::ByTheBarista).await
}

/// The way of those who serve, and the way of the guest.
pub(super) async fn journey(
    bar: &Bar,
    ours: Way<'_>,
    theirs: Way<'_>,
    handed: HandedOver,
) -> Result<()> {
    let _desk = desk().await?;
    let (monitor, tablet) = tokio::try_join!(
        async {
            let monitor = Monitor::opens_on(ours.device, ours.origin, bar).await?;
            monitor.has_uses_left(10).await?;
            anyhow::Ok(monitor)
        },
        async {
            let tablet = Tablet::opens_on(ours.device, ours.origin, bar).await?;
            tablet.signs_in("barista").await?;
            tablet.reads(&id("who"), "Bea").await?;
            tablet.counts([0, 0, 0]).await?;
            anyhow::Ok(tablet)
        }
    )?;

    let address = monitor.qr().await?;
    monitor.tells(&id("qr"), "data-url", &address).await?;
    ensure!(address.starts_with(theirs.origin), "the QR leads to {address}");
    let phone = Phone::opens_on(theirs.device, &address).await?;
    for (window, way) in [(&*phone, theirs), (&*tablet, ours), (&*monitor, ours)] {
        is_in_a_context(window, way.is_secure).await?;
    }

    // Opening the address has redeemed nothing.
    phone.sees(&id("start-order")).await?;
    phone.until(&id("wait"), "is in seconds", |wait| seconds(wait).is_some()).await?;
    ensure!(monitor.uses_left().await? == 10, "looking at the bar has used the code");
    phone.starts().await?;
    monitor.has_uses_left(9).await?;

    phone.chooses("latte", &[("milk", "oat")]).await?;
    phone.names("Ada").await?;
    let number = phone.places().await?;
    phone.is_at(Status::Placed).await?;
    phone.until(&id("wait"), "is more than none", |wait| seconds(wait) > Some(0)).await?;
    for words in ["Ada", "Latte", "Oat"] {
        phone.mentions("main", words).await?;
        tablet.mentions(&ticket(number), words).await?;
    }
    tablet.has(number, Status::Placed).await?;
    tablet.counts([1, 0, 0]).await?;
    monitor.shows(number, Zone::Preparing, "Ada").await?;

    tablet.presses(number, Step::Claim).await?;
    phone.is_at(Status::Making).await?;
    tablet.has(number, Status::Making).await?;
    tablet.is_made_by(number, "Bea").await?;
    monitor.shows(number, Zone::Preparing, "Ada").await?;

    tablet.presses(number, Step::Complete).await?;
    phone.is_at(Status::Ready).await?;
    ensure!(phone.number().await? == number, "the number has changed");
    tablet.has(number, Status::Ready).await?;
    monitor.shows(number, Zone::Ready, "Ada").await?;

    match handed {
        HandedOver::ByTheGuest => phone.clicks(&id("got-it")).await?,
        HandedOver::ByTheBarista => tablet.presses(number, Step::Collect).await?,
    }
    phone.is_at(Status::Collected).await?;
    tablet.counts([0, 0, 0]).await?;
    monitor.shows_no(number).await?;

    for window in [&*phone, &*tablet, &*monitor] {
        window.was_not_reloaded().await?;
    }
    phone.ends_clean().await?;
    tablet.ends_clean().await?;
    monitor.ends_clean().await
}

/// The wait it tells.
fn seconds(wait: &Seen) -> Option<u32> {
    wait.attribute("data-seconds")?.parse().ok()
}

/// Whether the page has what browsers keep for secure origins.
async fn is_in_a_context(window: &Window, secure: bool) -> Result<()> {
    let is = "return [isSecureContext, 'randomUUID' in crypto, 'wakeLock' in navigator,
        'serviceWorker' in navigator]";
    let has: [bool; 4] = window.script(is, &[]).await?;
    ensure!(has == [secure; 4], "{has:?} of a secure context");
    Ok(())
}
