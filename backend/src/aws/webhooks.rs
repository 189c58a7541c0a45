//! The role `webhooks`: woken by what happens at a bar, through the bus and a queue, and every
//! minute, by which everything comes that has to wait, was changed by an organiser, or whose
//! wake-up was lost.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::{BarId, WebhookName};
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep};

use crate::app::chain;
use crate::ports::Unavailable;
use crate::webhooks::{Deliverer, Next};

/// After so long nothing new is begun: a request takes ten seconds at most, and a function ends
/// after a minute. What is left comes with the next minute.
const LONGEST: Duration = Duration::from_secs(30);

/// What the function is called with: messages of the queue, or anything else.
#[derive(Debug, Deserialize)]
pub(crate) struct Event {
    #[serde(rename = "Records", default)]
    records: Option<Vec<Record>>,
}

/// An event of the bus, as the queue has it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    message_id: String,
    body: String,
}

/// Of the event nothing counts but where it was: what happened is read in the log.
#[derive(Debug, Deserialize)]
struct OnTheBus {
    detail: Where,
}

#[derive(Debug, Deserialize)]
struct Where {
    bar: BarId,
}

/// Which messages are to come again.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BatchResponse {
    batch_item_failures: Vec<Failure>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    item_identifier: String,
}

/// Delivers to the webhooks of the bars of these messages, or, when there are none, to all.
pub(crate) async fn handle(
    event: Event,
    deliverer: &Deliverer,
) -> Result<BatchResponse, Unavailable> {
    let Some(records) = event.records else {
        let all = deliverer.webhooks.all().await?;
        let all = all.into_iter().map(|kept| (kept.bar, kept.webhook.name));
        let failed = deliver_to_all(deliverer, all).await;
        // An error is what the alarm counts; the next minute tries again.
        return match failed.is_empty() {
            true => Ok(BatchResponse::default()),
            false => Err(Unavailable::new("lines above say why")),
        };
    };
    let mut failures = Vec::new();
    let mut woken = Vec::new();
    for Record { message_id, body } in records {
        match serde_json::from_str::<OnTheBus>(&body) {
            Ok(OnTheBus { detail: Where { bar } }) => woken.push((bar, message_id)),
            // Kept among the dead letters in the end.
            Err(_) => failures.push(message_id),
        }
    }
    let bars: BTreeSet<_> = woken.iter().map(|(bar, _)| bar).collect();
    let mut which = Vec::new();
    for bar in bars {
        let kept = deliverer.webhooks.of_bar(bar).await?;
        which.extend(kept.into_iter().map(|kept| (kept.bar, kept.webhook.name)));
    }
    let failed = deliver_to_all(deliverer, which).await;
    let again = woken.into_iter().filter(|(bar, _)| failed.contains(bar));
    failures.extend(again.map(|(_, message_id)| message_id));
    let failures = failures.into_iter().map(|item_identifier| Failure { item_identifier });
    Ok(BatchResponse { batch_item_failures: failures.collect() })
}

/// Answers the bars of which something could not be read or written.
async fn deliver_to_all(
    deliverer: &Deliverer,
    all: impl IntoIterator<Item = (BarId, WebhookName)>,
) -> BTreeSet<BarId> {
    let until = Instant::now() + LONGEST;
    let deliveries = all.into_iter().map(async |(bar, name)| {
        let error = deliver(deliverer, &bar, &name, until).await.err()?;
        tracing::error!(%bar, %name, error = chain(&error), "a webhook has to wait");
        Some(bar)
    });
    join_all(deliveries).await.into_iter().flatten().collect()
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
