//! Opening, pausing, closing, selling out, and the organiser's settings: who may, what follows,
//! and that what changes nothing leaves no trace.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use domain::api::BarRequest;
use domain::limits::LimitsChange;
use domain::view::BarStatus;
use domain::{Code, Menu, Timestamp};

use crate::bar::Bar;
use crate::http::Refusal as _;
use crate::person::slug;
use crate::soon::until;

/// Every command of the contract, in an order in which each changes something; whether a barista
/// may, too, and not the organiser alone.
fn every_command() -> [(bool, BarRequest); 7] {
    let mut menu = Menu::standard();
    menu.drinks.truncate(8);
    [
        (true, BarRequest::Close {}),
        (true, BarRequest::Open {}),
        (true, BarRequest::Pause { until: None, reason: Some("New beans".to_owned()) }),
        (true, sold_out("latte")),
        (false, BarRequest::SetMenu { menu }),
        (false, BarRequest::SetLimits { limits: of_baristas(3) }),
        (
            false,
            BarRequest::SetDetails {
                name: "The Bar".to_owned(),
                place: "Hall 3".to_owned(),
                languages: vec!["en".to_owned(), "de".to_owned()],
                // As far from UTC as the zone of a new bar, so that no day ends with the change.
                time_zone: "Atlantic/Reykjavik".to_owned(),
            },
        ),
    ]
}

fn sold_out(drink: &str) -> BarRequest {
    availability(drink, false)
}

fn availability(drink: &str, available: bool) -> BarRequest {
    let drink = Some(slug(drink));
    BarRequest::SetAvailability { drink, group: None, option: None, available }
}

fn of_baristas(baristas: u32) -> LimitsChange {
    LimitsChange { baristas: Some(baristas), ..LimitsChange::default() }
}

#[tokio::test]
async fn each_command_is_for_those_it_is_for_and_the_second_time_changes_nothing() -> Result<()> {
    let bar = Bar::open().await?;
    let (bea, olga) = (bar.bea().await?, bar.olga().await?);
    let mut nobody = bar.guest().await?;
    nobody.session.token.clear();
    for (for_baristas, command) in every_command() {
        let last = olga.log(0).await?.last;
        nobody.tells(command.clone()).await.refused(Code::NoSession)?;
        bar.guest().await?.tells(command.clone()).await.refused(Code::NotAllowed)?;
        bar.display().await?.tells(command.clone()).await.refused(Code::NotAllowed)?;
        if !for_baristas {
            bea.tells(command.clone()).await.refused(Code::NotAllowed)?;
        }
        ensure!(olga.log(0).await?.last == last, "a refused {command:?} was written down");
        let who = if for_baristas { &bea } else { &olga };
        let first = who.tells(command.clone()).await?;
        ensure!(first.seq == last + 1, "{command:?} changes something: {first:?}");
        for again in [&olga, who] {
            let mut second = again.tells(command.clone()).await?;
            ensure!(olga.log(0).await?.last == last + 1, "{command:?} again changes nothing");
            second.now = first.now;
            ensure!(second == first, "{second:?}, not {first:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_bar_that_is_closed_cannot_pause_and_one_that_pauses_is_opened_again() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    bea.closes().await?;
    bea.pauses(None, None).await.refused(Code::BarClosed)?;
    ada.scans(&code).await.refused(Code::BarClosed)?;
    bea.takes("tea").await.refused(Code::BarClosed)?;

    bea.opens().await?;
    let view = bea.pauses(None, Some("Back soon")).await?;
    ensure!(view.status == BarStatus::Paused && !view.accepting, "{view:?}");
    ensure!(view.reason.as_deref() == Some("Back soon"), "{view:?}");
    ada.scans(&code).await.refused(Code::BarPaused)?;
    bea.takes("tea").await?;

    let view = bea.opens().await?;
    ensure!(view.status == BarStatus::Open && view.accepting && view.reason.is_none(), "{view:?}");
    ada.scans(&code).await?;
    Ok(())
}

#[tokio::test]
async fn a_pause_ends_by_itself() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea, display) = (bar.guest().await?, bar.bea().await?, bar.display().await?);
    let code = bea.code().await?.code;
    let now = bea.bar().await?.now;
    bea.pauses(Some(now), None).await.refused(Code::Invalid)?;
    let end = now.plus_seconds(3);
    let paused = bea.pauses(Some(end), None).await?;
    ensure!(paused.paused_until == Some(end), "{paused:?}");
    ensure!(paused.refusal.and_then(|refusal| refusal.retry_at) == Some(end), "{paused:?}");
    let problem = ada.scans(&code).await.refused(Code::BarPaused)?;
    ensure!(problem.retry_at == Some(end), "{problem:?}");
    let monitor = display.code().await?;
    let told = monitor.refusal.context("the monitor says why not")?;
    ensure!((told.code, told.retry_at) == (Code::BarPaused, Some(end)), "{monitor:?}");

    until("the end of the pause", async || Ok(bea.bar().await?.now >= end)).await?;
    let open = bea.bar().await?;
    ensure!(open.status == BarStatus::Open && open.accepting, "{open:?}");
    ensure!(open.seq == paused.seq, "the clock alone did it: nothing was written");
    ensure!(display.board().await?.status == BarStatus::Open, "the monitor knows");
    ada.scans(&code).await?;
    Ok(())
}

#[tokio::test]
async fn a_pause_can_be_made_longer_and_shorter() -> Result<()> {
    let bar = Bar::open().await?;
    let bea = bar.bea().await?;
    let later = |seconds| Timestamp::from_millis(after(Duration::from_secs(seconds)));
    for until in [Some(later(600)), Some(later(60)), None] {
        let view = bea.pauses(until, None).await?;
        ensure!(view.paused_until == until, "{view:?}");
    }
    Ok(())
}

/// That long from now, in milliseconds since 1970.
fn after(time: Duration) -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let millis = (since.expect("it is later than 1970") + time).as_millis();
    i64::try_from(millis).expect("milliseconds fit for a long time")
}

