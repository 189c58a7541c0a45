//! Starting the server, and the one sentence it leaves when it cannot.

use std::net::TcpListener;
use std::path::Path;
use std::process::Output;

use anyhow::{Context as _, Result, ensure};
use tokio::process::Command;

use crate::bar::Bar;
use crate::server::command;
use crate::soon::soon;

async fn output_of(mut command: Command) -> Result<Output> {
    Ok(soon("the server's end", command.output()).await??)
}

/// Runs to the end; the sentence that says why it did not start.
pub(crate) async fn why_not(data: &Path, listen: &str, flags: &[&str]) -> Result<String> {
    let mut command = command();
    command.arg("--demo").arg("--data").arg(data).args(["--listen", listen]).args(flags);
    let output = output_of(command).await?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.code() == Some(1), "{:?}: {said}", output.status);
    ensure!(!shown.contains("listens on"), "{shown}");
    let sentence = said.trim_end();
    ensure!(sentence.lines().count() == 1, "one sentence: {said}");
    ensure!(sentence.starts_with("serverlesspresso: ") && !sentence.contains("panic"), "{said}");
    Ok(sentence.to_owned())
}

#[tokio::test]
async fn help_names_every_flag() -> Result<()> {
    for flags in [&["--help"][..], &["serve", "--help"]] {
        let mut command = command();
        command.args(flags);
        let output = output_of(command).await?;
        let help = String::from_utf8(output.stdout)?;
        ensure!(output.status.success(), "{help}");
        for word in ["--data", "--listen", "--public-url", "--demo", "SERVERLESSPRESSO_DATA"] {
            ensure!(help.contains(word), "{word} is not in {help}");
        }
    }
    let mut command = command();
    command.arg("--surprise");
    let output = output_of(command).await?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(!output.status.success() && said.contains("--surprise"), "{said}");
    Ok(())
}

#[tokio::test]
async fn a_port_in_use_is_named() -> Result<()> {
    let taken = TcpListener::bind("127.0.0.1:0")?;
    let address = taken.local_addr()?.to_string();
    let data = tempfile::tempdir()?;
    let sentence = why_not(data.path(), &address, &[]).await?;
    ensure!(sentence.contains(&address), "{sentence}");
    Ok(())
}

#[tokio::test]
async fn a_directory_that_cannot_be_written_is_named() -> Result<()> {
    let home = tempfile::tempdir()?;
    let file = home.path().join("a-file");
    std::fs::write(&file, "not a directory")?;
    for data in [file.clone(), file.join("data"), "/proc/no-such-place".into()] {
        let sentence = why_not(&data, "127.0.0.1:0", &[]).await?;
        ensure!(sentence.contains(&data.display().to_string()), "{sentence}");
    }
    Ok(())
}

#[tokio::test]
async fn two_servers_do_not_share_their_data() -> Result<()> {
    let bar = Bar::open().await?;
    let data = bar.server.data();
    let sentence = why_not(&data, "127.0.0.1:0", &[]).await?;
    ensure!(sentence.contains(&data.display().to_string()), "{sentence}");
    // The first one is none the worse for it.
    let bea = bar.bea().await?;
    bea.takes("tea").await?;
    ensure!(bea.queue().await?.orders.len() == 1, "it goes on");
    Ok(())
}

#[tokio::test]
async fn data_of_a_newer_version_is_left_alone() -> Result<()> {
    let mut bar = Bar::open().await?;
    bar.bea().await?.takes("tea").await?;
    ensure!(bar.server.stop().await?.success(), "a good end");
    let data = bar.server.data();
    let mut databases = Vec::new();
    for entry in data.read_dir()? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "db") {
            rusqlite::Connection::open(&path)?.pragma_update(None, "user_version", 9_999)?;
            databases.push((path.clone(), std::fs::read(&path)?));
        }
    }
    let sentence = why_not(&data, "127.0.0.1:0", &[]).await?;
    ensure!(sentence.contains("newer"), "{sentence}");
    let (path, bytes) = databases.first().context("there is no database")?;
    ensure!(std::fs::read(path)? == *bytes, "{} was touched", path.display());
    Ok(())
}
