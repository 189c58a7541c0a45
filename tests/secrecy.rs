//! What must not be said: no code, token, password or name in anything the server writes, in the
//! log of the bar, or where others may read it.

use std::os::unix::fs::PermissionsExt as _;

use anyhow::{Context as _, Result, ensure};
use domain::api::{Credentials, OrderRequest, path, route};
use domain::menu::Options;
use domain::topic::Topic;
use domain::{Code, Role};

use crate::bar::{Bar, roomy};
use crate::http::Refusal as _;
use crate::live::Screen;
use crate::person::{command_id, slug};
use crate::server::{PASSWORD, Server};

const NAME: &str = "Hieronymus";
const WALK_UP: &str = "Kunigunde";
const NEWCOMER: &str = "kunibert-the-newcomer";
const GUESS: &str = "hunter2hunter2";

#[tokio::test]
async fn a_busy_server_writes_down_no_secrets() -> Result<()> {
    // Even when it is asked to write down everything.
    let server = Server::start_under(&["env", "SERVERLESSPRESSO_LOG=trace"]).await?;
    let mut bar = Bar::of(server).with(roomy()).await?;
    let (ada, bea, display) = (bar.guest().await?, bar.bea().await?, bar.display().await?);
    let code = bea.code().await?.code;
    let mut phone = Screen::of(&bar, &ada).await?;
    ensure!(phone.subscribes(&Topic::Orders(ada.id().clone())).await?, "her own orders");
    let mut monitor = Screen::of(&bar, &display).await?;
    ensure!(monitor.subscribes(&Topic::Code(bar.id.clone())).await?, "the code");

    for _ in 0..5 {
        let order = ada.scans(&code).await?.order;
        let (drink, options, name) = (slug("latte"), Options::default(), Some(NAME.to_owned()));
        ada.sends(&order, OrderRequest::Place { drink, options, name }).await?;
        bea.claims(&order).await?;
        bea.completes(&order).await?;
        ada.collects(&order).await?;
        bea.takes_as(&command_id(), "tea", Some(WALK_UP)).await?;
        phone.next().await?;
        monitor.next().await?;
    }
    // Mistakes, too: a wrong password, a code at the wrong bar, a body that makes no sense.
    let (username, password) = ("barista".to_owned(), GUESS.to_owned());
    let answer =
        bar.http.post(route::STAFF_SESSIONS, None, &Credentials { username, password }).await?;
    answer.problem(Code::BadCredentials)?;
    ada.at(&"espresso".parse()?).scans(&code).await.refused(Code::CodeUnknown)?;
    let wrong = serde_json::json!({ "drink": "tea", "name": { NAME: code } });
    bea.posts(&path::orders(&bar.id), &command_id(), wrong).await?.problem(Code::Invalid)?;
    ensure!(Screen::with_token(&bar, &format!("{}x", ada.token())).await.is_err(), "forged");
    // What an organiser hands out: a password, and a link that is used and used again.
    let olga = bar.olga().await?;
    olga.hires(NEWCOMER, Role::Barista, &[]).await?;
    let link = olga.makes_link("display").await?;
    let paired = bar.opens_link(&link).await?;
    bar.opens_link(&link).await.map(|_| ()).refused(Code::BadCredentials)?;
    let log = bea.gets(&format!("{}?limit=1000", path::log(&bar.id))).await?;
    bar.server.stop().await?;

    let written = bar.server.output();
    ensure!(written.contains("listens on"), "something is written: {written}");
    let log = String::from_utf8_lossy(&log.body).into_owned();
    let mut secrets = vec![PASSWORD, GUESS, NAME, WALK_UP, &code];
    secrets.extend([ada.token(), bea.token(), display.token(), paired.token()]);
    secrets.extend([link.as_str(), NEWCOMER]);
    for secret in secrets {
        for (place, text) in [("its output", &written), ("the bar's log", &log)] {
            let line = text.lines().find(|line| line.contains(secret));
            ensure!(line.is_none(), "{place} gives {secret} away: {line:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_board_shows_numbers_and_names_and_nothing_else_of_anybody() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea, display) = (bar.guest().await?, bar.bea().await?, bar.display().await?);
    let order = ada.orders(&bea.code().await?.code, "latte").await?.order;
    let answer = display.gets(&path::board(&bar.id)).await?;
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    for secret in [order.as_str(), order.own(), ada.id().as_str()] {
        ensure!(!text.contains(secret), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn nobody_else_on_the_machine_can_read_the_data() -> Result<()> {
    let bar = Bar::open().await?;
    let data = bar.server.data();
    let mode = |path: &std::path::Path| {
        let read = std::fs::metadata(path).with_context(|| path.display().to_string())?;
        anyhow::Ok(read.permissions().mode() & 0o777)
    };
    ensure!(mode(&data)? == 0o700, "the directory is {:o}", mode(&data)?);
    ensure!(mode(&data.join("key"))? == 0o600, "the key is {:o}", mode(&data.join("key"))?);
    Ok(())
}