#[tokio::test]
async fn sold_out_is_told_by_name_and_ends() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let order = ada.scans(&bea.code().await?.code).await?.order;
    bea.tells(sold_out("latte")).await?;
    let problem = ada.places(&order, "latte").await.refused(Code::SoldOut)?;
    ensure!(problem.field.as_deref() == Some("drink"), "{problem:?}");
    ensure!(problem.detail.contains("Latte"), "{problem:?}");
    bea.takes("latte").await.refused(Code::SoldOut)?;
    bea.tells(availability("latte", true)).await?;
    ada.places(&order, "latte").await?;
    Ok(())
}

#[tokio::test]
async fn a_drink_goes_with_the_last_option_of_a_group_it_needs() -> Result<()> {
    let bar = Bar::open().await?;
    let bea = bar.bea().await?;
    let milk = |option: &str, available| BarRequest::SetAvailability {
        drink: None,
        group: Some(slug("milk")),
        option: Some(slug(option)),
        available,
    };
    // The default is gone: whoever says nothing is asked to choose, whoever chooses is served.
    bea.tells(milk("whole", false)).await?;
    let problem = bea.takes("latte").await.refused(Code::SoldOut)?;
    ensure!(problem.field.as_deref() == Some("options.milk.whole"), "{problem:?}");
    for option in ["oat", "soy", "lactose-free"] {
        bea.tells(milk(option, false)).await?;
    }
    let problem = bea.takes("latte").await.refused(Code::SoldOut)?;
    ensure!(problem.field.as_deref() == Some("drink"), "{problem:?}");
    bea.takes("espresso").await?;
    bea.tells(milk("whole", true)).await?;
    bea.takes("latte").await?;
    Ok(())
}

#[tokio::test]
async fn nonsense_is_refused_with_the_field_it_is_in() -> Result<()> {
    let bar = Bar::open().await?;
    let olga = bar.olga().await?;
    let last = olga.log(0).await?.last;
    let limits = |limits| BarRequest::SetLimits { limits };
    let details = |name: &str, languages: &[&str], time_zone: &str| BarRequest::SetDetails {
        name: name.to_owned(),
        place: "Hall 1".to_owned(),
        languages: languages.iter().map(|&tag| tag.to_owned()).collect(),
        time_zone: time_zone.to_owned(),
    };
    let mut dangling = Menu::standard();
    dangling.groups.clear();
    let window = LimitsChange { window_seconds: Some(86_401), ..LimitsChange::default() };
    let missing = |drink, group, option| {
        let (drink, group, option): (Option<&str>, Option<&str>, Option<&str>) =
            (drink, group, option);
        let [drink, group, option] = [drink, group, option].map(|name| name.map(slug));
        BarRequest::SetAvailability { drink, group, option, available: true }
    };
    for (field, command) in [
        ("limits.baristas", limits(of_baristas(0))),
        ("limits.baristas", limits(of_baristas(10_001))),
        ("limits.window_seconds", limits(window)),
        ("drink", missing(Some("whisky"), None, None)),
        ("drink", missing(None, None, None)),
        ("group", missing(None, Some("ice"), Some("crushed"))),
        ("option", missing(None, Some("milk"), Some("yak"))),
        ("name", details("", &["en"], "UTC")),
        ("languages", details("The Bar", &[], "UTC")),
        ("time_zone", details("The Bar", &["en"], "Europe/Atlantis")),
    ] {
        let problem = olga.tells(command.clone()).await.refused(Code::Invalid)?;
        ensure!(problem.field.as_deref() == Some(field), "{command:?}: {problem:?}");
    }
    let problem =
        olga.tells(BarRequest::SetMenu { menu: dangling }).await.refused(Code::Invalid)?;
    ensure!(problem.field.is_some_and(|field| field.starts_with("menu.")), "a field of the menu");
    ensure!(olga.log(0).await?.last == last, "nothing of it was written down");
    Ok(())
}
