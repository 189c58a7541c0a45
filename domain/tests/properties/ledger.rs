//! The bar's counts, kept a second time and in the simplest way: from the events alone.

use std::collections::BTreeMap;

use domain::bar::Snapshot;
use domain::view::RECALLABLE;
use domain::{Bar, Day, Entry, Event, OrderId, PersonId, Timestamp};
use serde_json::{Map, Value, json};

/// Whose an order is, the window that let it in, the day on which it was placed.
type Counted = (Option<PersonId>, Option<Timestamp>, Option<Day>);

/// What a bar must have counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    day: Option<Day>,
    /// Uses taken, by the moment a window opened.
    uses: BTreeMap<Timestamp, u32>,
    orders: BTreeMap<OrderId, Counted>,
    daily: BTreeMap<PersonId, u32>,
    /// Those that can be brought back, oldest first.
    collected: Vec<OrderId>,
    /// When guests turned away were last told of.
    pub(crate) turned_away_at: Option<Timestamp>,
}

impl Ledger {
    /// Takes in an entry, and says which window's uses it took one of.
    pub(crate) fn note(&mut self, entry: &Entry) -> Option<(Timestamp, u32)> {
        let mut taken = None;
        for event in &entry.events {
            match event {
                Event::BarCreated { day, .. } => self.day = Some(*day),
                Event::DayStarted { day } => {
                    self.day = Some(*day);
                    self.daily.clear();
                }
                Event::CodeRedeemed { order, person, window, .. } => {
                    let uses = self.uses.entry(*window).or_default();
                    *uses += 1;
                    taken = Some((*window, *uses));
                    let ours = (Some(person.clone()), Some(*window), None);
                    self.orders.insert(order.clone(), ours);
                }
                Event::OrderPlaced { order, person, .. } => {
                    let ours =
                        self.orders.entry(order.clone()).or_insert((person.clone(), None, None));
                    ours.2 = self.day;
                    if let Some(person) = person {
                        *self.daily.entry(person.clone()).or_default() += 1;
                    }
                }
                Event::OrderCancelled { order, use_returned, .. } => {
                    self.uncount(order, *use_returned);
                }
                Event::OrderExpired { order, .. } => self.uncount(order, false),
                Event::OrderCollected { order, .. } => {
                    self.collected.push(order.clone());
                    let excess = self.collected.len().saturating_sub(RECALLABLE);
                    self.collected.drain(..excess);
                }
                Event::OrderReturned { order, .. } => self.collected.retain(|ours| ours != order),
                Event::BarOpened {}
                | Event::BarPaused { .. }
                | Event::BarClosed {}
                | Event::MenuChanged { .. }
                | Event::AvailabilityChanged { .. }
                | Event::LimitsChanged { .. }
                | Event::DetailsChanged { .. }
                | Event::GuestsTurnedAway { .. }
                | Event::OrderChanged { .. }
                | Event::OrderClaimed { .. }
                | Event::OrderReleased { .. }
                | Event::OrderCompleted { .. }
                | Event::OrderRecalled { .. } => {}
            }
        }
        taken
    }

    fn uncount(&mut self, order: &OrderId, use_returned: bool) {
        let Some((person, window, placed_on)) = self.orders.get(order) else {
            panic!("{order} ends and has never begun");
        };
        if let (true, Some(uses)) = (use_returned, window.and_then(|at| self.uses.get_mut(&at))) {
            *uses -= 1;
        }
        if let (Some(person), true) = (person, placed_on.is_some() && *placed_on == self.day) {
            *self.daily.get_mut(person).expect("it was counted") -= 1;
        }
    }

    /// That the bar has counted the same.
    pub(crate) fn check(&self, bar: &Bar) {
        let written = serde_json::to_value(Snapshot::of(bar.clone())).expect("plain data");
        let bar = &written["bar"];
        let daily: Map<String, Value> = self
            .daily
            .iter()
            .map(|(person, count)| (person.as_str().to_owned(), json!(count)))
            .collect();
        assert_eq!(bar["daily"], Value::Object(daily), "placed today less cancelled and expired");
        for (window, uses) in bar["uses"].as_object().expect("a map") {
            let window = window.parse().expect("a moment");
            assert_eq!(*uses, json!(self.uses.get(&window)), "uses of the window of {window}");
        }
        let collected = bar["collected"].as_array().expect("a list");
        let collected: Vec<&Value> = collected.iter().map(|order| &order["order"]).collect();
        let ours: Vec<Value> = self.collected.iter().map(|order| json!(order)).collect();
        assert_eq!(collected, ours.iter().collect::<Vec<_>>(), "the last forty collected");
    }
}
