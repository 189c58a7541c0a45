//! Accounts of staff, links to them and withdrawn sessions in SQLite.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use async_trait::async_trait;
use domain::{PersonId, Timestamp, Username};
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::password::{hash, matches};
use super::sqlite::{SqliteStore, WriteError};
use super::sqlite_account::StoredAccount;
use super::sqlite_log::written;
use crate::ports::{Account, Accounts, ChangeError, Identity, Unavailable};

/// Accounts with hashed passwords, links by their marks. What is asked on every request is in
/// memory, too.
pub(crate) struct SqliteIdentity {
    store: SqliteStore,
    /// With the time at which they end by themselves, in milliseconds.
    revoked: RwLock<BTreeMap<String, i64>>,
    /// By person.
    seals: RwLock<BTreeMap<PersonId, String>>,
    /// Whether they have to be read again.
    unsure: AtomicBool,
}

impl SqliteIdentity {
    /// The accounts of a store. Sessions that have run out need not be kept as withdrawn, nor
    /// links that can no longer be used.
    pub(crate) async fn open(store: SqliteStore, now: Timestamp) -> Result<Self, Unavailable> {
        let ended = now.millis();
        written(store.write(move |transaction| {
            transaction.execute("DELETE FROM revoked WHERE expires_at <= ?1", [ended])?;
            transaction.execute("DELETE FROM links WHERE expires_at <= ?1", [ended])?;
            Ok(())
        }))
        .await?;
        let revoked = store.read(|connection| {
            let mut select = connection.prepare("SELECT session, expires_at FROM revoked")?;
            select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })?;
        let (revoked, seals) = (RwLock::new(revoked), RwLock::default());
        let opened = Self { store, revoked, seals, unsure: AtomicBool::new(false) };
        opened.read_seals()?;
        Ok(opened)
    }

    fn all(&self) -> Result<Vec<Account>, Unavailable> {
        let rows = self.store.read(StoredAccount::all)?;
        rows.into_iter().map(StoredAccount::account).collect()
    }

    fn read_seals(&self) -> Result<(), Unavailable> {
        // Held meanwhile, so that nobody puts a newer one in that is then forgotten.
        let mut seals = self.seals.write().unwrap_or_else(PoisonError::into_inner);
        let accounts = self.all()?.into_iter();
        *seals = accounts.map(|account| (account.person, account.seal)).collect();
        Ok(())
    }

    /// Lets the seals follow the store; until it can be read, what was known counts.
    fn settle_seals(&self) {
        if self.unsure.swap(false, Ordering::AcqRel) && self.read_seals().is_err() {
            self.unsure.store(true, Ordering::Release);
        }
    }

    /// Writes, and lets the seals follow: what failed may have been written all the same.
    async fn write(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<(), WriteError> + Send + 'static,
    ) -> Result<(), Unavailable> {
        let written = written(self.store.write(work)).await;
        self.unsure.store(true, Ordering::Release);
        self.settle_seals();
        written
    }
}

#[async_trait]
impl Identity for SqliteIdentity {
    async fn verify(&self, username: &str, password: &str) -> Result<Option<Account>, Unavailable> {
        let account = self.store.read(|connection| StoredAccount::named(connection, username))?;
        let stored = account.as_ref().and_then(|account| account.password.clone());
        let right = matches(password.to_owned(), stored).await?;
        account.filter(|_| right).map(StoredAccount::account).transpose()
    }

    async fn accounts(&self) -> Result<Accounts, Unavailable> {
        Ok(Accounts { all: self.all()?, version: 0 })
    }

