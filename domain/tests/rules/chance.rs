//! Mornings made up by chance: whatever people do in whatever order, the promises that
//! `promises` and `screens` look after hold, nothing panics, and a bar folded again, from its first
//! entry or from a snapshot, is the same bar. The same every time.

use domain::bar::Snapshot;
use domain::command::{Item, Scan};
use domain::limits::LimitsChange;
use domain::{Bar, Entry, OrderCommand};

use crate::menus::slug;
use crate::outcome::Outcome;
use crate::people::just;
use crate::scenario::{Scenario, bar_id};

/// Numbers that look like chance (a linear congruence, its upper half).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as u32 % sides
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u32) as usize]
    }
}

fn a_step(dice: &mut Dice) -> OrderCommand {
    let drink = dice.one(&["espresso", "latte", "tea", "mocha", "beer"]);
    match dice.below(10) {
        0 | 1 => OrderCommand::Place(just(drink)),
        2 => OrderCommand::Change(just(drink)),
        3 => OrderCommand::Claim,
        4 => OrderCommand::Release,
        5 => OrderCommand::Complete,
        6 => OrderCommand::Recall,
        7 => OrderCommand::Collect,
        8 => OrderCommand::Return,
        _ => OrderCommand::Cancel { reason: dice.one(&[None, Some("spilled")]).map(str::to_owned) },
    }
}

fn some_limits(dice: &mut Dice) -> LimitsChange {
    LimitsChange {
        window_seconds: Some(dice.one(&[60, 300, 420, 900])),
        grace_seconds: Some(dice.one(&[0, 60])),
        uses_per_window: Some(dice.one(&[1, 3, 10])),
        max_in_progress: Some(dice.one(&[2, 5, 20])),
        live_per_person: Some(dice.one(&[1, 1, 2])),
        daily_per_person: Some(dice.one(&[0, 3])),
        ..LimitsChange::default()
    }
}

/// Something somebody does; `number` makes ids of new orders.
fn a_deed(bar: &mut Scenario, dice: &mut Dice, number: u32) -> Outcome {
    let new = format!("order{number}");
    let old = format!("order{}", number.saturating_sub(dice.below(12)));
    let guest = dice.one(&["ada", "bob", "cem", "dan", "eve", "fay"]);
    let barista = dice.one(&["bea", "bob"]);
    match dice.below(20) {
        0..=4 => bar.guest(guest).redeems_for(&new),
        5 => bar.guest(guest).redeems_code_for(&new, Scan::Unknown),
        6 => {
            let seen = bar.code();
            bar.later(dice.below(400)).guest(guest).redeems_code_for(&new, seen)
        }
        7 => bar.barista(barista).takes(&new, "tea"),
        8..=10 => bar.guest(guest).steps(&old, a_step(dice)),
        11..=15 => bar.barista(barista).steps(&old, a_step(dice)),
        16 => match dice.below(4) {
            0 => bar.barista(barista).pauses(),
            1 => bar.barista(barista).closes(),
            _ => bar.barista(barista).opens(),
        },
        17 => bar.barista(barista).opens(),
        18 => {
            let item = Item::Drink(slug(dice.one(&["tea", "latte"])));
            bar.barista(barista).marks(item, dice.below(3) > 0)
        }
        _ => bar.organiser().sets_limits(some_limits(dice)),
    }
}

/// What the monitor says is so: its code lets a newcomer in, or is refused for that very reason.
fn check_the_monitor(bar: &mut Scenario) {
    let code = bar.bar.code_view(String::new(), String::new(), bar.now);
    assert!(code.opens_at <= code.now && code.now < code.closes_at);
    let mut copy = bar.clone();
    let answer = copy.guest("newcomer").redeems_for("trial").0;
    assert_eq!(answer.is_ok(), code.accepting, "{answer:?}");
    let told = answer.err().map(|rejection| (rejection.code(), rejection.retry_at()));
    assert_eq!(told, code.refusal.map(|refusal| (refusal.code, refusal.retry_at)));
}

/// The bar of this log, written down after so many entries and folded on from what was read.
fn from_snapshot(log: &[Entry], snapshot_at: usize) -> Bar {
    let (before, after) = log.split_at(snapshot_at);
    let mut bar = Bar::new(bar_id());
    before.iter().for_each(|entry| bar.evolve(entry));
    let written = serde_json::to_string(&Snapshot::of(bar.clone())).expect("plain data");
    let mut read = serde_json::from_str::<Snapshot>(&written).expect("what was written").bar();
    assert_eq!(read, bar, "after {snapshot_at} entries");
    after.iter().for_each(|entry| read.evolve(entry));
    read
}

#[test]
fn whatever_happens_in_whatever_order_the_promises_hold() {
    let (mut done, mut refused) = (0, 0);
    for seed in 0..60 {
        let (mut bar, mut dice) = (Scenario::open_bar(), Dice(seed));
        for number in 0..120 {
            match dice.below(12) {
                0 => bar.later(dice.one(&[60, 300, 700, 1900])),
                1 => bar.at("09:59:00"),
                _ => bar.later(dice.below(20)),
            };
            bar.time_passes();
            match a_deed(&mut bar, &mut dice, number).0 {
                Ok(_) => done += 1,
                Err(_) => refused += 1,
            }
            check_the_monitor(&mut bar);
        }
        bar.day_begins("2026-11-22");
        let mut again = Bar::new(bar.bar.id().clone());
        bar.log.iter().for_each(|entry| again.evolve(entry));
        assert_eq!(again, bar.bar, "folded again from the log of {seed}");
        let snapshot_at = dice.below(bar.log.len() as u32) as usize;
        assert_eq!(from_snapshot(&bar.log, snapshot_at), bar.bar, "{snapshot_at} of {seed}");
    }
    assert!(done > 2000 && refused > 1000, "{done} done, {refused} refused");
}
