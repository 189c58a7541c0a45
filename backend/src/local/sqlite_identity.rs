//! Staff accounts and withdrawn sessions in SQLite.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use async_trait::async_trait;
use domain::{Actor, PersonId, Role, Timestamp};
use rusqlite::{OptionalExtension as _, params};
use tokio::sync::Semaphore;

use super::sqlite::SqliteStore;
use super::sqlite_log::written;
use crate::ports::{Identity, Unavailable};

/// Accounts with argon2id passwords.
pub(crate) struct SqliteIdentity {
    store: SqliteStore,
    revoked: RwLock<BTreeSet<String>>,
    /// Checking a password takes 19 MiB and some 20 ms of a core: a few at a time.
    checks: Semaphore,
}

impl SqliteIdentity {
    /// The accounts of a store. Sessions that have run out need not be kept as withdrawn.
    pub(crate) async fn open(store: SqliteStore, now: Timestamp) -> Result<Self, Unavailable> {
        let ended = now.millis();
        written(store.write(move |transaction| {
            transaction.execute("DELETE FROM revoked WHERE expires_at < ?1", [ended])?;
            Ok(())
        }))
        .await?;
        let revoked = store.read(|connection| {
            let mut select = connection.prepare("SELECT session FROM revoked")?;
            select.query_map([], |row| row.get(0))?.collect()
        })?;
        Ok(Self { store, revoked: RwLock::new(revoked), checks: Semaphore::new(2) })
    }

    /// Makes an account, or gives an existing one this password, role and name; it keeps its
    /// person.
    pub(crate) async fn hire(
        &self,
        username: &str,
        password: &str,
        person: &PersonId,
        role: Role,
        name: &str,
    ) -> Result<(), Unavailable> {
        let hash = hash(password.to_owned()).await?;
        let account = [username, person.as_str(), role.as_str(), name, &hash].map(str::to_owned);
        written(self.store.write(move |transaction| {
            transaction.execute(
                "INSERT INTO staff (username, person, role, name, password)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (username) DO UPDATE SET
                     role = excluded.role, name = excluded.name, password = excluded.password",
                account,
            )?;
            Ok(())
        }))
        .await
    }
}

#[async_trait]
impl Identity for SqliteIdentity {
    async fn verify(&self, username: &str, password: &str) -> Result<Option<Actor>, Unavailable> {
        let account = self.store.read(|connection| {
            connection
                .query_row(
                    "SELECT person, role, name, bars, password FROM staff WHERE username = ?1",
                    params![username],
                    |row| {
                        Ok(Account {
                            person: row.get(0)?,
                            role: row.get(1)?,
                            name: row.get(2)?,
                            bars: row.get(3)?,
                            password: row.get(4)?,
                        })
                    },
                )
                .optional()
        })?;
        let stored = account.as_ref().map(|account| account.password.clone());
        let _turn = self.checks.acquire().await.map_err(Unavailable::new)?;
        let right = matches(password.to_owned(), stored).await?;
        account.filter(|_| right).map(Account::actor).transpose()
    }

    async fn names(&self) -> Result<Vec<(PersonId, String)>, Unavailable> {
        let names: Vec<(String, String)> = self.store.read(|connection| {
            let mut select = connection.prepare_cached("SELECT person, name FROM staff")?;
            select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })?;
        let parsed = names
            .into_iter()
            .map(|(person, name)| Ok((person.parse().map_err(Unavailable::new)?, name)));
        parsed.collect()
    }

    async fn revoke(&self, session: &str, expires_at: Timestamp) -> Result<(), Unavailable> {
        let row = (session.to_owned(), expires_at.millis());
        self.revoked.write().unwrap_or_else(PoisonError::into_inner).insert(session.to_owned());
        written(self.store.write(move |transaction| {
            transaction.execute("INSERT OR REPLACE INTO revoked VALUES (?1, ?2)", row)?;
            Ok(())
        }))
        .await
    }

    fn is_revoked(&self, session: &str) -> bool {
        self.revoked.read().unwrap_or_else(PoisonError::into_inner).contains(session)
    }
}

struct Account {
    person: String,
    role: String,
    name: String,
    bars: Option<String>,
    password: String,
}

impl Account {
    fn actor(self) -> Result<Actor, Unavailable> {
        let role = Role::ALL.into_iter().find(|role| role.as_str() == self.role);
        let bars = self.bars.map(|bars| serde_json::from_str(&bars)).transpose();
        Ok(Actor {
            person: self.person.parse().map_err(Unavailable::new)?,
            role: role.ok_or_else(|| Unavailable::new("an account of an unknown role"))?,
            name: Some(self.name),
            bars: bars.map_err(Unavailable::new)?,
        })
    }
}

async fn hash(password: String) -> Result<String, Unavailable> {
    let hashed = tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
    });
    hashed.await.map_err(Unavailable::new)?.map_err(|error| Unavailable::new(error.to_string()))
}

/// Whether the password is the one behind the hash. Without an account it is checked against
/// somebody else's, so that the answer takes as long.
async fn matches(password: String, stored: Option<String>) -> Result<bool, Unavailable> {
    static NOBODYS: OnceLock<Arc<str>> = OnceLock::new();
    let checked = tokio::task::spawn_blocking(move || {
        let nobodys = || {
            let made = NOBODYS.get_or_init(|| {
                let hash = Argon2::default().hash_password(b"nobody's password");
                hash.expect("the standard parameters are sound").to_string().into()
            });
            made.to_string()
        };
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(nobodys);
        let hash = PasswordHash::new(&stored).map_err(|error| error.to_string())?;
        let right = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
        Ok::<_, String>(known && right)
    });
    checked.await.map_err(Unavailable::new)?.map_err(Unavailable::new)
}
