//! Orders of the past in a SQLite file of their own. It is folded from the log, so it is never
//! synced: when it is lost or damaged it is thrown away and folded again.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::bar::SNAPSHOT_VERSION;
use domain::turned_away::{Counts, TurnedAwayHour};
use domain::{BarId, Code, Order, OrderId, PersonId, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::ports::{History, TurnedAway, Unavailable};

/// Orders by id and by person. The connection is gone once it is closed.
pub(crate) struct SqliteHistory(Mutex<Option<Connection>>);

/// The shape of the tables.
const SHAPE: u32 = 2;

/// Of the tables, and of the orders in them, which are those of a bar. A file of any other
/// version, older or newer, is folded anew.
const VERSION: u32 = (SHAPE << 16) | SNAPSHOT_VERSION;

const SCHEMA: &str = "
    CREATE TABLE orders (
        order_id TEXT PRIMARY KEY,
        person TEXT,
        created_at INTEGER NOT NULL,
        body TEXT NOT NULL
    ) WITHOUT ROWID, STRICT;
    CREATE INDEX orders_by_person ON orders (person, created_at, order_id)
        WHERE person IS NOT NULL;
    CREATE TABLE turned_away (
        bar TEXT NOT NULL,
        seq INTEGER NOT NULL,
        code TEXT NOT NULL,
        hour INTEGER NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (bar, seq, code)
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE cursors (bar TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID, STRICT;
";

impl SqliteHistory {
    /// Opens the file; begins a new one when there is none or it is damaged.
    pub(crate) fn open(path: &Path) -> rusqlite::Result<Self> {
        if let Ok(Some(connection)) = open_sound(path) {
            return Ok(Self(Mutex::new(Some(connection))));
        }
        for suffix in ["", "-wal", "-shm"] {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            // What is not there need not be removed; what cannot be removed fails below.
            let _ = std::fs::remove_file(name);
        }
        let connection = connect(path)?;
        connection.execute_batch(SCHEMA)?;
        connection.pragma_update(None, "user_version", VERSION)?;
        Ok(Self(Mutex::new(Some(connection))))
    }

    /// Closes the file and leaves no write-ahead log behind; whatever is asked afterwards fails.
    pub(crate) fn close(&self) {
        *self.connection() = None;
    }

    fn connection(&self) -> MutexGuard<'_, Option<Connection>> {
        // Whoever panicked rolled back: an unfinished transaction ends with its guard.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Unavailable> {
        match &mut *self.connection() {
            Some(connection) => work(connection).map_err(Unavailable::new),
            None => Err(Unavailable::new("the history is closed")),
        }
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    Ok(connection)
}

fn open_sound(path: &Path) -> rusqlite::Result<Option<Connection>> {
    if !path.exists() {
        return Ok(None);
    }
    let connection = connect(path)?;
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let check: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    Ok((version == VERSION && check == "ok").then_some(connection))
}

fn order(body: &str) -> Result<Order, Unavailable> {
    serde_json::from_str(body).map_err(Unavailable::new)
}

fn write(
    connection: &mut Connection,
    bar: &BarId,
    through: Option<u64>,
    orders: &[Order],
    turned_away: &[TurnedAway],
) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for order in orders {
        let body = serde_json::to_string(order).expect("orders are plain data");
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO orders (order_id, person, created_at, body)
                 VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                order.order.as_str(),
                order.person.as_ref().map(PersonId::as_str),
                order.created_at.millis(),
                body,
            ])?;
    }
    for told in turned_away {
        for (code, count) in &told.counts {
            transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO turned_away (bar, seq, code, hour, count)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    bar.as_str(),
                    told.seq,
                    code.as_str(),
                    told.hour.seconds(),
                    count
                ])?;
        }
    }
    if let Some(through) = through {
        transaction
            .prepare_cached("INSERT OR REPLACE INTO cursors (bar, seq) VALUES (?1, ?2)")?
            .execute(params![bar.as_str(), through])?;
    }
    transaction.commit()
}

#[async_trait]
impl History for SqliteHistory {
    async fn cursor(&self, bar: &BarId) -> Result<u64, Unavailable> {
        let select = "SELECT seq FROM cursors WHERE bar = ?1";
        let seq = self.with(|connection| {
            connection.query_row(select, [bar.as_str()], |row| row.get(0)).optional()
        })?;
        Ok(seq.unwrap_or(0))
    }

    async fn put(
        &self,
        bar: &BarId,
        through: Option<u64>,
        orders: &[Order],
        turned_away: &[TurnedAway],
    ) -> Result<(), Unavailable> {
        self.with(|connection| write(connection, bar, through, orders, turned_away))
    }

    async fn turned_away(&self, bar: &BarId) -> Result<Vec<TurnedAwayHour>, Unavailable> {
        let rows = self.with(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT hour, code, sum(count) FROM turned_away WHERE bar = ?1
                 GROUP BY hour, code",
            )?;
            let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            select.query_map([bar.as_str()], row)?.collect::<Result<Vec<(i64, String, u32)>, _>>()
        })?;
        let mut hours: BTreeMap<i64, Counts> = BTreeMap::new();
        for (hour, code, count) in rows {
            let code = Code::ALL.into_iter().find(|known| known.as_str() == code);
            hours.entry(hour).or_default().extend(code.map(|code| (code, count)));
        }
        let hours = hours.into_iter().map(|(hour, counts)| (Timestamp::from_seconds(hour), counts));
        Ok(hours.map(|(hour, counts)| TurnedAwayHour { hour, counts }).collect())
    }

    async fn forget(&self, bar: &BarId) -> Result<(), Unavailable> {
        self.with(|connection| {
            let transaction = connection.transaction()?;
            // An order's id begins with its bar and a dot; a slash is what follows the dot.
            transaction.execute(
                "DELETE FROM orders WHERE order_id > ?1 || '.' AND order_id < ?1 || '/'",
                [bar.as_str()],
            )?;
            transaction.execute("DELETE FROM turned_away WHERE bar = ?1", [bar.as_str()])?;
            transaction.execute("DELETE FROM cursors WHERE bar = ?1", [bar.as_str()])?;
            transaction.commit()
        })
    }

    async fn order(&self, id: &OrderId) -> Result<Option<Order>, Unavailable> {
        let select = "SELECT body FROM orders WHERE order_id = ?1";
        let body: Option<String> = self.with(|connection| {
            connection.query_row(select, [id.as_str()], |row| row.get(0)).optional()
        })?;
        body.map(|body| order(&body)).transpose()
    }

    async fn of_person(
        &self,
        person: &PersonId,
        before: Option<&OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, Unavailable> {
        let bodies: Vec<String> = self.with(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT body FROM orders WHERE person = ?1
                     AND (?2 IS NULL OR (created_at, order_id) <
                         (SELECT created_at, order_id FROM orders WHERE order_id = ?2))
                 ORDER BY created_at DESC, order_id DESC LIMIT ?3",
            )?;
            let before = before.map(OrderId::as_str);
            let rows = select.query_map(params![person.as_str(), before, limit], |row| row.get(0));
            rows?.collect()
        })?;
        bodies.iter().map(|body| order(body)).collect()
    }
}
