//! What comes over the wire and is no proper request: too large, too slow, cut short, not JSON.
//! Each is refused as the contract says, and everybody else is served meanwhile.

use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use domain::Code;
use domain::api::{path, route};
use hyper::Method;
use hyper::header::CONTENT_TYPE;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::bar::Bar;
use crate::http::{Answer, No};
use crate::soon::soon;

const LARGEST: usize = 64 * 1024;

async fn posted(bar: &Bar, body: impl Into<hyper::body::Bytes>) -> Result<Answer, No> {
    let request = bar.http.request(Method::POST, route::GUEST_SESSIONS, None);
    bar.http.send(request.header(CONTENT_TYPE, "application/json"), body).await
}

/// `{}` with enough space inside.
fn object_of(size: usize) -> Vec<u8> {
    let mut body = vec![b' '; size];
    body[0] = b'{';
    body[size - 1] = b'}';
    body
}

#[tokio::test]
async fn a_body_may_have_64_kib() -> Result<()> {
    let bar = Bar::open().await?;
    ensure!(posted(&bar, object_of(LARGEST)).await?.status == 201, "64 KiB are taken");
    for size in [LARGEST + 1, 1 << 20, 10 << 20] {
        posted(&bar, object_of(size)).await?.problem(Code::TooLarge).context(size)?;
    }
    // Whoever does not say how much is coming is stopped at the same point.
    let mut request = head("Transfer-Encoding: chunked");
    for _ in 0..=64 {
        request.extend(b"400\r\n");
        request.extend([b' '; 1024]);
        request.extend(b"\r\n");
    }
    request.extend(b"0\r\n\r\n");
    let said = answer_to(&bar, &request).await?;
    ensure!(said.starts_with("HTTP/1.1 413 ") && said.contains("too_large"), "{said}");
    Ok(())
}

