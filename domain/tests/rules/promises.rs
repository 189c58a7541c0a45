//! What holds after every entry of every bar, whatever a test is about.

use std::collections::BTreeSet;

use domain::{Bar, Entry, Order, Role, Sender};

/// Looks at one entry, the bar before and the bar after it.
pub(crate) fn check_promises(before: &Bar, entry: &Entry, after: &Bar) {
    assert_eq!(after.seq(), before.seq() + 1, "no gap in the log");
    let text = serde_json::to_string(entry).expect("entries can be written");
    let read: Entry = serde_json::from_str(&text).expect("and read");
    assert_eq!(read, *entry, "as they were written");

    let numbers: Vec<u32> = after.live_orders().filter_map(|order| order.number).collect();
    let distinct: BTreeSet<u32> = numbers.iter().copied().collect();
    assert_eq!(distinct.len(), numbers.len(), "one number, one live order");

    for event in &entry.events {
        let begun = match event.name() {
            "CodeRedeemed" => true,
            "OrderPlaced" => {
                event.order().is_some_and(|id| after.order(id).is_some_and(is_walk_up))
            }
            _ => false,
        };
        let known = event.order().is_some_and(|id| before.order(id).is_some());
        assert!(!(begun && known), "an order's id is used once: {entry:?}");
    }

    let guest = match &entry.by {
        Sender::Person { person, role: Role::Customer } => person,
        Sender::Person { .. } | Sender::System(_) => return,
    };
    let limits = after.status_view(entry.at).limits;
    assert!(
        after.in_progress() <= before.in_progress().max(limits.max_in_progress),
        "no guest's command fills the bar beyond its maximum"
    );
    let own = |bar: &Bar| {
        let own = bar.live_orders().filter(|order| order.person.as_ref() == Some(guest));
        own.count()
    };
    assert!(
        own(after) <= own(before).max(limits.live_per_person as usize),
        "no guest's command gives them one live order too many"
    );
}

fn is_walk_up(order: &Order) -> bool {
    order.person.is_none()
}
