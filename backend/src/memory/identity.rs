//! Accounts, links and withdrawn sessions in memory.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::{PersonId, Timestamp, Username};

use super::{Memory, others_go_on};
use crate::ports::{Account, Accounts, ChangeError, Identity, Unavailable};

#[derive(Default)]
pub(super) struct State {
    /// With their passwords.
    staff: BTreeMap<Username, (Account, Option<String>)>,
    /// How many changes of them there were.
    version: u64,
    /// To accounts as they were.
    links: BTreeMap<String, (Account, Timestamp)>,
    /// With the time at which they end by themselves.
    revoked: BTreeMap<String, Timestamp>,
}

impl State {
    fn change(&mut self, version: u64) -> Result<(), ChangeError> {
        if self.version != version {
            return Err(ChangeError::Conflict);
        }
        self.version += 1;
        Ok(())
    }
}

impl Memory {
    fn identity(&self) -> MutexGuard<'_, State> {
        self.identity.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Identity for Memory {
    async fn verify(&self, username: &str, password: &str) -> Result<Option<Account>, Unavailable> {
        let state = self.identity();
        let account =
            username.parse().ok().and_then(|username: Username| state.staff.get(&username));
        let account = account.filter(|(_, theirs)| theirs.as_deref() == Some(password));
        Ok(account.map(|(account, _)| account.clone()))
    }

    async fn accounts(&self) -> Result<Accounts, Unavailable> {
        let accounts = {
            let State { staff, version, .. } = &*self.identity();
            let all = staff.values().map(|(account, _)| account.clone()).collect();
            Accounts { all, version: *version }
        };
        others_go_on().await;
        Ok(accounts)
    }

    async fn put(
        &self,
        account: &Account,
        password: Option<&str>,
        version: u64,
    ) -> Result<(), ChangeError> {
        let mut state = self.identity();
        state.change(version)?;
        let username = account.member.username.clone();
        let before = state.staff.remove(&username);
        let password = password.map(str::to_owned).or(before.and_then(|(_, password)| password));
        let mut account = account.clone();
        account.member.has_password = password.is_some();
        state.staff.insert(username, (account, password));
        Ok(())
    }

    async fn remove(&self, username: &Username, version: u64) -> Result<(), ChangeError> {
        let mut state = self.identity();
        state.change(version)?;
        state.staff.remove(username);
        Ok(())
    }

    async fn put_link(
        &self,
        mark: &str,
        account: &Account,
        expires_at: Timestamp,
    ) -> Result<(), Unavailable> {
        self.identity().links.insert(mark.to_owned(), (account.clone(), expires_at));
        Ok(())
    }

    async fn take_link(&self, mark: &str, now: Timestamp) -> Result<Option<Account>, Unavailable> {
        let mut state = self.identity();
        let running = state.links.remove(mark).filter(|(_, expires_at)| now < *expires_at);
        let account = running.and_then(|(then, _)| {
            let (now, _) = state.staff.get(&then.member.username)?;
            (now.seal == then.seal).then(|| now.clone())
        });
        Ok(account)
    }

    async fn revoke(
        &self,
        sessions: &[(String, Timestamp)],
        now: Timestamp,
    ) -> Result<(), Unavailable> {
        let revoked = &mut self.identity().revoked;
        revoked.retain(|_, ends| now < *ends);
        revoked.extend(sessions.iter().cloned());
        Ok(())
    }

    async fn stands(
        &self,
        person: &PersonId,
        seal: Option<&str>,
        session: &str,
    ) -> Result<bool, Unavailable> {
        let state = self.identity();
        let sealed_by = |seal: &str| {
            let mut accounts = state.staff.values().map(|(account, _)| account);
            accounts.any(|account| account.person == *person && account.seal == seal)
        };
        Ok(seal.is_none_or(sealed_by) && !state.revoked.contains_key(session))
    }
}
