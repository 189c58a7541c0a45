//! Those who mean no good, many at once: refused as the contract says, with memory bounded and
//! everybody else served.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use domain::Code;
use domain::api::{path, route};
use domain::topic::Topic;
use hyper::Method;
use hyper::header::CONTENT_TYPE;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::bar::Bar;
use crate::live::Screen;
use crate::person::Person;
use crate::server::Server;
use crate::soon::{PATIENCE, soon};

const IDLE: usize = 5_000;
/// What a connection that says nothing may cost.
const PER_IDLE: u64 = 16 * 1024;
/// How long somebody may take nothing of what they are told.
const STUCK: Duration = Duration::from_secs(30);
/// What any mob may cost in all.
const PER_MOB: u64 = 64 * 1024 * 1024;

/// How long an order takes, from scanning to placing.
async fn time_of_an_order(ada: &Person, code: &str) -> Result<Duration> {
    let start = Instant::now();
    let order = ada.orders(code, "latte").await?.order;
    ada.cancels(&order, None).await?;
    Ok(start.elapsed())
}

#[tokio::test]
async fn five_thousand_idle_connections_keep_nobody_waiting() -> Result<()> {
    let files = getrlimit(Resource::Nofile);
    // As many as the machine grants files for, less those that everything else needs.
    let room = files.maximum.map_or(IDLE, |most| most.saturating_sub(1_000) as usize);
    let count = IDLE.min(room);
    ensure!(count >= 1_000, "{:?} open files are too few: ulimit -Hn", files.maximum);
    let wanted = Some(count as u64 + 1_000);
    setrlimit(Resource::Nofile, Rlimit { current: files.maximum.or(wanted), ..files })?;
    // The server begins with what systems usually hand out.
    let few = ["sh", "-c", "ulimit -Sn 1024 && exec \"$0\" \"$@\""];
    let bar = Bar::of(Server::start_under(&few).await?).with(crate::bar::roomy()).await?;
    let (ada, code) = (bar.guest().await?, bar.bea().await?.code().await?.code);
    time_of_an_order(&ada, &code).await?;
    let before = bar.server.resident_bytes();

    let mut idle = Vec::with_capacity(count);
    for number in 0..count {
        let connecting = TcpStream::connect(bar.server.address());
        let mut stream = soon("a connection", connecting).await??;
        if number % 2 == 0 {
            stream.write_all(b"GET /api/bars HTTP/1.1\r\nHost: bar\r\nX-").await?;
        }
        idle.push(stream);
    }
    let newcomer = bar.guest().await.context("there is room for one more")?;
    let took = time_of_an_order(&newcomer, &code).await?;
    ensure!(took < Duration::from_secs(2), "an order took {took:?}");
    if let (Some(before), Some(after)) = (before, bar.server.resident_bytes()) {
        let each = after.saturating_sub(before) / count as u64;
        println!("{count} idle connections: {each} bytes each; an order took {took:?}");
        ensure!(each <= PER_IDLE, "{each} bytes for each idle connection");
    }
    // None of them is waited for for ever.
    for mut stream in idle.into_iter().take(2) {
        let mut said = Vec::new();
        let _ = soon("the end of an idle connection", stream.read_to_end(&mut said)).await?;
    }
    Ok(())
}

/// Requests one after the other, and nobody who reads what they are answered.
#[tokio::test]
async fn who_never_reads_is_given_up() -> Result<()> {
    let bar = Bar::open().await?;
    let asked = format!("GET {} HTTP/1.1\r\nHost: bar\r\n\r\n", path::bar(&bar.id)).repeat(500);
    let before = bar.server.resident_bytes();
    let mut deaf = JoinSet::new();
    for _ in 0..2 {
        let (server, asked) = (bar.server.address(), asked.clone());
        deaf.spawn(async move {
            let mut stream = soon("a connection", TcpStream::connect(server)).await??;
            // Waits once nobody on the way has room for more, and fails when the server hangs up.
            let given_up = async { while stream.write_all(asked.as_bytes()).await.is_ok() {} };
            // The server must have filled that room before it can be stuck.
            let given_up = tokio::time::timeout(STUCK + 3 * PATIENCE, given_up).await;
            given_up.context("still connected, and has read nothing")
        });
    }
    let (ada, code) = (bar.guest().await?, bar.bea().await?.code().await?.code);
    time_of_an_order(&ada, &code).await?;
    while let Some(given_up) = deaf.join_next().await {
        given_up??;
    }
    if let (Some(before), Some(after)) = (before, bar.server.resident_bytes()) {
        let grown = after.saturating_sub(before);
        println!("two who never read: {} KiB more", grown / 1024);
        ensure!(grown <= PER_MOB, "{grown} bytes more");
    }
    Ok(())
}

