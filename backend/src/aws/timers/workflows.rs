//! The workflow of each order, on Step Functions.

use async_trait::async_trait;
use aws_sdk_sfn::Client;
use aws_sdk_sfn::operation::send_task_failure::SendTaskFailureError;
use aws_sdk_sfn::operation::send_task_success::SendTaskSuccessError;
use aws_sdk_sfn::operation::start_execution::StartExecutionError;
use domain::{OrderId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::ports::Unavailable;

/// What a workflow is started with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::aws) struct Begin {
    /// Whose it is.
    pub(in crate::aws) order: OrderId,
    /// When its first stage runs out.
    pub(in crate::aws) until: Timestamp,
    /// How long to wait where nothing says how long.
    pub(in crate::aws) look_again_seconds: u32,
}

/// Names one wait of one workflow. Whoever has it may end the wait: it is in no log, and kept in the table of waits alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(in crate::aws) struct Token(pub(in crate::aws) String);

/// How a wait ends before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::aws) enum End {
    /// The order has passed the stage; the next one runs out at this moment.
    Passed { until: Timestamp },
    /// The order runs out of time sooner than the wait would: it begins again, until then.
    Sooner { until: Timestamp },
    /// The order has ended, and the workflow with it.
    Ended,
}

impl End {
    /// The errors by which the state machine knows the two ends that lead elsewhere.
    pub(in crate::aws) const SOONER: &str = "RunsOutSooner";
    pub(in crate::aws) const ENDED: &str = "OrderEnded";
}

/// The workflows of orders.
#[async_trait]
pub(in crate::aws) trait Workflows: Send + Sync {
    /// Starts a workflow. Under a name there is only ever one.
    async fn start(&self, name: &str, begin: &Begin) -> Result<(), Unavailable>;

    /// Ends a wait. One that has ended already stays as it is.
    async fn end(&self, wait: &Token, end: End) -> Result<(), Unavailable>;
}

/// Executions of a state machine.
pub(in crate::aws) struct StepFunctions {
    client: Client,
    state_machine: String,
}

impl StepFunctions {
    /// Executions of the state machine with this ARN.
    pub(in crate::aws) fn new(client: Client, state_machine: String) -> Self {
        Self { client, state_machine }
    }

    async fn succeed(&self, wait: &Token, until: Timestamp) -> Result<(), Unavailable> {
        let output = serde_json::json!({"until": until}).to_string();
        let succeed = self.client.send_task_success().task_token(&wait.0).output(output);
        match succeed.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(had_ended_before_success) => Ok(()),
            Err(error) => Err(Unavailable::new(error)),
        }
    }

    async fn fail(&self, wait: &Token, error: &str, cause: String) -> Result<(), Unavailable> {
        let fail = self.client.send_task_failure().task_token(&wait.0);
        match fail.error(error).cause(cause).send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(had_ended_before_failure) => Ok(()),
            Err(error) => Err(Unavailable::new(error)),
        }
    }
}

#[async_trait]
impl Workflows for StepFunctions {
    async fn start(&self, name: &str, begin: &Begin) -> Result<(), Unavailable> {
        let input = serde_json::to_string(begin).map_err(Unavailable::new)?;
        let start = self.client.start_execution().state_machine_arn(&self.state_machine);
        match start.name(name).input(input).send().await {
            Ok(_) => Ok(()),
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(StartExecutionError::is_execution_already_exists) =>
            {
                Ok(())
            }
            Err(error) => Err(Unavailable::new(error)),
        }
    }

    async fn end(&self, wait: &Token, end: End) -> Result<(), Unavailable> {
        match end {
            End::Passed { until } => self.succeed(wait, until).await,
            End::Sooner { until } => self.fail(wait, End::SOONER, until.to_string()).await,
            End::Ended => self.fail(wait, End::ENDED, String::new()).await,
        }
    }
}

/// Whether a wait had ended already, by its time or by somebody else.
fn had_ended_before_success(error: &SendTaskSuccessError) -> bool {
    error.is_task_timed_out() || error.is_task_does_not_exist() || error.is_invalid_token()
}

fn had_ended_before_failure(error: &SendTaskFailureError) -> bool {
    error.is_task_timed_out() || error.is_task_does_not_exist() || error.is_invalid_token()
}

#[cfg(test)]
mod tests {
    use aws_sdk_sfn::types::error::{InvalidOutput, InvalidToken, TaskDoesNotExist, TaskTimedOut};

    use super::*;

    /// What AWS answers to whoever ends a wait whose time was over: all is well.
    #[test]
    fn who_ends_a_wait_after_its_time_does_no_harm() {
        let timed_out = TaskTimedOut::builder().build();
        let gone = TaskDoesNotExist::builder().build();
        let invalid = InvalidToken::builder().build();
        for error in [
            SendTaskSuccessError::TaskTimedOut(timed_out.clone()),
            SendTaskSuccessError::TaskDoesNotExist(gone.clone()),
            SendTaskSuccessError::InvalidToken(invalid.clone()),
        ] {
            assert!(had_ended_before_success(&error), "{error}");
        }
        for error in [
            SendTaskFailureError::TaskTimedOut(timed_out),
            SendTaskFailureError::TaskDoesNotExist(gone),
            SendTaskFailureError::InvalidToken(invalid),
        ] {
            assert!(had_ended_before_failure(&error), "{error}");
        }
        let other = InvalidOutput::builder().build();
        assert!(!had_ended_before_success(&SendTaskSuccessError::InvalidOutput(other)));
    }
}
