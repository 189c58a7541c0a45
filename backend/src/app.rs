//! The application: bring the bar up to date, decide, append, answer when it is durable. The only
//! place that appends.

mod carry;
mod command;
mod journey;
mod meet;
mod patience;
mod read;
mod sign_in;
mod staff;
mod turned_away;
mod visits;
mod webhooks;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use domain::view::Names;
use domain::{Actor, BarId, CommandId, Rejection};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::code::Codes;
use crate::config::Settings;
use crate::host::Host;
use crate::link::Links;
use crate::metrics::Metrics;
use crate::people::People;
use crate::ports::{
    History, HopTimes, Identity, Live, Log, PickupNames, Tally, Unavailable, Webhooks,
};
use crate::relay::{Missed, Relay};
use crate::secret::Secret;
use crate::session::Sessions;
pub(crate) use sign_in::NotSignedIn;
use sign_in::SignIns;
pub(crate) use visits::TooMuch;
use visits::Visits;

/// Everything the application needs of the world.
pub struct Ports {
    /// The logs of all bars.
    pub log: Arc<dyn Log>,
    /// The names to call.
    pub names: Arc<dyn PickupNames>,
    /// Guests turned away, where logs are shared; elsewhere they are counted in memory.
    pub tally: Option<Arc<dyn Tally>>,
    /// Orders of the past.
    pub history: Arc<dyn History>,
    /// When history, screens and bus had each entry, where that is written down.
    pub hop_times: Option<Arc<dyn HopTimes>>,
    /// Messages to screens.
    pub live: Arc<dyn Live>,
    /// Accounts of staff, links to them, and withdrawn sessions.
    pub identity: Arc<dyn Identity>,
    /// Where events are sent by HTTP.
    pub webhooks: Arc<dyn Webhooks>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What sessions, codes and links are signed with.
    pub secret: Secret,
    /// Who is behind a user name.
    pub people: People,
}

/// The application behind every door. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    ports: Ports,
    settings: Settings,
    metrics: Metrics,
    codes: Codes,
    sessions: Sessions,
    links: Links,
    sign_ins: SignIns,
    visits: Visits,
    /// Held by whoever changes an account, from looking at all of them to having written it.
    staffing: tokio::sync::Mutex<()>,
    hosts: RwLock<BTreeMap<BarId, Arc<Host>>>,
    relays: Mutex<JoinSet<()>>,
    /// Counts what organisers did to webhooks.
    webhooks_changed: watch::Sender<u64>,
    /// Turns to true once; the relays then come to their end.
    stopping: watch::Sender<bool>,
}

/// Who asks for what, under which name.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) actor: Actor,
    pub(crate) id: CommandId,
    /// Of the address and body: the same id with another digest is a mistake.
    pub(crate) digest: String,
}

/// Why there is no good answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The bar says no.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// Nothing was written, or the same command id will tell.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// The name to call that comes with a command: kept, removed, or not mentioned.
pub(crate) type NameChange = Option<Option<String>>;

impl App {
    /// Loads every bar and begins to tell the screens; where logs are shared, bars are loaded when
    /// they are asked for, and whoever tells the screens is another process. Needs a tokio runtime.
    pub async fn start(ports: Ports, settings: Settings) -> Result<Self, Unavailable> {
        let app = Self(Arc::new(Inner {
            codes: Codes::new(&ports.secret),
            sessions: Sessions::new(&ports.secret, ports.identity.clone()),
            links: Links::new(&ports.secret),
            sign_ins: SignIns::new(settings.sign_in_delays),
            visits: Visits::new(&settings),
            staffing: tokio::sync::Mutex::default(),
            hosts: RwLock::default(),
            relays: Mutex::default(),
            webhooks_changed: watch::Sender::default(),
            stopping: watch::Sender::new(false),
            ports,
            settings,
            metrics: Metrics::new(),
        }));
        if !app.is_shared() {
            for bar in app.0.ports.log.bars().await? {
                app.open(bar).await?;
            }
        }
        Ok(app)
    }

    /// Loads a bar, brings its history up to date and begins to tell its screens.
    async fn open(&self, bar: BarId) -> Result<Arc<Host>, Unavailable> {
        let ports = &self.0.ports;
        // Held until the bar is among the others: a name that changes meanwhile is told to all.
        let _staffing = self.0.staffing.lock().await;
        // The history of a shared log is told by a process of its own.
        let cursor = if self.is_shared() { u64::MAX } else { self.history_cursor(&bar).await? };
        let mut missed = Missed::after(cursor);
        let host = Host::load(&*ports.log, bar.clone(), cursor, |bar, entry| {
            missed.take_in(bar, entry);
        });
        let host = Arc::new(host.await?);
        missed.store(&bar, &*ports.history).await?;
        let pickup = ports.names.of_bar(&bar).await?.into_iter().collect();
        host.durable_mut().names = Names { pickup, staff: self.staff_names().await? };
        let mut hosts = self.0.hosts.write().unwrap_or_else(PoisonError::into_inner);
        let opened = hosts.entry(bar).or_insert_with(|| {
            if !self.is_shared() {
                let relay = Relay::new(&host).run(self.clone(), host.clone());
                let mut relays = self.0.relays.lock().unwrap_or_else(PoisonError::into_inner);
                relays.spawn(relay);
            }
            host
        });
        Ok(opened.clone())
    }

    /// How far the history of a bar has come. One that knows of more than the log does belongs to
    /// another log, a newer one than was put back from a copy for instance: it is begun anew.
    async fn history_cursor(&self, bar: &BarId) -> Result<u64, Unavailable> {
        let Ports { log, history, .. } = &self.0.ports;
        let cursor = history.cursor(bar).await?;
        match cursor.checked_sub(1) {
            Some(before) if log.read(bar, before, 1).await?.is_empty() => {
                tracing::warn!(%bar, cursor, "the history is ahead of the log and is folded anew");
                history.forget(bar).await?;
                Ok(0)
            }
            Some(_) | None => Ok(cursor),
        }
    }

    /// Lets the relays tell what there is left to tell and write their snapshots. Nothing may be
    /// asked of the application any more.
    pub async fn stop(&self) {
        for host in self.hosts() {
            if let Err(error) = self.settle_turned_away(&host).await {
                tracing::warn!(bar = %host.bar, error = chain(&error), "counts were not written");
            }
        }
        self.0.stopping.send_replace(true);
        let mut relays = {
            let mut relays = self.0.relays.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *relays)
        };
        while let Some(ended) = relays.join_next().await {
            if let Err(error) = ended {
                tracing::error!(error = chain(&error), "a relay came to a bad end");
            }
        }
    }

    /// Tells when the application stops.
    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.0.stopping.subscribe()
    }

    /// Tells when organisers change webhooks.
    #[cfg(feature = "local")]
    pub(crate) fn webhook_changes(&self) -> watch::Receiver<u64> {
        self.0.webhooks_changed.subscribe()
    }

    pub(crate) fn ports(&self) -> &Ports {
        &self.0.ports
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    pub(crate) fn codes(&self) -> &Codes {
        &self.0.codes
    }

    pub(crate) fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }
}

/// An error with everything that caused it, for the log.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
