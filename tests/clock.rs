//! The wall clock of the server's machine, set while it runs and while it is down. The server has
//! no way to move time; libfaketime tells the process another one.
#![cfg(target_os = "linux")]

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use domain::api::{Empty, path, route};
use domain::view::BarStatus;
use domain::{Code, Status, Timestamp};
use tempfile::TempDir;

use crate::bar::Bar;
use crate::crash::{check_log, whole_log};
use crate::http::Refusal as _;
use crate::live::Screen;
use crate::server::{Server, everything_is_installed};
use crate::soon::until;

/// What the server takes for the time: the real one and some seconds.
pub(crate) struct Clock {
    folder: TempDir,
    library: PathBuf,
}

impl Clock {
    /// A clock that is right. None where libfaketime is not installed; `cargo xtask test` does.
    pub(crate) fn new() -> Result<Option<Self>> {
        let Some(library) = library() else {
            ensure!(
                !everything_is_installed(),
                "libfaketime is missing: apt-get install libfaketime"
            );
            println!("skipped: there is no libfaketime");
            return Ok(None);
        };
        let clock = Self { folder: tempfile::tempdir()?, library };
        clock.is_ahead(0)?;
        Ok(Some(clock))
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("clock")
    }

    /// Sets it, at once.
    pub(crate) fn is_ahead(&self, seconds: i64) -> Result<()> {
        // Put there whole, so that it is never read half written.
        let unfinished = self.folder.path().join("unfinished");
        std::fs::write(&unfinished, format!("{seconds:+}\n"))?;
        Ok(std::fs::rename(unfinished, self.file())?)
    }

    /// The demonstration, on a server that goes by this clock. Waiting is left as it is.
    pub(crate) async fn bar(&self) -> Result<Bar> {
        let wrapper = [
            "env".to_owned(),
            format!("LD_PRELOAD={}", self.library.display()),
            format!("FAKETIME_TIMESTAMP_FILE={}", self.file().display()),
            "FAKETIME_NO_CACHE=1".to_owned(),
            "FAKETIME_DONT_FAKE_MONOTONIC=1".to_owned(),
        ];
        let wrapper: Vec<&str> = wrapper.iter().map(String::as_str).collect();
        Ok(Bar::of(Server::start_lasting_under(&wrapper).await?))
    }
}

fn library() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib").ok()?.filter_map(Result::ok);
    let mut libraries = folders.map(|folder| folder.path().join("faketime/libfaketimeMT.so.1"));
    libraries.find(|library| library.is_file())
}

