//! The application: bring the bar up to date, decide, append, answer when it is durable. The only
//! place that appends.

mod read;

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::command::{Choice, Details};
use domain::view::Names;
use domain::{
    Actor, BarId, Command, CommandId, Entry, Facts, OrderCommand, OrderId, Rejection, Sender,
    deadline,
};

use crate::clock::{Clock, bar_day, is_time_zone};
use crate::code::Codes;
use crate::config::Settings;
use crate::host::{Host, Tip};
use crate::key::{Secret, random_base32};
use crate::ports::{AppendError, History, Identity, Live, Log, PickupNames, Ticket, Unavailable};
use crate::relay;
use crate::session::Sessions;

/// Everything the application needs of the world.
pub struct Ports {
    /// The logs of all bars.
    pub log: Arc<dyn Log>,
    /// The names to call.
    pub names: Arc<dyn PickupNames>,
    /// Orders of the past.
    pub history: Arc<dyn History>,
    /// Messages to screens.
    pub live: Arc<dyn Live>,
    /// Staff and withdrawn sessions.
    pub identity: Arc<dyn Identity>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What sessions and codes are signed with.
    pub secret: Secret,
}

/// The application behind every door. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    ports: Ports,
    settings: Settings,
    codes: Codes,
    sessions: Sessions,
    hosts: RwLock<BTreeMap<BarId, Arc<Host>>>,
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

impl From<AppendError> for Failure {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Unavailable(unavailable) => Self::Unavailable(unavailable),
            // With one writer a lost race means that an entry ahead was lost with its disk.
            conflict @ AppendError::Conflict => Self::Unavailable(Unavailable::new(conflict)),
        }
    }
}

/// The name to call that comes with a command: kept, removed, or not mentioned.
pub(crate) type NameChange = Option<Option<String>>;

impl App {
    /// Loads every bar and begins to tell the screens. Needs a tokio runtime.
    pub async fn start(ports: Ports, settings: Settings) -> Result<Self, Unavailable> {
        let app = Self(Arc::new(Inner {
            codes: Codes::new(&ports.secret),
            sessions: Sessions::new(&ports.secret, ports.identity.clone()),
            hosts: RwLock::default(),
            ports,
            settings,
        }));
        for bar in app.0.ports.log.bars().await? {
            app.open(bar).await?;
        }
        Ok(app)
    }

    /// Loads a bar, brings its history up to date and begins to tell its screens.
    async fn open(&self, bar: BarId) -> Result<Arc<Host>, Unavailable> {
        let ports = &self.0.ports;
        let names = Names {
            pickup: ports.names.of_bar(&bar).await?.into_iter().collect(),
            staff: ports.identity.names().await?.into_iter().collect(),
        };
        let cursor = ports.history.cursor(&bar).await?;
        let mut missed = relay::Missed::after(cursor);
        let host = Host::load(&*ports.log, bar.clone(), names, |bar, entry| {
            missed.take_in(bar, entry);
        });
        let host = Arc::new(host.await?);
        missed.store(&bar, &*ports.history).await?;
        let mut hosts = self.0.hosts.write().unwrap_or_else(PoisonError::into_inner);
        let opened = hosts.entry(bar).or_insert_with(|| {
            tokio::spawn(relay::run(self.clone(), host.clone()));
            host
        });
        Ok(opened.clone())
    }

