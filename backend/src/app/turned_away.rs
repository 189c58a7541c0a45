//! Guests who were not let in: counted, and written down once a minute at most.

use std::sync::Arc;

use domain::Command;

use super::{App, Failure};
use crate::host::{Host, Tip};
use crate::ports::{AppendError, Counted, Unavailable};

impl App {
    /// Counts a guest who was not let in, if that is what became of a command.
    pub(super) fn count_turned_away<T>(&self, host: &Host, came_of_it: &Result<T, Failure>) {
        if let Err(Failure::Rejected(rejection)) = came_of_it
            && rejection.code().turns_guests_away()
        {
            let at = host.durable().bar.clamp(self.now());
            host.turned_away.count(rejection.code(), at);
        }
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
        if let Some(Counted { since, counts }) = host.turned_away.take() {
            let cause = format!("turned-away-{}", since.millis()).parse();
            let cause = cause.expect("a number fits a command id");
            let command = Command::CountTurnedAway { since, counts };
            if !self.clock_asks(host, tip, &command, cause).await? {
                host.turned_away.put_back();
            }
        }
        Ok(())
    }
}
