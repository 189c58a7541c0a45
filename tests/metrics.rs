//! The figures for whoever runs the server.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use domain::Code;
use domain::api::{path, route};

use crate::bar::Bar;
use crate::http::Refusal as _;
use crate::live::Screen;
use crate::server::Server;
use crate::soon::until;

/// Every sample by its name and labels, of a text in which every line parses.
async fn figures(bar: &Bar) -> Result<BTreeMap<String, f64>> {
    let answer = bar.http.get(route::METRICS, None).await?;
    ensure!(answer.status.as_u16() == 200, "{answer:?}");
    let kind = answer.header("content-type");
    ensure!(kind.starts_with("text/plain") && kind.contains("version=0.0.4"), "{kind}");
    let text = String::from_utf8(answer.body.to_vec())?;
    let (mut samples, mut typed) = (BTreeMap::new(), Vec::new());
    for line in text.lines() {
        let words: Vec<&str> = line.splitn(4, ' ').collect();
        match words[..] {
            ["#", "HELP", name, help] => ensure!(is_ours(name) && !help.is_empty(), "{line}"),
            ["#", "TYPE", name, "counter" | "gauge" | "histogram"] => typed.push(name.to_owned()),
            _ => {
                let (sample, figure) = line.rsplit_once(' ').context("a name and a figure")?;
                let name = sample.split('{').next().context("a name")?;
                let of_a_type = typed.iter().any(|typed| name.starts_with(typed.as_str()));
                ensure!(is_ours(name) && of_a_type, "{line}");
                let figure: f64 = figure.parse().with_context(|| line.to_owned())?;
                ensure!(samples.insert(sample.to_owned(), figure).is_none(), "twice: {line}");
            }
        }
    }
    Ok(samples)
}

fn is_ours(name: &str) -> bool {
    let rest = name.strip_prefix("serverlesspresso_");
    rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
}

/// A figure; one that is not told yet is 0.
fn figure(figures: &BTreeMap<String, f64>, name: &str) -> f64 {
    figures.get(&format!("serverlesspresso_{name}")).copied().unwrap_or(0.0)
}

#[tokio::test]
async fn figures_follow_what_happens() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let screen = Screen::of(&bar, &bea).await?;
    let before = figures(&bar).await?;
    let code = bea.code().await?.code;
    let order = ada.orders(&code, "latte").await?.order;
    ada.scans(&code).await.refused(Code::LiveOrderExists)?;
    bea.claims(&order).await?;
    ada.cancels(&order, None).await.refused(Code::WrongStatus)?;
    let wrong = serde_json::json!({"username": "barista", "password": "wrong"});
    bar.http.post(route::STAFF_SESSIONS, None, &wrong).await?.problem(Code::BadCredentials)?;
    bar.http.get("/api/nowhere", None).await?.problem(Code::NotFound)?;
    let after = figures(&bar).await?;
    let went_up = |name: &str| figure(&after, name) - figure(&before, name);
    for (name, by) in [
        (r#"commands_total{command="redeem_code",outcome="accepted"}"#, 1.0),
        (r#"commands_total{command="redeem_code",outcome="live_order_exists"}"#, 1.0),
        (r#"commands_total{command="place",outcome="accepted"}"#, 1.0),
        (r#"commands_total{command="claim",outcome="accepted"}"#, 1.0),
        (r#"commands_total{command="cancel",outcome="wrong_status"}"#, 1.0),
        ("sign_in_failures_total", 1.0),
        (r#"http_requests_total{method="GET",route="none",status="4xx"}"#, 1.0),
        (r#"http_requests_total{method="GET",route="/metrics",status="2xx"}"#, 1.0),
        (
            &format!(
                r#"http_requests_total{{method="POST",route="{}",status="2xx"}}"#,
                route::ORDERS
            ),
            1.0,
        ),
        (
            &format!(
                r#"http_requests_total{{method="POST",route="{}",status="4xx"}}"#,
                route::ORDERS
            ),
            1.0,
        ),
        (
            &format!(
                r#"http_request_duration_seconds_count{{method="POST",route="{}"}}"#,
                route::ORDERS
            ),
            2.0,
        ),
    ] {
        ensure!(went_up(name) == by, "{name} went up by {}, not {by}", went_up(name));
    }
    ensure!(went_up("store_writes_total") >= 3.0, "three entries at least");
    ensure!(went_up("store_commits_total") >= 1.0, "in a transaction at least");
    for (name, now) in [
        (r#"orders_in_progress{bar="espresso"}"#, 1.0),
        (r#"orders{bar="espresso",status="making"}"#, 1.0),
        (r#"orders{bar="espresso",status="placed"}"#, 0.0),
        (r#"entries_pending{bar="espresso"}"#, 0.0),
        ("live_connections", 1.0),
        ("slow_readers_total", 0.0),
    ] {
        ensure!(after.contains_key(&format!("serverlesspresso_{name}")), "{name}: {after:#?}");
        ensure!(figure(&after, name) == now, "{name} is {}", figure(&after, name));
    }
    let built = |name: &String| name.starts_with("serverlesspresso_build_info{version=\"");
    ensure!(after.keys().any(built), "{after:#?}");
    if cfg!(target_os = "linux") {
        ensure!(figure(&after, "resident_memory_bytes") > 1e6, "more than a megabyte");
    }
    until("the screens to be told", async || {
        Ok(figure(&figures(&bar).await?, r#"relay_lag_entries{bar="espresso"}"#) == 0.0)
    })
    .await?;
    drop(screen);
    until("the screen to be gone", async || {
        Ok(figure(&figures(&bar).await?, "live_connections") == 0.0)
    })
    .await
}

#[tokio::test]
async fn figures_name_nobody() -> Result<()> {
    let bar = Bar::open().await?;
    let (ada, bea) = (bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    let order = ada.orders(&code, "latte").await?.order;
    ada.order(&order).await?;
    bar.http.get(&format!("/api/orders/{code}"), None).await?;
    // Methods and paths are made up at will; figures are not.
    let made_up = hyper::Method::from_bytes(b"BREW")?;
    bar.http.send(bar.http.request(made_up, &path::order(&order), None), "").await?;
    let text = format!("{:?}", figures(&bar).await?);
    let secrets = [ada.token(), ada.id().as_str(), &code, order.as_str(), "BREW", "barista"];
    for secret in secrets {
        ensure!(!text.contains(secret), "{secret} is in {text}");
    }
    Ok(())
}

/// A proxy on the same machine asks for people who may be anywhere.
#[tokio::test]
async fn figures_are_not_for_those_who_come_through_a_proxy() -> Result<()> {
    let bar = Bar::open().await?;
    let open = Bar::of(Server::start_set(&[("OPEN_METRICS", "true")]).await?);
    for (name, value) in [
        ("Forwarded", "for=192.0.2.43;proto=https"),
        ("X-Forwarded-For", "192.0.2.43"),
        ("X-Forwarded-Proto", "https"),
        ("X-Real-IP", "192.0.2.43"),
        ("Via", "1.1 venue"),
    ] {
        for (bar, status) in [(&bar, 404), (&open, 200)] {
            let request = bar.http.request(hyper::Method::GET, route::METRICS, None);
            let answer = bar.http.send(request.header(name, value), "").await?;
            ensure!(answer.status.as_u16() == status, "{name}: {answer:?}");
            ensure!(answer.header("cache-control") == "no-store", "{name}: {answer:?}");
            let tells = answer.body.windows(10).any(|words| words == b"build_info");
            ensure!(tells == (status == 200), "{name}: {answer:?}");
        }
    }
    figures(&bar).await?;
    Ok(())
}