    pub(crate) fn ports(&self) -> &Ports {
        &self.0.ports
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn codes(&self) -> &Codes {
        &self.0.codes
    }

    pub(crate) fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    pub(crate) fn hosts(&self) -> Vec<Arc<Host>> {
        let hosts = self.0.hosts.read().unwrap_or_else(PoisonError::into_inner);
        hosts.values().cloned().collect()
    }

    /// The bar, if there is one of that name.
    pub(crate) fn host(&self, bar: &BarId) -> Result<Arc<Host>, Rejection> {
        let hosts = self.0.hosts.read().unwrap_or_else(PoisonError::into_inner);
        hosts
            .get(bar)
            .filter(|host| host.durable().bar.exists())
            .cloned()
            .ok_or(Rejection::NoSuchBar)
    }

    /// Makes a bar.
    pub(crate) async fn create_bar(
        &self,
        bar: &BarId,
        command: Command,
        asked: &Asked,
    ) -> Result<(), Failure> {
        let host = match self.host(bar) {
            Ok(host) => host,
            Err(_) => self.open(bar.clone()).await?,
        };
        self.carry_out(&host, command, None, asked).await?;
        Ok(())
    }

    /// Carries out a command to a bar.
    pub(crate) async fn command_bar(
        &self,
        bar: &BarId,
        command: Command,
        asked: &Asked,
    ) -> Result<(), Failure> {
        if let Command::SetDetails(Details { time_zone, .. }) = &command
            && !is_time_zone(time_zone)
        {
            let problem = "must be the name of a time zone such as `Europe/Berlin`";
            return Err(Rejection::Invalid { field: "time_zone".to_owned(), problem }.into());
        }
        let host = self.host(bar)?;
        self.carry_out(&host, command, None, asked).await?;
        Ok(())
    }

    /// A guest redeems a code; answers the order.
    pub(crate) async fn redeem(
        &self,
        bar: &BarId,
        code: &str,
        asked: &Asked,
    ) -> Result<OrderId, Failure> {
        let order = fresh_order(bar);
        let scan = self.codes().read(bar, code);
        let command = Command::RedeemCode { order: order.clone(), scan };
        let host = self.host(bar)?;
        Ok(self.carry_out(&host, command, None, asked).await?.unwrap_or(order))
    }

    /// Staff take an order; answers it.
    pub(crate) async fn take_order(
        &self,
        bar: &BarId,
        choice: Choice,
        name: Option<String>,
        asked: &Asked,
    ) -> Result<OrderId, Failure> {
        let order = fresh_order(bar);
        let command = Command::TakeOrder { order: order.clone(), choice };
        let named = name.map(|name| (order.clone(), Some(name)));
        let host = self.host(bar)?;
        Ok(self.carry_out(&host, command, named, asked).await?.unwrap_or(order))
    }

    /// Takes a step with an order.
    pub(crate) async fn command_order(
        &self,
        order: &OrderId,
        command: OrderCommand,
        if_version: Option<u64>,
        name: NameChange,
        asked: &Asked,
    ) -> Result<(), Failure> {
        let host = self.host(&order.bar()).map_err(|_| Rejection::NoSuchOrder)?;
        let named = name.map(|name| (order.clone(), name));
        let command = Command::Order { order: order.clone(), command, if_version };
        match self.carry_out(&host, command, named, asked).await {
            // The bar has forgotten it; the history knows how it ended.
            Err(Failure::Rejected(Rejection::NoSuchOrder)) => {
                let past = self.past_order(order, &asked.actor).await?;
                Err(Rejection::WrongStatus { order_status: past.status }.into())
            }
            other => other.map(|_| ()),
        }
    }

    /// Brings a bar up to date with the clock: ends stages that have run out, begins the day.
    pub async fn nudge(&self, bar: &BarId) -> Result<(), Unavailable> {
        let Ok(host) = self.host(bar) else {
            return Ok(());
        };
        let (ticket, seq) = {
            let mut tip = self.tip(&host).await?;
            self.catch_up(&host, &mut tip);
            (tip.last.clone(), tip.bar.seq())
        };
        match self.durable(&host, ticket, seq).await {
            Ok(()) => Ok(()),
            Err(Failure::Unavailable(unavailable)) => Err(unavailable),
            Err(Failure::Rejected(_)) => Ok(()),
        }
    }

    /// Whether the clock has something to tell a bar.
    pub(crate) fn is_due(&self, host: &Host) -> bool {
        let durable = host.durable();
        let now = self.0.ports.clock.now();
        deadline::next(&durable.bar).is_some_and(|until| until <= now)
            || bar_day(now, durable.bar.time_zone()) > durable.bar.day()
    }

    /// Decides and appends; answers, when that is durable, the order it was about, if it was
    /// about one. A command accepted before is not carried out again.
    async fn carry_out(
        &self,
        host: &Arc<Host>,
        command: Command,
        named: Option<(OrderId, Option<String>)>,
        asked: &Asked,
    ) -> Result<Option<OrderId>, Failure> {
        let ports = &self.0.ports;
        let person = &asked.actor.person;
        if let Some(entry) = ports.log.find(&host.bar, person, &asked.id).await? {
            if entry.digest != asked.digest {
                return Err(Rejection::CommandReused.into());
            }
            host.settle(entry.seq);
            return Ok(entry.events.iter().find_map(domain::Event::order).cloned());
        }
        let (decided, ticket, seq) = {
            let mut tip = self.tip(host).await?;
            self.catch_up(host, &mut tip);
            let decided = self.decide(host, &mut tip, &command, named, asked).await?;
            (decided, tip.last.clone(), tip.bar.seq())
        };
        self.durable(host, ticket, seq).await?;
        Ok(decided?)
    }

    /// The tip of a bar, sound: if the store failed before and could not be read, now it can.
    async fn tip<'a>(
        &self,
        host: &'a Host,
    ) -> Result<tokio::sync::MutexGuard<'a, Tip>, Unavailable> {
        let mut tip = host.tip.lock().await;
        if tip.broken {
            host.rebuild(&*self.0.ports.log, &mut tip).await?;
        }
        Ok(tip)
    }

    /// Ends every stage that has run out, each in an entry of its own, and begins the day.
    fn catch_up(&self, host: &Arc<Host>, tip: &mut Tip) {
        if !tip.bar.exists() {
            return;
        }
        let facts = self.facts(&tip.bar, Sender::SYSTEM);
        let nudge = |tip: &mut Tip, command: Command, cause: CommandId| {
            // Refused means that there is nothing to do after all.
            if let Ok(events) = tip.bar.decide(&command, &facts)
                && !events.is_empty()
            {
                let digest = String::new();
                self.append(host, tip, facts.clone(), cause, digest, events);
            }
        };
        let today = format!("day-{}", facts.today).parse();
        nudge(tip, Command::StartDay, today.expect("a day fits a command id"));
        for due in deadline::due(&tip.bar, tip.bar.clamp(facts.now)) {
            let cause = due.cause();
            let command =
                Command::Order { order: due.order, command: due.command, if_version: None };
            nudge(tip, command, cause);
        }
    }

    /// Decides a person's command and appends what follows. The outer error is the store's.
    async fn decide(
        &self,
        host: &Arc<Host>,
        tip: &mut Tip,
        command: &Command,
        named: Option<(OrderId, Option<String>)>,
        asked: &Asked,
    ) -> Result<Result<Option<OrderId>, Rejection>, Unavailable> {
        match tip.bar.repeat(&asked.actor.person, &asked.id, &asked.digest) {
            Ok(Some(accepted)) => return Ok(Ok(accepted.order.clone())),
            Ok(None) => {}
            Err(reused) => return Ok(Err(reused)),
        }
        let facts = self.facts(&tip.bar, asked.actor.sender());
        let events = match tip.bar.decide(command, &facts) {
            Ok(events) => events,
            Err(rejection) => return Ok(Err(rejection)),
        };
        if let Some((order, name)) = named {
            self.0.ports.names.put(&order, name.as_deref()).await?;
            let pickup = &mut host.durable_mut().names.pickup;
            match name {
                Some(name) => pickup.insert(order, name),
                None => pickup.remove(&order),
            };
        }
        let order = events.iter().find_map(domain::Event::order).cloned();
        if !events.is_empty() {
            self.append(host, tip, facts, asked.id.clone(), asked.digest.clone(), events);
        }
        Ok(Ok(order))
    }

    fn append(
        &self,
        host: &Arc<Host>,
        tip: &mut Tip,
        facts: Facts,
        cause: CommandId,
        digest: String,
        events: Vec<domain::Event>,
    ) {
        let entry = Arc::new(Entry {
            bar: host.bar.clone(),
            seq: tip.bar.seq() + 1,
            at: tip.bar.clamp(facts.now),
            by: facts.sender,
            cause,
            digest,
            events,
        });
        tip.bar.evolve(&entry);
        host.queued(entry.clone());
        let ticket = self.0.ports.log.append(entry.clone());
        tip.last = Some(ticket.clone());
        // Whoever asked may hang up; that the entry is durable must be seen all the same.
        let (app, host, epoch) = (self.clone(), host.clone(), tip.epoch);
        tokio::spawn(async move { app.follow(&host, ticket, entry.seq, epoch).await });
    }

    async fn follow(&self, host: &Host, ticket: Ticket, seq: u64, epoch: u64) {
        match ticket.await {
            Ok(()) => host.settle(seq),
            Err(error) => {
                let mut tip = host.tip.lock().await;
                if tip.epoch == epoch {
                    tracing::error!(bar = %host.bar, error = chain(&error), "appending failed");
                    if let Err(error) = host.rebuild(&*self.0.ports.log, &mut tip).await {
                        tracing::error!(bar = %host.bar, error = chain(&error), "reading failed");
                    }
                }
            }
        }
    }

    async fn durable(&self, host: &Host, ticket: Option<Ticket>, seq: u64) -> Result<(), Failure> {
        if let Some(ticket) = ticket {
            ticket.await?;
            host.settle(seq);
        }
        Ok(())
    }

    fn facts(&self, bar: &domain::Bar, sender: Sender) -> Facts {
        let now = self.0.ports.clock.now();
        Facts { now, today: bar_day(bar.clamp(now), bar.time_zone()), sender }
    }
}

fn fresh_order(bar: &BarId) -> OrderId {
    OrderId::new(bar, &random_base32(16)).expect("base32 is letters and digits")
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
