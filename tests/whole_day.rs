//! A whole day at the bar, watched: the queue's and the board's screens are kept by messages
//! alone, and after every step they show what a fresh look shows.

use std::fmt::Debug;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use domain::OrderId;
use domain::api::{BarRequest, OrderRequest};
use domain::limits::LimitsChange;
use domain::menu::Options;

use crate::bar::Bar;
use crate::http::No;
use crate::kept::Kept;
use crate::person::{command_id, slug};
use crate::platform::Platform;

#[tokio::test]
async fn a_guest_is_served_with_every_step_back_there_is() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea, bob) = (bar.guest().await?, bar.bea().await?, bar.bob().await?);
    let mut day = Day::at(&bar).await?;
    let code = bea.code().await?.code;
    let order = day.saw(ada.scans(&code)).await?.order;
    day.saw(ada.sends(&order, place("latte", Some("Ada")))).await?;
    day.saw(ada.sends(&order, change("cappuccino", None))).await?;
    day.saw(ada.sends(&order, change("cappuccino", Some("Ada Lovelace")))).await?;
    day.saw(ada.sends(&order, change("cappuccino", Some("")))).await?;
    day.saw(bea.claims(&order)).await?;
    day.saw(bob.releases(&order)).await?;
    day.saw(bob.claims(&order)).await?;
    day.saw(bob.completes(&order)).await?;
    day.saw(bea.recalls(&order)).await?;
    day.saw(bea.completes(&order)).await?;
    day.saw(ada.collects(&order)).await?;
    day.saw(bea.returns(&order)).await?;
    day.saw(bea.collects(&order)).await?;
    let nothing = day.saw(ada.scans(&code)).await?.order;
    day.saw(ada.cancels(&nothing, None)).await?;
    let second = day.saw(ada.scans(&code)).await?.order;
    day.saw(ada.sends(&second, place("tea", Some("Ada")))).await?;
    day.saw(ada.cancels(&second, None)).await?;
    day.was_seen_in_time()
}

#[tokio::test]
async fn walk_ups_come_go_and_are_called_off() -> Result<()> {
    let bar = Bar::open().await?;
    let (bea, bob, olga) = (bar.bea().await?, bar.bob().await?, bar.olga().await?);
    let mut day = Day::at(&bar).await?;
    let mut tickets: Vec<OrderId> = Vec::new();
    for drink in ["tea", "espresso", "mocha", "filter", "chai-latte", "flat-white"] {
        let taken = day.saw(bea.takes_as(&command_id(), drink, Some("Walk-up"))).await?;
        tickets.push(taken.order);
    }
    let [tea, espresso, mocha, filter, chai, white] = &tickets[..] else {
        anyhow::bail!("six tickets: {tickets:?}")
    };
    day.saw(bea.claims(espresso)).await?;
    day.saw(bob.completes(mocha)).await?;
    day.saw(olga.cancels(tea, Some("No cups left"))).await?;
    day.saw(bea.cancels(espresso, Some("The grinder is stuck"))).await?;
    day.saw(bob.claims(filter)).await?;
    day.saw(bob.releases(filter)).await?;
    day.saw(bea.completes(filter)).await?;
    day.saw(bea.collects(mocha)).await?;
    day.saw(bea.collects(filter)).await?;
    day.saw(bob.returns(mocha)).await?;
    day.saw(bob.recalls(mocha)).await?;
    day.saw(bea.pauses(None, Some("New beans"))).await?;
    day.saw(bea.tells(availability("mocha", false))).await?;
    day.saw(bea.completes(chai)).await?;
    day.saw(bea.takes("americano")).await?;
    day.saw(bea.opens()).await?;
    day.saw(bea.tells(availability("mocha", true))).await?;
    day.saw(bea.closes()).await?;
    day.saw(bob.completes(white)).await?;
    let baristas = LimitsChange { baristas: Some(3), ..LimitsChange::default() };
    day.saw(olga.limits(baristas)).await?;
    day.saw(olga.opens()).await?;
    day.saw(bea.collects(chai)).await?;
    day.was_seen_in_time()
}

/// More are collected than can be brought back: the oldest leave the recall list.
#[tokio::test]
async fn the_recall_list_moves_on() -> Result<()> {
    let bar = Bar::open().await?;
    let (bea, bob) = (bar.bea().await?, bar.bob().await?);
    let mut day = Day::at(&bar).await?;
    for _ in 0..42 {
        let order = bea.takes("espresso").await?.order;
        bob.completes(&order).await?;
        day.saw(bea.collects(&order)).await?;
    }
    ensure!(bea.queue().await?.recent.len() == 40, "the last 40 can be brought back");
    day.was_seen_in_time()
}

/// The day so far, watched by a tablet and a monitor.
struct Day {
    kept: Kept,
    lags: Vec<Duration>,
}

impl Day {
    async fn at(bar: &Bar) -> Result<Self> {
        let kept = Kept::at(bar, &bar.bea().await?, &bar.display().await?).await?;
        Ok(Self { kept, lags: Vec::new() })
    }

    /// One step, and that both screens follow it.
    async fn saw<T: Debug>(&mut self, step: impl Future<Output = Result<T, No>>) -> Result<T> {
        let done = step.await?;
        let lag = self.kept.shows_what_is().await.with_context(|| format!("after {done:?}"))?;
        self.lags.push(lag);
        Ok(done)
    }

    /// The promise is for every step; on a busy machine one may be late, not most.
    fn was_seen_in_time(mut self) -> Result<()> {
        self.lags.sort();
        let median = self.lags[self.lags.len() / 2];
        let promise = Platform::is().screens_follow_within();
        ensure!(median < promise, "half of the steps were seen after {median:?}");
        Ok(())
    }
}

fn place(drink: &str, name: Option<&str>) -> OrderRequest {
    let (drink, name) = (slug(drink), name.map(str::to_owned));
    OrderRequest::Place { drink, options: Options::default(), name }
}

fn change(drink: &str, name: Option<&str>) -> OrderRequest {
    let (drink, name) = (slug(drink), name.map(str::to_owned));
    OrderRequest::Change { drink, options: Options::default(), name }
}

fn availability(drink: &str, available: bool) -> BarRequest {
    BarRequest::SetAvailability { drink: Some(slug(drink)), group: None, option: None, available }
}
