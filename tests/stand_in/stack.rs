//! The deployment: our template as it is, our zip, in a stand-in of its own.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use clap::Args;
use hyper::Method;
use hyper::body::Bytes;
use serde_json::Value;
use tokio::time::sleep;

use crate::artefact;
use crate::aws::{Aws, Call, encoded};
use crate::ministack::Ministack;

const TEMPLATE: &str = include_str!("../../backend/infra/template.yaml");
const ORDER_WORKFLOW: &str = include_str!("../../backend/infra/order-timers.asl.json");
const NAME: &str = "bar";
const BUCKET: &str = "code";
const FORM: &str = "application/x-www-form-urlencoded";

/// The laptop's settings that a deployment has, too.
#[derive(Debug, Args)]
pub(crate) struct Settings {
    #[arg(long, env = "SERVERLESSPRESSO_PUBLIC_URL")]
    pub(crate) public_url: Option<String>,
    #[arg(long, env = "SERVERLESSPRESSO_ALLOWED_ORIGINS")]
    allowed_origins: Option<String>,
    #[arg(long, env = "SERVERLESSPRESSO_SIGN_IN_TRIES")]
    sign_in_tries: Option<String>,
    #[arg(long, env = "SERVERLESSPRESSO_SIGN_IN_LONGEST_DELAY")]
    sign_in_longest_delay: Option<String>,
    #[arg(long, env = "SERVERLESSPRESSO_UNKNOWN_CODES")]
    unknown_codes: Option<String>,
    #[arg(long, env = "SERVERLESSPRESSO_GUEST_REQUESTS")]
    guest_requests: Option<String>,
    #[arg(long, env = "SERVERLESSPRESSO_WEBHOOK_FIRST_WAIT")]
    webhook_first_wait: Option<String>,
}

impl Settings {
    /// As the template's parameters spell them.
    fn parameters(&self) -> Vec<(&'static str, String)> {
        [
            ("AllowedOrigins", &self.allowed_origins),
            ("SignInTries", &self.sign_in_tries),
            ("SignInLongestDelay", &self.sign_in_longest_delay),
            ("UnknownCodes", &self.unknown_codes),
            ("GuestRequests", &self.guest_requests),
            ("WebhookFirstWait", &self.webhook_first_wait),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.clone()?)))
        .collect()
    }
}

/// A deployment that can be used.
pub(crate) struct Stack {
    ministack: Ministack,
    aws: Aws,
    outputs: HashMap<String, String>,
    /// Where live topics are.
    pub(crate) live: String,
}

impl Stack {
    /// The deployment that keeps its things in this directory; made unless it is there.
    pub(crate) async fn at(folder: &Path, settings: &Settings, public_url: &str) -> Result<Self> {
        if let Some(ministack) = Ministack::of(folder) {
            return Self::in_use(ministack).await;
        }
        std::fs::create_dir_all(folder)?;
        let ministack = Ministack::start(folder).await?;
        let made = Self::make(ministack, settings, public_url).await;
        made.with_context(|| {
            let log = std::fs::read_to_string(folder.join("ministack.log")).unwrap_or_default();
            format!("the template cannot be deployed; MiniStack wrote:\n{log}")
        })
    }

    async fn make(ministack: Ministack, settings: &Settings, public_url: &str) -> Result<Self> {
        let aws = Aws::at(ministack.port);
        let live = live_endpoint(&aws).await?;
        put(&aws, &format!("/{BUCKET}"), Bytes::new()).await?;
        put(&aws, &format!("/{BUCKET}/lambda.zip"), artefact::zip()?).await?;
        put(&aws, &format!("/{BUCKET}/order-timers.asl.json"), ORDER_WORKFLOW.into()).await?;
        put(&aws, &format!("/{BUCKET}/template.yaml"), TEMPLATE.into()).await?;
        let mut parameters = settings.parameters();
        for (name, value) in [
            ("CodeBucket", BUCKET),
            ("CodeKey", "lambda.zip"),
            ("OrderWorkflowKey", "order-timers.asl.json"),
            ("Architecture", "x86_64"),
            ("PublicUrl", public_url),
            ("LiveEndpoint", &live),
            // What MiniStack lacks; `authorizer.rs` plays it.
            ("LiveAuthorizer", "no"),
            // Those of the tests are on this machine.
            ("WebhookAddresses", "any"),
            // The door has the apps: a distribution would not be asked.
            ("Hosting", "no"),
        ] {
            parameters.push((name, value.to_owned()));
        }
        let mut form = vec![
            ("TemplateURL".to_owned(), format!("https://s3.amazonaws.com/{BUCKET}/template.yaml")),
            ("Capabilities.member.1".to_owned(), "CAPABILITY_IAM".to_owned()),
            ("Capabilities.member.2".to_owned(), "CAPABILITY_AUTO_EXPAND".to_owned()),
        ];
        for (number, (name, value)) in (1..).zip(parameters) {
            form.push((format!("Parameters.member.{number}.ParameterKey"), name.to_owned()));
            form.push((format!("Parameters.member.{number}.ParameterValue"), value));
        }
        formation(&aws, "CreateStack", &form).await?;
        Self::in_use(ministack).await
    }

