//! What people at the bar look at.

use domain::OrderId;
use domain::api::{LogPage, path};
use domain::view::{BarView, BoardView, CodeView, OrderView, QueueView};

use crate::person::{Person, Said};

impl Person {
    /// An order, as this person may see it.
    pub(crate) async fn order(&self, order: &OrderId) -> Said<OrderView> {
        self.gets(&path::order(order)).await?.read()
    }

    /// One's own orders, the last 50.
    pub(crate) async fn my_orders(&self) -> Said<Vec<OrderView>> {
        self.gets(&path::my_orders(50)).await?.read()
    }

    /// The bar, as everybody sees it.
    pub(crate) async fn bar(&self) -> Said<BarView> {
        self.gets(&path::bar(&self.bar)).await?.read()
    }

    /// What the baristas work through.
    pub(crate) async fn queue(&self) -> Said<QueueView> {
        self.gets(&path::queue(&self.bar)).await?.read()
    }

    /// What the monitor shows.
    pub(crate) async fn board(&self) -> Said<BoardView> {
        self.gets(&path::board(&self.bar)).await?.read()
    }

    /// The code of the running window.
    pub(crate) async fn code(&self) -> Said<CodeView> {
        self.gets(&path::code(&self.bar)).await?.read()
    }

    /// A page of the log, 1,000 entries at most.
    pub(crate) async fn log(&self, after: u64) -> Said<LogPage> {
        let query = format!("{}?after={after}&limit=1000", path::log(&self.bar));
        self.gets(&query).await?.read()
    }
}
