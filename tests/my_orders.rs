//! Looking back: a guest's own orders, and the log, page by page.

use anyhow::{Result, ensure};
use domain::api::{LogPage, path, route};
use domain::view::OrderView;
use domain::{OrderId, Status};

use crate::bar::Bar;
use crate::person::Person;
use crate::soon::until;

#[tokio::test]
async fn a_guest_finds_all_orders_newest_first_page_by_page() -> Result<()> {
    let bar = Bar::roomy().await?;
    let (ada, eve, bea) = (bar.guest().await?, bar.guest().await?, bar.bea().await?);
    let code = bea.code().await?.code;
    ensure!(ada.my_orders().await?.is_empty(), "nothing yet");
    let mut newest_first: Vec<OrderId> = Vec::new();
    for drink in ["tea", "latte", "mocha", "filter", "espresso"] {
        newest_first.insert(0, ada.orders(&code, drink).await?.order);
        eve.orders(&code, drink).await?;
    }
    bea.completes(&newest_first[4]).await?;
    bea.collects(&newest_first[4]).await?;
    bea.cancels(&newest_first[3], Some("No milk")).await?;
    // This view may lag a little.
    let settled = async || {
        let orders = ada.my_orders().await?;
        let last = orders.last().map(|order| order.status);
        Ok(orders.len() == 5 && last == Some(Status::Collected))
    };
    until("all of her orders", settled).await?;
    let mut found: Vec<OrderId> = Vec::new();
    for expected in [2, 2, 1, 0] {
        let page = page(&ada, found.last()).await?;
        ensure!(page.len() == expected, "{expected} orders after {found:?}");
        found.extend(page.into_iter().map(|order| order.order));
    }
    ensure!(found == newest_first, "{found:?}, not {newest_first:?}");
    let cancelled = &ada.my_orders().await?[3];
    ensure!(cancelled.reason.as_deref() == Some("No milk"), "{cancelled:?}");
    ensure!(bea.my_orders().await?.is_empty(), "walk-ups are nobody's");
    Ok(())
}

async fn page(ada: &Person, before: Option<&OrderId>) -> Result<Vec<OrderView>> {
    let before = before.map_or(String::new(), |before| format!("&before={before}"));
    Ok(ada.gets(&format!("{}?limit=2{before}", route::MY_ORDERS)).await?.read()?)
}

#[tokio::test]
async fn the_log_is_read_page_by_page() -> Result<()> {
    let bar = Bar::open().await?;
    let bea = bar.bea().await?;
    for _ in 0..7 {
        bea.takes("tea").await?;
    }
    let whole = bea.log(0).await?;
    ensure!(whole.last == whole.entries.len() as u64, "{} of {}", whole.entries.len(), whole.last);
    let mut read = Vec::new();
    loop {
        let query = format!("{}?after={}&limit=2", path::log(&bar.id), read.len());
        let page: LogPage = bea.gets(&query).await?.read()?;
        ensure!(page.last == whole.last && page.entries.len() <= 2, "{page:?}");
        if page.entries.is_empty() {
            break;
        }
        read.extend(page.entries);
    }
    ensure!(read == whole.entries, "the same, page by page");
    ensure!(bea.log(whole.last + 10).await?.entries.is_empty(), "nothing beyond the end");
    Ok(())
}
