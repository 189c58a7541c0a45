//! Of everything that is wrong with a request, the first in the contract's order is told. A
//! request begins with all of it wrong; what is put right uncovers the next.

use anyhow::{Context as _, Result, ensure};
use domain::Code;
use domain::api::{path, route};
use hyper::Method;
use hyper::header::CONTENT_TYPE;
use serde_json::{Value, json};

use crate::bar::Bar;
use crate::http::{Answer, No};
use crate::person::{Person, command_id};
use crate::server::PASSWORD;

const JSON: &str = "application/json";
const TEXT: &str = "text/plain";

/// One request, as wrong as can be.
async fn sent(
    who: &Person,
    path: &str,
    token: Option<&str>,
    kind: &str,
    body: impl Into<hyper::body::Bytes>,
) -> Result<Answer, No> {
    asked(Method::POST, who, path, token, kind, body).await
}

async fn asked(
    method: Method,
    who: &Person,
    path: &str,
    token: Option<&str>,
    kind: &str,
    body: impl Into<hyper::body::Bytes>,
) -> Result<Answer, No> {
    let request = who.http.request(method, path, token).header(CONTENT_TYPE, kind);
    who.http.send(request, body).await
}

fn is(answer: Answer, code: Code, why: &str) -> Result<()> {
    answer.problem(code).map(|_| ()).with_context(|| why.to_owned())
}

#[tokio::test]
async fn commands_to_an_order_are_checked_in_the_contracts_order() -> Result<()> {
    let bar = Bar::open().await?;
    let (eve, bea, display) = (bar.guest().await?, bar.bea().await?, bar.display().await?);
    let order = bea.takes("tea").await?.order;
    let there = path::order_commands(&order);
    let nowhere = path::order_commands(&"espresso.NOBODYS0".parse()?);
    let bad = Some("no.session");
    let large = vec![b'['; 64 * 1024 + 1];
    let unknown = json!({ "command_id": "x", "type": "juggle" }).to_string();
    let id = command_id();
    let wrong = json!({ "command_id": id, "type": "collect", "eggs": 3 }).to_string();

    let put = bea.http.request(Method::PUT, &there, bad).header(CONTENT_TYPE, TEXT);
    is(bea.http.send(put, large.clone()).await?, Code::MethodNotAllowed, "405 before all else")?;
    let elsewhere = format!("{there}/more");
    is(sent(&bea, &elsewhere, bad, TEXT, large.clone()).await?, Code::NotFound, "404 route")?;

    is(sent(&bea, &nowhere, bad, TEXT, large).await?, Code::TooLarge, "413 before 415")?;
    is(sent(&bea, &nowhere, bad, TEXT, "[").await?, Code::UnsupportedMediaType, "415 before 400")?;
    is(sent(&bea, &nowhere, bad, JSON, "[").await?, Code::Malformed, "400 before 401")?;
    let answer = sent(&bea, &nowhere, bad, JSON, unknown.clone()).await?;
    is(answer, Code::NoSession, "401 before 404")?;
    let answer = sent(&display, &nowhere, Some(display.token()), JSON, unknown.clone()).await?;
    is(answer, Code::NoSuchOrder, "404 before 403: what does not exist")?;
    let answer = sent(&bea, &nowhere, Some(bea.token()), JSON, unknown.clone()).await?;
    is(answer, Code::NoSuchOrder, "404 before 422: what does not exist")?;
    let answer = sent(&eve, &there, Some(eve.token()), JSON, unknown.clone()).await?;
    is(answer, Code::NoSuchOrder, "404 before 422: what is somebody else's")?;
    let answer = sent(&display, &there, Some(display.token()), JSON, unknown.clone()).await?;
    is(answer, Code::NotAllowed, "403 before 422")?;
    let answer = sent(&bea, &there, Some(bea.token()), JSON, unknown).await?;
    is(answer, Code::Invalid, "422 for the command id")?;
    let answer = sent(&bea, &there, Some(bea.token()), JSON, wrong.clone()).await?;
    is(answer, Code::Invalid, "422 before 409")?;
    let right = wrong.replace(",\"eggs\":3", "").replace("\"eggs\":3,", "");
    let answer = sent(&bea, &there, Some(bea.token()), JSON, right).await?;
    is(answer, Code::WrongStatus, "409 last")
}

#[tokio::test]
async fn new_orders_are_checked_in_the_contracts_order() -> Result<()> {
    let bar = Bar::open().await?;
    let (eve, bea, display) = (bar.guest().await?, bar.bea().await?, bar.display().await?);
    bea.closes().await?;
    let there = path::orders(&bar.id);
    let nowhere = path::orders(&"nowhere".parse()?);
    let empty = "{}";
    is(sent(&eve, &nowhere, None, TEXT, "[").await?, Code::UnsupportedMediaType, "415 first")?;
    is(sent(&eve, &nowhere, None, JSON, "[").await?, Code::Malformed, "400 before 401")?;
    is(sent(&eve, &nowhere, None, JSON, empty).await?, Code::NoSession, "401 before 404")?;
    let answer = sent(&display, &nowhere, Some(display.token()), JSON, empty).await?;
    is(answer, Code::NoSuchBar, "404 before 403")?;
    let answer = sent(&display, &there, Some(display.token()), JSON, empty).await?;
    is(answer, Code::NotAllowed, "403 before 422")?;
    is(sent(&eve, &there, Some(eve.token()), JSON, empty).await?, Code::Invalid, "422")?;
    let drink = json!({ "command_id": command_id(), "drink": "whisky" }).to_string();
    let answer = sent(&bea, &there, Some(bea.token()), JSON, drink).await?;
    is(answer, Code::Invalid, "422 before 409: no such drink before the bar is closed")?;
    let drink = json!({ "command_id": command_id(), "drink": "tea" }).to_string();
    let answer = sent(&bea, &there, Some(bea.token()), JSON, drink.clone()).await?;
    is(answer, Code::BarClosed, "409 last")?;
    let answer = sent(&eve, &there, Some(eve.token()), JSON, drink).await?;
    ensure!(!answer.status.is_success(), "a walk-up is no guest's: {answer:?}");
    Ok(())
}

