//! From the start of a process to its first order: our function, and the same steps in Node.
//!
//! Both are started as Lambda starts a new environment, with one event waiting, beside one
//! DynamoDB. `cargo xtask bench lambda` runs it and judges.

use std::collections::BTreeMap;
use std::future::pending;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use domain::api::path;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::bar::{Bar, roomy};
use crate::person::{Person, command_id};
use crate::soon::soon;

/// Starts of each.
const ROUNDS: usize = 15;
const DEPLOYED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/first_order/deployed.py");

/// What the function was deployed with.
#[derive(Deserialize)]
struct Deployed {
    environment: BTreeMap<String, String>,
    secret: String,
}

#[tokio::test]
#[ignore = "checks nothing: `cargo xtask bench lambda` measures with it"]
async fn first_orders() -> Result<()> {
    let bar = Bar::open().await?;
    bar.olga().await?.limits(roomy()).await?;
    let bea = bar.bea().await?;
    let port = std::fs::read_to_string(bar.server.data().join("port"))?;
    let services = format!("http://127.0.0.1:{port}");
    let deployed = Command::new(given("SERVERLESSPRESSO_STAND_IN_PYTHON")?)
        .args([DEPLOYED, &services])
        .output()
        .await?;
    let deployed: Deployed = serde_json::from_slice(&deployed.stdout)?;
    let environment = Environment { deployed, services };
    let mut programs = [
        ("ours", vec![given("SERVERLESSPRESSO_LAMBDA")?]),
        ("node", vec![given("SERVERLESSPRESSO_NODE")?, given("SERVERLESSPRESSO_NODE_PROGRAM")?]),
    ];
    for round in 0..ROUNDS {
        for (name, program) in &programs {
            let Start { cpu, took } = environment.start(program, &bea).await?;
            let (cpu, took) = (cpu.as_secs_f64(), took.as_secs_f64());
            println!("measured\t{name}\t{cpu:.6}\t{took:.6}");
        }
        // Neither is always the one that comes after the other.
        programs.reverse();
        // The bar's log has one more order for each start.
        let last = bea.log(0).await?.entries;
        ensure!(last.len() > 2 * round, "the orders are written");
    }
    Ok(())
}

fn given(variable: &str) -> Result<PathBuf> {
    let value = std::env::var_os(variable).with_context(|| format!("{variable} is not set"))?;
    Ok(PathBuf::from(value))
}

/// What a start cost.
struct Start {
    cpu: Duration,
    took: Duration,
}

struct Environment {
    deployed: Deployed,
    services: String,
}

impl Environment {
    /// Starts a program with one event waiting, until it has answered.
    async fn start(&self, program: &[PathBuf], bea: &Person) -> Result<Start> {
        let (answered, mut answers) = unbounded_channel();
        let event = Mutex::new(Some(event(bea).to_string().into()));
        let runtime = Runtime { event: Arc::new(event), answered };
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let served = tokio::spawn(async { axum::serve(listener, runtime.router()).await });
        let (first, arguments) = program.split_first().context("a program")?;
        let mut command = Command::new(first);
        command.args(arguments).env_clear().envs(&self.deployed.environment);
        for (name, value) in [
            ("AWS_LAMBDA_RUNTIME_API", address.as_str()),
            ("AWS_LAMBDA_FUNCTION_NAME", "first-order"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "first-order"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "first-order"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_ENDPOINT_URL", &self.services),
            ("SESSION_SECRET", &self.deployed.secret),
            ("NODE_NO_WARNINGS", "1"),
        ] {
            command.env(name, value);
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true);
        let began = Instant::now();
        let mut process = command.spawn()?;
        let answer = soon("an answer", answers.recv()).await?.context("an answer")?;
        let took = began.elapsed();
        let cpu = cpu_of(process.id().context("it runs")?)?;
        process.kill().await?;
        served.abort();
        let answer: Value = serde_json::from_slice(&answer)?;
        ensure!(answer["statusCode"] == 201, "{answer}");
        Ok(Start { cpu, took })
    }
}

/// The time a process has spent on processors, in all its threads.
fn cpu_of(process: u32) -> Result<Duration> {
    let mut nanoseconds = 0;
    for thread in std::fs::read_dir(format!("/proc/{process}/task"))? {
        let spent = std::fs::read_to_string(thread?.path().join("schedstat"))?;
        let spent = spent.split_whitespace().next().context("a number")?;
        nanoseconds += spent.parse::<u64>()?;
    }
    Ok(Duration::from_nanos(nanoseconds))
}

/// As API Gateway tells that Bea takes an order.
fn event(bea: &Person) -> Value {
    let path = path::orders(&bea.bar);
    let body = json!({"command_id": command_id(), "drink": "espresso", "options": {}});
    json!({
        "version": "2.0",
        "routeKey": "ANY /api/{proxy+}",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {
            "authorization": format!("Bearer {}", bea.token()),
            "content-type": "application/json",
        },
        "requestContext": {
            "http": {"method": "POST", "path": path, "protocol": "HTTP/1.1",
                     "sourceIp": "127.0.0.1", "userAgent": "bench"},
            "requestId": "first", "stage": "$default",
        },
        "body": body.to_string(),
        "isBase64Encoded": false,
    })
}

/// The Runtime API of one environment, for which one event is waiting.
#[derive(Clone)]
struct Runtime {
    event: Arc<Mutex<Option<Bytes>>>,
    answered: UnboundedSender<Bytes>,
}

impl Runtime {
    fn router(self) -> Router {
        let answer = async |State(runtime): State<Self>, body: Bytes| {
            let _ = runtime.answered.send(body);
            StatusCode::ACCEPTED
        };
        let next = async |State(runtime): State<Self>| {
            let event = runtime.event.lock().unwrap_or_else(PoisonError::into_inner).take();
            match event {
                Some(event) => (HEADERS, event),
                None => pending().await,
            }
        };
        let of = "/2018-06-01/runtime/invocation";
        Router::new()
            .route(&format!("{of}/next"), get(next))
            .route(&format!("{of}/{{request}}/response"), post(answer))
            .route(&format!("{of}/{{request}}/error"), post(answer))
            .with_state(self)
    }
}

const HEADERS: [(&str, &str); 4] = [
    ("content-type", "application/json"),
    ("lambda-runtime-aws-request-id", "first"),
    // In a future that nobody here sees.
    ("lambda-runtime-deadline-ms", "4102444800000"),
    (
        "lambda-runtime-invoked-function-arn",
        "arn:aws:lambda:us-east-1:000000000000:function:first-order",
    ),
];
