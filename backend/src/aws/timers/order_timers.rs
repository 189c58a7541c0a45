//! What happens to orders, and the workflows that wait for it, brought together.
//!
//! Messages come late, twice and in any order, so none of them is believed to be news: whatever
//! comes, the log is asked how the order stands now. A wait is kept before that is asked, and what
//! happened is in the log before anybody is told: of the two whoever comes second sees the other.

use std::sync::Arc;

use domain::stage::Standing;
use domain::{BusEvent, Event, OrderId, Timestamp};

use super::waits::{Wait, Waits};
use super::workflows::{Begin, End, Workflows};
use crate::app::App;
use crate::ports::Unavailable;

/// How long a workflow waits while nothing runs out: a drink is being made, or the one who should
/// say how long has not answered. Sooner ends are told.
pub(in crate::aws) const LOOK_AGAIN_SECONDS: u32 = 3600;

/// What an event means for workflows.
pub(in crate::aws) enum Meaning<'a> {
    /// An order begins its first stage.
    Begins(&'a OrderId, Timestamp),
    /// An order that was over begins anew.
    BeginsAgain(&'a OrderId, Timestamp),
    /// A stage ends, or the order may run out of time sooner than before.
    Moves(&'a OrderId),
    /// Nothing: what runs out, and when, is as it was or later.
    Nothing,
}

impl<'a> Meaning<'a> {
    /// That of an event.
    pub(in crate::aws) fn of(event: &'a Event) -> Self {
        match event {
            Event::CodeRedeemed { order, until, .. }
            | Event::OrderPlaced { order, until, person: None, .. } => Self::Begins(order, *until),
            Event::OrderReturned { order, until, .. } => Self::BeginsAgain(order, *until),
            Event::OrderPlaced { order, person: Some(_), .. }
            | Event::OrderReleased { order, .. }
            | Event::OrderCompleted { order, .. }
            | Event::OrderCollected { order, .. }
            | Event::OrderCancelled { order, .. }
            | Event::OrderExpired { order, .. } => Self::Moves(order),
            Event::OrderChanged { .. }
            | Event::OrderClaimed { .. }
            | Event::OrderRecalled { .. }
            | Event::BarCreated { .. }
            | Event::BarOpened {}
            | Event::BarPaused { .. }
            | Event::BarClosed {}
            | Event::MenuChanged { .. }
            | Event::AvailabilityChanged { .. }
            | Event::LimitsChanged { .. }
            | Event::DetailsChanged { .. }
            | Event::DayStarted { .. }
            | Event::GuestsTurnedAway { .. } => Self::Nothing,
        }
    }
}

/// The timers of orders.
pub(in crate::aws) struct OrderTimers {
    app: App,
    workflows: Arc<dyn Workflows>,
    waits: Arc<dyn Waits>,
}

impl OrderTimers {
    /// Those of the application's orders.
    pub(in crate::aws) fn new(
        app: App,
        workflows: Arc<dyn Workflows>,
        waits: Arc<dyn Waits>,
    ) -> Self {
        Self { app, workflows, waits }
    }

    /// Something happened at a bar.
    pub(in crate::aws) async fn hear(&self, happened: &BusEvent) -> Result<(), Unavailable> {
        match Meaning::of(&happened.event) {
            Meaning::Begins(order, until) => self.start(order.to_string(), order, until).await,
            Meaning::BeginsAgain(order, until) => {
                // Another name each time, and the same one however often that is told.
                self.start(format!("{order}-{}", happened.seq), order, until).await
            }
            Meaning::Moves(order) => {
                let waits = self.waits.of_order(order).await?;
                self.settle(order, &waits).await
            }
            Meaning::Nothing => Ok(()),
        }
    }

    async fn start(
        &self,
        name: String,
        order: &OrderId,
        until: Timestamp,
    ) -> Result<(), Unavailable> {
        let look_again_seconds = LOOK_AGAIN_SECONDS;
        let begin = Begin { order: order.clone(), until, look_again_seconds };
        self.workflows.start(&name, &begin).await
    }

    /// A workflow has begun to wait: for the first time, or because its time was over.
    pub(in crate::aws) async fn keep(&self, wait: Wait) -> Result<(), Unavailable> {
        if !self.waits.keep(&wait).await? {
            return Ok(());
        }
        let order = wait.order.clone();
        self.settle(&order, &[wait]).await
    }

    /// Ends those of an order's waits that have nothing to wait for.
    async fn settle(&self, order: &OrderId, waits: &[Wait]) -> Result<(), Unavailable> {
        if waits.is_empty() {
            // Whoever begins to wait later looks for itself.
            return Ok(());
        }
        let order = self.app.order_now(order).await?;
        let or_later = |until: Option<Timestamp>| {
            until.unwrap_or_else(|| self.app.now().plus_seconds(LOOK_AGAIN_SECONDS))
        };
        for wait in waits {
            let end = match wait.stage.standing_of(order.as_ref()) {
                Standing::Passed { until } => End::Passed { until: or_later(until) },
                Standing::Ended => End::Ended,
                Standing::Within { until: Some(until) } if until < wait.until => {
                    End::Sooner { until }
                }
                Standing::Within { .. } => continue,
            };
            self.workflows.end(&wait.token, end).await?;
        }
        Ok(())
    }
}
