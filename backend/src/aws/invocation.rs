//! One invocation after the other: each is answered and written down in one line.

use std::time::Instant;

use anyhow::anyhow;
use lambda_runtime::{Context, Diagnostic, LambdaEvent, Runtime, service_fn};
use serde_json::Value;

use super::function::Function;

/// What an invocation is answered, and what of it is written down.
pub(super) struct Answer {
    pub(super) value: Value,
    /// What was asked for; never who asked, or for whom.
    pub(super) route: String,
    /// How it went, in HTTP's numbers.
    pub(super) status: u16,
}

/// Answers invocations for as long as the environment lives.
pub(super) async fn answer_all(function: &Function) -> anyhow::Result<()> {
    let answer = service_fn(async |event: LambdaEvent<Value>| {
        let LambdaEvent { payload, context } = event;
        let begun = Instant::now();
        let answer = function.answer(payload, &context).await;
        written_down(function, &context, begun, answer)
    });
    Runtime::new(answer).run().await.map_err(|error| anyhow!(error))
}

fn written_down(
    function: &Function,
    context: &Context,
    begun: Instant,
    answer: anyhow::Result<Answer>,
) -> Result<Value, Diagnostic> {
    let (role, request) = (function.role(), &context.request_id);
    let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    match answer {
        Ok(Answer { value, route, status }) => {
            tracing::info!(%role, request, route, status, ms, "answered");
            Ok(value)
        }
        Err(error) => {
            tracing::error!(%role, request, ms, error = format!("{error:#}"), "failed");
            // Whoever invoked it learns no more: the log has the whole of it.
            let error_message = format!("{role} failed; request {request} in the log says why");
            Err(Diagnostic { error_type: "Failed".to_owned(), error_message })
        }
    }
}
