//! What the backend counts for whoever runs it. Labels are words of ours, slugs of bars and routes:
//! never a name, token, code, person or order.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use domain::{Code, Command};
use prometheus::core::Collector;
use prometheus::{HistogramOpts, HistogramVec, IntCounter, IntCounterVec, Opts, Registry};

use crate::app::Failure;

/// Every metric's name begins with this and an underscore.
pub(crate) const NAMESPACE: &str = "serverlesspresso";

/// Seconds: from an answer out of memory to one that waited for a tired disk.
const DURATIONS: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0];

/// The outcome of a command that was carried out, now or before.
const ACCEPTED: &str = "accepted";

/// Counts that only go up while the process lives.
pub(crate) struct Metrics {
    registry: Registry,
    commands: IntCounterVec,
    requests: IntCounterVec,
    durations: HistogramVec,
    failed_sign_ins: IntCounter,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let commands = opts("commands_total", "Commands, by what was asked and what came of it");
        let requests = opts("http_requests_total", "HTTP requests answered");
        let durations =
            opts("http_request_duration_seconds", "From the head of a request to its answer");
        let failed = opts("sign_in_failures_total", "Passwords that opened no account");
        let durations = HistogramOpts::from(durations).buckets(DURATIONS.to_vec());
        let metrics = Self {
            registry: Registry::new(),
            commands: sound(IntCounterVec::new(commands, &["command", "outcome"])),
            requests: sound(IntCounterVec::new(requests, &["route", "method", "status"])),
            durations: sound(HistogramVec::new(durations, &["route", "method"])),
            failed_sign_ins: sound(IntCounter::with_opts(failed)),
        };
        let collectors: [Box<dyn Collector>; 4] = [
            Box::new(metrics.commands.clone()),
            Box::new(metrics.requests.clone()),
            Box::new(metrics.durations.clone()),
            Box::new(metrics.failed_sign_ins.clone()),
        ];
        collectors.into_iter().for_each(|each| sound(metrics.registry.register(each)));
        metrics
    }

    /// A command was carried out, or refused, or lost with the store.
    pub(crate) fn command<T>(&self, command: &Command, came_of_it: &Result<T, Failure>) {
        let outcome = match came_of_it {
            Ok(_) => ACCEPTED,
            Err(Failure::Rejected(rejection)) => rejection.code().as_str(),
            Err(Failure::Unavailable(_)) => Code::Unavailable.as_str(),
        };
        self.commands.with_label_values(&[command.as_str(), outcome]).inc();
    }

    /// A request was answered. `route` is a template, never an address.
    pub(crate) fn request(&self, route: &str, method: &Method, status: StatusCode, took: Duration) {
        const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];
        // Anybody may make up a method; nobody is to make up time series.
        let known = [Method::GET, Method::POST, Method::PUT, Method::DELETE]
            .into_iter()
            .chain([Method::HEAD, Method::OPTIONS])
            .any(|known| known == *method);
        let method = if known { method.as_str() } else { "other" };
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        let class = CLASSES.get(class).copied().unwrap_or("other");
        self.requests.with_label_values(&[route, method, class]).inc();
        self.durations.with_label_values(&[route, method]).observe(took.as_secs_f64());
    }

    /// Somebody's password was wrong, or there is no such account.
    pub(crate) fn failed_sign_in(&self) {
        self.failed_sign_ins.inc();
    }

    /// Everything counted so far.
    #[cfg(feature = "local")]
    pub(crate) fn counted(&self) -> Vec<prometheus::proto::MetricFamily> {
        self.registry.gather()
    }
}

/// A name and what it says, under our prefix.
pub(crate) fn opts(name: &str, help: &str) -> Opts {
    Opts::new(name, help).namespace(NAMESPACE)
}

/// What only a malformed or repeated name could make fail.
pub(crate) fn sound<T>(made: prometheus::Result<T>) -> T {
    made.expect("names and labels are constants, well-formed and distinct")
}
