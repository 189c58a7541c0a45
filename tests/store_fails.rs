//! R5: the disk is full, cannot be written, or is failing. Everybody who asks for something is told
//! so (503), what was shown stays, nothing is half done, and service resumes by itself.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use domain::Code;
use domain::api::route;
use domain::view::OrderView;
use tokio::process::Command;
use tokio::task::JoinSet;

use crate::bar::{Bar, roomy};
use crate::crash::{check_log, whole_log};
use crate::http::{Answer, No, Refusal as _};
use crate::person::{Person, command_id};
use crate::server::Server;
use crate::soon::{soon, until};
use crate::syncs::strace_is_there;

const TILLS: usize = 8;

/// What the tills at a bar have been told.
#[derive(Clone, Default)]
struct Rush {
    over: Arc<AtomicBool>,
    served: Arc<AtomicUsize>,
    refused: Arc<AtomicUsize>,
}

impl Rush {
    /// Takes one order after the other; asks again under the same id until it is taken.
    async fn till(self, till: Person) -> Result<Vec<OrderView>> {
        let mut taken = Vec::new();
        while !self.over.load(Ordering::Relaxed) {
            let id = command_id();
            loop {
                match till.takes_as(&id, "tea", Some("Walk-up")).await {
                    Ok(view) => {
                        taken.push(view);
                        self.served.fetch_add(1, Ordering::Relaxed);
                        break;
                    }
                    Err(No::Refused { problem, .. }) if problem.code == Code::Unavailable => {
                        self.refused.fetch_add(1, Ordering::Relaxed);
                        tokio::time::sleep(Duration::from_millis(10)).await;
                    }
                    Err(other) => bail!(other),
                }
            }
        }
        Ok(taken)
    }

    /// So many more have been served, or told that they cannot be.
    async fn more(&self, of: &AtomicUsize, many: usize) -> Result<()> {
        let before = of.load(Ordering::Relaxed);
        until("more answers", async || Ok(of.load(Ordering::Relaxed) >= before + many)).await
    }
}

/// What was acknowledged is there once, in the log without a gap and in a sound file, and goes on
/// to be after a restart.
async fn check(bar: &mut Bar, bea: &Person, taken: &[OrderView]) -> Result<()> {
    let acknowledged: BTreeSet<_> = taken.iter().map(|view| view.order.clone()).collect();
    let numbers: BTreeSet<_> = taken.iter().filter_map(|view| view.number).collect();
    ensure!(acknowledged.len() == taken.len(), "an order was given out twice");
    ensure!(numbers == (1..=taken.len() as u32).collect(), "numbers: {numbers:?}");
    check_log(&whole_log(bea).await?)?;
    let there = async || -> Result<BTreeSet<_>> {
        Ok(bea.queue().await?.orders.into_iter().map(|view| (view.order, view.name)).collect())
    };
    let name = Some("Walk-up".to_owned());
    let expected: BTreeSet<_> =
        acknowledged.into_iter().map(|order| (order, name.clone())).collect();
    let same = |there: BTreeSet<_>| {
        let differ: Vec<_> = there.symmetric_difference(&expected).cloned().collect();
        ensure!(differ.is_empty(), "the queue is not what was acknowledged: {differ:?}");
        Ok(())
    };
    same(there().await?)?;
    bar.server.stop().await?;
    let database = rusqlite::Connection::open(bar.server.data().join("bar.db"))?;
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    ensure!(sound == "ok", "{sound}");
    drop(database);
    bar.server.restart().await?;
    same(there().await?).context("after a restart")
}

async fn join(tills: JoinSet<Result<Vec<OrderView>>>) -> Result<Vec<OrderView>> {
    let mut all = Vec::new();
    for taken in soon("everybody's last answer", tills.join_all()).await? {
        all.extend(taken?);
    }
    Ok(all)
}

