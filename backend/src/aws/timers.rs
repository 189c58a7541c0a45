//! The role `timers`: woken by what happens to orders, and by workflows that begin to wait.

mod order_timers;
#[cfg(test)]
mod tests;
mod waits;
mod workflows;

use domain::BusEvent;
use futures_util::future::join_all;
use serde::Deserialize;
use serde_json::Value;

pub(super) use self::order_timers::OrderTimers;
use self::waits::Wait;
pub(super) use self::waits::WaitTable;
pub(super) use self::workflows::StepFunctions;
use super::batch::BatchResponse;
use super::invocation::Answer;
use crate::app::chain;
use crate::ports::Unavailable;

/// What the function is called with.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Invocation {
    /// By its queue.
    Queue(Batch),
    /// By a workflow that waits, which tries again when that fails.
    Workflow(Wait),
}

/// Messages of the queue.
#[derive(Deserialize)]
pub(super) struct Batch {
    #[serde(rename = "Records")]
    records: Vec<Record>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    message_id: String,
    body: String,
}

/// What the bus says: something happened.
#[derive(Deserialize)]
struct Message {
    detail: BusEvent,
}

/// Answers an invocation.
pub(super) async fn answer(event: Invocation, timers: &OrderTimers) -> anyhow::Result<Answer> {
    let (value, route) = match event {
        Invocation::Queue(batch) => (serde_json::to_value(handle(batch, timers).await)?, "orders"),
        Invocation::Workflow(wait) => {
            timers.keep(wait).await?;
            (Value::Null, "waits")
        }
    };
    Ok(Answer { value, route: route.to_owned(), status: 200 })
}

/// Hears what happened. A message that fails comes again, alone, and in the end stays among the dead
/// letters.
pub(super) async fn handle(batch: Batch, timers: &OrderTimers) -> BatchResponse {
    let handled = batch.records.into_iter().map(async |Record { message_id, body }| {
        let heard = async {
            let message: Message = serde_json::from_str(&body).map_err(Unavailable::new)?;
            timers.hear(&message.detail).await
        };
        let error = heard.await.err()?;
        tracing::error!(message_id, error = chain(&error), "a message will come again");
        Some(message_id)
    });
    BatchResponse::again(join_all(handled).await.into_iter().flatten())
}
