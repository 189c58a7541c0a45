//! Who may have webhooks, which ones, and how many.

use anyhow::{Result, ensure};
use domain::api::{Empty, StaffChange, WebhookChange, path};
use domain::{BarId, Code, Role};
use hyper::Method;
use hyper::header::CONTENT_TYPE;

use super::{all_to, named};
use crate::bar::Bar;
use crate::http::Refusal as _;
use crate::receiver::Receiver;
use crate::server::PASSWORD;
use crate::soon::settles;

#[tokio::test]
async fn webhooks_are_for_organisers_of_their_bar() -> Result<()> {
    let bar = Bar::open().await?;
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    let receiver = Receiver::listen().await?;
    let change = all_to(&receiver.url());
    olga.hooks("tills", &receiver.url()).await?;

    let elsewhere: BarId = "hall-9".parse()?;
    let otto = StaffChange {
        password: Some(PASSWORD.to_owned()),
        role: Role::Organiser,
        name: "Otto".to_owned(),
        bars: Some(vec![elsewhere.clone()]),
    };
    let account = path::staff_member(&"otto".parse()?);
    let request = bar.http.request(Method::PUT, &account, Some(olga.token()));
    let request = request.header(CONTENT_TYPE, "application/json");
    bar.http.send(request, serde_json::to_vec(&otto)?).await?.read::<serde_json::Value>()?;
    let (ada, otto) = (bar.guest().await?, bar.staff("otto").await?);
    for (who, code) in
        [(&ada, Code::NotAllowed), (&bea, Code::NotAllowed), (&otto, Code::NoSuchBar)]
    {
        who.webhooks().await.refused(code)?;
        who.puts_webhook("tills", &change).await?.problem(code)?;
        who.attempts("tills").await.refused(code)?;
        who.replays("tills", 1).await.refused(code)?;
        who.unhooks("tills").await?.problem(code)?;
        let secret = path::webhook_secret(&who.bar, &named("tills"));
        bar.http.post(&secret, Some(who.token()), &Empty {}).await?.problem(code)?;
    }
    olga.at(&elsewhere).webhooks().await.refused(Code::NoSuchBar)?;
    bar.http.get(&path::webhooks(&bar.id), None).await?.problem(Code::NoSession)?;

    for (change, field) in [
        (all_to("ftp://example.com"), "url"),
        (all_to("https://ada:secret@example.com/"), "url"),
        (WebhookChange { types: Some(vec!["OrderEaten".to_owned()]), ..change.clone() }, "types"),
    ] {
        let problem = olga.puts_webhook("more", &change).await?.problem(Code::Invalid)?;
        ensure!(problem.field.as_deref() == Some(field), "{problem:?}");
    }
    for number in 2..=5 {
        olga.hooks(&format!("more-{number}"), &receiver.url()).await?;
    }
    let problem = olga.puts_webhook("more-6", &change).await?.problem(Code::Invalid)?;
    ensure!(problem.field.as_deref() == Some("webhook"), "{problem:?}");

    ensure!(olga.unhooks("tills").await?.status == 204, "it is gone");
    olga.unhooks("tills").await?.problem(Code::NotFound)?;
    olga.attempts("tills").await.refused(Code::NotFound)?;
    olga.replays("tills", 1).await.refused(Code::NotFound)?;
    for number in 2..=5 {
        olga.unhooks(&format!("more-{number}")).await?;
    }
    ensure!(olga.webhooks().await?.is_empty(), "none is left");
    let before = receiver.deliveries().len();
    bea.takes("tea").await?;
    // One that is made now hears of what comes; the others would have heard of this before.
    olga.hooks("last", &receiver.url()).await?;
    bea.takes("latte").await?;
    settles(async || {
        ensure!(receiver.deliveries().len() > before, "the latte");
        Ok(())
    })
    .await?;
    let later = &receiver.deliveries()[before..];
    let ids = later.iter().map(|it| it.header("webhook-id")).collect::<Result<Vec<_>>>()?;
    ensure!(ids.iter().all(|id| id.starts_with("espresso_last_")), "{ids:?}");
    Ok(())
}
