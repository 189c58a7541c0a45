//! The laptop's adapters, held to the promises of their ports and to those of the laptop itself.

mod migrations;
mod snapshots;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use domain::{Entry, Event, Role, Sender, Timestamp};
use futures_util::future::join_all;
use tempfile::TempDir;

use super::data::DataDirectory;
use super::sqlite::{SqliteStore, WriteError};
use super::sqlite_history::SqliteHistory;
use super::sqlite_identity::SqliteIdentity;
use super::sqlite_log::SqliteLog;
use super::sqlite_webhooks::SqliteWebhooks;
use crate::contract;
use crate::ports::{AppendError, History as _, Identity as _, Log as _, PickupNames as _, Ticket};

fn directory() -> (TempDir, DataDirectory) {
    let temporary = TempDir::new().expect("a temporary directory");
    let data = DataDirectory::open(&temporary.path().join("data")).expect("a data directory");
    (temporary, data)
}

fn store(data: &DataDirectory) -> SqliteStore {
    data.store().expect("a store")
}

fn entry(seq: u64) -> Arc<Entry> {
    Arc::new(Entry {
        bar: "espresso".parse().expect("a slug"),
        seq,
        at: Timestamp::from_seconds(1_795_000_000),
        by: Sender::Person { person: "bea".parse().expect("an id"), role: Role::Barista },
        cause: format!("command-{seq}").parse().expect("an id"),
        digest: String::new(),
        events: vec![Event::BarOpened {}],
    })
}

#[tokio::test]
async fn sqlite_keeps_the_promises() {
    let (_temporary, data) = directory();
    let store = store(&data);
    let log = SqliteLog::new(store.clone());
    contract::a_log_keeps_what_it_is_given(&log).await;
    contract::a_log_has_no_gap_and_no_fork(&log).await;
    contract::a_log_lets_one_of_many_win(&log).await;
    contract::a_log_finds_commands(&log).await;
    contract::a_log_keeps_the_last_snapshot(&log).await;
    contract::names_are_kept_apart(&log, &log).await;
    let history = SqliteHistory::open(&data.history()).expect("a history");
    contract::a_history_is_kept_by_person(&history).await;
    contract::a_history_counts_who_was_turned_away(&history).await;
    let webhooks = SqliteWebhooks::new(store.clone());
    contract::webhooks_are_kept(&webhooks).await;
    contract::the_newest_attempts_are_kept(&webhooks).await;
    contract::a_bar_has_as_many_webhooks_as_it_may(&webhooks).await;
    let identity = SqliteIdentity::open(store, Timestamp::default()).await.expect("accounts");
    contract::identity_keeps_accounts(&identity).await;
    contract::a_password_opens_its_own_account_only(&identity).await;
    contract::sessions_are_withdrawn(&identity).await;
    contract::ended_sessions_are_forgotten(&identity).await;
    contract::a_link_works_once_and_in_time(&identity).await;
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let (_temporary, data) = directory();
    let before = Timestamp::from_seconds(1_000);
    {
        let store = store(&data);
        let log = SqliteLog::new(store.clone());
        let order = "espresso.00000001".parse().expect("an id");
        log.put(&order, Some("Ada")).await.expect("put");
        log.append(entry(1)).await.expect("appended");
        let identity = SqliteIdentity::open(store, Timestamp::default()).await.expect("accounts");
        let session = ("session".to_owned(), Timestamp::from_seconds(2_000));
        identity.revoke(&[session], before).await.expect("revoked");
        let bea = contract::account("bea", "seal");
        identity.put(&bea, Some("flat white"), 0).await.expect("put");
        let until = Timestamp::from_seconds(2_000);
        identity.put_link("link", &bea, until).await.expect("put");
        identity.put_link("old", &bea, before).await.expect("put");
    }
    let store = store(&data);
    let log = SqliteLog::new(store.clone());
    let bar = "espresso".parse().expect("a slug");
    assert_eq!(log.read(&bar, 0, 10).await.expect("read"), [(*entry(1)).clone()]);
    assert_eq!(log.of_bar(&bar).await.expect("names").len(), 1);
    let identity = SqliteIdentity::open(store.clone(), before).await.expect("accounts");
    let bea = contract::account("bea", "seal");
    let stands = async |identity: &SqliteIdentity, seal, session| {
        identity.stands(&bea.person, seal, session).await.expect("from memory")
    };
    assert!(!stands(&identity, None, "session").await);
    assert!(stands(&identity, Some("seal"), "another").await);
    assert!(!stands(&identity, Some("other"), "another").await);
    assert!(identity.verify("bea", "flat white").await.expect("verify").is_some());
    assert!(identity.take_link("link", before).await.expect("take").is_some());
    assert!(identity.take_link("link", before).await.expect("take").is_none());
    let after = Timestamp::from_seconds(3_000);
    let identity = SqliteIdentity::open(store, after).await.expect("accounts");
    assert!(stands(&identity, None, "session").await, "it has run out: nothing to keep");
}

