//! How what has happened changes the bar.

use super::{Accepted, Bar, COMMANDS_KEPT_SECONDS, Door, ENDED_KEPT_SECONDS};
use crate::event::{Entry, Event};
use crate::id::OrderId;
use crate::order::Order;
use crate::status::Status;
use crate::time::Timestamp;
use crate::view::RECALLABLE;
use crate::wait::{PACE_SAMPLES, pace_sample};
use crate::window::Windows;

impl Bar {
    /// Takes in the next entry of the log. Never refuses: what has happened has happened.
    pub fn evolve(&mut self, entry: &Entry) {
        self.seq = entry.seq;
        self.at = self.at.max(entry.at);
        for event in &entry.events {
            self.touched.note(event, entry.seq);
            self.take_in(event, entry.seq, entry.at);
        }
        if let Some(person) = entry.by.person() {
            let key = (person.clone(), entry.cause.clone());
            let order = entry.events.iter().find_map(Event::order).cloned();
            let accepted = Accepted { digest: entry.digest.clone(), order, at: entry.at };
            self.remembered.by_id.insert(key.clone(), accepted);
            self.remembered.oldest_first.push_back(key);
        }
        self.forget(self.at);
    }

    fn take_in(&mut self, event: &Event, seq: u64, at: Timestamp) {
        match event {
            Event::BarCreated { name, place, languages, time_zone, day, limits, menu } => {
                self.name.clone_from(name);
                self.place.clone_from(place);
                self.languages.clone_from(languages);
                self.time_zone.clone_from(time_zone);
                self.day = *day;
                self.limits = *limits;
                self.windows = Windows::of_length(limits.window_seconds);
                self.menu.clone_from(menu);
                self.menu_seq = seq;
            }
            Event::BarOpened {} => self.door = Door::Open,
            Event::BarPaused { until, reason } => {
                self.door = Door::Paused { until: *until, reason: reason.clone() };
            }
            Event::BarClosed {} => self.door = Door::Closed,
            Event::MenuChanged { menu } => {
                self.menu.clone_from(menu);
                self.menu_seq = seq;
            }
            Event::AvailabilityChanged { drink, group, option, available } => {
                self.menu_seq = seq;
                for ours in &mut self.menu.drinks {
                    if Some(&ours.slug) == drink.as_ref() {
                        ours.available = *available;
                    }
                }
                for ours in &mut self.menu.groups {
                    if Some(&ours.slug) == group.as_ref() {
                        for item in &mut ours.options {
                            if Some(&item.slug) == option.as_ref() {
                                item.available = *available;
                            }
                        }
                    }
                }
            }
            Event::LimitsChanged { limits, window_from } => {
                if limits.window_seconds != self.limits.window_seconds {
                    self.windows = self.windows.changed(limits.window_seconds, *window_from, at);
                }
                self.limits = *limits;
            }
            Event::DetailsChanged { name, place, languages, time_zone } => {
                self.name.clone_from(name);
                self.place.clone_from(place);
                self.languages.clone_from(languages);
                self.time_zone.clone_from(time_zone);
            }
            Event::DayStarted { day } => {
                self.day = *day;
                self.last_number = 0;
                self.daily.clear();
            }
            Event::GuestsTurnedAway { .. } => self.turned_away_at = Some(at),
            Event::CodeRedeemed { order, person, window, until } => {
                *self.uses.entry(*window).or_default() += 1;
                let mut begun = Order::begin(order.clone(), Some(person.clone()), at);
                begun.window = Some(*window);
                begun.until = Some(*until);
                begun.version = seq;
                self.orders.insert(order.clone(), begun);
            }
            Event::OrderPlaced { order, person, number, drink, promised_at, until } => {
                self.last_number = *number;
                if let Some(person) = person {
                    *self.daily.entry(person.clone()).or_default() += 1;
                }
                let day = self.day;
                let ours = self
                    .orders
                    .entry(order.clone())
                    .or_insert_with(|| Order::begin(order.clone(), person.clone(), at));
                ours.status = Status::Placed;
                ours.number = Some(*number);
                ours.drink = Some(drink.clone());
                ours.placed_on = Some(day);
                ours.queue_place = seq;
                ours.promised_at = Some(*promised_at);
                ours.placed_at = Some(at);
                ours.until = Some(*until);
                ours.version = seq;
            }
            Event::OrderChanged { order, drink, .. } => {
                self.change(order, seq, |ours| ours.drink = Some(drink.clone()));
            }
            Event::OrderClaimed { order, barista, .. } => self.change(order, seq, |ours| {
                ours.status = Status::Making;
                ours.barista = Some(barista.clone());
                ours.started_at = Some(at);
                ours.until = None;
            }),
            Event::OrderReleased { order, until, .. } => self.change(order, seq, |ours| {
                ours.status = Status::Placed;
                ours.barista = None;
                ours.started_at = None;
                ours.until = Some(*until);
            }),
            Event::OrderCompleted { order, barista, until, .. } => {
                self.sample_pace(order, at);
                self.change(order, seq, |ours| {
                    ours.status = Status::Ready;
                    ours.barista = Some(barista.clone());
                    ours.ready_at = Some(at);
                    ours.until = Some(*until);
                    ours.counted = true;
                });
            }
            Event::OrderRecalled { order, barista, .. } => self.change(order, seq, |ours| {
                ours.status = Status::Making;
                ours.barista = Some(barista.clone());
                ours.started_at = ours.started_at.or(Some(at));
                ours.ready_at = None;
                ours.until = None;
            }),
            Event::OrderCollected { order, by, .. } => self.end(order, seq, at, |ours| {
                ours.status = Status::Collected;
                ours.ended_by = Some(*by);
            }),
            Event::OrderReturned { order, until, .. } => {
                if let Some(place) = self.collected_place(order)
                    && let Some(mut ours) = self.collected.remove(place)
                {
                    ours.status = Status::Ready;
                    ours.ended_at = None;
                    ours.ended_by = None;
                    ours.until = Some(*until);
                    ours.version = seq;
                    self.orders.insert(order.clone(), ours);
                }
            }
            Event::OrderCancelled { order, by, reason, use_returned, .. } => {
                self.uncount(order, *use_returned);
                self.end(order, seq, at, |ours| {
                    ours.status = Status::Cancelled;
                    ours.ended_by = Some(*by);
                    ours.reason.clone_from(reason);
                });
            }
            Event::OrderExpired { order, stage, .. } => {
                self.uncount(order, false);
                self.end(order, seq, at, |ours| {
                    ours.status = Status::Expired;
                    ours.stage = Some(*stage);
                });
            }
        }
    }