#[tokio::test]
async fn a_mob_is_refused_while_guests_are_served() -> Result<()> {
    let bar = Arc::new(Bar::roomy().await?);
    let (ada, code) = (bar.guest().await?, bar.bea().await?.code().await?.code);
    time_of_an_order(&ada, &code).await?;
    let before = bar.server.resident_bytes();
    // Forged: the signature begins with another letter.
    let (claims, signature) = ada.token().split_once('.').context("two parts")?;
    let other = if signature.starts_with('A') { 'B' } else { 'A' };
    let forged = format!("{claims}.{other}{}", &signature[1..]);

    let mut mob = JoinSet::new();
    for number in 0..400 {
        let (bar, forged, token) = (bar.clone(), forged.clone(), ada.token().to_owned());
        mob.spawn(async move {
            let (http, queue) = (&bar.http, path::queue(&bar.id));
            let guests = || {
                let request = http.request(Method::POST, route::GUEST_SESSIONS, None);
                request.header(CONTENT_TYPE, "application/json")
            };
            match number % 8 {
                0 => http.send(guests(), vec![b' '; 10 << 20]).await?.problem(Code::TooLarge),
                1 => http.send(guests(), "{\"a\":".repeat(10_000)).await?.problem(Code::Malformed),
                2 => http.get(&queue, Some(&forged)).await?.problem(Code::NoSession),
                3 => {
                    let live = Screen::with_token(&bar, &forged).await;
                    ensure!(live.is_err(), "a live connection for a forged token");
                    http.get(&queue, Some(&forged)).await?.problem(Code::NoSession)
                }
                4 => http.get("/api/%ff/../..", None).await?.problem(Code::NotFound),
                5 => {
                    nosy(&bar, &token).await?;
                    http.get(&queue, Some(&token)).await?.problem(Code::NotAllowed)
                }
                _ => {
                    garbage(bar.server.address(), number).await?;
                    http.get(&queue, None).await?.problem(Code::NoSession)
                }
            }
        });
    }
    let took = time_of_an_order(&ada, &code).await?;
    while let Some(refused) = soon("the mob's end", mob.join_next()).await? {
        refused??;
    }
    ensure!(took < Duration::from_secs(5), "an order took {took:?} in the mob");
    if let (Some(before), Some(after)) = (before, bar.server.resident_bytes()) {
        let grown = after.saturating_sub(before);
        println!("a mob of 400: {} KiB more; an order took {took:?}", grown / 1024);
        ensure!(grown <= PER_MOB, "{grown} bytes more");
    }
    Ok(())
}

/// A guest who wants to hear what is not for guests does not, and is ended for speaking up.
async fn nosy(bar: &Bar, token: &str) -> Result<()> {
    let mut live = Screen::with_token(bar, token).await?;
    let queue = Topic::Queue(bar.id.clone());
    for topic in ["#", "+/+/+/+", "$SYS/#", &queue.to_string(), "serverlesspresso/people/+/orders"]
    {
        ensure!(!live.subscribes_to(topic).await?, "{topic} was granted");
    }
    live.says(&queue, "a rumour").await?;
    live.ends().await
}

/// A live connection that speaks anything but MQTT is ended.
async fn garbage(server: std::net::SocketAddr, number: usize) -> Result<()> {
    let mut stream = soon("a connection", TcpStream::connect(server)).await??;
    let head = format!(
        "GET {} HTTP/1.1\r\nHost: bar\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         Sec-WebSocket-Protocol: mqtt\r\n\r\n",
        route::LIVE
    );
    stream.write_all(head.as_bytes()).await?;
    // A masked binary frame, its mask all zeros: a remaining length that never ends, a PUBLISH
    // before CONNECT, a CONNECT cut short, a type that does not exist.
    let packets: [&[u8]; 4] = [
        &[0x10, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0x30, 4, 0, 1, b'x', b'y'],
        &[0x10, 4, 0, 4, b'M', b'Q'],
        &[0xf0, 4, 1, 2, 3, 4],
    ];
    let packet = packets[number % packets.len()];
    let length = u8::try_from(packet.len()).expect("short");
    stream.write_all(&[&[0x82, 0x80 | length, 0, 0, 0, 0], packet].concat()).await?;
    let mut said = Vec::new();
    let _ = soon("the end of a bad connection", stream.read_to_end(&mut said)).await?;
    ensure!(said.starts_with(b"HTTP/1.1 101 "), "{}", String::from_utf8_lossy(&said));
    Ok(())
}
