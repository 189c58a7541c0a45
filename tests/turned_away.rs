//! Guests who were not let in: the staff read how many, in which hour and why.

use anyhow::{Context as _, Result, ensure};
use domain::Code;
use domain::api::path;
use domain::limits::LimitsChange;
use domain::turned_away::{Counts, TurnedAwayView};

use crate::bar::{Bar, roomy};
use crate::http::Refusal as _;
use crate::server::Server;

#[tokio::test]
async fn guests_turned_away_are_counted_by_reason_and_told_to_the_staff() -> Result<()> {
    let two_uses = LimitsChange { uses_per_window: Some(2), window_seconds: Some(3600), ..roomy() };
    let mut bar = Bar::of(Server::start_lasting().await?).with(two_uses).await?;
    let bea = bar.bea().await?;
    let code = bea.code().await?.code;
    let (ada, bob) = (bar.guest().await?, bar.guest().await?);
    ada.orders(&code, "latte").await?;
    bob.scans(&code).await?;
    for _ in 0..3 {
        bar.guest().await?.scans(&code).await.refused(Code::CodeUsedUp)?;
    }
    bar.guest().await?.scans("0000000000").await.refused(Code::CodeUnknown)?;
    // A minute later it would be written down by itself; a server that is stopped does not wait.
    bar.server.stop().await?;
    bar.server.restart().await?;
    let answer = bea.http.get(&path::turned_away(&bar.id), Some(bea.token())).await?;
    let view: TurnedAwayView = answer.read()?;
    let hour = view.hours.first().context("the hour of it")?;
    let expected: Counts = [(Code::CodeUsedUp, 3), (Code::CodeUnknown, 1)].into();
    ensure!(view.hours.len() == 1 && hour.counts == expected, "{view:?}");
    ensure!(hour.hour <= view.now && view.now.millis_since(hour.hour) < 2 * 3_600_000, "{view:?}");
    Ok(())
}
