//! The role `webhooks`: woken by what happens at a bar, through the bus, and every minute, by which
//! everything comes that has to wait, was changed by an organiser, or whose wake-up was lost.

use std::time::Duration;

use domain::{BarId, WebhookName};
use futures_util::future::join_all;
use serde::Deserialize;
use tokio::time::{Instant, sleep};

use crate::app::chain;
use crate::ports::Unavailable;
use crate::webhooks::{Deliverer, Next};

/// After so long nothing new is begun: a request takes ten seconds at most, and a function ends
/// after a minute. What is left comes with the next minute.
const LONGEST: Duration = Duration::from_secs(30);

/// What the function is called with: an event of the bus, or of the clock, which is of no bar. Of
/// what happened nothing counts but where it was: the rest is read in the log.
#[derive(Debug, Deserialize)]
pub(crate) struct Event {
    #[serde(default)]
    detail: Where,
}

#[derive(Debug, Default, Deserialize)]
struct Where {
    bar: Option<BarId>,
}

/// Delivers to the webhooks of the bar of this event, or, when it is of none, to all. After a
/// failure, which is what the alarm counts, the next minute tries again.
pub(crate) async fn handle(event: Event, deliverer: &Deliverer) -> Result<(), Unavailable> {
    let woken = match event.detail.bar {
        Some(bar) => deliverer.webhooks.of_bar(&bar).await?,
        None => deliverer.webhooks.all().await?,
    };
    let which = woken.into_iter().map(|kept| (kept.bar, kept.webhook.name));
    match deliver_to_all(deliverer, which).await {
        true => Ok(()),
        false => Err(Unavailable::new("lines above say why")),
    }
}

/// Answers whether everything could be read and written.
async fn deliver_to_all(
    deliverer: &Deliverer,
    all: impl IntoIterator<Item = (BarId, WebhookName)>,
) -> bool {
    let until = Instant::now() + LONGEST;
    let deliveries = all.into_iter().map(async |(bar, name)| {
        let delivered = deliver(deliverer, &bar, &name, until).await;
        if let Err(error) = &delivered {
            tracing::error!(%bar, %name, error = chain(error), "a webhook has to wait");
        }
        delivered.is_ok()
    });
    join_all(deliveries).await.into_iter().all(|is_done| is_done)
}

/// Delivers everything there is. Whoever has just failed tries again if that is soon; whoever finds
/// a webhook waiting does not wait with it.
async fn deliver(
    deliverer: &Deliverer,
    bar: &BarId,
    name: &WebhookName,
    until: Instant,
) -> Result<(), Unavailable> {
    let mut is_at_it = false;
    while Instant::now() < until {
        match deliverer.turn(bar, name).await? {
            Next::Now => is_at_it = true,
            Next::At(at) => {
                let wait = Duration::from_millis(at.millis_since(deliverer.clock.now()));
                if !is_at_it || until < Instant::now() + wait {
                    return Ok(());
                }
                sleep(wait).await;
            }
            Next::WithNews | Next::Never => return Ok(()),
        }
    }
    Ok(())
}
