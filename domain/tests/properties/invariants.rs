//! What must hold after every entry, whatever led to it: the sentences of the product page.

use std::collections::BTreeSet;

use domain::view::{Names, RECALLABLE};
use domain::{Bar, Entry, Event, Order, Role, Sender, Status, deadline};

use crate::ledger::Ledger;

/// No order of these menus takes longer, at the slowest pace, however many wait.
const LONGEST_WAIT: u32 = 1_000_000;

/// Looks at one entry, the bar before and the bar after it.
pub(crate) fn check(before: &Bar, entry: &Entry, after: &Bar, ledger: &mut Ledger) {
    assert_eq!(entry.seq, before.seq() + 1, "no gap in the log");
    assert_eq!(after.seq(), entry.seq);
    assert_eq!(before.clamp(entry.at), entry.at, "no entry is older than the one ahead");
    assert!(!entry.events.is_empty());
    check_uses(entry, after, ledger);
    check_numbers(after, entry);
    check_orders(after, entry);
    check_guest(before, entry, after);
    check_turned_away(entry, ledger);
    ledger.check(after);
}

fn check_uses(entry: &Entry, after: &Bar, ledger: &mut Ledger) {
    if let Some((window, uses)) = ledger.note(entry) {
        let most = after.status_view(entry.at).limits.uses_per_window;
        assert!(uses <= most, "{uses} of {most} uses of the window of {window}");
    }
}

/// Whoever is called by a number, or could be again, is the only one of that number.
fn check_numbers(after: &Bar, entry: &Entry) {
    let queue = after.queue_view(&Names::default(), entry.at);
    assert!(queue.recent.len() <= RECALLABLE);
    let held = || queue.orders.iter().chain(&queue.recent).map(|order| order.number);
    let distinct: BTreeSet<Option<u32>> = held().collect();
    assert_eq!(distinct.len(), held().count(), "one number, one order");
    assert!(!distinct.contains(&None), "what is called has a number");
}

fn check_orders(after: &Bar, entry: &Entry) {
    for order in after.live_orders() {
        assert!(order.status.is_live());
        let has_deadline = match order.status {
            Status::Choosing | Status::Placed | Status::Ready => true,
            Status::Making | Status::Collected | Status::Cancelled | Status::Expired => false,
        };
        assert_eq!(order.until.is_some(), has_deadline, "{order:?}");
        if order.version == entry.seq {
            assert!(order.until.is_none_or(|until| until > entry.at), "a full deadline: {order:?}");
        }
        if let Some(wait) = after.wait_of(order, entry.at) {
            assert!(wait < LONGEST_WAIT, "{wait} s for {order:?}");
        }
    }
    assert!(after.wait_before_choosing(entry.at) < LONGEST_WAIT);
    let ended = entry.events.iter().filter_map(|event| after.order(event.order()?));
    for order in ended.filter(|order| !order.status.is_live()) {
        assert_eq!((order.until, order.ended_at), (None, Some(entry.at)), "{order:?}");
    }
}

/// A guest's command neither fills the bar beyond its maximum nor gives them one order too many.
fn check_guest(before: &Bar, entry: &Entry, after: &Bar) {
    let guest = match &entry.by {
        Sender::Person { person, role: Role::Customer } => person,
        Sender::Person { .. } | Sender::System(_) => return,
    };
    let limits = after.status_view(entry.at).limits;
    assert!(after.in_progress() <= before.in_progress().max(limits.max_in_progress));
    let own = |bar: &Bar| {
        let theirs = |order: &&Order| order.person.as_ref() == Some(guest);
        bar.live_orders().filter(theirs).count()
    };
    assert!(own(after) <= own(before).max(limits.live_per_person as usize));
}

/// Guests turned away are told of by the clock, and once a minute at most.
fn check_turned_away(entry: &Entry, ledger: &mut Ledger) {
    for event in &entry.events {
        if let Event::GuestsTurnedAway { counts, .. } = event {
            assert_eq!((entry.by.person(), counts.is_empty()), (None, false), "{entry:?}");
            let last = ledger.turned_away_at.replace(entry.at);
            let next = last.map(|last| last.plus_seconds(60));
            assert!(next.is_none_or(|next| next <= entry.at), "told too soon: {entry:?}");
        }
    }
}

/// When nothing that is due is left to be done.
pub(crate) fn check_up_to_date(bar: &Bar, now: domain::Timestamp) {
    let next = deadline::next(bar);
    assert!(next.is_none_or(|next| next > bar.clamp(now)), "something has run out: {next:?}");
}
