//! The logs of all bars in DynamoDB, and what is written with their entries or not at all: the
//! names to call, and that guests who were counted are told of.
//!
//! An entry is an item of its own, put on the condition that there is none of its number. Entries
//! are never changed or removed, so the entry before one, once seen, need not be looked for again.

mod item;
mod names;
mod tally;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::{BarId, CommandId, Entry, Event, OrderId, PersonId};
use futures_util::FutureExt as _;

use self::item::{bar_of, entry_of, seq_of};
use super::item::{Item, is_lost_race, number, text, text_of};
use crate::clock::Clock;
use crate::ports::{AppendError, Log, Ticket, Unavailable};

/// The names of the tables.
#[derive(Clone, Debug)]
pub struct Tables {
    /// Entries, by bar and number; an index `by-command`.
    pub log: String,
    /// What is kept of a bar beside its log, by kind and bar.
    pub bars: String,
    /// The names to call, by bar and order.
    pub names: String,
}

/// Logs, names and tallies in DynamoDB.
#[derive(Clone)]
pub struct DynamoLog(Arc<Inner>);

struct Inner {
    client: Client,
    tables: Tables,
    name_retention_seconds: u32,
    clock: Arc<dyn Clock>,
    ends: Mutex<BTreeMap<BarId, End>>,
}

/// What is known here of the end of a log.
#[derive(Default)]
struct End {
    /// There is an entry of this number.
    seq: u64,
    /// Of the entry queued last.
    last: Option<Ticket>,
    /// Names that wait for the next entry; none means that there is no name any more.
    names: BTreeMap<OrderId, Option<String>>,
}

/// The index in which the command of an entry is found.
const BY_COMMAND: &str = "by-command";

/// The kinds of what is kept of a bar beside its log.
const FOUNDED: &str = "founded";
const SNAPSHOT: &str = "snapshot";

impl DynamoLog {
    /// Logs in these tables, with names that are kept so long after their entries.
    pub fn new(
        client: Client,
        tables: Tables,
        name_retention_seconds: u32,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let ends = Mutex::default();
        Self(Arc::new(Inner { client, tables, name_retention_seconds, clock, ends }))
    }
}

impl Inner {
    fn ends(&self) -> MutexGuard<'_, BTreeMap<BarId, End>> {
        // Whoever panicked left a number that is too small at worst.
        self.ends.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, bar: &BarId, seq: u64) {
        let mut ends = self.ends();
        let end = ends.entry(bar.clone()).or_default();
        end.seq = end.seq.max(seq);
    }

    async fn write(
        &self,
        entry: &Entry,
        names: BTreeMap<OrderId, Option<String>>,
    ) -> Result<(), AppendError> {
        if !self.follows(entry).await? {
            return Err(AppendError::Conflict);
        }
        let beside = self.beside(entry, names);
        if beside.is_empty() {
            let put = self.client.put_item().table_name(&self.tables.log);
            put.set_item(Some(item::of_entry(entry)))
                .condition_expression(item::IS_NEW)
                .send()
                .await
                .map_err(put_failed)?;
        } else {
            let items = [vec![item::new_entry(&self.tables.log, entry)], beside].concat();
            let together = self.client.transact_write_items().set_transact_items(Some(items));
            together.send().await.map_err(transaction_failed)?;
        }
        self.note(&entry.bar, entry.seq);
        Ok(())
    }

    /// Whether the entry before is there.
    async fn follows(&self, entry: &Entry) -> Result<bool, Unavailable> {
        let Some(before) = entry.seq.checked_sub(1) else {
            return Ok(false);
        };
        let known = self.ends().get(&entry.bar).map_or(0, |end| end.seq);
        if before <= known {
            return Ok(true);
        }
        let found = self.entry(&entry.bar, before).await?.is_some();
        if found {
            self.note(&entry.bar, before);
        }
        Ok(found)
    }

    async fn entry(&self, bar: &BarId, seq: u64) -> Result<Option<Item>, Unavailable> {
        let get = self.client.get_item().table_name(&self.tables.log).consistent_read(true);
        let get = get.key("bar", text(bar.as_str())).key("seq", number(seq));
        Ok(get.send().await.map_err(Unavailable::new)?.item)
    }

    /// What is written in the same step as an entry: that there is such a bar, with its first; the
    /// names that wait for it; that the guests it tells of are told.
    fn beside(
        &self,
        entry: &Entry,
        names: BTreeMap<OrderId, Option<String>>,
    ) -> Vec<TransactWriteItem> {
        let Tables { bars, names: table, .. } = &self.tables;
        let founded = (entry.seq == 1)
            .then(|| item::put(bars, [("kind", text(FOUNDED)), ("bar", text(entry.bar.as_str()))]));
        let told = entry.events.iter().find_map(|event| {
            let Event::GuestsTurnedAway { counts, .. } = event else { return None };
            Some(tally::taken(bars, &entry.bar, counts))
        });
        let expires = entry.at.plus_seconds(self.name_retention_seconds).seconds();
        let names = names
            .into_iter()
            .map(|(order, name)| item::name(table, &order, name.as_deref(), expires));
        founded.into_iter().chain(told).chain(names).collect()
    }
}

