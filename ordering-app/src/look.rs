//! Looking at the server: what a visit is fetched from.

use domain::view::{BarView, OrderView};
use domain::{BarId, Code, OrderId};
use ui::{Api, Fault};

use crate::memory;
use crate::pending::Pending;
use crate::visit::Visit;

/// Fetches the visit; `seen` is what is known of it. One request each minute: of an order on its
/// way, else of the bar. Everything is fetched at first and after something may have been missed.
pub(crate) async fn look(api: Api, bar: BarId, seen: Option<Visit>) -> Result<Visit, Fault> {
    let (bar, order) = match seen {
        None => {
            // What was on its way is told first: what is fetched after that is the truth.
            Pending::settled(&bar).await;
            let order = match memory::order(&bar) {
                Some(order) => unless_gone(api, &order).await?,
                None => begun_elsewhere(api, &bar).await,
            };
            (look_at(api, &bar).await?, order)
        }
        Some(seen) => {
            let is_live = seen.live_order().is_some();
            let order = match seen.order {
                Some(order) if is_live || seen.bar_is_behind => {
                    unless_gone(api, &order.order).await?
                }
                order => order,
            };
            let bar =
                if is_live && !seen.bar_is_behind { seen.bar } else { look_at(api, &bar).await? };
            (bar, order)
        }
    };
    Ok(Visit { bar, order, bar_is_behind: false })
}

async fn look_at(api: Api, bar: &BarId) -> Result<BarView, Fault> {
    match api.bar(bar).await {
        // The session is over, and forgotten by now; a bar is shown to anybody.
        Err(fault) if fault.code() == Code::NoSession => api.bar(bar).await,
        answer => answer,
    }
}

/// The order; nothing when it is of a session or a server that is no more.
async fn unless_gone(api: Api, order: &OrderId) -> Result<Option<OrderView>, Fault> {
    match api.order(order).await {
        Ok(order) => Ok(Some(order)),
        Err(fault) if matches!(fault.code(), Code::NoSuchOrder | Code::NoSession) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// A running order this phone was never told of because the answer got lost.
async fn begun_elsewhere(api: Api, bar: &BarId) -> Option<OrderView> {
    api.session().token()?;
    // Only a help: without an answer the bar itself says `live_order_exists` soon enough.
    let newest = api.my_orders(1).await.ok()?.into_iter().next()?;
    (newest.bar == *bar && newest.status.is_live()).then_some(newest)
}