/// The kernel lets no file grow any more, until it does again: what a quota does to a server.
#[tokio::test]
async fn a_disk_without_room_is_answered_503_until_there_is_room_again() -> Result<()> {
    // Without a handler the signal that comes with the limit would end the server.
    let wrapper = ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"];
    let server = Server::start_lasting_under(&wrapper).await?;
    let mut bar = Bar::of(server).with(roomy()).await?;
    let (bea, olga) = (bar.bea().await?, bar.olga().await?);
    let rush = Rush::default();
    let mut tills = JoinSet::new();
    for _ in 0..TILLS {
        tills.spawn(rush.clone().till(bea.clone()));
    }
    for _ in 0..3 {
        rush.more(&rush.served, 40).await?;
        limit(&bar, "1:unlimited").await?;
        rush.more(&rush.refused, 40).await?;
        // Still there, and all it says is so; only nothing new can be written.
        let shown = bea.queue().await?.orders.len();
        let ready = bar.http.get(route::READY, None).await?;
        let alive = bar.http.get(route::ALIVE, None).await?;
        ensure!(alive.status.as_u16() == 200, "{alive:?}");
        told_to_come_back(ready)?;
        olga.closes().await.refused(Code::Unavailable)?;
        ensure!(bea.queue().await?.orders.len() == shown, "nobody was served meanwhile");
        limit(&bar, "unlimited:unlimited").await?;
        rush.more(&rush.served, 40).await?;
        let ready = bar.http.get(route::READY, None).await?;
        ensure!(ready.status.as_u16() == 200, "{ready:?}");
    }
    rush.over.store(true, Ordering::Relaxed);
    let taken = join(tills).await?;
    check(&mut bar, &bea, &taken).await
}

fn told_to_come_back(answer: Answer) -> Result<()> {
    ensure!(!answer.header("retry-after").is_empty(), "{answer:?}");
    answer.problem(Code::Unavailable)?;
    Ok(())
}

async fn limit(bar: &Bar, file_size: &str) -> Result<()> {
    let id = bar.server.id().context("the server runs")?.to_string();
    let limit = format!("--fsize={file_size}");
    let set = Command::new("prlimit").args(["--pid", &id, &limit]).status().await?;
    ensure!(set.success(), "prlimit cannot set a limit");
    Ok(())
}

/// Each of the writer's calls from one to another fails as it does on a disk that is full, mounted
/// read-only, or broken.
#[tokio::test]
async fn whatever_a_write_fails_with_is_answered_503_and_over_when_it_is_over() -> Result<()> {
    if !strace_is_there().await? {
        return Ok(());
    }
    for (calls, error) in [
        ("pwrite64", "ENOSPC"),
        ("pwrite64", "EROFS"),
        ("pwrite64", "EIO"),
        ("fsync,fdatasync", "EIO"),
        ("fsync,fdatasync", "ENOSPC"),
    ] {
        // Counted by thread, and every thread but the writer's does less.
        let inject = format!("inject={calls}:error={error}:when=120..160");
        let trace = format!("trace={calls}");
        let strace = ["strace", "-D", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e"];
        let strace = [&strace[..], &[&trace, "-e", &inject, "--"]].concat();
        let mut bar = Bar::of(Server::start_lasting_under(&strace).await?).with(roomy()).await?;
        let bea = bar.bea().await?;
        let rush = Rush::default();
        let mut tills = JoinSet::new();
        tills.spawn(rush.clone().till(bea.clone()));
        let story = format!("{calls} fails with {error}");
        rush.more(&rush.refused, 1).await.with_context(|| story.clone())?;
        rush.more(&rush.served, 20).await.with_context(|| story.clone())?;
        rush.over.store(true, Ordering::Relaxed);
        let taken = join(tills).await?;
        println!("{story}: {} refused", rush.refused.load(Ordering::Relaxed));
        check(&mut bar, &bea, &taken).await.with_context(|| story.clone())?;
    }
    Ok(())
}
