//! Step Functions, the queue and the table as they are seen from here: executions go by the state
//! machine as it is deployed, and every message is delivered when a test says so.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::{OrderId, Timestamp};
use serde_json::{Value, json};

use crate::aws::timers::waits::{Wait, Waits};
use crate::aws::timers::workflows::{Begin, End, Token, Workflows};
use crate::ports::Unavailable;

pub(super) const STATE_MACHINE: &str = include_str!("../../../../infra/order-timers.asl.json");

#[derive(Default)]
pub(super) struct Outside(Mutex<Everything>);

#[derive(Default)]
struct Everything {
    now: Timestamp,
    entered: i64,
    is_down: bool,
    executions: BTreeMap<String, Execution>,
    kept: BTreeMap<(OrderId, String), Wait>,
    queue: VecDeque<String>,
}

struct Execution {
    begin: Begin,
    wait: Option<Wait>,
    /// Every state it has entered, and why it left the one before.
    history: Vec<String>,
}

impl Outside {
    fn everything(&self) -> MutexGuard<'_, Everything> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Step Functions does not answer, or does again.
    pub(super) fn is_down(&self, is_down: bool) {
        self.everything().is_down = is_down;
    }

    /// The messages that waits have sent and nobody has been given.
    pub(super) fn messages(&self) -> Vec<String> {
        self.everything().queue.drain(..).collect()
    }

    /// What became of each workflow so far.
    pub(super) fn histories(&self) -> Vec<(String, Vec<String>)> {
        let everything = self.everything();
        let all = everything.executions.iter();
        all.map(|(name, execution)| (name.clone(), execution.history.clone())).collect()
    }

    /// Until when a workflow waits in which state; nothing when it has ended.
    pub(super) fn waits(&self, name: &str) -> Option<(String, Timestamp)> {
        let everything = self.everything();
        let wait = everything.executions[name].wait.as_ref()?;
        Some((format!("{:?}", wait.stage), wait.until))
    }

    /// The clock goes on: waits whose time is over begin again.
    pub(super) fn it_is(&self, now: Timestamp) {
        let everything = &mut *self.everything();
        everything.now = now;
        let over =
            |execution: &Execution| execution.wait.as_ref().is_some_and(|wait| wait.until <= now);
        let executions = everything.executions.iter();
        let over = executions.filter(|(_, execution)| over(execution));
        let over: Vec<_> = over.map(|(name, _)| name.clone()).collect();
        for name in over {
            let seconds = everything.executions[&name].begin.look_again_seconds;
            everything.fails(&name, "States.Timeout", now.plus_seconds(seconds));
        }
    }
}

impl Everything {
    fn state(name: &str) -> Value {
        let machine: Value = serde_json::from_str(STATE_MACHINE).expect("it is JSON");
        machine["States"][name].clone()
    }

    /// A wait ends in an error; the state says which state that leads to.
    fn fails(&mut self, name: &str, error: &str, until: Timestamp) {
        let wait = self.executions.get_mut(name).and_then(|execution| execution.wait.take());
        let state = format!("{:?}", wait.expect("it waits").stage);
        let catchers = Self::state(&state)["Catch"].as_array().expect("catchers").clone();
        let catcher = catchers.iter().find(|catcher| catcher["ErrorEquals"] == json!([error]));
        let next = catcher.expect("it is caught")["Next"].as_str().expect("a state").to_owned();
        self.enters(name, &format!("{error} -> {next}"), &next, until);
    }

    fn succeeds(&mut self, name: &str, until: Timestamp) {
        let wait = self.executions.get_mut(name).and_then(|execution| execution.wait.take());
        let state = Self::state(&format!("{:?}", wait.expect("it waits").stage));
        if let Some(next) = state["Next"].as_str() {
            self.enters(name, next, next, until);
        }
    }

    fn enters(&mut self, name: &str, why: &str, state: &str, until: Timestamp) {
        self.entered += 1;
        let execution = self.executions.get_mut(name).expect("it was started");
        execution.history.push(why.to_owned());
        if Self::state(state)["Type"] == "Succeed" {
            return;
        }
        let wait = Wait {
            order: execution.begin.order.clone(),
            execution: name.to_owned(),
            stage: serde_json::from_value(json!(state)).expect("a stage"),
            until,
            since: Timestamp::from_millis(self.entered),
            token: Token(format!("token-{}", self.entered)),
        };
        self.queue.push_back(serde_json::to_string(&wait).expect("plain data"));
        execution.wait = Some(wait);
    }
}

#[async_trait]
impl Workflows for Outside {
    async fn start(&self, name: &str, begin: &Begin) -> Result<(), Unavailable> {
        let everything = &mut *self.everything();
        if everything.is_down {
            return Err(Unavailable::new("Step Functions is down"));
        }
        if !everything.executions.contains_key(name) {
            let execution = Execution { begin: begin.clone(), wait: None, history: Vec::new() };
            everything.executions.insert(name.to_owned(), execution);
            everything.enters(name, "Choosing", "Choosing", begin.until);
        }
        Ok(())
    }

    async fn end(&self, token: &Token, end: End) -> Result<(), Unavailable> {
        let everything = &mut *self.everything();
        let mut executions = everything.executions.iter();
        let waits =
            executions.find(|(_, it)| it.wait.as_ref().is_some_and(|wait| wait.token == *token));
        // Who comes late is told so by AWS, which is no failure.
        let Some(name) = waits.map(|(name, _)| name.clone()) else {
            return Ok(());
        };
        match end {
            End::Passed { until } => everything.succeeds(&name, until),
            End::Sooner { until } => everything.fails(&name, End::SOONER, until),
            End::Ended => everything.fails(&name, End::ENDED, Timestamp::default()),
        }
        Ok(())
    }
}

#[async_trait]
impl Waits for Outside {
    async fn keep(&self, wait: &Wait) -> Result<bool, Unavailable> {
        let key = (wait.order.clone(), wait.execution.clone());
        let kept = &mut self.everything().kept;
        if kept.get(&key).is_some_and(|kept| kept.since > wait.since) {
            return Ok(false);
        }
        kept.insert(key, wait.clone());
        Ok(true)
    }

    async fn of_order(&self, order: &OrderId) -> Result<Vec<Wait>, Unavailable> {
        let kept = &self.everything().kept;
        Ok(kept.values().filter(|wait| wait.order == *order).cloned().collect())
    }
}
