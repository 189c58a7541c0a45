//! The server goes away and comes back: every screen says so, and then is right again by itself.

use std::time::Duration;

use anyhow::{Context as _, Result};
use domain::{OrderId, Status};
use tokio::time::{Instant, sleep};

use crate::bar::Bar;
use crate::browser::{Monitor, Noise, Phone, Tablet, Window, card, desk, id, ticket};
use crate::http::Http;
use crate::server::Server;

/// From the moment nothing arrives any more to a mark everybody can see.
const NOTICED: Duration = Duration::from_secs(10);
/// From the server's return to screens that are right.
pub(super) const RIGHT_AGAIN: Duration = Duration::from_secs(3);
/// Long enough for attempts to have become as rare, and as far apart between screens, as they get.
const OUTAGE: Duration = Duration::from_secs(36);
/// What comes on top of that on a busy machine, for looking.
pub(super) const LOOKING: Duration = Duration::from_secs(1);

#[tokio::test]
async fn a_server_that_hangs_is_noticed_and_forgiven() -> Result<()> {
    let room = Room::with_a_guest().await?;
    room.bar.server.freeze().await?;
    room.is_marked(&["reconnecting", "offline"], NOTICED).await?;
    room.bar.server.thaw().await?;
    room.comes_right().await
}

#[tokio::test]
async fn a_server_that_dies_is_noticed_and_forgiven() -> Result<()> {
    let mut room = Room::with_a_guest().await?;
    let outage = sleep(OUTAGE);
    room.bar.server.kill().await?;
    room.is_marked(&["reconnecting"], NOTICED).await?;
    room.keeps_pictures("reconnecting").await?;
    room.phone.passes_in_every_language("reconnecting").await?;
    room.is_marked(&["offline"], OUTAGE).await?;
    room.keeps_pictures("offline").await?;
    room.phone.passes_in_every_language("offline").await?;
    outage.await;
    room.bar.server.restart().await?;
    room.comes_right().await
}

/// A bar with one guest in the queue, and three screens that are live.
struct Room {
    bar: Bar,
    phone: Phone,
    tablet: Tablet,
    monitor: Monitor,
    number: u32,
    _desk: tokio::sync::SemaphorePermit<'static>,
}

impl Room {
    async fn with_a_guest() -> Result<Self> {
        let bar = Bar::of(Server::start_lasting().await?);
        super::keep_the_code(&bar).await?;
        let desk = desk().await?;
        let url = bar.bea().await?.code().await?.url;
        let (phone, tablet, monitor) =
            tokio::try_join!(Phone::opens(&url), Tablet::of("barista", &bar), Monitor::of(&bar))?;
        let number = phone.orders_a_latte().await?;
        let room = Self { bar, phone, tablet, monitor, number, _desk: desk };
        room.tablet.has(number, Status::Placed).await?;
        room.monitor.sees(&card(number)).await?;
        room.is_marked(&["live"], NOTICED).await?;
        Ok(room)
    }

    fn windows(&self) -> [&Window; 3] {
        [&self.phone, &self.tablet, &self.monitor]
    }

    async fn keeps_pictures(&self, screen: &str) -> Result<()> {
        for window in self.windows() {
            window.keeps_pictures(screen).await?;
        }
        Ok(())
    }

    /// Every screen says one of these of its connection before long.
    async fn is_marked(&self, states: &[&str], patience: Duration) -> Result<()> {
        let [phone, tablet, monitor] = self.windows();
        let by = Instant::now() + patience + LOOKING;
        tokio::try_join!(
            marked(phone, states, by),
            marked(tablet, states, by),
            marked(monitor, states, by)
        )?;
        Ok(())
    }

    /// The server has just returned, and much happens at once: every screen shows it in time.
    async fn comes_right(mut self) -> Result<()> {
        let by = Instant::now() + RIGHT_AGAIN + LOOKING;
        // Its connections from before may be closed by the server just as they are used.
        self.bar.http = Http::to(self.bar.server.address());
        let bob = self.bar.bob().await?;
        let order: OrderId = bob.queue().await?.orders.pop().context("the guest's order")?.order;
        bob.claims(&order).await?;
        let next = bob.takes("tea").await?.number.context("a number")?;
        let ready = bob.takes("mocha").await?;
        bob.completes(&ready.order).await?;
        let ready = ready.number.context("a number")?;

        let making = |seen: &[_]| is_at(seen, Status::Making);
        let [phone, tablet, monitor] = self.windows();
        tokio::try_join!(
            async {
                by_then(phone, by, &id("order-status"), making).await?;
                marked(phone, &["live"], by).await
            },
            async {
                by_then(tablet, by, &ticket(self.number), making).await?;
                by_then(tablet, by, &ticket(next), |seen| is_at(seen, Status::Placed)).await?;
                by_then(tablet, by, &ticket(ready), |seen| is_at(seen, Status::Ready)).await?;
                marked(tablet, &["live"], by).await
            },
            async {
                for number in [self.number, next, ready] {
                    by_then(monitor, by, &card(number), |seen| seen.len() == 1).await?;
                }
                marked(monitor, &["live"], by).await
            }
        )?;
        for window in self.windows() {
            window.was_not_reloaded().await?;
        }
        self.phone.ends_clean_but(&[Noise::Outage]).await?;
        self.tablet.ends_clean_but(&[Noise::Outage]).await?;
        self.monitor.ends_clean_but(&[Noise::Outage]).await
    }
}

pub(super) fn is_at(seen: &[crate::browser::Seen], status: Status) -> bool {
    matches!(seen, [one] if one.attribute("data-status") == Some(status.as_str()))
}

pub(super) async fn marked(window: &Window, states: &[&str], by: Instant) -> Result<()> {
    by_then(window, by, &id("connection"), |seen| {
        let state = seen.first().and_then(|mark| mark.attribute("data-state"));
        state.is_some_and(|state| states.contains(&state))
    })
    .await
    .with_context(|| format!("not one of {states:?}"))
}

pub(super) async fn by_then(
    window: &Window,
    by: Instant,
    css: &str,
    is: impl Fn(&[crate::browser::Seen]) -> bool,
) -> Result<()> {
    let patience = by.saturating_duration_since(Instant::now());
    window.until_all(css, "is as it should be by then", patience, is).await?;
    Ok(())
}
