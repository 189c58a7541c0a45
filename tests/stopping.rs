//! SIGTERM: the server finishes what it has begun, says goodbye and loses nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use domain::Code;
use domain::api::route;
use domain::topic::Topic;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::bar::{Bar, roomy};
use crate::http::No;
use crate::kept::timeless;
use crate::live::Screen;
use crate::server::Server;
use crate::soon::{soon, until};

#[tokio::test]
async fn a_server_told_to_stop_in_a_rush_loses_nothing_it_acknowledged() -> Result<()> {
    let mut bar = Bar::of(Server::start_lasting().await?).with(roomy()).await?;
    let bea = bar.bea().await?;
    let mut screen = Screen::of(&bar, &bea).await?;
    ensure!(screen.subscribes(&Topic::Queue(bar.id.clone())).await?, "the queue is hers");
    let answers = Arc::new(AtomicUsize::new(0));
    let mut tills = JoinSet::new();
    for _ in 0..16 {
        let (till, answers) = (bea.clone(), answers.clone());
        tills.spawn(async move {
            let mut taken = Vec::new();
            loop {
                match till.takes("tea").await {
                    Ok(view) => taken.push(view.order),
                    Err(No::Lost { .. }) => return Ok(taken),
                    Err(No::Refused { problem, .. }) if problem.code == Code::Unavailable => {
                        return Ok(taken);
                    }
                    Err(other) => bail!(other),
                }
                answers.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    until("a rush", async || Ok(answers.load(Ordering::Relaxed) >= 200)).await?;
    let told = Instant::now();
    let status = bar.server.stop().await?;
    ensure!(status.code() == Some(0), "it ended with {status}");
    ensure!(told.elapsed() < AT_MOST, "after {:?}", told.elapsed());
    screen.ends().await?;
    one_file_each(&bar)?;
    let mut acknowledged = Vec::new();
    for taken in tills.join_all().await {
        acknowledged.extend(taken?);
    }
    bar.server.restart().await?;
    let mut there: Vec<_> = bea.queue().await?.orders.into_iter().map(|view| view.order).collect();
    there.sort();
    for order in &acknowledged {
        ensure!(there.binary_search(order).is_ok(), "{order} is lost");
    }
    // At most what each till had asked for when the connection was cut.
    ensure!(there.len() <= acknowledged.len() + 16, "{} too many", there.len());
    Ok(())
}

/// A service manager waits this long before it kills.
const AT_MOST: Duration = Duration::from_secs(5);

/// Nothing is left to be put together by whoever opens or copies the files next.
fn one_file_each(bar: &Bar) -> Result<()> {
    let mut names = Vec::new();
    for entry in bar.server.data().read_dir()? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let databases = names.iter().filter(|name| name.contains(".db")).collect::<Vec<_>>();
    ensure!(databases == ["bar.db", "history.db"], "{names:?}");
    Ok(())
}

/// Somebody who does not read, somebody who never says what they want, and one who begins a request
/// and does not end it, do not keep the server from ending, nor do they make it end badly.
#[tokio::test]
async fn nobody_holds_up_the_end() -> Result<()> {
    let mut bar = Bar::of(Server::start_lasting().await?);
    let bea = bar.bea().await?;
    let screen = Screen::of(&bar, &bea).await?;
    let mut silent = TcpStream::connect(bar.server.address()).await?;
    let mut unfinished = TcpStream::connect(bar.server.address()).await?;
    let head = format!("POST {} HTTP/1.1\r\nhost: bar\r\ncontent-length: 9\r\n", route::BARS);
    unfinished
        .write_all(format!("{head}content-type: application/json\r\n\r\n{{").as_bytes())
        .await?;
    // Whoever is served after them shows that they were taken in.
    let order = bea.takes("tea").await?.order;
    let told = Instant::now();
    let status = bar.server.stop().await?;
    ensure!(status.code() == Some(0), "it ended with {status}");
    ensure!(told.elapsed() < AT_MOST, "after {:?}", told.elapsed());
    one_file_each(&bar)?;
    screen.ends().await?;
    let mut rest = Vec::new();
    soon("the end of a silent connection", silent.read_to_end(&mut rest)).await??;
    bar.server.restart().await?;
    ensure!(bea.order(&order).await?.number == Some(1), "it is there");
    Ok(())
}

#[tokio::test]
async fn a_bar_is_after_a_restart_what_it_was_before() -> Result<()> {
    let mut bar = Bar::of(Server::start_lasting().await?).with(roomy()).await?;
    let (ada, bea, display) = (bar.guest().await?, bar.bea().await?, bar.display().await?);
    let code = bea.code().await?;
    let choosing = ada.scans(&code.code).await?.order;
    let placed = ada.orders(&code.code, "latte").await?.order;
    let mut orders = vec![choosing, placed];
    for _ in 0..3 {
        let order = bea.takes("tea").await?.order;
        bea.claims(&order).await?;
        orders.push(order);
    }
    bea.completes(&orders[3]).await?;
    bea.completes(&orders[4]).await?;
    bea.collects(&orders[4]).await?;
    let gone = ada.orders(&code.code, "mocha").await?.order;
    bea.cancels(&gone, Some("No chocolate")).await?;
    bea.pauses(None, Some("New beans")).await?;
    let (queue, board, view) = (bea.queue().await?, display.board().await?, bea.bar().await?);
    let mine: Vec<_> = ada.my_orders().await?.into_iter().map(timeless).collect();

    bar.server.stop().await?;
    bar.server.restart().await?;

    let now = bea.queue().await?;
    ensure!(now.seq == queue.seq, "{} entries, not {}", now.seq, queue.seq);
    let same = |orders: Vec<_>| orders.into_iter().map(timeless).collect::<Vec<_>>();
    ensure!(same(now.orders) == same(queue.orders), "the queue");
    ensure!(same(now.recent) == same(queue.recent), "the recall list");
    let now = display.board().await?;
    ensure!((now.preparing, now.ready) == (board.preparing, board.ready), "the board");
    let now = bea.bar().await?;
    ensure!(now.menu == view.menu && now.limits == view.limits, "{now:?}");
    ensure!((now.status, now.reason) == (view.status, view.reason), "the pause");
    let now: Vec<_> = ada.my_orders().await?.into_iter().map(timeless).collect();
    ensure!(now == mine, "{now:?}, not {mine:?}");
    ensure!(bea.code().await?.uses_left == code.uses_left - 3, "the uses of the code");
    // And it goes on: the next number is the next.
    bea.opens().await?;
    ensure!(bea.takes("tea").await?.number == Some(6), "the sixth drink");
    Ok(())
}
