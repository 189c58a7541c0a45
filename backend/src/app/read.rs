//! What the application shows. Everything here is durable.

use std::collections::BTreeMap;

use domain::api::LogPage;
use domain::bar::Audience;
use domain::turned_away::TurnedAwayView;
use domain::view::{BarSummary, BarView, BoardView, CodeView, OrderView, QueueView};
use domain::{Actor, Bar, BarId, Order, OrderId, Rejection, Timestamp};

use super::{App, Failure};
use crate::ports::{Counted, Unavailable};

impl App {
    pub(crate) fn now(&self) -> Timestamp {
        self.0.ports.clock.now()
    }

    /// Every bar this person may know of.
    pub(crate) async fn bars(&self, actor: Option<&Actor>) -> Result<Vec<BarSummary>, Unavailable> {
        let hosts = self.meet_all(actor).await?;
        Ok(hosts.iter().map(|host| host.durable().bar.summary(self.now())).collect())
    }

    pub(crate) fn bar_view(&self, bar: &BarId) -> Result<BarView, Rejection> {
        Ok(self.host(bar)?.durable().bar.view(self.now()))
    }

    pub(crate) fn queue_view(&self, bar: &BarId) -> Result<QueueView, Rejection> {
        let host = self.host(bar)?;
        let durable = host.durable();
        Ok(durable.bar.queue_view(&durable.names, self.now()))
    }

    pub(crate) fn board_view(&self, bar: &BarId) -> Result<BoardView, Rejection> {
        let host = self.host(bar)?;
        let durable = host.durable();
        Ok(durable.bar.board_view(&durable.names, self.now()))
    }

    pub(crate) fn code_view(&self, bar: &BarId) -> Result<CodeView, Rejection> {
        Ok(self.code_of(&self.host(bar)?.durable().bar))
    }

    /// The code a bar shows now.
    pub(crate) fn code_of(&self, bar: &Bar) -> CodeView {
        self.codes().view(bar, &self.settings().order_url(), self.now())
    }

    /// An order, as this person may see it: its guest and staff of the bar do.
    pub(crate) async fn order_view(
        &self,
        order: &OrderId,
        actor: &Actor,
    ) -> Result<OrderView, Failure> {
        let host = self.host(&order.bar()).map_err(|_| Rejection::NoSuchOrder)?;
        {
            let durable = host.durable();
            if let Some(order) = durable.bar.order(order) {
                let audience = audience(order, actor)?;
                return Ok(durable.bar.order_view(order, &durable.names, audience, self.now()));
            }
        }
        let past = self.past_order(order, actor).await?;
        let audience = audience(&past, actor)?;
        let durable = host.durable();
        Ok(durable.bar.order_view(&past, &durable.names, audience, self.now()))
    }

    /// An order as it is now, after the clock has looked; none when its bar has forgotten it.
    #[cfg(feature = "aws")]
    pub(crate) async fn order_now(&self, order: &OrderId) -> Result<Option<Order>, Unavailable> {
        let bar = order.bar();
        self.nudge(&bar).await?;
        Ok(self.host(&bar).ok().and_then(|host| host.durable().bar.order(order).cloned()))
    }

    /// That there is such an order and this person may know of it: its guest does, and whoever
    /// works at its bar, the display included.
    pub(crate) async fn check_known(&self, order: &OrderId, actor: &Actor) -> Result<(), Failure> {
        let host = self.host(&order.bar()).map_err(|_| Rejection::NoSuchOrder)?;
        let may_know =
            |order: &Order| actor.role.sees_board() || order.person.as_ref() == Some(&actor.person);
        let known = host.durable().bar.order(order).map(may_know);
        let known = match known {
            Some(known) => known,
            None => self.0.ports.history.order(order).await?.as_ref().is_some_and(may_know),
        };
        if known { Ok(()) } else { Err(Rejection::NoSuchOrder.into()) }
    }

    /// An order that its bar has forgotten.
    pub(super) async fn past_order(
        &self,
        order: &OrderId,
        actor: &Actor,
    ) -> Result<Order, Failure> {
        let past = self.0.ports.history.order(order).await?.ok_or(Rejection::NoSuchOrder)?;
        audience(&past, actor)?;
        Ok(past)
    }

    /// A person's own orders, newest first. The history may lag; the bars know better what is
    /// going on now.
    pub(crate) async fn orders_of(
        &self,
        actor: &Actor,
        before: Option<&OrderId>,
        limit: u32,
    ) -> Result<Vec<OrderView>, Unavailable> {
        let (history, person) = (&self.0.ports.history, &actor.person);
        let hosts = self.meet_all(None).await?;
        let at_hand = hosts.iter().flat_map(|host| {
            let durable = host.durable();
            let theirs = |order: &&Order| order.person.as_ref() == Some(person);
            durable.bar.orders().filter(theirs).cloned().collect::<Vec<_>>()
        });
        let at_hand: BTreeMap<OrderId, Order> =
            at_hand.map(|order| (order.order.clone(), order)).collect();
        let first = match before {
            Some(before) if !at_hand.is_empty() => match at_hand.get(before) {
                Some(order) => Some(age(order)),
                None => history.order(before).await?.as_ref().map(age),
            },
            Some(_) | None => None,
        };
        let past = history.of_person(person, before, limit).await?.into_iter();
        let all = past.chain(at_hand.into_values()).map(|order| (age(&order), order));
        let older = all.filter(|(age, _)| first.as_ref().is_none_or(|first| age < first));
        let orders: BTreeMap<_, _> = older.collect();
        let now = self.now();
        let views = orders.into_values().rev().take(limit as usize).filter_map(|order| {
            let host = hosts.iter().find(|host| host.bar == order.order.bar())?;
            let durable = host.durable();
            Some(durable.bar.order_view(&order, &durable.names, Audience::Guest, now))
        });
        Ok(views.collect())
    }

    /// The guests a bar has turned away; the last minute of them may be missing.
    pub(crate) async fn turned_away_view(
        &self,
        bar: &BarId,
    ) -> Result<TurnedAwayView, Unavailable> {
        let hours = self.0.ports.history.turned_away(bar).await?;
        let mut view = TurnedAwayView { bar: bar.clone(), hours, now: self.now() };
        if let Some(Counted { since, counts }) = self.not_told_of_yet(bar).await? {
            view.take_in(since, &counts);
        }
        Ok(view)
    }

    pub(crate) async fn log_page(
        &self,
        bar: &BarId,
        after: u64,
        limit: u32,
    ) -> Result<LogPage, Failure> {
        let last = self.host(bar)?.durable().bar.seq();
        let entries = self.0.ports.log.read(bar, after, limit).await?;
        Ok(LogPage { last: entries.last().map_or(last, |entry| last.max(entry.seq)), entries })
    }
}

/// As whom this person sees the order; somebody else's order does not exist.
pub(super) fn audience(order: &Order, actor: &Actor) -> Result<Audience, Rejection> {
    if actor.role.is_staff() && actor.knows(&order.order.bar()) {
        Ok(Audience::Staff)
    } else if order.person.as_ref() == Some(&actor.person) {
        Ok(Audience::Guest)
    } else {
        Err(Rejection::NoSuchOrder)
    }
}

/// What orders are sorted by.
fn age(order: &Order) -> (Timestamp, OrderId) {
    (order.created_at, order.order.clone())
}
