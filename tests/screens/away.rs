//! A network that is gone for a minute while the bar goes on: who was cut off is right soon after it
//! is back, and then as whoever comes fresh.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use domain::api::order_address;
use domain::{Code, OrderId, Status};
use tokio::time::{Instant, sleep};

use super::cut_off::{LOOKING, RIGHT_AGAIN, by_then, is_at, marked};
use super::guest::{Item, only_order, set_available};
use crate::bar::Bar;
use crate::browser::{Monitor, Noise, Phone, Seen, Tablet, Window, card, desk, id, lane, ticket};
use crate::relay::Relay;
use crate::soon::settles;

const AWAY: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_minute_without_a_network_and_a_hundred_changes_leave_no_trace() -> Result<()> {
    let bar = super::bar().await?;
    let relay = Relay::to(bar.server.address()).await?;
    let _desk = desk().await?;
    let code = bar.bea().await?.code().await?.code;
    let url = order_address(&format!("{}/order/", relay.url()), &bar.id, &code);
    let (phone, tablet, monitor) =
        tokio::try_join!(Phone::opens(&url), tablet_at(relay.url(), &bar), async {
            Monitor::opens(&relay.url(), &bar).await
        })?;
    let guest = phone.orders_a_latte().await?;
    tablet.has(guest, Status::Placed).await?;
    monitor.sees(&card(guest)).await?;

    relay.cut();
    let away = sleep(AWAY);
    let left = hundred_changes(&bar).await?;
    away.await;
    tablet.has(guest, Status::Placed).await.context("it knows nothing of all that")?;
    relay.mend();
    let by = Instant::now() + RIGHT_AGAIN + LOOKING;
    let of = |status: Status| move |seen: &[Seen]| is_at(seen, status);
    tokio::try_join!(
        async {
            by_then(&phone, by, &id("order-status"), of(Status::Ready)).await?;
            marked(&phone, &["live"], by).await
        },
        async {
            by_then(&tablet, by, &ticket(guest), of(Status::Ready)).await?;
            for (status, number) in left {
                by_then(&tablet, by, &ticket(number), of(status)).await?;
                let many = if status == Status::Ready { "2" } else { "1" };
                let is_all = |seen: &[Seen]| matches!(seen, [lane] if lane.attribute("data-count") == Some(many));
                by_then(&tablet, by, &lane(status), is_all).await?;
            }
            marked(&tablet, &["live"], by).await
        },
        async {
            let all = |seen: &[Seen]| seen.len() == left.len() + 1;
            by_then(&monitor, by, "[data-testid^=\"board-\"]", all).await?;
            for (_, number) in left {
                by_then(&monitor, by, &card(number), |seen| seen.len() == 1).await?;
            }
            by_then(&monitor, by, &id("no-orders"), |seen| seen.len() == 1).await?;
            marked(&monitor, &["live"], by).await
        }
    )?;
    monitor.takes_no_orders(Code::BarPaused).await?;

    for window in [&*phone, &*tablet, &*monitor] {
        window.was_not_reloaded().await?;
    }
    let (fresh_tablet, fresh_monitor) =
        tokio::try_join!(Tablet::of("barista", &bar), Monitor::of(&bar))?;
    is_as(&tablet, &fresh_tablet).await?;
    is_as(&monitor, &fresh_monitor).await?;
    // A guest's phone is one of a kind: it is fresh when its page is.
    let before = shown(&phone).await?;
    phone.reload().await?;
    phone.is_at(Status::Ready).await?;
    settles(async || same(&before, &shown(&phone).await?)).await?;

    fresh_tablet.ends_clean().await?;
    fresh_monitor.ends_clean().await?;
    phone.ends_clean_but(&[Noise::Outage]).await?;
    tablet.ends_clean_but(&[Noise::Outage]).await?;
    monitor.ends_clean_but(&[Noise::Outage]).await
}

async fn tablet_at(origin: String, bar: &Bar) -> Result<Tablet> {
    let tablet = Tablet::opens(&origin, bar).await?;
    tablet.signs_in("barista").await?;
    Ok(tablet)
}

/// A rush, after which the guest's drink is ready, the bar pauses, and a walk-up is left in each
/// lane: by status, its number.
async fn hundred_changes(bar: &Bar) -> Result<[(Status, u32); 3]> {
    let (bea, bob) = (bar.bea().await?, bar.bob().await?);
    let guest = only_order(&bea).await?.order;
    let before = bea.log(u64::MAX).await?.last;
    bea.claims(&guest).await?;
    bea.completes(&guest).await?;
    set_available(&bea, Item::Drink("mocha"), false).await?;
    let take = async |drink: &str| -> Result<(OrderId, u32)> {
        let order = bob.takes(drink).await?;
        Ok((order.order, order.number.context("a number")?))
    };
    for _ in 0..22 {
        let (order, _) = take("espresso").await?;
        bob.claims(&order).await?;
        bob.completes(&order).await?;
        bob.collects(&order).await?;
    }
    let (placed, making, ready) = (take("tea").await?, take("latte").await?, take("filter").await?);
    bea.claims(&making.0).await?;
    bea.completes(&ready.0).await?;
    bea.releases(&making.0).await?;
    bea.claims(&making.0).await?;
    set_available(&bea, Item::Option("milk", "oat"), false).await?;
    bea.pauses(None, Some("New beans")).await?;
    let in_all = bea.log(u64::MAX).await?.last - before;
    ensure!(in_all == 100, "{in_all} changes");
    Ok([(Status::Placed, placed.1), (Status::Making, making.1), (Status::Ready, ready.1)])
}

/// What has a test id, with what is said by its marks and, where it is not made of others, by its
/// words. Times go on while one looks.
const SHOWN: &str = "
    const passing = ['wait', 'closes-in', 'connection'];
    const marks = ['data-status', 'data-count', 'data-code', 'data-command', 'data-url'];
    return [...document.querySelectorAll('[data-testid]')]
        .filter(element => element.checkVisibility({ visibilityProperty: true }))
        .filter(element => !passing.includes(element.dataset.testid))
        .map(element => [
            element.dataset.testid,
            ...marks.map(mark => element.getAttribute(mark) ?? ''),
            element.childElementCount === 0 ? element.textContent : '',
        ].join(' ').trim());
";

async fn shown(window: &Window) -> Result<Vec<String>> {
    window.script(SHOWN, &[]).await
}

fn same(one: &[String], other: &[String]) -> Result<()> {
    ensure!(one == other, "{one:#?}\nis not\n{other:#?}");
    Ok(())
}

async fn is_as(window: &Window, fresh: &Window) -> Result<()> {
    settles(async || same(&shown(window).await?, &shown(fresh).await?)).await
}
