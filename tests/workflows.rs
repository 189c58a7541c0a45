//! What the workflows of orders have done, as Step Functions remembers it.

use anyhow::{Context as _, Result, ensure};
use domain::bus::SOURCE;
use domain::{BusEvent, OrderId, Timestamp};
use hyper::Method;
use serde_json::{Value, json};

use self::aws::{Aws, Call};
use crate::bar::Bar;
use crate::soon::until;

#[expect(dead_code, reason = "some of it is for the door of the stand-in")]
#[path = "stand_in/aws.rs"]
pub(crate) mod aws;

/// Step Functions of the deployment behind a bar.
pub(crate) struct Workflows {
    aws: Aws,
    state_machine: Value,
}

/// An event of a history.
pub(crate) type Happened = Value;

impl Workflows {
    /// Those of the orders of a bar, which must be on AWS.
    pub(crate) async fn of(bar: &Bar) -> Result<Self> {
        let port = std::fs::read_to_string(bar.server.data().join("port"));
        let aws = Aws::at(port.context("the stand-in's port")?.parse()?);
        let machines =
            asks(&aws, "states", "AWSStepFunctions.ListStateMachines", json!({})).await?;
        let state_machine = machines["stateMachines"][0]["stateMachineArn"].clone();
        Ok(Self { aws, state_machine })
    }

    /// Takes the state machine away: no workflow can be started any more.
    pub(crate) async fn stop(&self) -> Result<()> {
        let machine = json!({"stateMachineArn": self.state_machine});
        self.asks("DeleteStateMachine", machine).await?;
        Ok(())
    }

    /// The names of an order's workflows, in the order of their starts.
    pub(crate) async fn names(&self, order: &OrderId) -> Result<Vec<String>> {
        let machine = json!({"stateMachineArn": self.state_machine, "maxResults": 1000});
        let all = self.asks("ListExecutions", machine).await?;
        let all = all["executions"].as_array().context("executions")?.iter().rev();
        let names = all.filter_map(|execution| execution["name"].as_str());
        let theirs = names.filter(|name| {
            let rest = name.strip_prefix(order.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        });
        Ok(theirs.map(str::to_owned).collect())
    }

    /// How a workflow stands: `RUNNING`, `SUCCEEDED`, …
    pub(crate) async fn status(&self, name: &str) -> Result<String> {
        let described = self.asks("DescribeExecution", self.execution(name)?).await?;
        Ok(described["status"].as_str().context("a status")?.to_owned())
    }

    /// Waits until a workflow is in a state, which it has entered and not left.
    pub(crate) async fn is_in(&self, name: &str, state: &str) -> Result<()> {
        let entered = async || {
            let history = self.history_so_far(name).await?;
            Ok(states(&history).last() == Some(&state))
        };
        until(&format!("a workflow in {state}"), entered).await
    }

    /// The history of a workflow that ends, and ends well.
    pub(crate) async fn history(&self, name: &str) -> Result<Vec<Happened>> {
        until("the workflow's end", async || Ok(self.status(name).await? != "RUNNING")).await?;
        let events = self.history_so_far(name).await?;
        let last = events.last().map(|event| event["type"].clone());
        ensure!(last == Some(json!("ExecutionSucceeded")), "{events:#?}");
        Ok(events)
    }

    async fn history_so_far(&self, name: &str) -> Result<Vec<Happened>> {
        let mut asked = self.execution(name)?;
        asked["maxResults"] = json!(1000);
        let history = self.asks("GetExecutionHistory", asked).await?;
        Ok(history["events"].as_array().context("events")?.clone())
    }

    /// Tells the bus these events once more, and waits until whoever listens for workflows has done
    /// what they ask for.
    pub(crate) async fn are_told_again(&self, events: &[BusEvent]) -> Result<()> {
        for event in events {
            let entry = json!({
                "Source": SOURCE,
                "DetailType": event.event.name(),
                "Detail": serde_json::to_string(event)?,
                "EventBusName": "bar",
            });
            asks(&self.aws, "events", "AWSEvents.PutEvents", json!({"Entries": [entry]})).await?;
        }
        let queues = asks(&self.aws, "sqs", "AmazonSQS.ListQueues", json!({})).await?;
        let mut queues = queues["QueueUrls"].as_array().context("queues")?.iter();
        let queue = queues.find(|url| url.as_str().is_some_and(|url| url.contains("TimersQueue")));
        let waiting = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"];
        let asked = json!({"QueueUrl": queue.context("the queue")?, "AttributeNames": waiting});
        // What fails would be out of sight for a minute, and then come again.
        until("an empty queue", async || {
            let left =
                asks(&self.aws, "sqs", "AmazonSQS.GetQueueAttributes", asked.clone()).await?;
            Ok(waiting.iter().all(|name| left["Attributes"][name] == "0"))
        })
        .await
    }

    async fn asks(&self, operation: &str, body: Value) -> Result<Value> {
        asks(&self.aws, "states", &format!("AWSStepFunctions.{operation}"), body).await
    }

    fn execution(&self, name: &str) -> Result<Value> {
        let machine = self.state_machine.as_str().context("a state machine")?;
        let execution = machine.replace(":stateMachine:", ":execution:");
        Ok(json!({"executionArn": format!("{execution}:{name}")}))
    }
}

async fn asks(aws: &Aws, service: &str, operation: &str, body: Value) -> Result<Value> {
    let call = Call {
        service,
        method: Method::POST,
        path: "/",
        query: "",
        content_type: "application/x-amz-json-1.0",
        target: Some(operation),
        body: serde_json::to_vec(&body)?.into(),
    };
    Ok(serde_json::from_slice(aws.call(call).await?.body())?)
}

/// The states a workflow entered, in order. Each is a transition that AWS charges for, and so is
/// the start.
pub(crate) fn states(history: &[Happened]) -> Vec<&str> {
    let entered = history.iter().map(|event| &event["stateEnteredEventDetails"]["name"]);
    entered.filter_map(Value::as_str).collect()
}

/// Why waits ended before the order had passed the stage: by their time, or by what was answered.
pub(crate) fn interruptions(history: &[Happened]) -> Vec<&str> {
    let failed = history.iter().filter_map(|event| {
        // AWS calls the end of a wait's time by a name of its own.
        if event["type"] == "TaskTimedOut" {
            return Some("States.Timeout");
        }
        event["taskFailedEventDetails"]["error"].as_str()
    });
    failed.collect()
}

/// Whether a wait began when its time was all but over, as on a machine that is too busy. Then its
/// first message finds the order overdue, and there is nothing to wait for.
pub(crate) fn began_late(history: &[Happened]) -> bool {
    history.iter().any(|event| {
        let input = event["stateEnteredEventDetails"]["input"].as_str();
        let input: Option<Value> = input.and_then(|input| serde_json::from_str(input).ok());
        let until = input.and_then(|input| input["until"].as_str()?.parse::<Timestamp>().ok());
        let at = event["timestamp"].as_f64().unwrap_or_default();
        until.is_some_and(|until| until.millis() as f64 / 1000.0 <= at + 1.0)
    })
}
