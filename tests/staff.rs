//! Staff: hired, dismissed, bound to bars; monitors, paired by link.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use domain::api::{Credentials, Empty, StaffChange, route};
use domain::limits::LimitsChange;
use domain::topic::Topic;
use domain::{Code, Role};
use hyper::{Method, StatusCode};

use crate::bar::Bar;
use crate::http::Refusal as _;
use crate::live::Screen;
use crate::server::{PASSWORD, Server};
use crate::soon::until;

#[tokio::test]
async fn who_is_dismissed_is_out_at_once_on_every_device() -> Result<()> {
    let bar = Bar::open().await?;
    let (olga, bob) = (bar.olga().await?, bar.bob().await?);
    olga.hires("cleo", Role::Barista, &[]).await?;
    let (here, there) = (bar.staff("cleo").await?, bar.staff("cleo").await?);
    let queue = Topic::Queue(bar.id.clone());
    let mut screens = Vec::new();
    for person in [&here, &there, &bob] {
        let mut screen = Screen::of(&bar, person).await?;
        ensure!(screen.subscribes(&queue).await?, "staff hear the queue");
        screens.push(screen);
    }
    let answer = olga.dismisses("cleo").await?;
    ensure!(answer.status == 204 && answer.body.is_empty(), "{answer:?}");
    for person in [&here, &there] {
        person.queue().await.refused(Code::NoSession)?;
        let answer =
            person.http.post(route::CURRENT_SESSION, Some(person.token()), &Empty {}).await?;
        answer.problem(Code::NoSession)?;
        ensure!(Screen::of(&bar, person).await.is_err(), "nor is a new connection let in");
    }
    let mut bobs = screens.pop().context("three screens")?;
    for screen in screens {
        // At once, not when a connection is next looked at: that would be a minute.
        tokio::time::timeout(Duration::from_secs(10), screen.ends()).await??;
    }
    bob.takes("tea").await?;
    ensure!(bobs.next().await?.topic == queue, "Bob's tablet goes on");
    bar.staff("cleo").await.map(|_| ()).refused(Code::BadCredentials)?;
    Ok(())
}

#[tokio::test]
async fn signing_out_ends_the_live_connections_of_that_session_only() -> Result<()> {
    let bar = Bar::open().await?;
    let (here, there) = (bar.bea().await?, bar.bea().await?);
    let queue = Topic::Queue(bar.id.clone());
    let (gone, mut stays) = (Screen::of(&bar, &here).await?, Screen::of(&bar, &there).await?);
    ensure!(stays.subscribes(&queue).await?, "staff hear the queue");
    here.signs_out().await?;
    tokio::time::timeout(Duration::from_secs(10), gone.ends()).await??;
    there.takes("tea").await?;
    ensure!(stays.next().await?.topic == queue, "the other tablet goes on");
    Ok(())
}

#[tokio::test]
async fn another_password_ends_sessions_and_outlives_a_restart() -> Result<()> {
    let mut bar = Bar::of(Server::start_empty().await?);
    let link = crate::employer::printed_link(&bar.server, "/barista/manage/").await?;
    let olga = bar.opens_link(&link).await?;
    olga.hires("organiser", Role::Organiser, &[]).await?;
    olga.hires("cleo", Role::Barista, &[]).await?;
    let before = bar.staff("cleo").await?;
    let change = StaffChange {
        password: Some("another-one".to_owned()),
        role: Role::Barista,
        name: "Cleo".to_owned(),
        bars: None,
    };
    olga.puts_staff("cleo", &change).await?;
    before.my_orders().await.refused(Code::NoSession)?;
    bar.staff("cleo").await.map(|_| ()).refused(Code::BadCredentials)?;
    let after = bar.staff_with("cleo", "another-one").await?;
    ensure!(after.id() == before.id(), "the same person");
    bar.server.kill().await?;
    bar.server.restart().await?;
    before.my_orders().await.refused(Code::NoSession)?;
    after.my_orders().await?;
    olga.staff().await?;
    Ok(())
}

