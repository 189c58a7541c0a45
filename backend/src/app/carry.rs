//! Carrying a command out: bring the bar up to date, decide, append, wait until it is durable.

use std::sync::Arc;

use domain::{
    BarId, Command, CommandId, Entry, Event, Facts, OrderId, Rejection, Sender, deadline,
};

use super::{App, Asked, Failure, chain};
use crate::clock::bar_day;
use crate::host::{Host, Tip};
use crate::ports::{Ticket, Unavailable};
use crate::turned_away::Counted;

impl App {
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

    /// Counts a guest who was not let in, if that is what became of a command.
    pub(super) fn count_turned_away<T>(&self, host: &Host, came_of_it: &Result<T, Failure>) {
        if let Err(Failure::Rejected(rejection)) = came_of_it
            && rejection.code().turns_guests_away()
        {
            let at = host.durable().bar.clamp(self.0.ports.clock.now());
            host.turned_away.count(rejection.code(), at);
        }
    }

    /// Writes down the guests turned away since, before everything ends. What comes within a
    /// minute of the last entry is not told: once a minute is often enough for the bus.
    pub(super) async fn settle_turned_away(&self, host: &Arc<Host>) -> Result<(), Unavailable> {
        let (ticket, seq) = {
            let mut tip = self.tip(host).await?;
            self.write_turned_away(host, &mut tip);
            (tip.last.clone(), tip.bar.seq())
        };
        match self.durable(host, ticket, seq).await {
            Ok(()) | Err(Failure::Rejected(_)) => Ok(()),
            Err(Failure::Unavailable(unavailable)) => Err(unavailable),
        }
    }

    fn write_turned_away(&self, host: &Arc<Host>, tip: &mut Tip) {
        if let Some(Counted { since, counts }) = host.turned_away.take() {
            let cause = format!("turned-away-{}", since.millis()).parse();
            let cause = cause.expect("a number fits a command id");
            let command = Command::CountTurnedAway { since, counts };
            self.clock_asks(host, tip, &command, cause);
        }
    }

    /// Whether the clock has something to tell a bar.
    pub(crate) fn is_due(&self, host: &Host) -> bool {
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
        named: Option<(OrderId, Option<String>)>,
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
            return Ok(entry.events.iter().find_map(Event::order).cloned());
        }
        let (decided, ticket, seq) = {
            let mut tip = self.tip(host).await?;
            self.catch_up(host, &mut tip);
            let decided = self.decide(host, &mut tip, command, named, asked).await?;
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

    /// Ends every stage that has run out, each in an entry of its own, begins the day, and writes
    /// down who was turned away.
    fn catch_up(&self, host: &Arc<Host>, tip: &mut Tip) {
        if !tip.bar.exists() {
            return;
        }
        let facts = self.facts(&tip.bar, Sender::SYSTEM);
        let today = format!("day-{}", facts.today).parse();
        let today = today.expect("a day fits a command id");
        self.clock_asks(host, tip, &Command::StartDay, today);
        let at = tip.bar.clamp(facts.now);
        for due in deadline::due(&tip.bar, at) {
            let cause = due.cause();
            let command =
                Command::Order { order: due.order, command: due.command, if_version: None };
            self.clock_asks(host, tip, &command, cause);
        }
        if host.turned_away.is_due(at) {
            self.write_turned_away(host, tip);
        }
    }

    fn clock_asks(&self, host: &Arc<Host>, tip: &mut Tip, command: &Command, cause: CommandId) {
        let facts = self.facts(&tip.bar, Sender::SYSTEM);
        // Refused means that there is nothing to do after all.
        if let Ok(events) = tip.bar.decide(command, &facts)
            && !events.is_empty()
        {
            self.append(host, tip, facts, cause, String::new(), events);
            self.0.metrics.command(command, &Ok(()));
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
        let order = events.iter().find_map(Event::order).cloned();
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
        events: Vec<Event>,
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
