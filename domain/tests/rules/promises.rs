//! What holds after every entry of every bar, whatever a test is about.

use std::collections::BTreeSet;

use domain::{Bar, Entry, Role, Sender};

/// Looks at one entry, the bar before and the bar after it.
pub(crate) fn check_promises(before: &Bar, entry: &Entry, after: &Bar) {
    assert_eq!(after.seq(), before.seq() + 1, "no gap in the log");
    let text = serde_json::to_string(entry).expect("entries can be written");
    let read: Entry = serde_json::from_str(&text).expect("and read");
    assert_eq!(read, *entry, "as they were written");

    let numbers: Vec<u32> = after.live_orders().filter_map(|order| order.number).collect();
    let distinct: BTreeSet<u32> = numbers.iter().copied().collect();
    assert_eq!(distinct.len(), numbers.len(), "one number, one live order");

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
