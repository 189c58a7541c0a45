//! A quarter of an hour in a break: guests who come faster than drinks are made, change their
//! minds, give up or forget what they ordered; three baristas; oat milk that runs out. Everything
//! that happens is decided by the domain. Chance is the same in every run, and so is what it leads to.

use std::collections::BTreeMap;

use domain::command::{Item, Scan};
use domain::turned_away::{Counts, EVERY_SECONDS};
use domain::{
    Bar, BarId, BusEvent, Choice, Command, CommandId, Entry, Event, Facts, Limits, Menu, Order,
    OrderCommand, OrderId, Rejection, Role, Sender, Slug, Status, Timestamp, deadline,
};

/// Where it is kept, below the root.
pub(crate) const FILE: &str = "backend/infra/extensions/busy-quarter.jsonl";

const FOUNDED: &str = "2026-11-21T08:00:00Z";
/// Guests come from here on; who was in when the recording begins is met in the middle of it.
const BREAK: &str = "2026-11-21T10:48:30Z";
const FROM: &str = "2026-11-21T10:52:30Z";
const TO: &str = "2026-11-21T11:07:30Z";
const TOMORROW: &str = "2026-11-22T04:00:00Z";

const DRINKS: &[(&str, u64)] = &[
    ("flat-white", 18),
    ("latte", 17),
    ("cappuccino", 16),
    ("americano", 10),
    ("espresso", 9),
    ("filter", 6),
    ("double-espresso", 5),
    ("tea", 5),
    ("macchiato", 4),
    ("mocha", 4),
    ("chai-latte", 4),
    ("hot-chocolate", 2),
];
const MILKS: &[(&str, u64)] = &[("whole", 48), ("oat", 34), ("lactose-free", 10), ("soy", 8)];
const BARISTAS: [&str; 3] = ["bea-1", "bob-1", "bix-1"];

/// The events of that quarter of an hour as the bus carries them, one on each line.
pub(crate) fn recording() -> String {
    let mut bar = Busy::open();
    while let Some(((now, _), deed)) = bar.agenda.pop_first() {
        if time(TO) <= now {
            break;
        }
        bar.now = now;
        bar.time_passes();
        bar.does(deed);
    }
    let recorded = bar.log.iter().filter(|entry| time(FROM) <= entry.at);
    let lines = recorded.flat_map(BusEvent::all_of);
    lines.map(|event| serde_json::to_string(&event).expect("plain data") + "\n").collect()
}

/// What somebody is about to do.
enum Deed {
    Arrive,
    Place(OrderId),
    Change(OrderId),
    /// An order is called off by its guest.
    CallOff(OrderId),
    /// A barista looks for something to do.
    Look(usize),
    Finish(usize, OrderId),
    /// What was ready is not, after all.
    Recall(usize, OrderId),
    Collect(OrderId),
    Return(usize, OrderId),
    WalkUp,
    Oat {
        available: bool,
    },
    Pause,
    CountTurnedAway,
}

struct Busy {
    bar: Bar,
    log: Vec<Entry>,
    now: Timestamp,
    chance: u64,
    agenda: BTreeMap<(Timestamp, usize), Deed>,
    planned: usize,
    guests: usize,
    turned_away: Option<(Timestamp, Counts)>,
}

impl Busy {
    fn open() -> Self {
        let mut busy = Self {
            bar: Bar::new(bar_id()),
            log: Vec::new(),
            now: time(FOUNDED),
            chance: 15,
            agenda: BTreeMap::new(),
            planned: 0,
            guests: 0,
            turned_away: None,
        };
        let limits = Limits { uses_per_window: 25, baristas: 3, ..Limits::default() };
        let (name, place) = ("Espresso Bar".to_owned(), "Hall 2".to_owned());
        let create = Command::CreateBar { name, place, limits, menu: Menu::standard() };
        for command in [create, Command::OpenBar] {
            busy.asks(staff("olga-1", Role::Organiser), &command).expect("nothing forbids it");
        }
        busy.now = time(BREAK);
        busy.plan(0, Deed::Arrive);
        for barista in 0..BARISTAS.len() {
            busy.plan(20 + barista as u32, Deed::Look(barista));
        }
        for (minutes, deed) in [
            (6, Deed::WalkUp),
            (9, Deed::Oat { available: false }),
            (11, Deed::WalkUp),
            (13, Deed::Oat { available: true }),
            (15, Deed::Pause),
        ] {
            busy.plan(minutes * 60, deed);
        }
        busy
    }

