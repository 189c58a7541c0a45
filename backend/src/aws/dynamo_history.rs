//! Orders of the past in DynamoDB, and the guests who were turned away.
//!
//! An order is replaced by a later version of itself only, and the cursor goes forward only: what
//! was told before may be told again, in part or whole, by whomever.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use domain::turned_away::{Counts, TurnedAwayHour};
use domain::{BarId, Code, Order, OrderId, PersonId, Timestamp};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::item::{Item, all_of, number, number_of, text, text_of};
use crate::ports::{History, TurnedAway, Unavailable};

/// Orders by bar and id, and by person in the index `by-person`.
#[derive(Clone)]
pub struct DynamoHistory {
    client: Client,
    table: String,
}

/// The index of the orders of a person.
const BY_PERSON: &str = "by-person";
/// What an item is about.
const CURSOR: &str = "cursor";
const ORDERS: &str = "order ";
const TURNED_AWAY: &str = "away ";
/// Items written at the same time.
const AT_ONCE: usize = 8;

impl DynamoHistory {
    /// The history in this table.
    pub fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }

    async fn get(&self, bar: &BarId, what: String) -> Result<Option<Item>, Unavailable> {
        let get = self.client.get_item().table_name(&self.table).consistent_read(true);
        let get = get.key("bar", text(bar.as_str())).key("what", text(what));
        Ok(get.send().await.map_err(Unavailable::new)?.item)
    }

    /// Puts an item unless a later one of its place is there.
    async fn put_newer(&self, item: Item) -> Result<(), Unavailable> {
        let version = item.get("version").cloned().unwrap_or_else(|| number(0));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let put = put
            .condition_expression("attribute_not_exists(what) OR version <= :version")
            .expression_attribute_values(":version", version);
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error) if is_older(&error) => Ok(()),
            Err(error) => Err(Unavailable::new(error)),
        }
    }

    async fn delete(&self, bar: &BarId, what: &str) -> Result<(), Unavailable> {
        let delete = self.client.delete_item().table_name(&self.table);
        let delete = delete.key("bar", text(bar.as_str())).key("what", text(what));
        delete.send().await.map_err(Unavailable::new)?;
        Ok(())
    }

    async fn all(&self, bar: &BarId, beginning: &str) -> Result<Vec<Item>, Unavailable> {
        let query = self.client.query().table_name(&self.table).consistent_read(true);
        let query = query
            .key_condition_expression("bar = :bar AND begins_with(what, :beginning)")
            .expression_attribute_values(":bar", text(bar.as_str()))
            .expression_attribute_values(":beginning", text(beginning));
        query.into_paginator().items().send().try_collect().await.map_err(Unavailable::new)
    }
}

fn is_older(error: &SdkError<PutItemError>) -> bool {
    error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception)
}

/// Sorts a person's orders by age.
fn age(order: &Order) -> String {
    format!("{:015} {}", order.created_at.millis(), order.order)
}

fn item_of(order: &Order) -> Item {
    let body = serde_json::to_string(order).expect("orders are plain data");
    let mut item = Item::from([
        ("bar".to_owned(), text(order.order.bar().as_str())),
        ("what".to_owned(), text(format!("{ORDERS}{}", order.order))),
        ("version".to_owned(), number(order.version)),
        ("body".to_owned(), text(body)),
    ]);
    if let Some(person) = &order.person {
        item.insert("person".to_owned(), text(person.as_str()));
        item.insert("age".to_owned(), text(age(order)));
    }
    item
}

fn items_of<'a>(bar: &'a BarId, told: &'a TurnedAway) -> impl Iterator<Item = Item> + 'a {
    told.counts.iter().map(|(code, count)| {
        let what =
            format!("{TURNED_AWAY}{:011} {} {}", told.hour.seconds(), told.seq, code.as_str());
        Item::from([
            ("bar".to_owned(), text(bar.as_str())),
            ("what".to_owned(), text(what)),
            ("hour".to_owned(), number(told.hour.seconds())),
            ("code".to_owned(), text(code.as_str())),
            ("count".to_owned(), number(count)),
        ])
    })
}

