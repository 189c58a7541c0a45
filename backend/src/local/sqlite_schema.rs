//! The tables of the laptop's store, as the steps that lead to them. A database says how many it
//! has taken (`user_version`); opening it takes the rest.

use rusqlite::{Connection, TransactionBehavior};

use super::sqlite::OpenError;

/// Steps are only ever added: databases that have taken the ones before are out there. A new
/// database takes them all, so it is the same as one that was migrated.
const STEPS: [&str; 4] = [
    "
    CREATE TABLE entries (
        bar TEXT NOT NULL,
        seq INTEGER NOT NULL,
        person TEXT,
        cause TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (bar, seq)
    ) WITHOUT ROWID, STRICT;
    CREATE INDEX entries_by_command ON entries (bar, person, cause) WHERE person IS NOT NULL;
    CREATE TABLE names (
        order_id TEXT PRIMARY KEY,
        bar TEXT NOT NULL,
        name TEXT NOT NULL
    ) WITHOUT ROWID, STRICT;
    CREATE INDEX names_by_bar ON names (bar);
    CREATE TABLE staff (
        username TEXT PRIMARY KEY,
        person TEXT NOT NULL,
        role TEXT NOT NULL,
        name TEXT NOT NULL,
        bars TEXT,
        password TEXT NOT NULL
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE revoked (
        session TEXT PRIMARY KEY,
        expires_at INTEGER NOT NULL
    ) WITHOUT ROWID, STRICT;
    ",
    "
    CREATE TABLE snapshots (bar TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID, STRICT;
    ",
    // Accounts may be without a password, and have a seal: sessions from before carry none.
    "
    CREATE TABLE sealed_staff (
        username TEXT PRIMARY KEY,
        person TEXT NOT NULL,
        role TEXT NOT NULL,
        name TEXT NOT NULL,
        bars TEXT,
        password TEXT,
        seal TEXT NOT NULL
    ) WITHOUT ROWID, STRICT;
    INSERT INTO sealed_staff SELECT username, person, role, name, bars, password, '' FROM staff;
    DROP TABLE staff;
    ALTER TABLE sealed_staff RENAME TO staff;
    CREATE TABLE links (
        mark TEXT PRIMARY KEY,
        username TEXT NOT NULL,
        expires_at INTEGER NOT NULL
    ) WITHOUT ROWID, STRICT;
    ",
    "
    CREATE TABLE webhooks (
        bar TEXT NOT NULL,
        name TEXT NOT NULL,
        version INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (bar, name)
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE webhook_attempts (
        bar TEXT NOT NULL,
        name TEXT NOT NULL,
        place INTEGER NOT NULL,
        number INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (bar, name, place)
    ) WITHOUT ROWID, STRICT;
    ",
];

/// How many steps this server knows.
pub(super) const SCHEMA_VERSION: usize = STEPS.len();

/// Takes the steps that a database has not taken yet, all of them or none.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let taken: usize = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let Some(left) = STEPS.get(taken..) else {
        return Err(OpenError::Newer);
    };
    if !left.is_empty() {
        for step in left {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
        transaction.commit()?;
        if taken > 0 {
            tracing::info!(from = taken, to = SCHEMA_VERSION, "the database was migrated");
        }
    }
    Ok(())
}
