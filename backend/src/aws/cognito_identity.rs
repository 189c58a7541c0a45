//! Staff in Cognito, and what is kept of them beside it.
//!
//! DynamoDB says who has an account and which sessions stand, Cognito whose password it is. An
//! account is written where its sessions end first; whatever fails behind that, the same call
//! again completes.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::{PersonId, Timestamp, Username};

use super::staff_table::StaffTable;
use super::user_pool::UserPool;
use crate::ports::{Account, Accounts, ChangeError, Identity, Unavailable};

/// Accounts with passwords in Cognito.
#[derive(Clone)]
pub struct CognitoIdentity {
    pool: UserPool,
    staff: StaffTable,
}

impl CognitoIdentity {
    /// The users of this pool, as far as they have accounts in this table.
    pub fn new(pool: UserPool, staff: StaffTable) -> Self {
        Self { pool, staff }
    }
}

#[async_trait]
impl Identity for CognitoIdentity {
    async fn verify(&self, username: &str, password: &str) -> Result<Option<Account>, Unavailable> {
        let Ok(username) = username.parse::<Username>() else {
            return Ok(None);
        };
        if !self.pool.verify(&username, password).await? {
            return Ok(None);
        }
        // A user whose account went while Cognito did not answer has none.
        let account = self.staff.account(&username).await?;
        Ok(account.filter(|account| account.member.has_password))
    }

    async fn accounts(&self) -> Result<Accounts, Unavailable> {
        self.staff.accounts().await
    }

    async fn names(&self) -> Result<BTreeMap<PersonId, String>, Unavailable> {
        self.staff.names().await
    }

    async fn put(
        &self,
        account: &Account,
        password: Option<&str>,
        version: u64,
    ) -> Result<(), ChangeError> {
        self.staff.put(account, version).await?;
        let username = &account.member.username;
        let is_new = self.pool.ensure(username, account.member.role).await?;
        if let Some(password) = password {
            self.pool.set_password(username, password).await?;
        }
        if is_new || password.is_some() {
            self.staff.has_password(account, password.is_some()).await?;
        }
        Ok(())
    }

    async fn remove(&self, username: &Username, version: u64) -> Result<(), ChangeError> {
        if let Some(account) = self.staff.account(username).await? {
            self.staff.remove(&account, version).await?;
        }
        // Should this fail, a password is left that opens nothing.
        Ok(self.pool.remove(username).await?)
    }

    async fn stands(
        &self,
        person: &PersonId,
        seal: Option<&str>,
        session: &str,
    ) -> Result<bool, Unavailable> {
        self.staff.stands(person, seal, session).await
    }

    async fn put_link(
        &self,
        mark: &str,
        account: &Account,
        expires_at: Timestamp,
    ) -> Result<(), Unavailable> {
        self.staff.put_link(mark, account, expires_at).await
    }

    async fn take_link(&self, mark: &str, now: Timestamp) -> Result<Option<Account>, Unavailable> {
        self.staff.take_link(mark, now).await
    }

    async fn revoke(
        &self,
        sessions: &[(String, Timestamp)],
        _now: Timestamp,
    ) -> Result<(), Unavailable> {
        self.staff.revoke(sessions).await
    }
}