/// Where an item of the index stands in the table.
fn key_of(item: &Item) -> Result<Item, Unavailable> {
    let key = ["bar", "what"].map(|name| Ok((name.to_owned(), text(text_of(item, name)?))));
    key.into_iter().collect()
}

fn order_of(item: &Item) -> Result<Order, Unavailable> {
    serde_json::from_str(text_of(item, "body")?).map_err(Unavailable::new)
}

#[async_trait]
impl History for DynamoHistory {
    async fn cursor(&self, bar: &BarId) -> Result<u64, Unavailable> {
        let item = self.get(bar, CURSOR.to_owned()).await?;
        item.map_or(Ok(0), |item| number_of(&item, "version"))
    }

    async fn put(
        &self,
        bar: &BarId,
        through: Option<u64>,
        orders: &[Order],
        turned_away: &[TurnedAway],
    ) -> Result<(), Unavailable> {
        let counts = turned_away.iter().flat_map(|told| items_of(bar, told));
        let items: Vec<_> = orders.iter().map(item_of).chain(counts).collect();
        let puts = stream::iter(items).map(|item| self.put_newer(item));
        puts.buffer_unordered(AT_ONCE).try_collect::<()>().await?;
        // Only when they all are there: whoever falls before tells them again.
        let Some(through) = through else {
            return Ok(());
        };
        let cursor =
            [("bar", text(bar.as_str())), ("what", text(CURSOR)), ("version", number(through))];
        self.put_newer(cursor.map(|(name, value)| (name.to_owned(), value)).into()).await
    }

    async fn forget(&self, bar: &BarId) -> Result<(), Unavailable> {
        // First that anything was taken in: whoever falls behind that tells everything again.
        self.delete(bar, CURSOR).await?;
        for beginning in [ORDERS, TURNED_AWAY] {
            for item in self.all(bar, beginning).await? {
                self.delete(bar, text_of(&item, "what")?).await?;
            }
        }
        Ok(())
    }

    async fn turned_away(&self, bar: &BarId) -> Result<Vec<TurnedAwayHour>, Unavailable> {
        let mut hours: BTreeMap<i64, Counts> = BTreeMap::new();
        for item in self.all(bar, TURNED_AWAY).await? {
            let code = text_of(&item, "code")?;
            if let Some(code) = Code::ALL.into_iter().find(|known| known.as_str() == code) {
                let counts = hours.entry(number_of(&item, "hour")?).or_default();
                *counts.entry(code).or_default() += number_of::<u32>(&item, "count")?;
            }
        }
        let hours = hours.into_iter().map(|(hour, counts)| (Timestamp::from_seconds(hour), counts));
        Ok(hours.map(|(hour, counts)| TurnedAwayHour { hour, counts }).collect())
    }

    async fn order(&self, order: &OrderId) -> Result<Option<Order>, Unavailable> {
        let item = self.get(&order.bar(), format!("{ORDERS}{order}")).await?;
        item.as_ref().map(order_of).transpose()
    }

    async fn of_person(
        &self,
        person: &PersonId,
        before: Option<&OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, Unavailable> {
        // DynamoDB cannot be asked for nothing.
        if limit == 0 {
            return Ok(Vec::new());
        }
        let before = match before {
            Some(before) => match self.order(before).await? {
                Some(before) => age(&before),
                None => return Ok(Vec::new()),
            },
            // Later than any moment.
            None => "~".to_owned(),
        };
        let query = self.client.query().table_name(&self.table).index_name(BY_PERSON);
        let orders = query
            .key_condition_expression("person = :person AND age < :before")
            .expression_attribute_values(":person", text(person.as_str()))
            .expression_attribute_values(":before", text(before))
            .scan_index_forward(false)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .send()
            .await
            .map_err(Unavailable::new)?;
        // The index has no more than keys, so that only an order's first version is written there.
        let keys = orders.items().iter().map(key_of).collect::<Result<_, _>>()?;
        let orders = all_of(&self.client, &self.table, keys).await?;
        let mut orders: Vec<_> = orders.iter().map(order_of).collect::<Result<_, _>>()?;
        orders.sort_by_cached_key(|order| Reverse(age(order)));
        Ok(orders)
    }
}
