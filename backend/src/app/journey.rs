//! The journey of one order, read from its bar's log: no index leads there, but an order knows when
//! it began and which entry was its last, and the log is in the order of time.

use domain::bar::Audience;
use domain::journey::JourneyView;
use domain::{Actor, Entry, Order, OrderId, Rejection};

use super::read::audience;
use super::{App, Failure, chain};
use crate::ports::Unavailable;

/// How many entries are looked at first, from the order's last one backwards. An order that moves
/// along at a quiet bar spans fewer; each further look is twice as long.
const FIRST_LOOK: u64 = 64;
/// How many entries the life of an order may span, an hour or two of a busy bar. Of one that was
/// forgotten for longer the first steps are not looked for: whoever asks often must not make others
/// wait.
const LONGEST: u64 = 2048;

impl App {
    /// Every step of an order, as this person may see it: its guest and staff of the bar do.
    pub(crate) async fn journey(
        &self,
        order: &OrderId,
        actor: &Actor,
    ) -> Result<JourneyView, Failure> {
        let host = self.host(&order.bar()).map_err(|_| Rejection::NoSuchOrder)?;
        let at_hand = host.durable().bar.order(order).cloned();
        let order = match at_hand {
            Some(order) => order,
            None => self.past_order(order, actor).await?,
        };
        let audience = audience(&order, actor)?;
        let entries = self.entries_of(&order).await?;
        let mut journey = {
            let durable = host.durable();
            let now = durable.bar.clamp(self.now());
            JourneyView::of(&order.order, &entries, &durable.names, audience, now)
        };
        if audience == Audience::Staff
            && let Some(times) = &self.ports().hop_times
        {
            let entries: Vec<u64> = entries.iter().map(|entry| entry.seq).collect();
            match times.of(&journey.bar, &entries).await {
                Ok(mut hops) => {
                    journey.steps.iter_mut().for_each(|step| step.hops = hops.remove(&step.seq));
                }
                // The steps are all there: they are in the log.
                Err(error) => tracing::warn!(error = chain(&error), "times could not be read"),
            }
        }
        Ok(journey)
    }

    /// The entries that tell of an order, in order.
    async fn entries_of(&self, order: &Order) -> Result<Vec<Entry>, Unavailable> {
        let bar = order.order.bar();
        let mut looks = Vec::new();
        let (mut through, mut length) = (order.version, FIRST_LOOK);
        loop {
            let left = LONGEST - (order.version - through);
            let after = through.saturating_sub(length.min(left));
            let limit = u32::try_from(through - after).unwrap_or(u32::MAX);
            let mut look = self.ports().log.read(&bar, after, limit).await?;
            let is_all = look.first().is_none_or(|first| first.at < order.created_at);
            look.retain(|entry| {
                entry.events.iter().any(|event| event.order() == Some(&order.order))
            });
            looks.push(look);
            if is_all || after == 0 || order.version - after >= LONGEST {
                break;
            }
            (through, length) = (after, length * 2);
        }
        Ok(looks.into_iter().rev().flatten().collect())
    }
}
