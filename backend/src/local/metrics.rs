//! `/metrics` of the laptop: what the application counts, and what only this process knows of
//! itself, as Prometheus reads it (text format 0.0.4).

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::{ConnectInfo, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse as _, Response};
use prometheus::core::Collector as _;
use prometheus::proto::MetricFamily;
use prometheus::{IntCounter, IntGauge, IntGaugeVec, TEXT_FORMAT, TextEncoder};

use super::mqtt::Broker;
use super::sqlite::SqliteStore;
use crate::app::App;
use crate::host::Host;
use crate::http::Figures;
use crate::metrics::{opts, sound};

/// What there is to tell of.
pub(super) struct Told {
    pub(super) app: App,
    pub(super) broker: Broker,
    pub(super) store: SqliteStore,
    /// Whether whoever reaches the server may read them, and not this machine alone.
    pub(super) open: bool,
}

/// The figures at the moment, for whoever may read them; for everybody else there are none.
pub(super) fn figures(told: Told) -> Figures {
    Figures(Arc::new(move |request| told.may_be_read(request).then(|| told.text())))
}

/// Whether somebody on this machine asks, over IPv4 or IPv6.
fn is_this_machine(peer: SocketAddr) -> bool {
    peer.ip().to_canonical().is_loopback()
}

/// Whether a proxy says that it asks for somebody else, who may be anywhere.
fn was_passed_on(headers: &HeaderMap) -> bool {
    let by_proxy = |name: &HeaderName| {
        let name = name.as_str();
        matches!(name, "forwarded" | "via" | "x-real-ip") || name.starts_with("x-forwarded-")
    };
    headers.keys().any(by_proxy)
}

impl Told {
    fn may_be_read(&self, request: &Request) -> bool {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let is_here = peer.is_some_and(|ConnectInfo(peer)| is_this_machine(*peer));
        self.open || is_here && !was_passed_on(request.headers())
    }

    fn text(&self) -> Response {
        let mut families = self.app.metrics().counted();
        families.extend(of_bars(&self.app.hosts()));
        families.extend(self.of_this_process());
        let text = sound(TextEncoder::new().encode_to_string(&families));
        ([(CONTENT_TYPE, TEXT_FORMAT)], text).into_response()
    }

    fn of_this_process(&self) -> Vec<MetricFamily> {
        let counters = self.store.counters();
        let commits = counters.commits.load(Ordering::Relaxed);
        let writes = counters.jobs.load(Ordering::Relaxed);
        let connections = self.broker.connections() as u64;
        let mut families = vec![
            built(),
            counted("store_commits_total", "Transactions, each one sync of the disk", commits),
            counted("store_writes_total", "Entries, names and the like in them", writes),
            counted("slow_readers_total", "Screens cut off too far behind", self.broker.cut_off()),
            measured("live_connections", "Live connections open now", connections),
        ];
        let memory = resident_memory();
        let help = "Memory of this process that is in use";
        families.extend(memory.map(|bytes| measured("resident_memory_bytes", help, bytes)));
        families.into_iter().flatten().collect()
    }
}

/// How the bars are at the moment.
fn of_bars(hosts: &[Arc<Host>]) -> Vec<MetricFamily> {
    let gauge = |name, help, labels: &[&str]| sound(IntGaugeVec::new(opts(name, help), labels));
    let orders = gauge("orders", "Live orders, by status", &["bar", "status"]);
    let in_progress = gauge("orders_in_progress", "Orders choosing, placed or making", &["bar"]);
    let pending = gauge("entries_pending", "Entries decided and not yet on disk", &["bar"]);
    let lag = gauge("relay_lag_entries", "Entries on disk that screens await", &["bar"]);
    for host in hosts {
        let bar = host.bar.as_str();
        let durable = host.durable();
        if !durable.bar.exists() {
            continue;
        }
        for status in domain::Status::ALL.into_iter().filter(|status| status.is_live()) {
            let count = durable.bar.live_orders().filter(|order| order.status == status).count();
            orders.with_label_values(&[bar, status.as_str()]).set(whole(count as u64));
        }
        in_progress.with_label_values(&[bar]).set(durable.bar.in_progress().into());
        pending.with_label_values(&[bar]).set(whole(durable.pending() as u64));
        lag.with_label_values(&[bar]).set(whole(durable.bar.seq().saturating_sub(host.told())));
    }
    [orders, in_progress, pending, lag].iter().flat_map(|gauge| gauge.collect()).collect()
}

/// A count as gauges hold it.
fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn counted(name: &str, help: &str, count: u64) -> Vec<MetricFamily> {
    let counter = sound(IntCounter::with_opts(opts(name, help)));
    counter.inc_by(count);
    counter.collect()
}

fn measured(name: &str, help: &str, figure: u64) -> Vec<MetricFamily> {
    let gauge = sound(IntGauge::with_opts(opts(name, help)));
    gauge.set(whole(figure));
    gauge.collect()
}

fn built() -> Vec<MetricFamily> {
    let info = sound(IntGaugeVec::new(opts("build_info", "Always 1"), &["version"]));
    info.with_label_values(&[env!("CARGO_PKG_VERSION")]).set(1);
    info.collect()
}

/// Bytes, where the system says so in a file.
fn resident_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes = line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_this_machine() {
        for (peer, expected) in [
            ("127.0.0.1:50000", true),
            ("127.8.8.8:50000", true),
            ("[::1]:50000", true),
            ("[::ffff:127.0.0.1]:50000", true),
            ("192.168.1.23:50000", false),
            ("10.0.0.1:50000", false),
            ("[::ffff:192.168.1.23]:50000", false),
            ("[fe80::1]:50000", false),
        ] {
            assert_eq!(is_this_machine(peer.parse().expect("an address")), expected, "{peer}");
        }
    }
}
