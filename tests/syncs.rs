//! Group commit: one sync of the disk answers many commands. Counted by strace, on Linux.
#![cfg(target_os = "linux")]

use anyhow::{Context as _, Result, ensure};
use tokio::process::Command;
use tokio::task::JoinSet;

use crate::bar::{Bar, roomy};
use crate::person::command_id;
use crate::server::{Server, everything_is_installed};
use crate::soon::until;

const CLIENTS: usize = 64;
const EACH: usize = 20;
/// Commands one sync must answer, at least.
const TOGETHER: usize = 8;

const SYNCS: &str = "fsync,fdatasync";
/// Microseconds added to each, so that the disk is an ordinary one and not this machine's cache.
const DELAY: &str = "50000";

#[tokio::test]
async fn sixty_four_tills_share_their_syncs() -> Result<()> {
    if !strace_is_there().await? {
        return Ok(());
    }
    let place = tempfile::tempdir()?;
    let counts = place.path().join("counts");
    let counts_path = counts.to_str().context("a plain path")?;
    // As a grandchild of its own, strace leaves the server the process we know.
    let trace = format!("trace={SYNCS}");
    let slow = format!("inject={SYNCS}:delay_exit={DELAY}");
    let strace = [
        "strace",
        "-D",
        "-f",
        "--seccomp-bpf",
        "-c",
        "-o",
        counts_path,
        "-e",
        &trace,
        "-e",
        &slow,
        "--",
    ];
    let mut bar = Bar::of(Server::start_under(&strace).await?).with(roomy()).await?;
    let bea = bar.bea().await?;
    let mut tills = JoinSet::new();
    for _ in 0..CLIENTS {
        let till = bea.clone();
        tills.spawn(async move {
            for _ in 0..EACH {
                // A name is written down beside the log, and shares the sync.
                till.takes_as(&command_id(), "tea", Some("Walk-up")).await?;
            }
            Ok::<_, crate::http::No>(())
        });
    }
    for till in tills.join_all().await {
        till?;
    }
    let last = bea.log(u64::MAX).await?.last;
    let commands = CLIENTS * EACH;
    ensure!(last >= commands as u64, "{last} entries");
    bar.server.stop().await?;
    until("strace's counts", async || Ok(counts.metadata().is_ok_and(|file| file.len() > 0)))
        .await?;
    let table = std::fs::read_to_string(&counts)?;
    let syncs = calls(&table)?;
    println!("{syncs} syncs for {commands} commands");
    ensure!(syncs > 0, "nothing was ever synced:\n{table}");
    ensure!(syncs * TOGETHER <= commands, "{syncs} syncs for {commands} commands:\n{table}");
    Ok(())
}

/// How often any of the calls was made, as strace's table has it:
/// `% time  seconds  usecs/call  calls  [errors]  syscall`.
fn calls(table: &str) -> Result<usize> {
    let mut sum = 0;
    for line in table.lines().filter(|line| line.ends_with("sync")) {
        let calls = line.split_whitespace().nth(3).context("a column of calls")?;
        sum += calls.parse::<usize>().with_context(|| line.to_owned())?;
    }
    Ok(sum)
}

/// `cargo xtask test` installs it; without that, nothing is counted where it is missing.
pub(crate) async fn strace_is_there() -> Result<bool> {
    let there = Command::new("strace").arg("-V").output().await.is_ok();
    ensure!(there || !everything_is_installed(), "strace is missing: apt-get install strace");
    if !there {
        println!("skipped: there is no strace");
    }
    Ok(there)
}