#[tokio::test]
async fn a_monitor_is_paired_by_a_link_that_works_once_and_survives_a_restart() -> Result<()> {
    let mut bar = Bar::of(Server::start_lasting().await?);
    let olga = bar.olga().await?;
    let hall = StaffChange {
        password: None,
        role: Role::Display,
        name: "Hall".to_owned(),
        bars: Some(vec![bar.id.clone()]),
    };
    ensure!(!olga.puts_staff("hall", &hall).await?.has_password, "it needs none");
    let link = olga.makes_link("hall").await?;
    ensure!(link.len() == 10 && link.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{link}");
    bar.server.kill().await?;
    bar.server.restart().await?;
    let typed = format!("{} {}", link[..4].to_lowercase(), &link[4..]);
    let display = bar.opens_link(&typed).await?;
    ensure!(display.session.actor.role == Role::Display, "{:?}", display.session.actor);
    display.board().await?;
    display.queue().await.refused(Code::NotAllowed)?;
    let mut monitor = Screen::of(&bar, &display).await?;
    ensure!(monitor.subscribes(&Topic::Board(bar.id.clone())).await?, "it hears the board");
    let problem = bar.opens_link(&link).await.map(|_| ()).refused(Code::BadCredentials)?;
    ensure!(problem.detail.contains("link"), "{problem:?}");
    let problem = olga.makes_link("barista").await.refused(Code::Invalid)?;
    ensure!(problem.field.as_deref() == Some("role"), "{problem:?}");
    for username in ["hall", "barista"] {
        // An account without a password cannot be signed in to by one.
        let password = String::new();
        let credentials = Credentials { username: username.to_owned(), password };
        let answer = bar.http.post(route::STAFF_SESSIONS, None, &credentials).await?;
        answer.problem(Code::BadCredentials)?;
    }
    ensure!(olga.dismisses("hall").await?.status == 204, "it is taken down");
    monitor.ends().await?;
    display.board().await.refused(Code::NoSession)?;
    Ok(())
}

#[tokio::test]
async fn two_bars_side_by_side_have_their_own_staff() -> Result<()> {
    let bar = Bar::open().await?;
    let olga = bar.olga().await?;
    let hall = "hall-2".parse()?;
    olga.founds("hall-2", LimitsChange::default()).await?;
    olga.at(&hall).opens().await?;
    olga.hires("cleo", Role::Barista, &[&hall]).await?;
    olga.hires("dora", Role::Barista, &[&bar.id]).await?;
    let cleo = bar.staff("cleo").await?.at(&hall);
    let dora = bar.staff("dora").await?;
    for (person, own, other) in [(&cleo, &hall, &bar.id), (&dora, &bar.id, &hall)] {
        let bars: Vec<domain::view::BarSummary> = person.gets(route::BARS).await?.read()?;
        ensure!(bars.iter().map(|bar| &bar.bar).eq([own]), "{bars:?}");
        person.at(other).bar().await.refused(Code::NoSuchBar)?;
        person.at(other).queue().await.refused(Code::NoSuchBar)?;
        person.at(other).takes("tea").await.refused(Code::NoSuchBar)?;
        person.at(other).closes().await.refused(Code::NoSuchBar)?;
        let mut screen = Screen::of(&bar, person).await?;
        ensure!(screen.subscribes(&Topic::Queue(own.clone())).await?, "their own queue");
        ensure!(!screen.subscribes(&Topic::Queue(other.clone())).await?, "no other");
        ensure!(!screen.subscribes(&Topic::Status(other.clone())).await?, "nothing of it");
    }
    let (here, there) = (dora.code().await?, cleo.code().await?);
    ensure!(here.code != there.code && here.uses_left == there.uses_left, "a code each");
    let ada = bar.guest().await?;
    let (first, second) =
        (ada.orders(&here.code, "latte").await?, ada.at(&hall).orders(&there.code, "tea").await?);
    ensure!((first.number, second.number) == (Some(1), Some(1)), "numbers of their own");
    cleo.claims(&first.order).await.refused(Code::NoSuchOrder)?;
    cleo.claims(&second.order).await?;
    ensure!(dora.queue().await?.orders.len() == 1, "queues of their own");
    Ok(())
}

#[tokio::test]
async fn staff_is_the_organisers_affair_and_one_always_stays() -> Result<()> {
    let bar = Bar::open().await?;
    let olga = bar.olga().await?;
    let names: Vec<_> =
        olga.staff().await?.into_iter().map(|member| member.username.to_string()).collect();
    ensure!(names == ["barista", "barista2", "display", "organiser"], "{names:?}");
    for person in [bar.bea().await?, bar.display().await?, bar.guest().await?] {
        person.staff().await.refused(Code::NotAllowed)?;
        person.dismisses("barista2").await?.problem(Code::NotAllowed)?;
        person.makes_link("display").await.refused(Code::NotAllowed)?;
    }
    let answer = olga.dismisses("organiser").await?;
    ensure!(answer.problem(Code::Invalid)?.field.as_deref() == Some("role"), "the last one");
    olga.dismisses("nobody").await?.problem(Code::NotFound)?;
    let nowhere = route::STAFF_MEMBER.replace("{username}", "No%20Body");
    let put = olga.http.request(Method::PUT, &nowhere, Some(olga.token()));
    let put = put.header("content-type", "application/json");
    let answer = olga.http.send(put, r#"{"role":"barista","name":"N"}"#).await?;
    ensure!(answer.problem(Code::Invalid)?.field.as_deref() == Some("username"), "named");
    olga.staff().await?;
    Ok(())
}

#[tokio::test]
async fn guesses_wait_and_the_right_password_works_thereafter() -> Result<()> {
    let bar = Bar::open().await?;
    let tries = async |username: &str, password: &str| {
        let credentials =
            Credentials { username: username.to_owned(), password: password.to_owned() };
        bar.http.post(route::STAFF_SESSIONS, None, &credentials).await
    };
    let mut waited = None;
    for _ in 0..20 {
        let answer = tries("barista", "guess").await?;
        if answer.status == 429 {
            let seconds: u64 = answer.header("retry-after").parse().context("whole seconds")?;
            ensure!((1..=60).contains(&seconds), "{seconds} s");
            let problem = answer.problem(Code::TooManyRequests)?;
            ensure!(problem.retry_at.is_some(), "{problem:?}");
            waited = Some(seconds);
            break;
        }
        answer.problem(Code::BadCredentials)?;
    }
    ensure!(waited.is_some(), "twenty guesses went unhindered");
    tries("barista", PASSWORD).await?.problem(Code::TooManyRequests)?;
    // Others are none the worse for it, and asking meanwhile makes nobody wait longer.
    bar.bob().await?;
    until("the end of the delay", async || {
        Ok(tries("barista", PASSWORD).await?.status == StatusCode::CREATED)
    })
    .await
}
