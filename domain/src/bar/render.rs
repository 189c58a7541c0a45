//! What each audience sees of the bar.

use super::{Bar, Door};
use crate::admission;
use crate::event::EndedBy;
use crate::order::Order;
use crate::status::Status;
use crate::time::Timestamp;
use crate::view::{
    BarStatus, BarSummary, BarView, BoardView, Card, CodeView, Names, OrderView, QueueView, Zone,
};

/// Who is looking at an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Its guest, who is not told who makes it.
    Guest,
    /// The staff of the bar.
    Staff,
}

impl Bar {
    /// When the pause ends by itself, if there is one that does.
    pub(crate) fn paused_until(&self) -> Option<Timestamp> {
        match &self.door {
            Door::Paused { until, .. } => *until,
            Door::Open | Door::Closed => None,
        }
    }

    /// The line in the list of bars.
    pub fn summary(&self, now: Timestamp) -> BarSummary {
        BarSummary {
            bar: self.bar.clone(),
            name: self.name.clone(),
            place: self.place.clone(),
            status: self.status(self.clamp(now)),
        }
    }

    /// The bar as everybody may see it, with its menu.
    pub fn view(&self, now: Timestamp) -> BarView {
        BarView { menu: Some(self.menu.clone()), ..self.status_view(now) }
    }

    /// The bar as everybody may see it, without its menu.
    pub fn status_view(&self, now: Timestamp) -> BarView {
        let at = self.clamp(now);
        let status = self.status(at);
        let refusal = admission::refusal_for_all(self, at);
        let (paused_until, reason) = match &self.door {
            Door::Paused { until, reason } if status == BarStatus::Paused => {
                (*until, reason.clone())
            }
            Door::Paused { .. } | Door::Open | Door::Closed => (None, None),
        };
        BarView {
            bar: self.bar.clone(),
            name: self.name.clone(),
            place: self.place.clone(),
            languages: self.languages.clone(),
            time_zone: self.time_zone.clone(),
            status,
            paused_until,
            reason,
            accepting: refusal.is_none(),
            refusal,
            menu: None,
            menu_seq: self.menu_seq,
            limits: self.limits,
            wait_seconds: self.wait_before_choosing(at),
            in_progress: self.in_progress(),
            seq: self.seq,
            now: at,
        }
    }

    /// One order of this bar, as `audience` may see it.
    pub fn order_view(
        &self,
        order: &Order,
        names: &Names,
        audience: Audience,
        now: Timestamp,
    ) -> OrderView {
        let at = self.clamp(now);
        let by = match audience {
            Audience::Staff => order.barista.as_ref().and_then(|who| names.staff.get(who)),
            Audience::Guest => None,
        };
        // A guest who cancels gives no reason; the baristas still read whose doing it was.
        let reason = order.reason.clone().or_else(|| {
            let by_guest =
                order.status == Status::Cancelled && order.ended_by == Some(EndedBy::Customer);
            by_guest.then(|| "changed-mind".to_owned())
        });
        let drink = order.drink.as_ref();
        OrderView {
            order: order.order.clone(),
            bar: self.bar.clone(),
            number: order.number,
            status: order.status,
            drink: drink.map(|drink| drink.drink.clone()),
            drink_name: drink.map(|drink| drink.drink_name.clone()),
            options: drink.map(|drink| drink.options.clone()),
            option_names: drink.map(|drink| drink.option_names.clone()),
            name: names.pickup.get(&order.order).cloned(),
            by: by.cloned(),
            reason,
            stage: order.stage,
            wait_seconds: self.wait_of(order, at),
            promised_at: order.promised_at,
            created_at: order.created_at,
            placed_at: order.placed_at,
            started_at: order.started_at,
            ready_at: order.ready_at,
            ended_at: order.ended_at,
            until: order.until,
            version: order.version,
            now: at,
        }
    }

    /// What the baristas work through.
    pub fn queue_view(&self, names: &Names, now: Timestamp) -> QueueView {
        let at = self.clamp(now);
        let view = |order: &Order| self.order_view(order, names, Audience::Staff, at);
        let queued = self.orders.values().filter(|order| order.status != Status::Choosing);
        let mut queue = QueueView {
            bar: self.bar.clone(),
            seq: self.seq,
            orders: queued.map(view).collect(),
            recent: self.collected.iter().map(view).collect(),
            now: at,
        };
        queue.sort();
        queue
    }

    /// What the monitor shows.
    pub fn board_view(&self, names: &Names, now: Timestamp) -> BoardView {
        let at = self.clamp(now);
        let cards = |zone| {
            let cards = self.orders.values().filter_map(|order| card(order, names));
            cards.filter(|card| card.zone == zone).collect()
        };
        let mut board = BoardView {
            bar: self.bar.clone(),
            seq: self.seq,
            status: self.status(at),
            preparing: cards(Zone::Preparing),
            ready: cards(Zone::Ready),
            now: at,
        };
        board.sort();
        board
    }

    /// The code of the window that runs; the code itself and its address are made by whoever
    /// holds the key.
    pub fn code_view(&self, code: String, url: String, now: Timestamp) -> CodeView {
        let at = self.clamp(now);
        let window = self.window(at);
        let refusal = admission::refusal_for_code(self, window, at);
        CodeView {
            code,
            url,
            opens_at: window.opens_at,
            closes_at: window.closes_at,
            uses_left: self.uses_left(window),
            accepting: refusal.is_none(),
            refusal,
            seq: self.seq,
            now: at,
        }
    }
}

/// An order as the board shows it; none when it does not.
pub fn card(order: &Order, names: &Names) -> Option<Card> {
    let (zone, since) = match order.status {
        Status::Placed | Status::Making => (Zone::Preparing, order.placed_at?),
        Status::Ready => (Zone::Ready, order.ready_at?),
        Status::Choosing | Status::Collected | Status::Cancelled | Status::Expired => return None,
    };
    Some(Card {
        number: order.number?,
        name: names.pickup.get(&order.order).cloned(),
        drink_name: order.drink.as_ref()?.drink_name.clone(),
        zone,
        since,
    })
}
