//! A tablet's session: renewed while it works, revoked, run out.

use anyhow::{Context as _, Result, ensure};
use domain::api::path;
use domain::{Code, Role, Status, Step};

use super::shift::{take, until_at};
use crate::browser::{Noise, Tablet, desk, id};
#[cfg(target_os = "linux")]
use crate::clock::Clock;
use crate::soon::until;

/// From half a minute before a session's end to the sign-in.
#[cfg(target_os = "linux")]
const RUNS_OUT: std::time::Duration = std::time::Duration::from_secs(45);

/// The looks at how old the session is come every second, not every quarter of an hour.
const LOOKS_OFTEN: &str = "
    const asked = window.setInterval;
    window.setInterval = (look, pause) => asked(look, pause === 900000 ? 1000 : pause);
";

#[tokio::test]
async fn a_session_is_renewed_while_the_tablet_works() -> Result<()> {
    let bar = super::bar().await?;
    let number = take(&bar, "latte").await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.begins_with(LOOKS_OFTEN).await?;
    tablet.reload().await?;
    tablet.is_at_work().await?;
    let before = token(&tablet).await?;
    // Half a day later, as far as this device knows; an answer that is still on its way then tells
    // it the right time, so it is made later again.
    let later = "const now = Date.now; Date.now = () => now() + 13 * 3600e3; return null";
    until("another token", async || {
        let is_another = token(&tablet).await? != before;
        if !is_another {
            tablet.script::<()>(later, &[]).await?;
        }
        Ok(is_another)
    })
    .await?;

    bar.http.get(&path::queue(&bar.id), Some(&token(&tablet).await?)).await?;
    tablet.presses(number, Step::Claim).await?;
    until_at(&bar.bob().await?, number, Status::Making).await?;
    let next = take(&bar, "tea").await?;
    tablet.has(next, Status::Placed).await?;
    tablet.was_not_reloaded().await?;
    tablet.lacks(&id("notice")).await?;
    tablet.ends_clean_but(&[Noise::Outage]).await
}

#[tokio::test]
async fn whose_session_is_ended_reads_so_and_signs_in_again() -> Result<()> {
    let bar = super::bar().await?;
    let olga = bar.olga().await?;
    olga.hires("cleo", Role::Barista, &[]).await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("cleo", &bar).await?;
    // Nobody touches it: the live connection tells.
    ensure!(olga.dismisses("cleo").await?.status == 204, "she stays");
    tablet.sees(&id("sign-in")).await?;
    tablet.is_told(Code::NoSession).await?;
    tablet.mentions(&id("notice"), "was ended").await?;
    tablet.signs_in("barista").await?;
    tablet.lacks(&id("notice")).await?;

    // Who goes by themselves is told nothing.
    tablet.clicks(&id("sign-out")).await?;
    tablet.sees(&id("sign-in")).await?;
    tablet.lacks(&id("notice")).await?;
    tablet.was_not_reloaded().await?;
    tablet.ends_clean_but(&[Noise::Refusals, Noise::Outage]).await
}

/// The server's clock is set to shortly before the end of a session that is a day long; the
/// tablet's device knows nothing of that.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_session_that_runs_out_on_a_live_connection_leads_to_the_sign_in() -> Result<()> {
    let Some(clock) = Clock::new()? else {
        return Ok(());
    };
    let bar = clock.bar().await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    clock.is_ahead(24 * 3600 - 20)?;
    tablet.reload().await?;
    tablet.is_at_work().await?;
    // By itself: the live connection ends with the session.
    tablet.until_all(&id("sign-in"), "is there", RUNS_OUT, |seen| seen.len() == 1).await?;
    tablet.is_told(Code::NoSession).await?;
    tablet.was_not_reloaded().await?;
    tablet.signs_in("barista").await?;
    tablet.ends_clean_but(&[Noise::Refusals, Noise::Outage]).await
}

/// The session this device keeps.
async fn token(tablet: &Tablet) -> Result<String> {
    let kept = "return JSON.parse(localStorage.getItem('serverlesspresso.barista')).session.token";
    tablet.script(kept, &[]).await.context("somebody is signed in")
}
