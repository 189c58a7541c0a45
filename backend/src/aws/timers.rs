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
    /// By a workflow, which tries again when that fails.
    Workflow(Message),
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

/// What a message says.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Message {
    /// The bus: something happened.
    Happened { detail: Box<BusEvent> },
    /// The state machine: a workflow waits.
    Waits(Wait),
}

/// Answers an invocation.
pub(super) async fn answer(event: Invocation, timers: &OrderTimers) -> anyhow::Result<Answer> {
    let (value, route) = match event {
        Invocation::Queue(batch) => (serde_json::to_value(handle(batch, timers).await)?, "orders"),
        Invocation::Workflow(message) => {
            obey(message, timers).await?;
            (Value::Null, "waits")
        }
    };
    Ok(Answer { value, route: route.to_owned(), status: 200 })
}

/// Does what each message asks for. One that fails comes again, alone, and in the end stays among
/// the dead letters.
pub(super) async fn handle(batch: Batch, timers: &OrderTimers) -> BatchResponse {
    let handled = batch.records.into_iter().map(async |Record { message_id, body }| {
        // What it says may be a token, so the error does not repeat it.
        let read = serde_json::from_str(&body);
        let message = read.map_err(|_| Unavailable::new("not a message of ours"));
        let error = async { obey(message?, timers).await }.await.err()?;
        tracing::error!(message_id, error = chain(&error), "a message will come again");
        Some(message_id)
    });
    BatchResponse::again(join_all(handled).await.into_iter().flatten())
}

async fn obey(message: Message, timers: &OrderTimers) -> Result<(), Unavailable> {
    match message {
        Message::Happened { detail } => timers.hear(&detail).await,
        Message::Waits(wait) => timers.keep(wait).await,
    }
}
