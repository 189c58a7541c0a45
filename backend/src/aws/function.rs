//! What one binary is, by the role it has: put together once, before the first invocation.

use std::sync::Arc;

use anyhow::Context as _;
use aws_sdk_iotdataplane::config::Builder;
use domain::staff::FIRST_ORGANISER;
use lambda_runtime::Context;
use serde_json::Value;

use super::authorizer::{Authorizer, account_of};
use super::bus::EventBridgeBus;
use super::cognito_identity::CognitoIdentity;
use super::cursors::DynamoCursors;
use super::dynamo_history::DynamoHistory;
use super::dynamo_log::{DynamoLog, Tables};
use super::dynamo_webhooks::DynamoWebhooks;
use super::environment::{Environment, Role};
use super::gateway::Gateway;
use super::hop_times::DynamoHopTimes;
use super::invocation::Answer;
use super::live::IotLive;
use super::secret::SecretsManagerSecret;
use super::staff_table::StaffTable;
use super::timers::{OrderTimers, StepFunctions, WaitTable};
use super::user_pool::UserPool;
use super::{admin, clients, relay, timers, webhooks};
use crate::app::{App, Ports};
use crate::clock::{Clock, SystemClock};
use crate::http::router;
use crate::relay::WokenRelay;
use crate::secret::Secret;
use crate::session::Sessions;
use crate::webhooks::{Deliverer, HttpSender};

/// A function in its role.
pub(super) struct Function {
    role: Role,
    part: Part,
    /// What its sessions, codes and links are signed with, where it has any.
    secret: Option<Secret>,
}

/// What a role does.
enum Part {
    Api(Gateway),
    Authorizer(Authorizer),
    Relay(Box<WokenRelay>),
    Timers(OrderTimers),
    Admin(App),
    Webhooks(Deliverer),
}

impl Function {
    /// Makes every client once. What is read here opens the connection to the tables before the
    /// first event comes.
    pub(super) async fn compose(environment: Environment) -> anyhow::Result<Self> {
        let config = clients::from_environment()?;
        let clock = Arc::new(SystemClock);
        let dynamodb = aws_sdk_dynamodb::Client::new(&config);
        let secrets = aws_sdk_secretsmanager::Client::new(&config);
        let cognito = aws_sdk_cognitoidentityprovider::Client::new(&config);
        let events = aws_sdk_eventbridge::Client::new(&config);
        let mut iot = Builder::from(&config);
        if config.endpoint_url().is_none() {
            iot.set_endpoint_url(Some(format!("https://{}", environment.live_endpoint)));
        }
        let iot = aws_sdk_iotdataplane::Client::from_conf(iot.build());

        let tables = Tables {
            log: environment.log_table,
            bars: environment.bar_table.clone(),
            names: environment.name_table,
        };
        let retention = environment.name_retention_seconds;
        let log = DynamoLog::new(dynamodb.clone(), tables, retention, clock.clone());
        let webhooks = Arc::new(DynamoWebhooks::new(dynamodb.clone(), environment.webhook_table));
        let staff = StaffTable::new(dynamodb.clone(), environment.staff_table);
        let source = SecretsManagerSecret::new(secrets, environment.signing_secret);
        let secret = Secret::of(Arc::new(source), clock.now());
        let (secret, people) = match environment.role {
            Role::Api | Role::Admin => tokio::try_join!(secret, staff.people())?,
            // They make no accounts, so whose name is whose is nothing to them.
            Role::Authorizer | Role::Relay | Role::Timers => {
                let anybody = FIRST_ORGANISER.parse().expect("it is a user name");
                let (secret, _) = tokio::try_join!(secret, staff.account(&anybody))?;
                let people = secret.people();
                (secret, people)
            }
            // It talks to strangers and signs with what they have: our secret is not for it.
            Role::Webhooks => {
                let part = Part::Webhooks(Deliverer {
                    log: Arc::new(log),
                    webhooks,
                    sender: Arc::new(HttpSender::new(environment.webhook_addresses)?),
                    clock,
                    first_wait_seconds: environment.settings.webhook_first_wait_seconds,
                });
                return Ok(Self { role: environment.role, part, secret: None });
            }
        };

        let pool = UserPool::new(cognito, environment.user_pool, environment.user_pool_client);
        let ports = Ports {
            log: Arc::new(log.clone()),
            names: Arc::new(log.clone()),
            tally: Some(Arc::new(log)),
            history: Arc::new(DynamoHistory::new(
                dynamodb.clone(),
                environment.history_table.clone(),
            )),
            hop_times: Some(Arc::new(DynamoHopTimes::new(
                dynamodb.clone(),
                environment.history_table,
            ))),
            live: Arc::new(IotLive::new(iot)),
            identity: Arc::new(CognitoIdentity::new(pool, staff)),
            webhooks,
            clock: clock.clone(),
            secret: secret.clone(),
            people,
        };
        let settings = environment.settings;
        let part = match environment.role {
            Role::Api => {
                let app = App::start(ports, settings).await?;
                let word = environment.distribution_secret;
                Part::Api(Gateway::new(router(app), word.as_deref()))
            }
            Role::Authorizer => {
                let sessions = Sessions::new(&secret, ports.identity);
                Part::Authorizer(Authorizer::new(sessions, clock))
            }
            Role::Relay => {
                let cursors = Arc::new(DynamoCursors::new(dynamodb, environment.bar_table));
                let bus = Arc::new(EventBridgeBus::new(events, environment.bus));
                Part::Relay(Box::new(WokenRelay::new(ports, cursors, bus, &settings)))
            }
            Role::Timers => {
                let workflow = environment.order_workflow.context("there is no order workflow")?;
                let workflows = aws_sdk_sfn::Client::new(&config);
                let workflows = Arc::new(StepFunctions::new(workflows, workflow));
                let table = environment.wait_table.context("there is no table of waits")?;
                let waits = Arc::new(WaitTable::new(dynamodb, table));
                let app = App::start(ports, settings).await?;
                Part::Timers(OrderTimers::new(app, workflows, waits))
            }
            Role::Admin => Part::Admin(App::start(ports, settings).await?),
            Role::Webhooks => unreachable!("it was made above, without all of this"),
        };
        Ok(Self { role: environment.role, part, secret: Some(secret) })
    }

    pub(super) fn role(&self) -> Role {
        self.role
    }

    /// Answers an invocation.
    pub(super) async fn answer(&self, event: Value, context: &Context) -> anyhow::Result<Answer> {
        if let Some(secret) = &self.secret {
            secret.keep_current(SystemClock.now()).await;
        }
        match &self.part {
            Part::Api(gateway) => gateway.answer(event).await,
            Part::Authorizer(authorizer) => {
                authorizer.answer(event, &account_of(&context.invoked_function_arn)?).await
            }
            Part::Relay(relay) => {
                let event = serde_json::from_value(event).context("not records of a stream")?;
                let told = relay::handle(event, relay).await?;
                let value = serde_json::to_value(told)?;
                Ok(Answer { value, route: "stream".to_owned(), status: 200 })
            }
            Part::Timers(timers) => {
                // What it says may be a token, so the error does not repeat it.
                let event = serde_json::from_value(event);
                timers::answer(event.ok().context("nothing of ours")?, timers).await
            }
            Part::Admin(app) => admin::answer(event, app).await,
            Part::Webhooks(deliverer) => {
                let event = serde_json::from_value(event).context("not an event")?;
                webhooks::handle(event, deliverer).await?;
                Ok(Answer { value: Value::Null, route: "webhooks".to_owned(), status: 200 })
            }
        }
    }
}
