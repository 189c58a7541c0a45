//! Deciding again when somebody else who appends to the same log was first.

use std::time::Duration;

use tokio::time::Instant;

use crate::key::random;
use crate::ports::{AppendError, Log, Unavailable};

/// How long somebody who always comes second goes on trying.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest pause after the first race that was lost, and after many.
const FIRST_PAUSE: Duration = Duration::from_millis(16);
const LONGEST_PAUSE: Duration = Duration::from_millis(256);

/// Somebody who decides again for as long as others who share the log are first.
pub(super) struct Patience {
    /// None when nobody else appends.
    until: Option<Instant>,
    pause: Duration,
}

impl Patience {
    /// With those who append to this log, if there are any.
    pub(super) fn with(log: &dyn Log) -> Self {
        Self { until: log.is_shared().then(|| Instant::now() + PATIENCE), pause: FIRST_PAUSE }
    }

    /// Returns, after a while, when it is worth trying again.
    pub(super) async fn bears(&mut self, error: AppendError) -> Result<(), Unavailable> {
        match error {
            AppendError::Conflict if self.until.is_some_and(|until| Instant::now() < until) => {
                // All who lost the same race would meet again.
                let part = f64::from(random::<1>()[0]) / 255.0;
                tokio::time::sleep(self.pause.mul_f64(part)).await;
                self.pause = LONGEST_PAUSE.min(self.pause * 2);
                Ok(())
            }
            AppendError::Conflict | AppendError::Unavailable(_) => Err(error.into()),
        }
    }
}