    /// Waits until everything is made.
    async fn in_use(ministack: Ministack) -> Result<Self> {
        let aws = Aws::at(ministack.port);
        let stack = loop {
            let stack = formation(&aws, "DescribeStacks", &[]).await?;
            let status = between(&stack, "<StackStatus>", "</StackStatus>").next();
            let status = status.context("a status")?.to_owned();
            if status == "CREATE_COMPLETE" {
                break stack;
            }
            if !status.ends_with("_IN_PROGRESS") {
                bail!("{status}: {}", formation(&aws, "DescribeStackEvents", &[]).await?);
            }
            sleep(Duration::from_millis(20)).await;
        };
        let keys = between(&stack, "<OutputKey>", "</OutputKey>");
        let values = between(&stack, "<OutputValue>", "</OutputValue>");
        let outputs = keys.zip(values).map(|(key, value)| (key.to_owned(), value.to_owned()));
        let live = live_endpoint(&aws).await?;
        Ok(Self { outputs: outputs.collect(), ministack, aws, live })
    }

    /// Where everything of AWS is.
    pub(crate) fn port(&self) -> u16 {
        self.ministack.port
    }

    /// What the template says of itself.
    pub(crate) fn output(&self, name: &str) -> Result<&str> {
        let value = self.outputs.get(name).with_context(|| format!("no output {name}"))?;
        Ok(value)
    }

    /// What a function answers; `output` names the output with its name.
    pub(crate) async fn invoke(&self, output: &str, event: &Value) -> Result<Value> {
        let path = format!("/2015-03-31/functions/{}/invocations", self.output(output)?);
        let call = Call {
            service: "lambda",
            method: Method::POST,
            path: &path,
            query: "",
            content_type: "application/json",
            target: None,
            body: serde_json::to_vec(event)?.into(),
        };
        let answer = self.aws.call(call).await?;
        let text = || String::from_utf8_lossy(answer.body()).into_owned();
        ensure!(!answer.headers().contains_key("x-amz-function-error"), "{output}: {}", text());
        serde_json::from_slice(answer.body()).with_context(text)
    }
}

async fn live_endpoint(aws: &Aws) -> Result<String> {
    let call = Call {
        service: "iot",
        method: Method::GET,
        path: "/endpoint",
        query: "endpointType=iot%3AData-ATS",
        content_type: "application/json",
        target: None,
        body: Bytes::new(),
    };
    let answer: Value = serde_json::from_slice(aws.call(call).await?.body())?;
    let address = answer["endpointAddress"].as_str();
    Ok(address.with_context(|| format!("an endpoint in {answer}"))?.to_owned())
}

async fn put(aws: &Aws, path: &str, body: Bytes) -> Result<()> {
    let content_type = "application/octet-stream";
    let method = Method::PUT;
    let call = Call { service: "s3", method, path, query: "", content_type, target: None, body };
    aws.call(call).await.map(|_| ())
}

async fn formation(aws: &Aws, action: &str, more: &[(String, String)]) -> Result<String> {
    let begin = format!("Action={action}&Version=2010-05-15&StackName={NAME}");
    let more = more.iter().map(|(name, value)| format!("&{name}={}", encoded(value)));
    let body = Bytes::from(begin + &more.collect::<String>());
    let call = Call {
        service: "cloudformation",
        method: Method::POST,
        path: "/",
        query: "",
        content_type: FORM,
        target: None,
        body,
    };
    let answer = aws.call(call).await?;
    Ok(String::from_utf8(answer.into_body().to_vec())?)
}

/// Each text between two others, as far as XML without attributes or entities goes.
fn between<'a>(text: &'a str, begin: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(begin).skip(1).filter_map(move |rest| Some(rest.split_once(end)?.0))
}