    fn change(&mut self, order: &OrderId, seq: u64, change: impl FnOnce(&mut Order)) {
        if let Some(ours) = self.orders.get_mut(order) {
            change(ours);
            ours.version = seq;
        }
    }

    fn end(&mut self, order: &OrderId, seq: u64, at: Timestamp, end: impl FnOnce(&mut Order)) {
        if let Some(mut ours) = self.orders.remove(order) {
            end(&mut ours);
            ours.until = None;
            ours.ended_at = Some(at);
            ours.version = seq;
            if ours.status == Status::Collected {
                self.collected.push_back(ours);
                if self.collected.len() > RECALLABLE {
                    self.ended.extend(self.collected.pop_front());
                }
            } else {
                self.ended.push_back(ours);
            }
        }
    }

    /// Takes an order out of its guest's daily count, and gives its use of the code back.
    fn uncount(&mut self, order: &OrderId, use_returned: bool) {
        let Some(ours) = self.orders.get(order) else {
            return;
        };
        if use_returned && let Some(uses) = ours.window.and_then(|at| self.uses.get_mut(&at)) {
            *uses = uses.saturating_sub(1);
        }
        if ours.placed_on == Some(self.day)
            && let Some(count) = ours.person.as_ref().and_then(|who| self.daily.get_mut(who))
        {
            *count = count.saturating_sub(1);
        }
    }

    fn sample_pace(&mut self, order: &OrderId, at: Timestamp) {
        let Some(ours) = self.orders.get(order).filter(|ours| !ours.counted) else {
            return;
        };
        if let (Some(placed), Some(drink)) = (ours.placed_at, &ours.drink) {
            let baristas = self.limits.baristas;
            let sample = pace_sample(at, self.last_completed, placed, drink.seconds, baristas);
            self.samples.push_back(sample);
            if self.samples.len() > PACE_SAMPLES {
                self.samples.pop_front();
            }
        }
        self.last_completed = Some(at);
    }

    /// Drops what no decision can need any more.
    fn forget(&mut self, at: Timestamp) {
        let over = |since: Timestamp, seconds: u32| since.plus_seconds(seconds) <= at;
        self.ended
            .retain(|order| order.ended_at.is_some_and(|ended| !over(ended, ENDED_KEPT_SECONDS)));
        let windows = self.windows;
        let grace = self.limits.grace_seconds;
        self.uses.retain(|&opens_at, _| {
            windows.opening_at(opens_at, at).is_some_and(|window| !over(window.closes_at, grace))
        });
        let remembered = &mut self.remembered;
        while let Some(oldest) = remembered.oldest_first.front() {
            let kept = remembered.by_id.get(oldest);
            if kept.is_some_and(|kept| !over(kept.at, COMMANDS_KEPT_SECONDS)) {
                break;
            }
            remembered.by_id.remove(oldest);
            remembered.oldest_first.pop_front();
        }
    }
}
