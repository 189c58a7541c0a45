//! The live topics as another library hears them: paho, in Python.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use domain::topic::Topic;
use domain::view::QueueMessage;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::bar::Bar;
use crate::server::python;
use crate::soon::soon;

/// Exit codes of the script.
const CONNECT_REFUSED: i32 = 3;
const TOPIC_REFUSED: i32 = 4;

const MESSAGES: usize = 5;

fn listening(bar: &Bar, token: &str, topic: &Topic, qos: &str) -> Result<Option<Child>> {
    let Some(python) = python() else {
        println!("skipped: SERVERLESSPRESSO_PYTHON names no Python with paho-mqtt");
        return Ok(None);
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients").join("paho_live.py");
    let url = format!("ws://{}{}", bar.server.address(), domain::api::route::LIVE);
    let mut command = Command::new(python);
    command.arg(script).args(["--qos", qos, "--count", &MESSAGES.to_string(), "--seconds", "20"]);
    command.args([&url, token, &topic.to_string()]);
    // The exit code says what it has to say about refusals.
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    command.spawn().map(Some).context("the Python of SERVERLESSPRESSO_PYTHON cannot be started")
}

#[tokio::test]
async fn paho_hears_every_change_at_both_qualities_of_service() -> Result<()> {
    let bar = Bar::open().await?;
    let bea = bar.bea().await?;
    for qos in ["0", "1"] {
        let topic = Topic::Queue(bar.id.clone());
        let Some(mut paho) = listening(&bar, bea.token(), &topic, qos)? else { return Ok(()) };
        let stdout = paho.stdout.take().context("its output")?;
        let mut lines = BufReader::new(stdout).lines();
        let first = soon("a subscription", lines.next_line()).await??;
        ensure!(first.as_deref() == Some("subscribed"), "{first:?}");
        let mut told = bea.log(u64::MAX).await?.last;
        for _ in 0..MESSAGES {
            let order = bea.takes("tea").await?.order;
            let line = soon("a message", lines.next_line()).await??.context("a message")?;
            let message: QueueMessage = serde_json::from_str(&line).context(line)?;
            ensure!(message.prev <= told && message.seq == told + 1, "{message:?}");
            ensure!(message.upsert.len() == 1 && message.upsert[0].order == order, "{message:?}");
            told = message.seq;
        }
        let status = soon("its end", paho.wait()).await??;
        ensure!(status.success(), "{status}");
    }
    Ok(())
}

#[tokio::test]
async fn paho_is_refused_what_is_not_meant_for_it() -> Result<()> {
    let bar = Bar::open().await?;
    let ada = bar.guest().await?;
    let queue = Topic::Queue(bar.id.clone());
    ensure!(ends_with(&bar, ada.token(), &queue, TOPIC_REFUSED).await?, "a guest's queue");
    let eves = Topic::Orders(bar.guest().await?.id().clone());
    ensure!(ends_with(&bar, ada.token(), &eves, TOPIC_REFUSED).await?, "another's orders");
    ensure!(ends_with(&bar, "forged", &queue, CONNECT_REFUSED).await?, "a forged token");
    Ok(())
}

async fn ends_with(bar: &Bar, token: &str, topic: &Topic, code: i32) -> Result<bool> {
    let Some(mut paho) = listening(bar, token, topic, "0")? else { return Ok(true) };
    Ok(soon("its end", paho.wait()).await??.code() == Some(code))
}
