//! Carrying a command out: bring the bar up to date, decide, append, wait until it is durable.
//!
//! On a log that others append to, too, each entry is waited for before anything is decided on it,
//! and whoever was not first reads what it has missed and decides again.

use std::sync::Arc;

use domain::{BarId, Command, CommandId, Event, Facts, OrderId, Rejection, Sender, deadline};
use tokio::sync::MutexGuard;

use super::patience::Patience;
use super::{App, Asked, Failure, chain};
use crate::clock::{bar_day, day_begins};
use crate::host::{Host, Queued, Tip};
use crate::ports::{AppendError, Named, Ticket, Unavailable};

impl App {
    /// Brings up to date every bar at hand that the clock has something to tell.
    pub async fn tick(&self) {
        for host in self.hosts().into_iter().filter(|host| self.is_due(host)) {
            if let Err(error) = self.nudge(&host.bar).await {
                tracing::error!(bar = %host.bar, error = chain(&error), "the clock will try again");
            }
        }
    }

    /// Brings a bar up to date with the clock: ends stages that have run out, begins the day, and
    /// writes down who was turned away.
    pub async fn nudge(&self, bar: &BarId) -> Result<(), Unavailable> {
        let host = match self.meet(bar, None).await {
            Ok(host) => host,
            Err(Failure::Rejected(_)) => return Ok(()),
            Err(Failure::Unavailable(unavailable)) => return Err(unavailable),
        };
        let mut patience = Patience::with(&*self.0.ports.log);
        loop {
            match self.attempt_to_catch_up(&host).await {
                Ok(()) => return Ok(()),
                Err(error) => patience.bears(error).await?,
            }
        }
    }

    async fn attempt_to_catch_up(&self, host: &Arc<Host>) -> Result<(), AppendError> {
        let mut tip = self.tip(host).await?;
        self.catch_up(host, &mut tip).await?;
        self.write_tally(host, &mut tip).await?;
        self.durable(host, tip).await
    }

    /// Whether the clock has something to tell a bar.
    pub(super) fn is_due(&self, host: &Host) -> bool {
        let durable = host.durable();
        if !durable.bar.exists() {
            return false;
        }
        let now = self.0.ports.clock.now();
        deadline::next(&durable.bar).is_some_and(|until| until <= now)
            || host.turned_away.is_due(durable.bar.clamp(now))
            || bar_day(now, durable.bar.time_zone()) > durable.bar.day()
    }

    /// Decides and appends; answers, when that is durable, the order it was about, if it was
    /// about one. A command accepted before is not carried out again.
    pub(super) async fn carry_out(
        &self,
        host: &Arc<Host>,
        command: Command,
        named: Option<Named>,
        asked: &Asked,
    ) -> Result<Option<OrderId>, Failure> {
        let came_of_it = self.carry(host, &command, named, asked).await;
        self.0.metrics.command(&command, &came_of_it);
        came_of_it
    }

    async fn carry(
        &self,
        host: &Arc<Host>,
        command: &Command,
        named: Option<Named>,
        asked: &Asked,
    ) -> Result<Option<OrderId>, Failure> {
        let ports = &self.0.ports;
        let person = &asked.actor.person;
        if let Some(entry) = ports.log.find(&host.bar, person, &asked.id).await? {
            if entry.digest != asked.digest {
                return Err(Rejection::CommandReused.into());
            }
            host.settle(entry.seq);
            if host.durable().bar.seq() < entry.seq {
                // Somebody else has appended it just now.
                host.read_on(ports, &mut *host.tip.lock().await).await?;
            }
            return Ok(entry.events.iter().find_map(Event::order).cloned());
        }
        let mut patience = Patience::with(&*ports.log);
        loop {
            match self.attempt(host, command, named.clone(), asked).await {
                Ok(decided) => return Ok(decided?),
                Err(error) => patience.bears(error).await?,
            }
        }
    }

    async fn attempt(
        &self,
        host: &Arc<Host>,
        command: &Command,
        named: Option<Named>,
        asked: &Asked,
    ) -> Result<Result<Option<OrderId>, Rejection>, AppendError> {
        let mut tip = self.tip(host).await?;
        self.catch_up(host, &mut tip).await?;
        let decided = self.decide(host, &mut tip, command, named, asked).await?;
        self.durable(host, tip).await?;
        Ok(decided)
    }