#[tokio::test]
async fn the_secret_is_made_once_and_private() {
    let (temporary, data) = directory();
    let signed = data.secret().expect("made").signer("sessions").sign(b"x");
    assert_eq!(data.secret().expect("read").signer("sessions").sign(b"x"), signed);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        for (name, mode) in [("", 0o700), ("key", 0o600)] {
            let path = temporary.path().join("data").join(name);
            let found = std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
            assert_eq!(found, mode, "{name}");
        }
    }
}

#[tokio::test]
async fn a_data_directory_serves_one_server() {
    let (temporary, _data) = directory();
    let second = DataDirectory::open(&temporary.path().join("data")).err().expect("refused");
    assert!(second.to_string().ends_with("is in use by another server"));
}

#[tokio::test]
async fn many_commands_share_a_sync() {
    let (_temporary, data) = directory();
    let store = store(&data);
    let log = Arc::new(SqliteLog::new(store.clone()));
    // 64 clients, each with a log of its own, each waiting for its answer before it goes on.
    let clients = (0..64).map(|client| {
        let log = log.clone();
        tokio::spawn(async move {
            for seq in 1..=20 {
                let mut own = (*entry(seq)).clone();
                own.bar = format!("bar-{client}").parse().expect("a slug");
                log.append(Arc::new(own)).await.expect("appended");
            }
        })
    });
    for client in join_all(clients).await {
        client.expect("a client that got all its answers");
    }
    let commits = store.counters().commits.load(Ordering::Relaxed);
    let jobs = store.counters().jobs.load(Ordering::Relaxed);
    assert_eq!(jobs, 64 * 20);
    assert!(commits * 8 <= jobs, "{jobs} commands took {commits} syncs");
}

/// Holds the writer back, so that what is queued until the sender is used or dropped shares a
/// batch.
fn held(store: &SqliteStore) -> std::sync::mpsc::Sender<()> {
    let (release, held) = std::sync::mpsc::channel();
    let (begun, holds) = std::sync::mpsc::channel();
    drop(store.write(move |_| {
        begun.send(()).ok();
        held.recv().ok();
        Ok(())
    }));
    holds.recv().expect("the writer has begun, with this alone");
    release
}

/// Fails, and whatever is in the same batch with it.
fn fail(store: &SqliteStore) -> Ticket {
    store.write(|_| Err(WriteError::Failed(rusqlite::Error::InvalidQuery)))
}

#[tokio::test]
async fn a_failed_batch_fails_whole_and_the_next_one_works() {
    let (_temporary, data) = directory();
    let store = store(&data);
    let log = SqliteLog::new(store.clone());
    log.append(entry(1)).await.expect("appended");
    let release = held(&store);
    let with_it = log.append(entry(2));
    let broken = fail(&store);
    let behind_it = log.append(entry(3));
    drop(release);
    for ticket in [with_it, broken, behind_it] {
        match ticket.await {
            Err(AppendError::Unavailable(_)) => {}
            other => panic!("nothing of a failed batch is kept: {other:?}"),
        }
    }
    log.append(entry(2)).await.expect("the store has opened its file again");
}

#[tokio::test]
async fn sessions_stand_when_an_account_could_not_be_changed() {
    let (_temporary, data) = directory();
    let store = store(&data);
    let identity = SqliteIdentity::open(store.clone(), Timestamp::default()).await.expect("opened");
    let (bea, changed) = (contract::account("bea", "seal"), contract::account("bea", "other"));
    identity.put(&bea, None, 0).await.expect("put");
    let seals = async || {
        let stands = ["seal", "other"].map(|seal| identity.stands(&bea.person, Some(seal), "s"));
        join_all(stands)
            .await
            .into_iter()
            .map(|stands| stands.expect("from memory"))
            .collect::<Vec<_>>()
    };
    for change in [identity.put(&changed, None, 0), identity.remove(&bea.member.username, 0)] {
        let release = held(&store);
        // The first is queued when the second begins.
        let fails = async {
            let broken = fail(&store);
            drop(release);
            broken.await
        };
        let (answer, _) = tokio::join!(change, fails);
        answer.expect_err("nothing of a failed batch is kept");
        assert_eq!(seals().await, [true, false]);
    }
    identity.put(&changed, None, 0).await.expect("the store has opened its file again");
    assert_eq!(seals().await, [false, true]);
}

#[tokio::test]
async fn a_damaged_history_is_folded_anew() {
    let (_temporary, data) = directory();
    let bar = "espresso".parse().expect("a slug");
    {
        let history = SqliteHistory::open(&data.history()).expect("a history");
        history.put(&bar, Some(5), &[], &[]).await.expect("put");
    }
    let kept = SqliteHistory::open(&data.history()).expect("a history");
    assert_eq!(kept.cursor(&bar).await.expect("cursor"), 5);
    drop(kept);
    std::fs::write(data.history(), b"not a database").expect("damaged");
    let anew = SqliteHistory::open(&data.history()).expect("a history");
    assert_eq!(anew.cursor(&bar).await.expect("cursor"), 0);
}