#[tokio::test]
async fn commands_to_a_bar_are_checked_in_the_contracts_order() -> Result<()> {
    let bar = Bar::open().await?;
    let (eve, olga) = (bar.guest().await?, bar.olga().await?);
    olga.closes().await?;
    let there = path::bar_commands(&bar.id);
    let nowhere = path::bar_commands(&"nowhere".parse()?);
    let unknown = json!({ "command_id": command_id(), "type": "explode" }).to_string();
    let limits = json!({ "command_id": command_id(), "type": "set_limits", "limits": {} });
    is(sent(&eve, &nowhere, None, JSON, "").await?, Code::Malformed, "400 before 401")?;
    is(sent(&eve, &nowhere, None, JSON, "{}").await?, Code::NoSession, "401 before 404")?;
    let answer = sent(&eve, &nowhere, Some(eve.token()), JSON, "{}").await?;
    is(answer, Code::NoSuchBar, "404 before 403")?;
    let answer = sent(&eve, &there, Some(eve.token()), JSON, unknown.clone()).await?;
    is(answer, Code::NotAllowed, "403 before 422")?;
    let answer = sent(&olga, &there, Some(olga.token()), JSON, unknown).await?;
    is(answer, Code::Invalid, "422")?;
    let bea = bar.bea().await?;
    let answer = sent(&bea, &there, Some(bea.token()), JSON, limits.to_string()).await?;
    is(answer, Code::NotAllowed, "a barista may never set limits")?;
    let pause =
        json!({ "command_id": command_id(), "type": "pause", "until": "2001-01-01T00:00:00Z" });
    let answer = sent(&bea, &there, Some(bea.token()), JSON, pause.to_string()).await?;
    is(answer, Code::Invalid, "422 before 409: a pause that is over before the bar is closed")?;
    let answer = sent(&bea, route::BARS, Some(bea.token()), JSON, "{}").await?;
    is(answer, Code::NotAllowed, "403 before 422")
}

/// Makes an account or changes it.
async fn put(
    who: &Person,
    path: &str,
    token: &str,
    kind: &str,
    body: &Value,
) -> Result<Answer, No> {
    asked(Method::PUT, who, path, Some(token), kind, body.to_string()).await
}

/// An organiser of one bar knows of no staff but its own; whoever is no organiser learns of none.
#[tokio::test]
async fn accounts_are_checked_in_the_contracts_order() -> Result<()> {
    let bar = Bar::open().await?;
    let (eve, bea, olga) = (bar.guest().await?, bar.bea().await?, bar.olga().await?);
    let account = |username: &str| anyhow::Ok(path::staff_member(&username.parse()?));
    let bars = json!({
        "role": "organiser", "name": "Otto", "password": PASSWORD, "bars": ["espresso"]
    });
    let answer = put(&olga, &account("otto")?, olga.token(), JSON, &bars).await?;
    ensure!(answer.status == 200, "{answer:?}");
    let otto = bar.staff("otto").await?;

    let (theirs, free) = (account("barista")?, account("zoe")?);
    let wrong = json!({ "role": "juggler", "eggs": 3 });
    let bad = "no.session";
    let answer = sent(&bea, &theirs, Some(bad), TEXT, "[").await?;
    is(answer, Code::MethodNotAllowed, "405 before all else")?;
    is(put(&bea, &theirs, bad, TEXT, &wrong).await?, Code::UnsupportedMediaType, "415 before 400")?;
    is(put(&bea, &theirs, bad, JSON, &json!([])).await?, Code::Malformed, "400 before 401")?;
    is(put(&bea, &theirs, bad, JSON, &wrong).await?, Code::NoSession, "401 before 403")?;
    for path in [&theirs, &free, &format!("{}/NOBODY", route::STAFF)] {
        for who in [&eve, &bea] {
            let answer = put(who, path, who.token(), JSON, &wrong).await?;
            is(answer, Code::NotAllowed, "403, whether or not there is such an account")?;
        }
    }
    let good = json!({ "role": "barista", "name": "Bea" });
    for body in [&wrong, &good] {
        let answer = put(&otto, &theirs, otto.token(), JSON, body).await?;
        is(answer, Code::NotFound, "404 before 422: an account of more bars than his")?;
    }
    for body in [&wrong, &good] {
        let answer = put(&otto, &free, otto.token(), JSON, body).await?;
        is(answer, Code::Invalid, "422: an account he may make, if it is one of his bar")?;
    }
    is(put(&olga, &theirs, olga.token(), JSON, &wrong).await?, Code::Invalid, "422 last")
}
