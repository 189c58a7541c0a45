//! What is kept of staff in DynamoDB: accounts without their passwords, links, withdrawn sessions.
//!
//! An account is changed in one transaction with the number of all changes, so that of two who
//! decided on the same accounts one is told to look again.

mod item;

use std::collections::BTreeMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, TransactWriteItem};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::{PersonId, Timestamp, Username};
use futures_util::future::try_join_all;

use self::item::{ACCOUNT, KEY, LINK, PEOPLE, REVOKED, SEAL, VERSION};
use super::item::{Item, all_of, is_lost_race, key, next_version, number_of, text, text_of};
use crate::key::random;
use crate::people::People;
use crate::ports::{Account, Accounts, ChangeError, Unavailable, names_of};

/// Accounts, links and withdrawn sessions of a deployment.
#[derive(Clone)]
pub struct StaffTable {
    client: Client,
    table: String,
}

impl StaffTable {
    /// What is in this table.
    pub fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }

    /// All accounts, by user name.
    pub async fn accounts(&self) -> Result<Accounts, Unavailable> {
        // First: what changes while the accounts are read has another version.
        let version = self.version().await?;
        Ok(Accounts { all: self.all().await?, version })
    }

    /// The names of all staff, for which one read is enough.
    pub async fn names(&self) -> Result<BTreeMap<PersonId, String>, Unavailable> {
        Ok(names_of(self.all().await?))
    }

    async fn all(&self) -> Result<Vec<Account>, Unavailable> {
        let query = self.client.query().table_name(&self.table).consistent_read(true);
        let items = query
            .key_condition_expression("kind = :kind")
            .expression_attribute_values(":kind", text(ACCOUNT))
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(Unavailable::new)?;
        items.iter().map(item::account_of).collect()
    }

    /// One account.
    pub async fn account(&self, username: &Username) -> Result<Option<Account>, Unavailable> {
        let item = self.get(ACCOUNT, username.as_str()).await?;
        item.as_ref().map(item::account_of).transpose()
    }

    /// Keeps an account, whose sessions are those of its seal from now on. Whether it has a
    /// password stays as it was.
    pub async fn put(&self, account: &Account, version: u64) -> Result<(), ChangeError> {
        let seal = [("seal", text(&account.seal))];
        self.change(
            version,
            vec![
                item::update(&self.table, item::account(account)),
                item::put(&self.table, SEAL, account.person.as_str(), seal),
            ],
        )
        .await
    }

    /// Notes whether an account has a password. Nothing is done when it has another seal by now.
    pub async fn has_password(&self, account: &Account, has: bool) -> Result<(), Unavailable> {
        let update = self.client.update_item().table_name(&self.table);
        let update = update
            .set_key(Some(key(ACCOUNT, account.member.username.as_str())))
            .update_expression("SET has_password = :has")
            .condition_expression("seal = :seal")
            .expression_attribute_values(":has", AttributeValue::Bool(has))
            .expression_attribute_values(":seal", text(&account.seal));
        match update.send().await {
            Ok(_) => Ok(()),
            Err(error) => match error.as_service_error() {
                Some(refused) if refused.is_conditional_check_failed_exception() => Ok(()),
                Some(_) | None => Err(Unavailable::new(error)),
            },
        }
    }

    /// Removes an account, and its sessions with it.
    pub async fn remove(&self, account: &Account, version: u64) -> Result<(), ChangeError> {
        self.change(
            version,
            vec![
                item::delete(&self.table, ACCOUNT, account.member.username.as_str()),
                item::delete(&self.table, SEAL, account.person.as_str()),
            ],
        )
        .await
    }

    async fn change(
        &self,
        version: u64,
        mut items: Vec<TransactWriteItem>,
    ) -> Result<(), ChangeError> {
        items.push(next_version(&self.table, key(VERSION, ACCOUNT), version));
        let together = self.client.transact_write_items().set_transact_items(Some(items));
        together.send().await.map_err(change_failed)?;
        Ok(())
    }

    /// How many changes there were.
    async fn version(&self) -> Result<u64, Unavailable> {
        let item = self.get(VERSION, ACCOUNT).await?;
        item.map_or(Ok(0), |item| number_of(&item, "version"))
    }

    /// Whether neither a session nor, for staff, the seal it was made with has been withdrawn.
    pub async fn stands(
        &self,
        person: &PersonId,
        seal: Option<&str>,
        session: &str,
    ) -> Result<bool, Unavailable> {
        let mut keys = vec![key(REVOKED, session)];
        if seal.is_some() {
            keys.push(key(SEAL, person.as_str()));
        }
        let mut sealed_with = None;
        for item in all_of(&self.client, &self.table, keys).await? {
            if text_of(&item, "kind")? == REVOKED {
                return Ok(false);
            }
            sealed_with = Some(text_of(&item, "seal")?.to_owned());
        }
        Ok(seal == sealed_with.as_deref())
    }

    /// Keeps a link to an account as it is now.
    pub async fn put_link(
        &self,
        mark: &str,
        account: &Account,
        expires_at: Timestamp,
    ) -> Result<(), Unavailable> {
        self.put_item(item::link(mark, account, expires_at)).await
    }

    /// Takes a link: the account it leads to, once and in time, if its seal is still the same.
    pub async fn take_link(
        &self,
        mark: &str,
        now: Timestamp,
    ) -> Result<Option<Account>, Unavailable> {
        let delete = self.client.delete_item().table_name(&self.table);
        let delete = delete.set_key(Some(key(LINK, mark))).return_values(ReturnValue::AllOld);
        let deleted = delete.send().await.map_err(Unavailable::new)?;
        let Some(link) = deleted.attributes else {
            return Ok(None);
        };
        if number_of::<i64>(&link, "until")? <= now.millis() {
            return Ok(None);
        }
        let username = text_of(&link, "username")?.parse().map_err(Unavailable::new)?;
        let account = self.account(&username).await?;
        let seal = text_of(&link, "seal")?;
        Ok(account.filter(|account| account.seal == seal))
    }

    /// Withdraws sessions, until they end by themselves.
    pub async fn revoke(&self, sessions: &[(String, Timestamp)]) -> Result<(), Unavailable> {
        let items = sessions.iter().map(|(session, ends)| item::revoked(session, *ends));
        try_join_all(items.map(|item| self.put_item(item))).await?;
        Ok(())
    }

    /// Who is behind the user names of this deployment, from a key that is made once and never
    /// rotated. Whoever may read it may read here who is who in any case.
    pub async fn people(&self) -> Result<People, Unavailable> {
        if let Some(kept) = self.get(KEY, PEOPLE).await? {
            return people_of(&kept);
        }
        let fresh = text(STANDARD.encode(random::<32>()));
        let update = self.client.update_item().table_name(&self.table);
        let kept = update
            .set_key(Some(key(KEY, PEOPLE)))
            .update_expression("SET #bytes = if_not_exists(#bytes, :fresh)")
            .expression_attribute_names("#bytes", "bytes")
            .expression_attribute_values(":fresh", fresh)
            .return_values(ReturnValue::AllNew)
            .send()
            .await
            .map_err(Unavailable::new)?;
        people_of(&kept.attributes.unwrap_or_default())
    }

    async fn get(&self, kind: &str, what: &str) -> Result<Option<Item>, Unavailable> {
        let get = self.client.get_item().table_name(&self.table).consistent_read(true);
        let get = get.set_key(Some(key(kind, what)));
        Ok(get.send().await.map_err(Unavailable::new)?.item)
    }

    async fn put_item(&self, item: Item) -> Result<(), Unavailable> {
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        put.send().await.map_err(Unavailable::new)?;
        Ok(())
    }
}

fn people_of(item: &Item) -> Result<People, Unavailable> {
    let bytes = STANDARD.decode(text_of(item, "bytes")?).map_err(Unavailable::new)?;
    let bytes = bytes.try_into().map_err(|_| Unavailable::new("a key of another length"))?;
    Ok(People::new(bytes))
}

fn change_failed(error: SdkError<TransactWriteItemsError>) -> ChangeError {
    if is_lost_race(&error) { ChangeError::Conflict } else { Unavailable::new(error).into() }
}
