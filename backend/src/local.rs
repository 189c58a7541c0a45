//! The laptop: one process that keeps its own store, speaks its own live topics and has the apps
//! inside.

mod apps;
mod arguments;
mod data;
mod demo;
mod first_start;
mod install;
mod live;
mod metrics;
mod mqtt;
mod open_files;
mod password;
mod patient;
mod serve;
mod sqlite;
mod sqlite_account;
mod sqlite_history;
mod sqlite_identity;
mod sqlite_log;
mod sqlite_schema;
mod sqlite_webhooks;
mod sqlite_writer;
#[cfg(test)]
mod tests;
mod timers;
mod tls;
mod webhooks;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Context as _;
use axum::extract::WebSocketUpgrade;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use axum::{Extension, Router};
use clap::Parser as _;
use domain::api::route;
use tokio::net::TcpListener;
use tokio::time::timeout;

use self::apps::AppSettings;
use self::arguments::{Arguments, Command, Serve};
use self::data::DataDirectory;
use self::live::{LiveGuard, MqttLive};
use self::mqtt::Broker;
use self::sqlite::SqliteStore;
use self::sqlite_history::SqliteHistory;
use self::sqlite_identity::SqliteIdentity;
use self::sqlite_log::SqliteLog;
use self::sqlite_webhooks::SqliteWebhooks;
use self::tls::Https;
use crate::app::{App, Ports};
use crate::clock::{Clock, SystemClock};
use crate::config::Settings;
use crate::http;
use crate::webhooks::{Addresses, Deliverer, HttpSender};

/// Reads flags and environment, serves until told to stop. An error is one sentence for the
/// person who started it.
pub async fn main() -> anyhow::Result<()> {
    let Command::Serve(arguments) = Arguments::parse().command();
    serve(arguments).await
}

async fn serve(arguments: Serve) -> anyhow::Result<()> {
    open_files::allow_many();
    let data = DataDirectory::open(&arguments.data)?;
    let listener = TcpListener::bind(arguments.listen)
        .await
        .with_context(|| format!("{} cannot be listened on", arguments.listen))?;
    let address = listener.local_addr()?;
    let settings = Settings {
        public_url: arguments.public_url(address),
        allowed_origins: arguments.allowed_origins.clone(),
        sign_in_delays: arguments.sign_in_delays(),
        unknown_code_delays: arguments.unknown_code_delays(),
        guest_requests_per_minute: arguments.guest_requests,
        webhook_first_wait_seconds: arguments.webhook_first_wait,
    };
    let clock = Arc::new(SystemClock);
    let https = Https::prepare(&arguments, &data, &settings.public_url, clock.now())?;
    let house = House::open(&data, settings.clone()).await?;
    if arguments.demo {
        demo::prepare(&house.app, address, &settings, arguments.demo_password.clone()).await?;
    } else {
        arguments::announce(address, &settings);
        first_start::announce(&house.app).await?;
    }
    let mut router = house.router(arguments.open_metrics);
    if let Some(own) = https.as_ref().and_then(|https| https.own.clone()) {
        install::announce(own.ca(), &settings.public_url);
        router = router.merge(install::routes(own.ca(), &settings.public_url));
        tokio::spawn(own.run(clock));
    }
    let timers = tokio::spawn(timers::run(house.app.clone()));
    let webhooks = tokio::spawn(webhooks::run(house.app.clone(), house.deliverer()?));
    let tls = https.map(|https| https.tls);
    serve::until_stopped(listener, tls, router, serve::signals()).await;
    timers.abort();
    // What is under way is delivered again after the next start.
    webhooks.abort();
    house.close().await;
    house.say_what_was_done();
    Ok(())
}

/// How long screens that do not listen may hold up the end. With [`serve::FAREWELL`] it is less
/// than the five seconds in which a service manager loses its patience.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Everything that runs on the laptop, put together.
struct House {
    app: App,
    broker: Broker,
    store: SqliteStore,
    history: Arc<SqliteHistory>,
}

impl House {
    async fn open(data: &DataDirectory, settings: Settings) -> anyhow::Result<Self> {
        let clock = Arc::new(SystemClock);
        let store = data.store()?;
        let log = Arc::new(SqliteLog::new(store.clone()));
        let identity = Arc::new(SqliteIdentity::open(store.clone(), clock.now()).await?);
        let history = SqliteHistory::open(&data.history())
            .with_context(|| format!("{} cannot be opened", data.history().display()))?;
        let history = Arc::new(history);
        let broker = Broker::new();
        let secret = data.secret()?;
        let ports = Ports {
            log: log.clone(),
            names: log,
            tally: None,
            hop_times: None,
            history: history.clone(),
            live: Arc::new(MqttLive(broker.clone())),
            identity,
            webhooks: Arc::new(SqliteWebhooks::new(store.clone())),
            clock,
            people: secret.people(),
            secret,
        };
        let app = App::start(ports, settings).await?;
        Ok(Self { app, broker, store, history })
    }

    /// Who delivers to webhooks, wherever their organisers say.
    fn deliverer(&self) -> anyhow::Result<Deliverer> {
        let Ports { log, webhooks, clock, .. } = self.app.ports();
        Ok(Deliverer {
            log: log.clone(),
            webhooks: webhooks.clone(),
            sender: Arc::new(HttpSender::new(Addresses::Any)?),
            clock: clock.clone(),
            first_wait_seconds: self.app.settings().webhook_first_wait_seconds,
        })
    }

    /// Tells the screens what is left to tell and lets them go, writes the snapshots, closes the
    /// files. Nothing is asked any more.
    async fn close(&self) {
        let told = timeout(LAST_WORDS, self.app.stop()).await;
        let gone = timeout(LAST_WORDS, self.broker.close_all()).await;
        if told.is_err() || gone.is_err() {
            tracing::warn!("some screens were left without a goodbye");
        }
        self.store.close().await;
        self.history.close();
    }

    /// Everything the laptop answers: the API, the live topics, the apps, and its figures.
    fn router(&self, open_metrics: bool) -> Router {
        let guard = Arc::new(LiveGuard(self.app.clone()));
        let broker = self.broker.clone();
        let live =
            get(move |upgrade: WebSocketUpgrade| async move { broker.connect(upgrade, guard) });
        let settings = AppSettings { public_url: self.app.settings().public_url.clone() };
        let figures = metrics::figures(metrics::Told {
            app: self.app.clone(),
            broker: self.broker.clone(),
            store: self.store.clone(),
            open: open_metrics,
        });
        // The API answers whatever is none of these, and counts its requests itself.
        apps::routes(settings)
            .route(route::LIVE, live)
            .layer(from_fn_with_state(self.app.clone(), http::measure))
            .fallback_service(http::router(self.app.clone()).layer(Extension(figures)))
    }

    /// What the figures of a day looked like, for whoever reads the log.
    fn say_what_was_done(&self) {
        let counters = self.store.counters();
        tracing::info!(
            writes = counters.jobs.load(Ordering::Relaxed),
            commits = counters.commits.load(Ordering::Relaxed),
            readers_cut_off = self.broker.cut_off(),
            "stopped"
        );
    }
}
