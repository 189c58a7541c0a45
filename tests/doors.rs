//! Who may look at what, and the headers every answer carries.

use anyhow::{Result, ensure};
use domain::api::{path, route};
use hyper::Method;

use crate::bar::Bar;
use crate::http::Answer;

/// What each may see: the status code of a GET.
const DOORS: &str = "
                 nobody  customer  display  barista  organiser
    bars         200     200       200      200      200
    bar          200     200       200      200      200
    board        401     403       200      200      200
    queue        401     403       403      200      200
    code         401     403       200      200      200
    log          401     403       403      200      200
    turned-away  401     403       403      200      200
    own          401     200       403      200      200
    other        401     404       403      200      200
    journey      401     200       403      200      200
    another's    401     404       403      200      200
    mine         401     200       200      200      200
    alive        200     200       200      200      200
    ready        200     200       200      200      200
";

#[tokio::test]
async fn everybody_sees_what_is_meant_for_them() -> Result<()> {
    let bar = Bar::roomy().await?;
    let (ada, eve, bea) = (bar.guest().await?, bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    let own = ada.orders(&code, "latte").await?.order;
    let other = eve.orders(&code, "tea").await?.order;
    let (display, olga) = (bar.display().await?, bar.olga().await?);
    let mut lines = DOORS.lines().filter(|line| !line.trim().is_empty());
    let head: Vec<&str> = lines.next().unwrap_or_default().split_whitespace().collect();
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (door, expected) = (words[0], &words[1..]);
        let path = match door {
            "bars" => route::BARS.to_owned(),
            "bar" => path::bar(&bar.id),
            "board" => path::board(&bar.id),
            "queue" => path::queue(&bar.id),
            "code" => path::code(&bar.id),
            "log" => path::log(&bar.id),
            "turned-away" => path::turned_away(&bar.id),
            "own" => path::order(&own),
            "other" => path::order(&other),
            "journey" => path::journey(&own),
            "another's" => path::journey(&other),
            "mine" => path::my_orders(9),
            "alive" => route::ALIVE.to_owned(),
            "ready" => route::READY.to_owned(),
            _ => anyhow::bail!("{door} is no door"),
        };
        let tokens =
            [None, Some(ada.token()), Some(display.token()), Some(bea.token()), Some(olga.token())];
        for ((role, token), expected) in head.iter().zip(tokens).zip(expected) {
            let answer = bar.http.get(&path, token).await?;
            ensure!(answer.status.as_str() == *expected, "{role} at {door}: {answer:?}");
            safe(&answer)?;
        }
    }
    Ok(())
}

/// Answers are data: not to be framed, sniffed, kept or run.
fn safe(answer: &Answer) -> Result<()> {
    for (header, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
    ] {
        ensure!(answer.header(header) == value, "{header} of {answer:?}");
    }
    let policy = answer.header("content-security-policy");
    ensure!(policy.contains("default-src 'none'"), "{policy}");
    ensure!(policy.contains("frame-ancestors 'none'"), "{policy}");
    Ok(())
}

#[tokio::test]
async fn refusals_are_as_safe_as_answers() -> Result<()> {
    let bar = Bar::open().await?;
    safe(&bar.http.get("/api/nowhere", None).await?)?;
    safe(&bar.http.get(&path::queue(&bar.id), None).await?)?;
    let delete = bar.http.request(Method::DELETE, route::BARS, None);
    safe(&bar.http.send(delete, "").await?)?;
    safe(&bar.http.post(route::GUEST_SESSIONS, None, &7).await?)?;
    safe(&bar.http.post(route::GUEST_SESSIONS, None, &serde_json::json!({})).await?)
}

/// Nobody has listed other origins.
#[tokio::test]
async fn pages_of_other_origins_may_not_use_the_api() -> Result<()> {
    let bar = Bar::open().await?;
    for method in [Method::OPTIONS, Method::GET] {
        let request = bar.http.request(method, route::BARS, None);
        let request = request.header("origin", "https://evil.example");
        let request = request.header("access-control-request-method", "POST");
        let answer = bar.http.send(request, "").await?;
        ensure!(answer.header("access-control-allow-origin").is_empty(), "{answer:?}");
    }
    Ok(())
}

/// What a guest does not see in an order of hers: who makes it. And nobody sees a guest's id.
#[tokio::test]
async fn an_order_says_who_makes_it_to_staff_only() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let order = ada.orders(&bea.code().await?.code, "latte").await?.order;
    bea.claims(&order).await?;
    ensure!(bea.order(&order).await?.by.as_deref() == Some("Bea"), "Bea makes it");
    ensure!(ada.order(&order).await?.by.is_none(), "that is no affair of Ada's");
    ensure!(ada.my_orders().await?.iter().all(|order| order.by.is_none()), "nor there");
    for path in
        [path::queue(&bar.id), path::board(&bar.id), path::order(&order), path::journey(&order)]
    {
        let answer = bea.gets(&path).await?;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        ensure!(!text.contains(ada.id().as_str()), "{path} names the guest: {text}");
    }
    Ok(())
}