#[tokio::test]
async fn what_is_not_a_json_object_is_malformed() -> Result<()> {
    let bar = Bar::open().await?;
    let deep = "[".repeat(LARGEST - 1);
    let deep_objects = "{\"a\":".repeat(10_000);
    for body in [
        "",
        " ",
        "null",
        "7",
        "[]",
        "\"{}\"",
        "{",
        "{}}",
        "{},",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":NaN}",
        "<xml/>",
        "\u{feff}{}",
        &deep,
        &deep_objects,
    ] {
        let shown: String = body.chars().take(20).collect();
        posted(&bar, body.to_owned()).await?.problem(Code::Malformed).context(shown)?;
    }
    for kind in ["", "application/jsonp", "text/json", "multipart/form-data"] {
        let request = bar.http.request(Method::POST, route::GUEST_SESSIONS, None);
        let answer = bar.http.send(request.header(CONTENT_TYPE, kind), "{}").await?;
        answer.problem(Code::UnsupportedMediaType).context(kind)?;
    }
    for kind in ["application/json; charset=utf-8", "Application/JSON"] {
        let request = bar.http.request(Method::POST, route::GUEST_SESSIONS, None);
        let answer = bar.http.send(request.header(CONTENT_TYPE, kind), "{}").await?;
        ensure!(answer.status == 201, "{kind}: {answer:?}");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_not_utf8_is_malformed() -> Result<()> {
    let not_utf8 = b"{\"name\":\"\xff\xfe\"}".to_vec();
    posted(&Bar::open().await?, not_utf8).await?.problem(Code::Malformed)?;
    Ok(())
}

#[tokio::test]
async fn who_does_not_go_on_is_given_up_and_nobody_else_waits() -> Result<()> {
    let bar = Bar::open().await?;
    let mut slow_body = connected(&bar).await?;
    slow_body.write_all(&head("Content-Length: 100")).await?;
    slow_body.write_all(b"{\"a\":").await?;
    let mut slow_head = connected(&bar).await?;
    slow_head.write_all(b"GET /api/bars HTTP/1.1\r\nHost: bar\r\nX-").await?;
    let mut idle = Vec::new();
    for number in 0..200 {
        let mut connection = connected(&bar).await?;
        if number % 2 == 0 {
            // Gone in the middle of a body.
            connection.write_all(&head("Content-Length: 9")).await?;
            connection.write_all(b"{").await?;
        } else {
            idle.push(connection);
        }
    }
    let ada = bar.guest().await?;
    ada.orders(&bar.bea().await?.code().await?.code, "latte").await?;

    let (body, head) = tokio::join!(rest_of(&mut slow_body), rest_of(&mut slow_head));
    let said = body?;
    ensure!(said.starts_with("HTTP/1.1 400 ") && said.contains("malformed"), "{said}");
    let said = head?;
    ensure!(said.is_empty() || said.starts_with("HTTP/1.1 408 "), "{said}");
    ensure!(ada.my_orders().await?.len() == 1, "still served");
    drop(idle);
    Ok(())
}

#[tokio::test]
async fn what_is_not_http_is_not_talked_to() -> Result<()> {
    let bar = Arc::new(Bar::open().await?);
    let long = format!("GET /api/bars?{} HTTP/1.1\r\nHost: bar\r\n\r\n", "x".repeat(1 << 20));
    let noises = [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"SSH-2.0-OpenSSH_9.9\r\n\r\n",
        b"GET /api/bars HTTP/1.1\r\n\r\n\x00\x00\r\n\r\n",
        b"GET /api/bars HTTP/9.9\r\nHost: bar\r\n\r\n",
        b"POST /api/bars HTTP/1.1\r\nHost: bar\r\nContent-Length: -1\r\n\r\n",
        b"\r\n\r\n\r\n\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        long.as_bytes(),
    ];
    // Together, because the server may wait for more of each for a while.
    let mut heard = JoinSet::new();
    for noise in noises {
        let (bar, noise) = (bar.clone(), noise.to_vec());
        heard.spawn(async move { (answer_to(&bar, &noise).await, noise) });
    }
    for (said, noise) in heard.join_all().await {
        let said = said?;
        let fine = said.is_empty() || said.starts_with("HTTP/1.1 4") || said.contains(" 200 ");
        let noise = String::from_utf8_lossy(&noise[..noise.len().min(60)]).into_owned();
        ensure!(fine, "{noise:?}: {said}");
    }
    bar.guest().await?;
    Ok(())
}

fn head(length: &str) -> Vec<u8> {
    let path = route::GUEST_SESSIONS;
    let kind = "Content-Type: application/json\r\nConnection: close";
    format!("POST {path} HTTP/1.1\r\nHost: bar\r\n{kind}\r\n{length}\r\n\r\n").into_bytes()
}

async fn connected(bar: &Bar) -> Result<TcpStream> {
    Ok(soon("a connection", TcpStream::connect(bar.server.address())).await??)
}

/// Sends and listens at the same time, until the server closes.
async fn answer_to(bar: &Bar, request: &[u8]) -> Result<String> {
    let connection = connected(bar).await?;
    let (mut from, mut to) = connection.into_split();
    // The server may have heard enough before all of it is said.
    let (_, said) = tokio::join!(to.write_all(request), rest_of(&mut from));
    said
}

async fn rest_of(from: &mut (impl tokio::io::AsyncRead + Unpin)) -> Result<String> {
    let mut said = Vec::new();
    // A connection that is reset has ended, too; what was heard before counts.
    let _ = soon("the end of the connection", from.read_to_end(&mut said)).await?;
    Ok(String::from_utf8_lossy(&said).into_owned())
}

#[tokio::test]
async fn a_menu_travels_compressed() -> Result<()> {
    let bar = Bar::open().await?;
    let ask = |encoding: &'static str| {
        let request = bar.http.request(Method::GET, &path::bar(&bar.id), None);
        bar.http.send(request.header("accept-encoding", encoding), "")
    };
    let plain = ask("identity").await?;
    let small = ask("gzip").await?;
    ensure!(plain.header("content-encoding").is_empty(), "{:?}", plain.headers);
    ensure!(small.header("content-encoding") == "gzip", "{:?}", small.headers);
    let varies: Vec<_> =
        small.headers.get_all("vary").iter().map(|it| it.to_str()).collect::<Result<_, _>>()?;
    ensure!(varies.join(", ").split(", ").any(|it| it == "accept-encoding"), "{varies:?}");
    ensure!(small.body.len() * 3 < plain.body.len(), "{} bytes", small.body.len());
    Ok(())
}
