//! When the sinks had the entries of each bar, in DynamoDB.
//!
//! An item holds the times of `TOGETHER` entries that follow each other, some hundred bytes: the
//! entries of one wake-up take one write, and one order takes as many as it has steps at most. It
//! is updated, never replaced, so any number of processes may note what they know.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use domain::journey::Hops;
use domain::{BarId, Timestamp};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::item::{Item, all_of, number, number_of, text};
use crate::ports::{HOPS_KEPT_SECONDS, HopTimes, Unavailable};

/// Times beside the history, by bar and where in the log their entries begin.
pub struct DynamoHopTimes {
    client: Client,
    table: String,
}

/// Entries of one item: below a kilobyte, so that a write is one unit.
const TOGETHER: u64 = 16;
/// The attribute by which DynamoDB forgets an item.
const EXPIRES: &str = "expires";
/// Items written at the same time.
const AT_ONCE: usize = 8;

/// Each of the times of an entry by the letter it is kept under, before the entry's place.
const TIMES: [(char, Time); 5] = [
    ('l', |hops| &mut hops.log),
    ('r', |hops| &mut hops.relay),
    ('s', |hops| &mut hops.live),
    ('b', |hops| &mut hops.bus),
    ('h', |hops| &mut hops.history),
];

type Time = fn(&mut Hops) -> &mut Option<u64>;

impl DynamoHopTimes {
    /// The times in this table.
    pub fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }

    async fn update(
        &self,
        bar: &BarId,
        first: u64,
        hops: &[(u64, Hops)],
        expires: i64,
    ) -> Result<(), Unavailable> {
        let update = self.client.update_item().table_name(&self.table);
        let mut update = update.set_key(Some(key(bar, first)));
        let mut set = format!("SET {EXPIRES} = :expires");
        for (seq, hops) in hops {
            let mut hops = *hops;
            for (letter, time) in TIMES {
                if let Some(millis) = *time(&mut hops) {
                    let name = format!("{letter}{}", seq - first);
                    set += &format!(", {name} = if_not_exists({name}, :{name})");
                    update = update.expression_attribute_values(format!(":{name}"), number(millis));
                }
            }
        }
        let update = update.expression_attribute_values(":expires", number(expires));
        update.update_expression(set).send().await.map_err(Unavailable::new)?;
        Ok(())
    }
}

/// The first entry of the item that holds the times of this one.
fn first_beside(seq: u64) -> u64 {
    seq / TOGETHER * TOGETHER
}

fn key(bar: &BarId, first: u64) -> Item {
    let what = text(format!("hops {first:015}"));
    [("bar".to_owned(), text(bar.as_str())), ("what".to_owned(), what)].into()
}

#[async_trait]
impl HopTimes for DynamoHopTimes {
    async fn keep(
        &self,
        bar: &BarId,
        hops: &BTreeMap<u64, Hops>,
        now: Timestamp,
    ) -> Result<(), Unavailable> {
        let mut items: BTreeMap<u64, Vec<(u64, Hops)>> = BTreeMap::new();
        for (seq, hops) in hops {
            items.entry(first_beside(*seq)).or_default().push((*seq, *hops));
        }
        let expires = now.plus_seconds(HOPS_KEPT_SECONDS).seconds();
        let updates = stream::iter(items)
            .map(async |(first, hops)| self.update(bar, first, &hops, expires).await);
        updates.buffer_unordered(AT_ONCE).try_collect().await
    }

    async fn of(&self, bar: &BarId, entries: &[u64]) -> Result<BTreeMap<u64, Hops>, Unavailable> {
        let firsts: BTreeSet<u64> = entries.iter().copied().map(first_beside).collect();
        let keys = firsts.into_iter().map(|first| key(bar, first)).collect();
        let items: BTreeMap<String, Item> = all_of(&self.client, &self.table, keys)
            .await?
            .into_iter()
            .filter_map(|item| Some((item.get("what")?.as_s().ok()?.clone(), item)))
            .collect();
        let mut kept = BTreeMap::new();
        for seq in entries {
            let first = first_beside(*seq);
            let what = key(bar, first).remove("what");
            let item = what.and_then(|what| items.get(what.as_s().ok()?));
            let mut hops = Hops::default();
            for (letter, time) in TIMES {
                let name = format!("{letter}{}", seq - first);
                if let Some(item) = item.filter(|item| item.contains_key(&name)) {
                    *time(&mut hops) = Some(number_of(item, &name)?);
                }
            }
            if hops != Hops::default() {
                kept.insert(*seq, hops);
            }
        }
        Ok(kept)
    }
}
