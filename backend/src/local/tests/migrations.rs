//! Databases of older and newer servers.

use std::collections::BTreeSet;
use std::path::Path;

use domain::bar::SNAPSHOT_VERSION;
use domain::{Bar, BarId, Event, Role, Status, Timestamp};
use rusqlite::Connection;

use super::{directory, store};
use crate::host::fold;
use crate::local::sqlite::{OpenError, SqliteStore};
use crate::local::sqlite_identity::SqliteIdentity;
use crate::local::sqlite_log::SqliteLog;
use crate::local::sqlite_schema::SCHEMA_VERSION;
use crate::local::sqlite_webhooks::SqliteWebhooks;
use crate::ports::{Identity as _, Log as _, PickupNames as _, Webhooks as _};
use crate::snapshot::begin;

/// The databases of mornings at the bar `hall-2`, one of each schema that there has been.
pub(super) const SCHEMAS: [&str; SCHEMA_VERSION] = [
    include_str!("schema_1.sql"),
    include_str!("schema_2.sql"),
    include_str!("schema_3.sql"),
    include_str!("schema_4.sql"),
];

fn hall() -> BarId {
    "hall-2".parse().expect("a slug")
}

pub(super) fn make(path: &Path, sql: &str) {
    Connection::open(path).and_then(|database| database.execute_batch(sql)).expect("sound SQL");
}

fn version(path: &Path) -> usize {
    let database = Connection::open(path).expect("a database");
    database.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a number")
}

/// Every table and index, as they were made.
fn shape(path: &Path) -> BTreeSet<(String, String)> {
    let database = Connection::open(path).expect("a database");
    let mut select = database
        .prepare("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        .expect("every database has it");
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("two columns");
    // How a statement was broken into lines is no difference.
    let words = |sql: String| sql.split_whitespace().collect::<Vec<_>>().join(" ");
    rows.map(|row| row.map(|(name, sql)| (name, words(sql))).expect("a row")).collect()
}

#[tokio::test]
async fn a_database_of_any_schema_is_migrated_and_loses_nothing() {
    for (schema, sql) in (1..).zip(SCHEMAS) {
        let (temporary, data) = directory();
        let path = temporary.path().join("data").join("bar.db");
        make(&path, sql);
        assert_eq!(version(&path), schema);
        let store = store(&data);
        let log = SqliteLog::new(store.clone());
        the_morning_is_there(&log, schema).await;
        the_staff_is_there(&store, schema).await;
        the_webhooks_are_there(&store, schema).await;
        log.put_snapshot(&hall(), "what came later works".to_owned()).await.expect("put");
        store.close().await;
        assert_eq!(version(&path), SCHEMA_VERSION);
        let fresh = temporary.path().join("fresh.db");
        SqliteStore::open(&fresh).expect("a new database").close().await;
        assert_eq!(shape(&path), shape(&fresh), "migrated and new are the same");
    }
}

async fn the_morning_is_there(log: &SqliteLog, schema: usize) {
    let bar = hall();
    let entries = log.read(&bar, 0, 1000).await.expect("the log of then reads now");
    let events = entries.iter().flat_map(|entry| &entry.events);
    let kinds: BTreeSet<_> = events.map(Event::name).collect();
    let then = if schema < 3 { 20 } else { 21 };
    assert_eq!(kinds.len(), then, "every kind of event there was: {kinds:?}");
    let begun = begin(log, &bar, u64::MAX).await.expect("begun").bar;
    let snapshot = log.snapshot(&bar).await.expect("read");
    assert_eq!(snapshot.is_some(), schema > 1);
    let current = format!("{{\"version\":{SNAPSHOT_VERSION},");
    let is_current = snapshot.is_some_and(|snapshot| snapshot.starts_with(&current));
    assert_eq!(begun.exists(), is_current, "another server's folding is not trusted");
    let folded = fold(log, &bar, u64::MAX, &mut |_: &Bar, _| {}).await.expect("folded").bar;
    assert_eq!(folded.seq(), entries.len() as u64);
    let names = log.of_bar(&bar).await.expect("names");
    let mut live: Vec<_> = folded
        .live_orders()
        .map(|order| {
            let name = names.iter().find(|(of, _)| *of == order.order);
            (order.number, order.status, name.map(|(_, name)| name.as_str()))
        })
        .collect();
    live.sort_by_key(|(number, ..)| *number);
    let walk_up = (Some(2), Status::Making, Some("Walk-up"));
    assert_eq!(live, [walk_up, (Some(4), Status::Placed, Some("Ada"))]);
}

async fn the_staff_is_there(store: &SqliteStore, schema: usize) {
    let now = Timestamp::default();
    let identity = SqliteIdentity::open(store.clone(), now).await.expect("staff");
    let olga = identity.verify("organiser", "flat white").await.expect("verify").expect("Olga");
    assert_eq!((olga.member.role, olga.member.name.as_str()), (Role::Organiser, "Olga"));
    let stands = async |session: &str| {
        identity.stands(&olga.person, Some(&olga.seal), session).await.expect("from memory")
    };
    assert!(stands("another").await);
    assert_eq!(olga.seal.is_empty(), schema < 3, "who was signed in still is");
    let one = |select: &'static str| -> String {
        let read = |database: &Connection| database.query_row(select, [], |row| row.get(0));
        store.read(read).expect("one")
    };
    assert!(!stands(&one("SELECT session FROM revoked")).await);
    if schema >= 3 {
        let link = identity
            .take_link(&one("SELECT mark FROM links WHERE username = 'hall'"), now)
            .await
            .expect("taken");
        let hall = link.expect("it has not been used").member;
        assert_eq!((hall.name.as_str(), hall.has_password), ("Hall", false));
    }
}

