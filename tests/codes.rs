//! Codes come and go with their windows.

use anyhow::{Result, ensure};
use domain::Code;
use domain::limits::LimitsChange;
use domain::view::CodeView;

use crate::bar::{Bar, roomy};
use crate::http::Refusal as _;
use crate::person::Person;
use crate::soon::until;

/// Long enough for whoever has just seen a code to use it, on a busy machine, too.
const WINDOW: u32 = 5;

fn short(grace_seconds: u32) -> LimitsChange {
    LimitsChange {
        window_seconds: Some(WINDOW),
        grace_seconds: Some(grace_seconds),
        uses_per_window: Some(10),
        ..roomy()
    }
}

/// The next code, as soon as it is there.
async fn next(display: &Person, last: &CodeView) -> Result<CodeView> {
    let next = async || Ok(display.code().await?.code != last.code);
    until("the next code", next).await?;
    Ok(display.code().await?)
}

#[tokio::test]
async fn a_code_without_grace_ends_with_its_window() -> Result<()> {
    let bar = Bar::with_limits(short(0)).await?;
    let (ada, display) = (bar.guest().await?, bar.display().await?);
    let first = display.code().await?;
    let window = i64::from(WINDOW);
    ensure!(first.opens_at.seconds() % window == 0, "windows lie on the grid: {first:?}");
    ensure!(first.closes_at.seconds() == first.opens_at.seconds() + window, "{first:?}");
    ensure!(first.opens_at <= first.now && first.now < first.closes_at, "{first:?}");
    let second = next(&display, &first).await?;
    ensure!(second.opens_at >= first.closes_at && second.uses_left == 10, "{second:?}");
    ensure!(second.seq == first.seq, "the clock alone did it");
    ada.scans(&first.code).await.refused(Code::CodeExpired)?;
    ada.scans(&second.code).await?;
    Ok(())
}

#[tokio::test]
async fn a_code_that_has_just_rotated_works_for_its_grace() -> Result<()> {
    let bar = Bar::with_limits(short(3_600)).await?;
    let (ada, eve, display) = (bar.guest().await?, bar.guest().await?, bar.display().await?);
    let first = display.code().await?;
    ada.scans(&first.code).await?;
    let second = next(&display, &first).await?;
    eve.scans(&first.code).await?;
    ensure!(display.code().await?.uses_left == 10, "a use of the old code, not of this one");
    eve.scans(&second.code).await?;
    Ok(())
}

/// As people type it: small letters, spaces, dashes, O for 0.
#[tokio::test]
async fn a_code_may_be_typed() -> Result<()> {
    let bar = Bar::roomy().await?;
    let ada = bar.guest().await?;
    let view = bar.display().await?.code().await?;
    let code = &view.code;
    ensure!(code.len() >= 10, "{code} is soon guessed");
    let address = format!("?bar={}&code={code}", bar.id);
    ensure!(view.url.ends_with(&address) && view.url.contains("/order/"), "{}", view.url);
    let spaced = format!(" {} {}-{}", &code[..4], &code[4..8], &code[8..]);
    for typed in [code.to_lowercase(), spaced, code.replace('0', "o")] {
        ada.scans(&typed).await?;
    }
    let last = if code.ends_with('0') { "1" } else { "0" };
    let wrong = format!("{}{last}", &code[..code.len() - 1]);
    for typed in ["", "0", &wrong, &code[1..], &format!("{code}0"), "☕", "' or 1=1 --"] {
        ada.scans(typed).await.refused(Code::CodeUnknown)?;
    }
    Ok(())
}

#[tokio::test]
async fn a_new_window_length_holds_at_once_only_while_the_bar_is_closed() -> Result<()> {
    let bar = Bar::roomy().await?;
    let olga = bar.olga().await?;
    let window = |seconds| LimitsChange { window_seconds: Some(seconds), ..Default::default() };
    let length = async || {
        let code = olga.code().await?;
        anyhow::Ok((code.closes_at.seconds() - code.opens_at.seconds(), code.closes_at))
    };
    let (seconds, closes_at) = length().await?;
    ensure!(seconds == 86_400, "{seconds}");
    olga.limits(window(3_600)).await?;
    ensure!(length().await? == (86_400, closes_at), "the running window keeps its promise");
    olga.closes().await?;
    olga.limits(window(1_800)).await?;
    ensure!(length().await?.0 == 1_800, "at once, when closed");
    Ok(())
}