    fn does(&mut self, deed: Deed) {
        match deed {
            Deed::Arrive => self.arrives(),
            Deed::Place(order) => self.places(order),
            Deed::Change(order) => {
                let change = OrderCommand::Change(self.choice(true));
                self.guest_asks(&order, change);
            }
            Deed::CallOff(order) => {
                self.guest_asks(&order, OrderCommand::Cancel { reason: None });
            }
            Deed::Look(barista) => self.looks(barista),
            Deed::Finish(barista, order) => self.finishes(barista, order),
            Deed::Recall(barista, order) => {
                if self.barista_asks(barista, &order, OrderCommand::Recall) {
                    self.plan(20, Deed::Finish(barista, order));
                }
            }
            Deed::Collect(order) => {
                // Some say so on their phones; for the others a barista does.
                let says_so = self.in_100(60) && self.guest_asks(&order, OrderCommand::Collect);
                let is_collected = says_so || self.barista_asks(0, &order, OrderCommand::Collect);
                if is_collected && self.in_100(4) {
                    self.plan(6, Deed::Return(0, order));
                }
            }
            Deed::Return(barista, order) => {
                if self.barista_asks(barista, &order, OrderCommand::Return) {
                    self.plan(25, Deed::Collect(order));
                }
            }
            Deed::WalkUp => {
                let (order, choice) = (self.new_order(), self.choice(false));
                let takes = Command::TakeOrder { order, choice };
                self.asks(staff(BARISTAS[1], Role::Barista), &takes).expect("staff may");
            }
            Deed::Oat { available } => {
                let item = Item::Option(slug("milk"), slug("oat"));
                let set = Command::SetAvailability { item, available };
                self.asks(staff(BARISTAS[0], Role::Barista), &set).expect("it is on the menu");
            }
            Deed::Pause => {
                let until = Some(self.now.plus_seconds(60));
                let pause = Command::PauseBar { until, reason: Some("Out of cups".to_owned()) };
                self.asks(staff(BARISTAS[0], Role::Barista), &pause).expect("it is open");
            }
            Deed::CountTurnedAway => {
                let (since, counts) = self.turned_away.take().expect("who planned it counted");
                let count = Command::CountTurnedAway { since, counts };
                self.asks(Sender::SYSTEM, &count).expect("the clock may");
            }
        }
    }

    fn arrives(&mut self) {
        self.plan_within(4, 24, Deed::Arrive);
        self.guests += 1;
        let order = self.new_order();
        let scan = Scan::Genuine(self.bar.window(self.now).opens_at);
        let redeem = Command::RedeemCode { order: order.clone(), scan };
        let person = format!("guest-{}", self.guests).parse().expect("a person");
        let guest = Sender::Person { person, role: Role::Customer };
        match self.asks(guest, &redeem) {
            Ok(_) if self.in_100(4) => {}
            Ok(_) if self.in_100(4) => self.plan_within(10, 60, Deed::CallOff(order)),
            Ok(_) => self.plan_within(8, 45, Deed::Place(order)),
            Err(refused) => {
                if self.turned_away.is_none() {
                    self.turned_away = Some((self.now, Counts::new()));
                    self.plan(EVERY_SECONDS, Deed::CountTurnedAway);
                }
                if let Some((_, counts)) = &mut self.turned_away {
                    *counts.entry(refused.code()).or_default() += 1;
                }
            }
        }
    }

    fn places(&mut self, order: OrderId) {
        let choice = self.choice(false);
        let placed = self.guest_asks(&order, OrderCommand::Place(choice));
        if !placed {
            // It is sold out, or time was up meanwhile.
            if self.bar.live_orders().any(|live| live.order == order) {
                self.plan(7, Deed::Place(order));
            }
        } else if self.in_100(7) {
            self.plan_within(5, 30, Deed::Change(order));
        } else if self.in_100(6) {
            self.plan_within(10, 50, Deed::CallOff(order));
        }
    }

    fn looks(&mut self, barista: usize) {
        let waiting = self.bar.live_orders().filter(|order| order.status == Status::Placed);
        let next = waiting.min_by_key(|order| order.queue_place);
        let found = next.map(|order| (order.order.clone(), seconds(order)));
        match found {
            Some((order, seconds)) if self.barista_asks(barista, &order, OrderCommand::Claim) => {
                if self.in_100(4) {
                    self.barista_asks(barista, &order, OrderCommand::Release);
                    self.plan(8, Deed::Look(barista));
                } else {
                    self.plan_within(seconds * 7 / 10, seconds, Deed::Finish(barista, order));
                }
            }
            Some(_) | None => self.plan(3, Deed::Look(barista)),
        }
    }

