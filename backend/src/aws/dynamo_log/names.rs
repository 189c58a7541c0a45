//! The names to call, until they are removed.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::{BarId, OrderId};

use super::DynamoLog;
use super::item::{self, order_of};
use crate::aws::item::{Item, all_of, number_of, text, text_of};
use crate::ports::{PickupNames, Unavailable};

#[async_trait]
impl PickupNames for DynamoLog {
    async fn put(&self, order: &OrderId, name: Option<&str>) -> Result<(), Unavailable> {
        let mut ends = self.0.ends();
        let end = ends.entry(order.bar()).or_default();
        end.names.insert(order.clone(), name.map(str::to_owned));
        Ok(())
    }

    async fn of_bar(&self, bar: &BarId) -> Result<Vec<(OrderId, String)>, Unavailable> {
        let query = self.0.client.query().table_name(&self.0.tables.names).consistent_read(true);
        let items = query
            .key_condition_expression("bar = :bar")
            .expression_attribute_values(":bar", text(bar.as_str()))
            .into_paginator()
            .items()
            .send()
            .try_collect()
            .await
            .map_err(Unavailable::new)?;
        self.names_of(&items)
    }

    async fn of_orders(
        &self,
        _bar: &BarId,
        orders: &BTreeSet<OrderId>,
    ) -> Result<Vec<(OrderId, String)>, Unavailable> {
        let keys = orders.iter().map(item::name_key).collect();
        let items = all_of(&self.0.client, &self.0.tables.names, keys).await?;
        self.names_of(&items)
    }
}

impl DynamoLog {
    /// The names in these items. DynamoDB may take days to remove one whose time is over.
    fn names_of(&self, items: &[Item]) -> Result<Vec<(OrderId, String)>, Unavailable> {
        let now = self.0.clock.now().seconds();
        let mut names = Vec::new();
        for item in items {
            if now < number_of(item, "expires")? {
                names.push((order_of(item)?, text_of(item, "name")?.to_owned()));
            }
        }
        Ok(names)
    }
}
