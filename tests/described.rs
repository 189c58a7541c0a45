//! The server's own description of its API: every answer that any scenario ever sees must be in
//! it, and a program that reads nothing else finds no other.

use std::path::Path;
use std::process::Stdio;
use std::sync::OnceLock;

use anyhow::{Context as _, Result, ensure};
use domain::api::route;
use hyper::StatusCode;
use serde_json::Value;
use tokio::process::Command;

use crate::bar::Bar;
use crate::person::Person;
use crate::platform::Platform;
use crate::server::{Server, python};
use crate::soon::soon;

static DESCRIPTION: OnceLock<Value> = OnceLock::new();

/// The description, once somebody has fetched it.
pub(crate) fn description() -> Option<&'static Value> {
    DESCRIPTION.get()
}

/// Keeps the description for all scenarios: it is the same on every server.
pub(crate) fn keep(description: Value) {
    // Another scenario may have been first.
    let _ = DESCRIPTION.set(description);
}

/// Whether the description mentions an answer: its status, its kind of content, its code. What is
/// asked of no operation is answered 404 or 405, and no part of the description.
pub(crate) fn mentions(
    description: &Value,
    (method, path): (&str, &str),
    status: StatusCode,
    kind: &str,
    body: &[u8],
) -> Result<()> {
    let Some(operations) = operations_of(description, path) else { return Ok(()) };
    let Some(operation) = operations.get(method.to_lowercase()) else { return Ok(()) };
    let said = format!("{method} {path}: {status} {}", String::from_utf8_lossy(body));
    let answer = &operation["responses"][status.as_str()];
    ensure!(answer.is_object(), "this status is not described: {said}");
    let kinds = answer["content"].as_object();
    let Some(kinds) = kinds else {
        ensure!(body.is_empty(), "no content is described: {said}");
        return Ok(());
    };
    let kind = kind.split(';').next().unwrap_or_default();
    let content = kinds.get(kind).with_context(|| format!("{kind} is not described: {said}"))?;
    if kind == "application/problem+json" {
        let problem: Value = serde_json::from_slice(body)?;
        let codes = content["schema"]["allOf"][1]["properties"]["code"]["enum"].as_array();
        let known = codes.is_some_and(|codes| codes.contains(&problem["code"]));
        ensure!(known, "this code is not described: {said}");
    }
    Ok(())
}

fn operations_of<'a>(description: &'a Value, path: &str) -> Option<&'a Value> {
    let asked: Vec<&str> = path.split('/').collect();
    let fits = |route: &str| {
        let parts: Vec<&str> = route.split('/').collect();
        let named = |part: &str| part.starts_with('{');
        parts.len() == asked.len()
            && parts.iter().zip(&asked).all(|(part, asked)| named(part) || part == asked)
    };
    let paths = description["paths"].as_object()?;
    // A path without names in it is the better match.
    paths.get(path).or_else(|| paths.iter().find(|(route, _)| fits(route)).map(|(_, found)| found))
}

#[tokio::test]
async fn what_is_answered_is_compared_with_the_description() -> Result<()> {
    let bar = Bar::open().await?;
    bar.guest().await?;
    let description = description().context("fetched with the first answer")?;
    let own = route::BARS;
    let answer = |status: u16, kind: &str, body: &str| {
        let status = StatusCode::from_u16(status).expect("a status");
        mentions(description, ("GET", own), status, kind, body.as_bytes())
    };
    answer(200, "application/json", "[]")?;
    ensure!(answer(418, "application/json", "[]").is_err(), "a status that is not described");
    ensure!(answer(200, "text/html", "[]").is_err(), "content that is not described");
    let (kind, problem) =
        ("application/problem+json", |code: &str| format!("{{\"code\":\"{code}\"}}"));
    answer(503, kind, &problem("unavailable"))?;
    ensure!(answer(503, kind, &problem("taken")).is_err(), "a code that is not described");
    Ok(())
}

/// The one operation that ends what all others need is tried by itself.
const SIGN_OUT: &str = "end_session";

/// What schemathesis is not asked: whether whatever fits the schema is accepted. A schema cannot
/// say that a drink must be on the menu.
const NOT_ASKED: &str = "positive_data_acceptance";

/// As each role: no fault of ours, no status, header, content or field that is not described, and
/// nothing accepted that the description forbids.
#[tokio::test]
async fn schemathesis_finds_nothing_that_is_not_described() -> Result<()> {
    let Some(python) = python() else {
        println!("skipped: SERVERLESSPRESSO_PYTHON names no Python with schemathesis");
        return Ok(());
    };
    // It asks faster than any guest, and of what was refused as too much it would learn nothing.
    let eager = [("GUEST_REQUESTS", "60000"), ("UNKNOWN_CODES", "60000")];
    let bar = Bar::of(Server::start_set(&eager).await?);
    is_valid(&python, &bar).await?;
    let (guest, bea, olga) = (bar.guest().await?, bar.bea().await?, bar.olga().await?);
    let code = bea.code().await?.code;
    let own = guest.orders(&code, "latte").await?.order;
    let taken = bea.takes("tea").await?.order;
    for (who, order) in [(&guest, &own), (&bea, &taken), (&olga, &taken)] {
        // Ids that exist: nobody guesses one. A second account, so that nobody loses their own.
        let known = format!(
            "[parameters]\n\"path.bar\" = \"{}\"\n\"path.order\" = \"{order}\"\n\
             \"path.username\" = \"barista2\"\n",
            bar.id
        );
        explore(&python, &bar, who, &known, &["--exclude-operation-id", SIGN_OUT]).await?;
    }
    let leaving = bar.guest().await?;
    explore(&python, &bar, &leaving, "", &["--include-operation-id", SIGN_OUT]).await?;
    // Still there, and as good as before.
    bar.guest().await?;
    Ok(())
}

/// As OpenAPI 3.1 itself has it.
async fn is_valid(python: &Path, bar: &Bar) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("openapi.json");
    std::fs::write(&file, bar.http.get(route::OPENAPI, None).await?.body)?;
    let mut command = Command::new(python);
    command.args(["-m", "openapi_spec_validator"]).arg(&file).stdin(Stdio::null());
    let output = soon("a verdict", command.output()).await??;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    Ok(())
}

async fn explore(
    python: &Path,
    bar: &Bar,
    who: &Person,
    settings: &str,
    operations: &[&str],
) -> Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("schemathesis.toml"), settings)?;
    let schemathesis = python.with_file_name("st");
    let mut command = Command::new(schemathesis);
    command.current_dir(folder.path()).arg("run");
    command.arg(format!("{}{}", bar.server.url(), route::OPENAPI));
    command.arg("--header").arg(format!("Authorization: Bearer {}", who.token()));
    // The same requests every time, and an end in sight.
    command.args(["--seed", "1", "--max-examples", "15", "--workers", "1"]);
    command.args(["--phases", "examples,coverage,fuzzing", "--warnings", "off", "--no-color"]);
    command.args(["--checks", "all", "--exclude-checks", NOT_ASKED]).args(operations);
    command.stdin(Stdio::null()).kill_on_drop(true);
    let output = tokio::time::timeout(Platform::is().is_explored_within(), command.output()).await;
    let output = output.context("schemathesis does not come to an end")??;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "as {:?}: {said}", who.session.actor.role);
    Ok(())
}
