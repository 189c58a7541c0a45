//! Guests who were not let in: counted, and written down once a minute at most.

use std::sync::Arc;

use domain::{BarId, Command};

use super::{App, Failure, chain};
use crate::host::{Host, Tip};
use crate::ports::{AppendError, Counted, Unavailable};

impl App {
    /// Counts a guest who was not let in, if that is what became of a command.
    pub(super) async fn count_turned_away<T>(&self, host: &Host, came_of_it: &Result<T, Failure>) {
        let Err(Failure::Rejected(rejection)) = came_of_it else {
            return;
        };
        let code = rejection.code();
        if !code.turns_guests_away() {
            return;
        }
        let at = host.durable().bar.clamp(self.now());
        match &self.ports().tally {
            None => host.turned_away.count(code, at),
            Some(tally) => {
                if let Err(error) = tally.count(&host.bar, code, at).await {
                    tracing::warn!(bar = %host.bar, error = chain(&error), "one was not counted");
                }
            }
        }
    }

    /// Guests who were not let in and of whom the log does not tell yet.
    pub(super) async fn not_told_of_yet(
        &self,
        bar: &BarId,
    ) -> Result<Option<Counted>, Unavailable> {
        match &self.ports().tally {
            None => Ok(self.host(bar).ok().and_then(|host| host.turned_away.unwritten())),
            Some(tally) => tally.counted(bar).await,
        }
    }

    /// Writes down the guests whom many processes counted, once a minute at most.
    pub(super) async fn write_tally(
        &self,
        host: &Arc<Host>,
        tip: &mut Tip,
    ) -> Result<(), AppendError> {
        let Some(tally) = &self.ports().tally else {
            return Ok(());
        };
        if let Some(counted) = tally.counted(&host.bar).await?
            && counted.is_due(tip.bar.clamp(self.now()))
        {
            self.tell_turned_away(host, tip, counted).await?;
        }
        Ok(())
    }

    /// Writes down the guests turned away since, before everything ends. Who came within a minute
    /// of the last entry waits, in the snapshot, for the next start.
    pub(super) async fn settle_turned_away(&self, host: &Arc<Host>) -> Result<(), Unavailable> {
        let mut tip = self.tip(host).await?;
        self.write_turned_away(host, &mut tip).await?;
        Ok(self.durable(host, tip).await?)
    }

    pub(super) async fn write_turned_away(
        &self,
        host: &Arc<Host>,
        tip: &mut Tip,
    ) -> Result<(), AppendError> {
        if let Some(counted) = host.turned_away.take()
            && !self.tell_turned_away(host, tip, counted).await?
        {
            host.turned_away.put_back();
        }
        Ok(())
    }

    /// Answers whether the log tells of them now: not within a minute of the last time.
    async fn tell_turned_away(
        &self,
        host: &Arc<Host>,
        tip: &mut Tip,
        Counted { since, counts }: Counted,
    ) -> Result<bool, AppendError> {
        let cause = format!("turned-away-{}", since.millis()).parse();
        let cause = cause.expect("a number fits a command id");
        self.clock_asks(host, tip, &Command::CountTurnedAway { since, counts }, cause).await
    }
}
