//! Accounts of staff as rows of a table.

use domain::Role;
use domain::staff::StaffMember;
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::ports::{Account, Unavailable};

/// A row of `staff`.
#[derive(Clone)]
pub(super) struct StoredAccount {
    username: String,
    person: String,
    role: String,
    name: String,
    bars: Option<String>,
    seal: String,
    /// Hashed; none when there is none.
    pub(super) password: Option<String>,
}

impl StoredAccount {
    /// All there are, by user name.
    pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<Self>> {
        let mut select = connection.prepare_cached(
            "SELECT username, person, role, name, bars, seal, password FROM staff
             ORDER BY username",
        )?;
        select.query_map([], Self::read)?.collect()
    }

    /// The one of this user name.
    pub(super) fn named(connection: &Connection, username: &str) -> rusqlite::Result<Option<Self>> {
        let mut select = connection.prepare_cached(
            "SELECT username, person, role, name, bars, seal, password FROM staff
             WHERE username = ?1",
        )?;
        select.query_row([username], Self::read).optional()
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            username: row.get(0)?,
            person: row.get(1)?,
            role: row.get(2)?,
            name: row.get(3)?,
            bars: row.get(4)?,
            seal: row.get(5)?,
            password: row.get(6)?,
        })
    }

    /// The account, if every word in it can be read.
    pub(super) fn account(self) -> Result<Account, Unavailable> {
        let role = Role::ALL.into_iter().find(|role| role.as_str() == self.role);
        let bars = self.bars.map(|bars| serde_json::from_str(&bars)).transpose();
        let member = StaffMember {
            username: self.username.parse().map_err(Unavailable::new)?,
            role: role.ok_or_else(|| Unavailable::new("an account of an unknown role"))?,
            name: self.name,
            bars: bars.map_err(Unavailable::new)?,
            has_password: self.password.is_some(),
        };
        let person = self.person.parse().map_err(Unavailable::new)?;
        Ok(Account { member, person, seal: self.seal })
    }
}