#[tokio::test]
async fn a_clock_set_back_an_hour_revives_nothing_and_service_goes_on() -> Result<()> {
    let Some(clock) = Clock::new()? else {
        return Ok(());
    };
    let mut bar = clock.bar().await?;
    let (ada, eve, bea) = (bar.guest().await?, bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    let order = ada.scans(&code).await?.order;
    clock.is_ahead(700)?;
    until("the end of the choice", async || Ok(ada.order(&order).await?.status == Status::Expired))
        .await?;
    eve.scans(&code).await.refused(Code::CodeExpired)?;
    for set_back in [700 - 3600, -24 * 3600] {
        clock.is_ahead(set_back)?;
        eve.scans(&code).await.refused(Code::CodeExpired)?;
        ada.places(&order, "latte").await.refused(Code::WrongStatus)?;
        ensure!(ada.order(&order).await?.status == Status::Expired, "it stays expired");
        // Whoever comes now is served, with the code on the monitor.
        let newcomer = bar.guest().await?;
        let theirs = newcomer.orders(&bea.code().await?.code, "tea").await?.order;
        bea.claims(&theirs).await?;
        bea.completes(&theirs).await?;
        newcomer.collects(&theirs).await?;
    }
    // Nor does a restart with the wrong time change any of that.
    bar.server.kill().await?;
    bar.server.restart().await?;
    ada.places(&order, "latte").await.refused(Code::WrongStatus)?;
    bea.takes("tea").await?;
    check_log(&whole_log(&bea).await?)
}

/// Over HTTP and for live connections; and what has run out cannot be renewed.
#[tokio::test]
async fn sessions_end_when_their_time_is_over() -> Result<()> {
    let Some(clock) = Clock::new()? else {
        return Ok(());
    };
    let bar = clock.bar().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let (display, olga) = (bar.display().await?, bar.olga().await?);
    let everybody = [(&ada, 30), (&bea, 1), (&display, 30), (&olga, 1)];
    for (day, minutes) in [(1, -5), (1, 5), (30, -5), (30, 5)] {
        clock.is_ahead(day * 24 * 3600 + minutes * 60)?;
        for (person, days) in everybody {
            let is_over = day * 24 * 60 + minutes > days * 24 * 60;
            let answer = person.gets(&path::my_orders(1)).await?;
            ensure!((answer.status == 401) == is_over, "on day {day}: {answer:?}");
            let live = Screen::of(&bar, person).await;
            ensure!(live.is_err() == is_over, "a live connection on day {day}: {days} days");
            if is_over {
                answer.problem(Code::NoSession)?;
                let token = Some(person.token());
                let renewed = bar.http.post(route::CURRENT_SESSION, token, &Empty {}).await?;
                renewed.problem(Code::NoSession)?;
            }
        }
    }
    // Whoever comes in now is let in.
    bar.guest().await?.my_orders().await?;
    bar.bea().await?.queue().await?;
    Ok(())
}

#[tokio::test]
async fn what_ran_out_while_the_server_was_down_has_run_out_when_it_is_back() -> Result<()> {
    let Some(clock) = Clock::new()? else {
        return Ok(());
    };
    let mut bar = clock.bar().await?;
    let (ada, eve, bea) = (bar.guest().await?, bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    let waiting = ada.orders(&code, "latte").await?.order;
    let choosing = eve.scans(&code).await?.order;
    let ready = bea.takes("tea").await?.order;
    bea.completes(&ready).await?;
    let ends = bea.bar().await?.now.plus_seconds(20 * 60);
    bea.pauses(Some(ends), Some("New beans")).await?;
    bar.server.stop().await?;
    clock.is_ahead(15 * 60)?;
    bar.server.restart().await?;
    // Nobody asks for any of it: the timers do.
    until("the end of the choice and of the drink on the counter", async || {
        let choice = eve.order(&choosing).await?.status;
        Ok((choice, bea.order(&ready).await?.status) == (Status::Expired, Status::Collected))
    })
    .await?;
    let view = bea.bar().await?;
    ensure!((view.status, view.paused_until) == (BarStatus::Paused, Some(ends)), "{view:?}");
    ensure!(ada.order(&waiting).await?.status == Status::Placed, "its time is not over");
    bar.server.kill().await?;
    clock.is_ahead(31 * 60)?;
    bar.server.restart().await?;
    until("the end of the wait", async || Ok(ada.order(&waiting).await?.status == Status::Expired))
        .await?;
    let view = bea.bar().await?;
    ensure!(
        view.status == BarStatus::Open && view.accepting,
        "the pause ended by itself: {view:?}"
    );
    bar.guest().await?.orders(&bea.code().await?.code, "tea").await?;
    check_log(&whole_log(&bea).await?)
}

#[tokio::test]
async fn the_day_turns_at_four_whether_or_not_the_server_runs() -> Result<()> {
    let Some(clock) = Clock::new()? else {
        return Ok(());
    };
    let mut bar = clock.bar().await?;
    let bea = bar.bea().await?;
    let first = bea.takes("tea").await?;
    let live = bea.takes("tea").await?;
    ensure!((first.number, live.number) == (Some(1), Some(2)), "the first of the day");
    bea.cancels(&first.order, None).await?;
    bea.claims(&live.order).await?;
    let now = bea.bar().await?.now;
    let four = until_four(now).context("four o'clock comes every day")?;
    clock.is_ahead(four - 60)?;
    ensure!(bar.bea().await?.takes("tea").await?.number == Some(3), "it is still the day before");
    clock.is_ahead(four + 1)?;
    let bea = bar.bea().await?;
    ensure!(bea.takes("tea").await?.number == Some(1), "a new day");
    ensure!(bea.takes("tea").await?.number == Some(4), "2 and 3 are still to be called");
    let days = async |bea: &crate::person::Person| -> Result<usize> {
        let log = whole_log(bea).await?;
        let turns = log.iter().flat_map(|entry| &entry.events);
        Ok(turns.filter(|event| event.name() == "DayStarted").count())
    };
    ensure!(days(&bea).await? == 1, "one turn of the day");
    bar.server.stop().await?;
    clock.is_ahead(four + 1 + 2 * 24 * 3600)?;
    bar.server.restart().await?;
    let bea = bar.bea().await?;
    until("one turn for the days that nobody was there", async || Ok(days(&bea).await? == 2))
        .await?;
    check_log(&whole_log(&bea).await?)
}

/// Seconds until it is 04:00 in UTC, which is the bar's time zone.
pub(crate) fn until_four(now: Timestamp) -> Option<i64> {
    let of_day = now.seconds().rem_euclid(24 * 3600);
    (1..=24 * 3600).find(|ahead| (of_day + ahead) % (24 * 3600) == 4 * 3600)
}
