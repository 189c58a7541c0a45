//! The logs of all bars, and the names to call, in SQLite.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::{BarId, CommandId, Entry, OrderId, PersonId};
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::sqlite::{SqliteStore, WriteError, lock};
use super::sqlite_schema::SCHEMA_VERSION;
use crate::ports::{Log, Named, PickupNames, Ticket, Unavailable};

/// Logs and names in one database, so that a name and the entry it belongs to are written together
/// or not at all.
#[derive(Clone)]
pub(crate) struct SqliteLog {
    store: SqliteStore,
    /// Names that wait for the next entry of their bar.
    names: Arc<Mutex<BTreeMap<BarId, Vec<Named>>>>,
}

impl SqliteLog {
    /// The logs and names of a store.
    pub(crate) fn new(store: SqliteStore) -> Self {
        Self { store, names: Arc::default() }
    }
}

#[async_trait]
impl Log for SqliteLog {
    fn append(&self, entry: Arc<Entry>) -> Ticket {
        let names = lock(&self.names).remove(&entry.bar).unwrap_or_default();
        self.store.write(move |transaction| {
            let mut last = transaction
                .prepare_cached("SELECT coalesce(max(seq), 0) FROM entries WHERE bar = ?1")?;
            let last: u64 = last.query_row([entry.bar.as_str()], |row| row.get(0))?;
            if entry.seq != last + 1 {
                return Err(WriteError::Conflict);
            }
            let body = serde_json::to_string(&*entry).expect("entries are plain data");
            let mut insert = transaction.prepare_cached(
                "INSERT INTO entries (bar, seq, person, cause, body) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            insert.execute(params![
                entry.bar.as_str(),
                entry.seq,
                entry.by.person().map(PersonId::as_str),
                entry.cause.as_str(),
                body,
            ])?;
            for (order, name) in names {
                write_name(transaction, &order, name.as_deref())?;
            }
            Ok(())
        })
    }

    async fn read(&self, bar: &BarId, after: u64, limit: u32) -> Result<Vec<Entry>, Unavailable> {
        let bodies: Vec<String> = self.store.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT body FROM entries WHERE bar = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
            )?;
            let after = i64::try_from(after).unwrap_or(i64::MAX);
            select.query_map(params![bar.as_str(), after, limit], |row| row.get(0))?.collect()
        })?;
        bodies.iter().map(|body| serde_json::from_str(body).map_err(Unavailable::new)).collect()
    }

    async fn find(
        &self,
        bar: &BarId,
        person: &PersonId,
        command: &CommandId,
    ) -> Result<Option<Entry>, Unavailable> {
        let body: Option<String> = self.store.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT body FROM entries WHERE bar = ?1 AND person = ?2 AND cause = ?3",
            )?;
            let key = params![bar.as_str(), person.as_str(), command.as_str()];
            select.query_row(key, |row| row.get(0)).optional()
        })?;
        body.map(|body| serde_json::from_str(&body).map_err(Unavailable::new)).transpose()
    }

    async fn put_snapshot(&self, bar: &BarId, snapshot: String) -> Result<(), Unavailable> {
        let bar = bar.clone();
        written(self.store.write(move |transaction| {
            transaction
                .prepare_cached("INSERT OR REPLACE INTO snapshots (bar, body) VALUES (?1, ?2)")?
                .execute(params![bar.as_str(), snapshot])?;
            Ok(())
        }))
        .await
    }

    async fn snapshot(&self, bar: &BarId) -> Result<Option<String>, Unavailable> {
        self.store.read(|connection| {
            connection
                .prepare_cached("SELECT body FROM snapshots WHERE bar = ?1")?
                .query_row([bar.as_str()], |row| row.get(0))
                .optional()
        })
    }

    async fn bars(&self) -> Result<Vec<BarId>, Unavailable> {
        let bars: Vec<String> = self.store.read(|connection| {
            let mut select = connection.prepare_cached("SELECT bar FROM entries WHERE seq = 1")?;
            select.query_map([], |row| row.get(0))?.collect()
        })?;
        bars.iter().map(|bar| bar.parse().map_err(Unavailable::new)).collect()
    }

    async fn check(&self) -> Result<(), Unavailable> {
        // It says what is there already, but it is written: a full disk would show.
        let written_again = |transaction: &Transaction<'_>| {
            Ok(transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?)
        };
        written(self.store.write(written_again)).await
    }
}

#[async_trait]
impl PickupNames for SqliteLog {
    async fn put(&self, order: &OrderId, name: Option<&str>) -> Result<(), Unavailable> {
        let named = (order.clone(), name.map(str::to_owned));
        lock(&self.names).entry(order.bar()).or_default().push(named);
        Ok(())
    }

    async fn of_bar(&self, bar: &BarId) -> Result<Vec<(OrderId, String)>, Unavailable> {
        let names: Vec<(String, String)> = self.store.read(|connection| {
            let mut select =
                connection.prepare_cached("SELECT order_id, name FROM names WHERE bar = ?1")?;
            let rows = select.query_map([bar.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        })?;
        let parsed = names
            .into_iter()
            .map(|(order, name)| Ok((order.parse().map_err(Unavailable::new)?, name)));
        parsed.collect()
    }

    async fn of_orders(
        &self,
        _: &BarId,
        orders: &BTreeSet<OrderId>,
    ) -> Result<Vec<(OrderId, String)>, Unavailable> {
        self.store.read(|connection| {
            let mut select =
                connection.prepare_cached("SELECT name FROM names WHERE order_id = ?1")?;
            let mut names = Vec::new();
            for order in orders {
                let name = select.query_row([order.as_str()], |row| row.get(0)).optional()?;
                names.extend(name.map(|name| (order.clone(), name)));
            }
            Ok(names)
        })
    }
}

fn write_name(
    transaction: &Transaction<'_>,
    order: &OrderId,
    name: Option<&str>,
) -> rusqlite::Result<usize> {
    match name {
        Some(name) => transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO names (order_id, bar, name) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![order.as_str(), order.bar().as_str(), name]),
        None => transaction
            .prepare_cached("DELETE FROM names WHERE order_id = ?1")?
            .execute([order.as_str()]),
    }
}

/// Waits until something that fits whatever is there has been written.
pub(super) async fn written(ticket: Ticket) -> Result<(), Unavailable> {
    ticket.await.map_err(Unavailable::from)
}