async fn the_webhooks_are_there(store: &SqliteStore, schema: usize) {
    let webhooks = SqliteWebhooks::new(store.clone());
    let all = webhooks.all().await.expect("webhooks");
    let found: Vec<_> = all.iter().map(|kept| (kept.version, kept.sending)).collect();
    let expected: &[_] = if schema < 4 { &[] } else { &[(3, Some(33))] };
    assert_eq!(found, expected);
    for kept in &all {
        let attempts = webhooks.attempts(kept).await.expect("attempts");
        assert_eq!(
            (attempts.len() as u64, attempts[0].next_at),
            (kept.attempts, kept.webhook.next_at)
        );
    }
}

#[tokio::test]
async fn a_migration_that_fails_leaves_everything_as_it_was() {
    let (temporary, data) = directory();
    let path = temporary.path().join("data").join("bar.db");
    make(&path, SCHEMAS[0]);
    make(&path, "CREATE TABLE snapshots (in_the_way)");
    let before = shape(&path);
    assert!(data.store().is_err());
    assert_eq!((version(&path), shape(&path)), (1, before));
}

#[tokio::test]
async fn a_database_of_a_newer_server_is_refused() {
    let (temporary, data) = directory();
    store(&data).close().await;
    let path = temporary.path().join("data").join("bar.db");
    make(&path, &format!("PRAGMA user_version = {}", SCHEMA_VERSION + 1));
    assert!(matches!(SqliteStore::open(&path), Err(OpenError::Newer)));
    let error = data.store().err().expect("refused");
    assert!(error.to_string().starts_with("the database is from a newer version"), "{error:#}");
    assert_eq!(version(&path), SCHEMA_VERSION + 1);
}

#[tokio::test]
async fn a_closed_store_leaves_one_file() {
    let (temporary, data) = directory();
    let store = store(&data);
    SqliteLog::new(store.clone()).check().await.expect("writable");
    let left = || {
        let entries = temporary.path().join("data").read_dir().expect("a directory");
        let names = entries.map(|entry| entry.expect("a file").file_name());
        let databases = names.filter(|name| name.to_string_lossy().starts_with("bar.db"));
        databases.count()
    };
    assert_eq!(left(), 3, "with its write-ahead log and index");
    store.close().await;
    assert_eq!(left(), 1);
    assert!(SqliteLog::new(store.clone()).check().await.is_err(), "nothing is written any more");
    assert!(store.read(|_| Ok(())).is_err(), "nor read");
}