    fn finishes(&mut self, barista: usize, order: OrderId) {
        self.barista_asks(barista, &order, OrderCommand::Complete);
        self.plan_within(2, 6, Deed::Look(barista));
        if self.in_100(4) {
            self.plan(5, Deed::Recall(barista, order));
        } else {
            self.plan_within(8, 90, Deed::Collect(order));
        }
    }

    /// The clock does what is due.
    fn time_passes(&mut self) {
        for due in deadline::due(&self.bar, self.bar.clamp(self.now)) {
            let command =
                Command::Order { order: due.order, command: due.command, if_version: None };
            self.asks(Sender::SYSTEM, &command).expect("what is due is allowed");
        }
    }

    /// Whether it may be done; nobody asks for an order that staff took.
    fn guest_asks(&mut self, order: &OrderId, command: OrderCommand) -> bool {
        let person = self.bar.order(order).and_then(|order| order.person.clone());
        person.is_some_and(|person| {
            self.order(Sender::Person { person, role: Role::Customer }, order, command)
        })
    }

    fn barista_asks(&mut self, barista: usize, order: &OrderId, command: OrderCommand) -> bool {
        self.order(staff(BARISTAS[barista], Role::Barista), order, command)
    }

    /// Whether it may be done; whoever is too late goes on with something else.
    fn order(&mut self, sender: Sender, order: &OrderId, command: OrderCommand) -> bool {
        let command = Command::Order { order: order.clone(), command, if_version: None };
        self.asks(sender, &command).is_ok()
    }

    fn asks(&mut self, by: Sender, command: &Command) -> Result<Vec<Event>, Rejection> {
        let today = self.now.utc_day();
        let facts = Facts { now: self.now, today, tomorrow: time(TOMORROW), sender: by.clone() };
        let events = self.bar.decide(command, &facts)?;
        let entry = Entry {
            bar: bar_id(),
            seq: self.bar.seq() + 1,
            at: self.bar.clamp(self.now),
            by,
            cause: command_id(self.log.len()),
            digest: String::new(),
            events: events.clone(),
        };
        self.bar.evolve(&entry);
        self.log.push(entry);
        Ok(events)
    }

    /// What a guest wants; on second thoughts, without oat milk.
    fn choice(&mut self, is_second_thought: bool) -> Choice {
        let drink = slug(self.one_of(DRINKS));
        let mut options = BTreeMap::new();
        let menu = Menu::standard();
        let groups = &menu.drink(&drink).expect("on the standard menu").groups;
        if groups.contains(&slug("milk")) {
            let milk = if is_second_thought { "whole" } else { self.one_of(MILKS) };
            options.insert(slug("milk"), vec![slug(milk)]);
        }
        if groups.contains(&slug("size")) && self.in_100(20) {
            options.insert(slug("size"), vec![slug("large")]);
        }
        Choice { drink, options }
    }

    fn new_order(&mut self) -> OrderId {
        const LETTERS: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let own: String = (0..10).map(|_| char::from(LETTERS[self.below(32) as usize])).collect();
        OrderId::new(&bar_id(), &own).expect("letters and digits")
    }

    fn plan(&mut self, after: u32, deed: Deed) {
        self.plan_within(after, after, deed);
    }

    fn plan_within(&mut self, least: u32, most: u32, deed: Deed) {
        let millis = self.below(u64::from(most - least) * 1000 + 999);
        let at = Timestamp::from_millis(
            self.now.plus_seconds(least).millis() + i64::try_from(millis).expect("a short while"),
        );
        self.planned += 1;
        self.agenda.insert((at, self.planned), deed);
    }

    fn one_of(&mut self, weighed: &[(&'static str, u64)]) -> &'static str {
        let mut left = self.below(weighed.iter().map(|(_, weight)| weight).sum());
        let found = weighed.iter().find(|(_, weight)| match left.checked_sub(*weight) {
            Some(less) => {
                left = less;
                false
            }
            None => true,
        });
        found.expect("less than all of them").0
    }

    fn in_100(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// SplitMix64, by Sebastiano Vigna.
    fn below(&mut self, end: u64) -> u64 {
        self.chance = self.chance.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.chance ^ (self.chance >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

fn seconds(order: &Order) -> u32 {
    order.drink.as_ref().expect("what is placed is a drink").seconds
}

fn staff(person: &str, role: Role) -> Sender {
    Sender::Person { person: person.parse().expect("a person"), role }
}

fn bar_id() -> BarId {
    slug("espresso").as_str().parse().expect("a slug")
}

fn slug(name: &str) -> Slug {
    name.parse().expect("a slug")
}

fn command_id(number: usize) -> CommandId {
    format!("recorded-{number:04}").parse().expect("a command id")
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}