#[async_trait]
impl Log for DynamoLog {
    fn append(&self, entry: Arc<Entry>) -> Ticket {
        let inner = self.0.clone();
        let mut ends = self.0.ends();
        let end = ends.entry(entry.bar.clone()).or_default();
        let names = std::mem::take(&mut end.names);
        // One that has been answered is no longer ahead of anything.
        let ahead = end.last.take().filter(|ticket| ticket.peek().is_none());
        let written = tokio::spawn(async move {
            if let Some(ahead) = ahead {
                ahead.await?;
            }
            inner.write(&entry, names).await
        });
        let ticket = async { written.await.map_err(Unavailable::new)? };
        let ticket = ticket.boxed().shared();
        end.last = Some(ticket.clone());
        ticket
    }

    fn is_shared(&self) -> bool {
        true
    }

    async fn read(&self, bar: &BarId, after: u64, limit: u32) -> Result<Vec<Entry>, Unavailable> {
        let mut entries = Vec::new();
        let mut next = None;
        while let Some(left) = limit.checked_sub(entries.len() as u32).filter(|left| *left > 0) {
            let query = self.0.client.query().table_name(&self.0.tables.log).consistent_read(true);
            let page = query
                .key_condition_expression("bar = :bar AND seq > :after")
                .expression_attribute_values(":bar", text(bar.as_str()))
                .expression_attribute_values(":after", number(after))
                .limit(i32::try_from(left).unwrap_or(i32::MAX))
                .set_exclusive_start_key(next)
                .send()
                .await
                .map_err(Unavailable::new)?;
            for item in page.items() {
                entries.push(entry_of(item)?);
            }
            next = page.last_evaluated_key;
            if next.is_none() {
                break;
            }
        }
        if let Some(last) = entries.last() {
            self.0.note(bar, last.seq);
        }
        Ok(entries)
    }

    async fn find(
        &self,
        bar: &BarId,
        person: &PersonId,
        command: &CommandId,
    ) -> Result<Option<Entry>, Unavailable> {
        let query = self.0.client.query().table_name(&self.0.tables.log).index_name(BY_COMMAND);
        let found = query
            .key_condition_expression("command = :command")
            .expression_attribute_values(":command", item::command(bar, person, command))
            .limit(1)
            .send()
            .await
            .map_err(Unavailable::new)?;
        let Some(item) = found.items().first() else {
            return Ok(None);
        };
        let entry = self.0.entry(bar, seq_of(item)?).await?;
        entry.as_ref().map(entry_of).transpose()
    }

    async fn put_snapshot(&self, bar: &BarId, snapshot: String) -> Result<(), Unavailable> {
        let put = self.0.client.put_item().table_name(&self.0.tables.bars);
        put.item("kind", text(SNAPSHOT))
            .item("bar", text(bar.as_str()))
            .item("body", text(snapshot))
            .send()
            .await
            .map_err(Unavailable::new)?;
        Ok(())
    }

    async fn snapshot(&self, bar: &BarId) -> Result<Option<String>, Unavailable> {
        let get = self.0.client.get_item().table_name(&self.0.tables.bars).consistent_read(true);
        let get = get.key("kind", text(SNAPSHOT)).key("bar", text(bar.as_str()));
        let item = get.send().await.map_err(Unavailable::new)?.item;
        item.map(|item| text_of(&item, "body").map(str::to_owned)).transpose()
    }

    async fn bars(&self) -> Result<Vec<BarId>, Unavailable> {
        let query = self.0.client.query().table_name(&self.0.tables.bars).consistent_read(true);
        let founded = query
            .key_condition_expression("kind = :kind")
            .expression_attribute_values(":kind", text(FOUNDED))
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(Unavailable::new)?;
        founded.iter().map(bar_of).collect()
    }

    async fn check(&self) -> Result<(), Unavailable> {
        // A put that is never done asks for everything that an append needs.
        let put = self.0.client.put_item().table_name(&self.0.tables.log);
        let put = put.item("bar", text("?")).item("seq", number(0));
        match put.condition_expression("attribute_exists(seq)").send().await.map_err(put_failed) {
            Ok(_) | Err(AppendError::Conflict) => Ok(()),
            Err(AppendError::Unavailable(unavailable)) => Err(unavailable),
        }
    }
}

/// There is an entry of that number, or somebody is writing it.
fn put_failed(error: SdkError<PutItemError>) -> AppendError {
    let service = error.as_service_error();
    let lost = service.is_some_and(|error| {
        error.is_conditional_check_failed_exception() || error.is_transaction_conflict_exception()
    });
    if lost { AppendError::Conflict } else { Unavailable::new(error).into() }
}

fn transaction_failed(error: SdkError<TransactWriteItemsError>) -> AppendError {
    if is_lost_race(&error) { AppendError::Conflict } else { Unavailable::new(error).into() }
}