    /// One process changes accounts, one after the other: there is but one version.
    async fn put(
        &self,
        account: &Account,
        password: Option<&str>,
        _version: u64,
    ) -> Result<(), ChangeError> {
        let hash = match password {
            Some(password) => Some(hash(password.to_owned()).await?),
            None => None,
        };
        let Account { member, person, seal } = account.clone();
        self.write(move |transaction| {
            let username = member.username.as_str();
            let bars = member
                .bars
                .as_ref()
                .map(|bars| serde_json::to_string(bars).expect("slugs can be written"));
            transaction.execute(
                "DELETE FROM links WHERE username = ?1
                 AND NOT EXISTS (SELECT 1 FROM staff WHERE username = ?1 AND seal = ?2)",
                params![username, seal],
            )?;
            transaction.execute(
                "INSERT INTO staff (username, person, role, name, bars, seal, password)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (username) DO UPDATE SET
                     person = excluded.person, role = excluded.role, name = excluded.name,
                     bars = excluded.bars, seal = excluded.seal,
                     password = coalesce(excluded.password, password)",
                params![
                    username,
                    person.as_str(),
                    member.role.as_str(),
                    member.name,
                    bars,
                    seal,
                    hash,
                ],
            )?;
            Ok(())
        })
        .await
        .map_err(ChangeError::from)
    }

    async fn remove(&self, username: &Username, _version: u64) -> Result<(), ChangeError> {
        let username = username.clone();
        self.write(move |transaction| {
            transaction.execute("DELETE FROM links WHERE username = ?1", [username.as_str()])?;
            transaction.execute("DELETE FROM staff WHERE username = ?1", [username.as_str()])?;
            Ok(())
        })
        .await
        .map_err(ChangeError::from)
    }

    async fn put_link(
        &self,
        mark: &str,
        account: &Account,
        expires_at: Timestamp,
    ) -> Result<(), Unavailable> {
        let Account { member, seal, .. } = account.clone();
        let row = (mark.to_owned(), member.username.to_string(), expires_at.millis(), seal);
        written(self.store.write(move |transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO links SELECT ?1, ?2, ?3
                 WHERE EXISTS (SELECT 1 FROM staff WHERE username = ?2 AND seal = ?4)",
                row,
            )?;
            Ok(())
        }))
        .await
    }

    async fn take_link(&self, mark: &str, now: Timestamp) -> Result<Option<Account>, Unavailable> {
        let mark = mark.to_owned();
        let taken = Arc::new(OnceLock::new());
        let took = taken.clone();
        written(self.store.write(move |transaction| {
            let link = transaction
                .query_row(
                    "DELETE FROM links WHERE mark = ?1 RETURNING username, expires_at",
                    [mark],
                    |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)),
                )
                .optional()?;
            let running = link.filter(|(_, expires_at)| now.millis() < *expires_at);
            let account = match running {
                Some((username, _)) => StoredAccount::named(transaction, &username)?,
                None => None,
            };
            // Work is done once.
            let _ = took.set(account);
            Ok(())
        }))
        .await?;
        let account = taken.get().cloned().flatten();
        account.map(StoredAccount::account).transpose()
    }

    async fn revoke(
        &self,
        sessions: &[(String, Timestamp)],
        now: Timestamp,
    ) -> Result<(), Unavailable> {
        let now = now.millis();
        let ends = |(session, ends): &(String, Timestamp)| (session.clone(), ends.millis());
        let sessions: Vec<(String, i64)> = sessions.iter().map(ends).collect();
        {
            let mut revoked = self.revoked.write().unwrap_or_else(PoisonError::into_inner);
            revoked.retain(|_, ends| now < *ends);
            revoked.extend(sessions.iter().cloned());
        }
        written(self.store.write(move |transaction| {
            transaction.execute("DELETE FROM revoked WHERE expires_at <= ?1", [now])?;
            for row in sessions {
                transaction.execute("INSERT OR REPLACE INTO revoked VALUES (?1, ?2)", row)?;
            }
            Ok(())
        }))
        .await
    }

    /// Answers at once, from memory.
    async fn stands(
        &self,
        person: &PersonId,
        seal: Option<&str>,
        session: &str,
    ) -> Result<bool, Unavailable> {
        let sealed_by = |seal: &str| {
            self.settle_seals();
            let seals = self.seals.read().unwrap_or_else(PoisonError::into_inner);
            seals.get(person).is_some_and(|theirs| theirs == seal)
        };
        let revoked = || self.revoked.read().unwrap_or_else(PoisonError::into_inner);
        Ok(seal.is_none_or(sealed_by) && !revoked().contains_key(session))
    }
}
