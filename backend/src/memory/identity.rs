//! Accounts, links and withdrawn sessions in memory.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::{PersonId, Timestamp, Username};

use super::{Memory, others_go_on};
use crate::ports::{Account, Identity, Unavailable};

#[derive(Default)]
pub(super) struct State {
    /// With their passwords.
    staff: BTreeMap<Username, (Account, Option<String>)>,
    links: BTreeMap<String, (Username, Timestamp)>,
    /// With the time at which they end by themselves.
    revoked: BTreeMap<String, Timestamp>,
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

    async fn accounts(&self) -> Result<Vec<Account>, Unavailable> {
        let accounts = self.identity().staff.values().map(|(account, _)| account.clone()).collect();
        others_go_on().await;
        Ok(accounts)
    }

    async fn put(&self, account: &Account, password: Option<&str>) -> Result<(), Unavailable> {
        let mut state = self.identity();
        let username = account.member.username.clone();
        let before = state.staff.remove(&username);
        if before.as_ref().is_none_or(|(before, _)| before.seal != account.seal) {
            state.links.retain(|_, (whose, _)| *whose != username);
        }
        let password = password.map(str::to_owned).or(before.and_then(|(_, password)| password));
        let mut account = account.clone();
        account.member.has_password = password.is_some();
        state.staff.insert(username, (account, password));
        Ok(())
    }

    async fn remove(&self, username: &Username) -> Result<(), Unavailable> {
        let mut state = self.identity();
        state.staff.remove(username);
        state.links.retain(|_, (whose, _)| whose != username);
        Ok(())
    }

    async fn put_link(
        &self,
        mark: &str,
        username: &Username,
        expires_at: Timestamp,
    ) -> Result<(), Unavailable> {
        self.identity().links.insert(mark.to_owned(), (username.clone(), expires_at));
        Ok(())
    }

    async fn take_link(&self, mark: &str, now: Timestamp) -> Result<Option<Account>, Unavailable> {
        let mut state = self.identity();
        let running = state.links.remove(mark).filter(|(_, expires_at)| now < *expires_at);
        let account = running.and_then(|(username, _)| state.staff.get(&username));
        Ok(account.map(|(account, _)| account.clone()))
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