    /// The tip of a bar, sound: if the store failed before and could not be read, now it can; if
    /// others were first, what they appended is in it.
    pub(super) async fn tip<'a>(&self, host: &'a Host) -> Result<MutexGuard<'a, Tip>, Unavailable> {
        let mut tip = host.tip.lock().await;
        if tip.broken {
            host.rebuild(&self.0.ports, &mut tip).await?;
        }
        Ok(tip)
    }

    /// Ends every stage that has run out, each in an entry of its own, begins the day, and writes
    /// down who was turned away.
    pub(super) async fn catch_up(
        &self,
        host: &Arc<Host>,
        tip: &mut Tip,
    ) -> Result<(), AppendError> {
        if !tip.bar.exists() {
            return Ok(());
        }
        let facts = self.facts(&tip.bar, Sender::SYSTEM);
        let today = format!("day-{}", facts.today).parse();
        let today = today.expect("a day fits a command id");
        self.clock_asks(host, tip, &Command::StartDay, today).await?;
        let at = tip.bar.clamp(facts.now);
        for due in deadline::due(&tip.bar, at) {
            let cause = due.cause();
            let command =
                Command::Order { order: due.order, command: due.command, if_version: None };
            self.clock_asks(host, tip, &command, cause).await?;
        }
        if host.turned_away.is_due(at) {
            self.write_turned_away(host, tip).await?;
        }
        Ok(())
    }

    /// Answers whether anything came of it.
    pub(super) async fn clock_asks(
        &self,
        host: &Arc<Host>,
        tip: &mut Tip,
        command: &Command,
        cause: CommandId,
    ) -> Result<bool, AppendError> {
        let facts = self.facts(&tip.bar, Sender::SYSTEM);
        match tip.bar.decide(command, &facts) {
            Ok(events) if !events.is_empty() => {
                let entry = Arc::new(tip.entry(facts, cause, String::new(), events));
                self.append(host, tip, Queued { entry, named: None }).await?;
                self.0.metrics.command(command, &Ok(()));
                Ok(true)
            }
            // Refused means that there is nothing to do after all.
            Ok(_) | Err(_) => Ok(false),
        }
    }

    /// Decides a person's command and appends what follows. The outer error is the store's.
    async fn decide(
        &self,
        host: &Arc<Host>,
        tip: &mut Tip,
        command: &Command,
        named: Option<Named>,
        asked: &Asked,
    ) -> Result<Result<Option<OrderId>, Rejection>, AppendError> {
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
        let order = events.iter().find_map(Event::order).cloned();
        if !events.is_empty() {
            if let Some((order, name)) = &named {
                self.0.ports.names.put(order, name.as_deref()).await?;
            }
            let entry = tip.entry(facts, asked.id.clone(), asked.digest.clone(), events);
            self.append(host, tip, Queued { entry: Arc::new(entry), named }).await?;
        }
        Ok(Ok(order))
    }

    async fn append(
        &self,
        host: &Arc<Host>,
        tip: &mut Tip,
        queued: Queued,
    ) -> Result<(), AppendError> {
        let entry = queued.entry.clone();
        tip.bar.evolve(&entry);
        host.queued(queued);
        let ticket = self.0.ports.log.append(entry.clone());
        if self.is_shared() {
            // Nothing is decided on what somebody else may have been ahead of; and whoever asked
            // may hang up while it is not known.
            tip.broken = true;
            ticket.await?;
            tip.broken = false;
            host.settle(entry.seq);
            return Ok(());
        }
        tip.last = Some(ticket.clone());
        // Whoever asked may hang up; that the entry is durable must be seen all the same.
        let (app, host, epoch) = (self.clone(), host.clone(), tip.epoch);
        tokio::spawn(async move { app.follow(&host, ticket, entry.seq, epoch).await });
        Ok(())
    }

    async fn follow(&self, host: &Host, ticket: Ticket, seq: u64, epoch: u64) {
        match ticket.await {
            Ok(()) => host.settle(seq),
            Err(error) => {
                let mut tip = host.tip.lock().await;
                if tip.epoch == epoch {
                    tracing::error!(bar = %host.bar, error = chain(&error), "appending failed");
                    if let Err(error) = host.rebuild(&self.0.ports, &mut tip).await {
                        tracing::error!(bar = %host.bar, error = chain(&error), "reading failed");
                    }
                }
            }
        }
    }

    /// Lets others decide, and waits until what was decided on is durable.
    pub(super) async fn durable(
        &self,
        host: &Host,
        tip: MutexGuard<'_, Tip>,
    ) -> Result<(), AppendError> {
        let (ticket, seq) = (tip.last.clone(), tip.bar.seq());
        drop(tip);
        if let Some(ticket) = ticket {
            ticket.await?;
            host.settle(seq);
        }
        Ok(())
    }

    fn facts(&self, bar: &domain::Bar, sender: Sender) -> Facts {
        let now = self.0.ports.clock.now();
        let at = bar.clamp(now);
        let today = bar_day(at, bar.time_zone());
        // A bar that was moved to another time zone may be a day ahead of it.
        let next = today.max(bar.day()).next();
        let tomorrow = day_begins(next, bar.time_zone()).unwrap_or(at);
        Facts { now, today, tomorrow, sender }
    }
}
