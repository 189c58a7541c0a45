//! The promises of the ports as functions: every adapter is held to them.

use std::sync::Arc;

use domain::turned_away::{Counts, TurnedAwayHour};
use domain::{
    BarId, Code, CommandId, Entry, Event, Order, OrderId, PersonId, Role, Sender, Status, Timestamp,
};
use futures_util::future::join_all;

use crate::ports::{AppendError, Counted, History, Log, PickupNames, Tally, TurnedAway};

fn bar(name: &str) -> BarId {
    name.parse().expect("a slug")
}

fn order(name: &str) -> OrderId {
    name.parse().expect("an order id")
}

fn person(name: &str) -> PersonId {
    name.parse().expect("a person's id")
}

fn command(number: u64) -> CommandId {
    format!("command-{number}").parse().expect("a command id")
}

/// When the entries here are made.
pub fn now() -> Timestamp {
    Timestamp::from_seconds(1_795_000_000)
}

fn entry(bar_name: &str, seq: u64) -> Arc<Entry> {
    let by = Sender::Person { person: person("bea"), role: Role::Barista };
    Arc::new(Entry {
        bar: bar(bar_name),
        seq,
        at: now(),
        by,
        cause: command(seq),
        digest: "digest".to_owned(),
        events: vec![Event::BarOpened {}],
    })
}

fn is_conflict(result: &Result<(), AppendError>) -> bool {
    match result {
        Err(AppendError::Conflict) => true,
        Ok(()) | Err(AppendError::Unavailable(_)) => false,
    }
}

/// Entries come back as they were appended, in order, a page at a time, bar by bar.
pub async fn a_log_keeps_what_it_is_given(log: &dyn Log) {
    let tickets =
        (1..=25).flat_map(|seq| [log.append(entry("kept", seq)), log.append(entry("other", seq))]);
    for ticket in join_all(tickets).await {
        assert!(ticket.is_ok());
    }
    let first = log.read(&bar("kept"), 0, 10).await.expect("read");
    let seqs: Vec<_> = first.iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, (1..=10).collect::<Vec<_>>());
    assert_eq!(first[3], *entry("kept", 4));
    let rest = log.read(&bar("kept"), 10, 1000).await.expect("read");
    assert_eq!(rest.len(), 15);
    assert_eq!(log.read(&bar("kept"), 25, 10).await.expect("read"), []);
    assert_eq!(log.read(&bar("nobodys"), 0, 10).await.expect("read"), []);
    let bars = log.bars().await.expect("bars");
    assert!(bars.contains(&bar("kept")) && bars.contains(&bar("other")));
    log.check().await.expect("writable");
}

/// An entry that does not follow the last one is refused, and so is everything behind it.
pub async fn a_log_has_no_gap_and_no_fork(log: &dyn Log) {
    assert!(log.append(entry("whole", 1)).await.is_ok());
    assert!(is_conflict(&log.append(entry("whole", 1)).await), "a fork");
    assert!(is_conflict(&log.append(entry("whole", 3)).await), "a gap");
    assert!(is_conflict(&log.append(entry("whole", 4)).await), "behind a gap");
    assert!(log.append(entry("whole", 2)).await.is_ok(), "the next one still fits");
    let seqs: Vec<_> =
        log.read(&bar("whole"), 0, 10).await.expect("read").iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, [1, 2]);
}

/// Of many that race for the same place exactly one wins.
pub async fn a_log_lets_one_of_many_win(log: &dyn Log) {
    for seq in 1..=20 {
        let racers = (0..16).map(|_| log.append(entry("raced", seq)));
        let won = join_all(racers).await.iter().filter(|result| result.is_ok()).count();
        assert_eq!(won, 1);
    }
}

/// A command is found by its bar, sender and id, and by nothing less.
pub async fn a_log_finds_commands(log: &dyn Log) {
    assert!(log.append(entry("found", 1)).await.is_ok());
    let find = async |bar_name: &str, who: &str, id: u64| {
        log.find(&bar(bar_name), &person(who), &command(id)).await.expect("find")
    };
    assert_eq!(find("found", "bea", 1).await.as_ref(), Some(&*entry("found", 1)));
    assert_eq!(find("found", "bea", 2).await, None);
    assert_eq!(find("found", "bob", 1).await, None);
    assert_eq!(find("elsewhere", "bea", 1).await, None);
}

/// The last snapshot of a bar is kept, each bar's apart from the others' and from the log.
pub async fn a_log_keeps_the_last_snapshot(log: &dyn Log) {
    let kept = async |bar_name: &str| log.snapshot(&bar(bar_name)).await.expect("snapshot");
    assert_eq!(kept("drawn").await, None);
    for snapshot in ["the first", "the last"] {
        log.put_snapshot(&bar("drawn"), snapshot.to_owned()).await.expect("put");
        assert_eq!(kept("drawn").await.as_deref(), Some(snapshot));
    }
    assert_eq!(kept("other").await, None);
    assert!(!log.bars().await.expect("bars").contains(&bar("drawn")), "it has no log");
    assert!(log.append(entry("drawn", 1)).await.is_ok());
    assert_eq!(kept("drawn").await.as_deref(), Some("the last"));
}

/// Names are kept by order, replaced and removed, with the entry that follows and never without it.
pub async fn names_are_kept_apart(names: &dyn PickupNames, log: &dyn Log) {
    names.put(&order("named.00000001"), Some("Ada")).await.expect("put");
    names.put(&order("named.00000002"), Some("Bob")).await.expect("put");
    names.put(&order("named.00000001"), Some("Ada L.")).await.expect("put");
    names.put(&order("named.00000002"), None).await.expect("put");
    names.put(&order("apart.00000001"), Some("Eve")).await.expect("put");
    assert!(log.append(entry("named", 1)).await.is_ok());
    let kept = async || names.of_bar(&bar("named")).await.expect("of_bar");
    let ada = [(order("named.00000001"), "Ada L.".to_owned())];
    assert_eq!(kept().await, ada);

    for (order, name) in [(&ada[0].0, None), (&order("named.00000003"), Some("Zoe"))] {
        names.put(order, name).await.expect("put");
    }
    assert_eq!(kept().await, ada, "not before its entry");
    assert!(is_conflict(&log.append(entry("named", 3)).await));
    assert!(log.append(entry("named", 2)).await.is_ok());
    assert_eq!(kept().await, ada, "lost with its entry");
    let of_orders = ["named.00000001", "named.00000003"].map(order).into();
    assert_eq!(names.of_orders(&bar("named"), &of_orders).await.expect("of_orders"), ada);
    assert_eq!(names.of_orders(&bar("named"), &[].into()).await.expect("of_orders"), []);
}

/// Guests are counted since the first of them, and an entry takes off all it tells of and no other.
pub async fn a_tally_goes_into_the_log(tally: &dyn Tally, log: &dyn Log) {
    let counted = async || tally.counted(&bar("tallied")).await.expect("counted");
    let count = async |bar_name: &str, code, second| {
        let at = Timestamp::from_seconds(second);
        tally.count(&bar(bar_name), code, at).await.expect("count");
    };
    let told = |seq, since, counts: &Counts| {
        let (since, counts) = (Timestamp::from_seconds(since), counts.clone());
        let events = vec![Event::GuestsTurnedAway { since, counts }];
        log.append(Arc::new(Entry {
            by: Sender::SYSTEM,
            events,
            ..(*entry("tallied", seq)).clone()
        }))
    };
    assert_eq!(counted().await, None);
    count("tallied", Code::BarFull, 1000).await;
    count("other-tallied", Code::BarFull, 1000).await;
    let mut counts = Counts::from([(Code::BarFull, 1)]);
    for (code, second) in [(Code::CodeUsedUp, 1001), (Code::BarFull, 1002), (Code::BarFull, 1003)] {
        count("tallied", code, second).await;
    }
    assert!(is_conflict(&told(1, 1000, &counts).await), "others came meanwhile");
    counts = [(Code::BarFull, 3), (Code::CodeUsedUp, 1)].into();
    let all = Counted { since: Timestamp::from_seconds(1000), counts: counts.clone() };
    assert_eq!(counted().await, Some(all.clone()));
    assert!(log.append(entry("tallied", 1)).await.is_ok());
    assert_eq!(counted().await, Some(all), "nothing was told of them");
    assert!(told(2, 1000, &counts).await.is_ok());
    assert_eq!(counted().await, None);
    count("tallied", Code::BarClosed, 2000).await;
    let one =
        Counted { since: Timestamp::from_seconds(2000), counts: [(Code::BarClosed, 1)].into() };
    assert_eq!(counted().await, Some(one), "counted anew");
    assert!(tally.counted(&bar("other-tallied")).await.expect("counted").is_some());
}

/// Names are kept as long as they may be, and for whoever reads them `later` there are none.
pub async fn names_go_in_time(names: &dyn PickupNames, later: &dyn PickupNames, log: &dyn Log) {
    let ada = order("timed.00000001");
    names.put(&ada, Some("Ada")).await.expect("put");
    assert!(log.append(entry("timed", 1)).await.is_ok());
    for (read_by, expected) in [(names, 1), (later, 0)] {
        let of_bar = read_by.of_bar(&bar("timed")).await.expect("of_bar");
        let of_orders = read_by.of_orders(&bar("timed"), &[ada.clone()].into()).await;
        assert_eq!(of_bar.len(), expected);
        assert_eq!(of_orders.expect("of_orders"), of_bar);
    }
}

fn past(own: u32, who: Option<&str>, at: i64) -> Order {
    let mut past = Order::begin(
        order(&format!("past.{own:08}")),
        who.map(person),
        Timestamp::from_seconds(at),
    );
    past.status = Status::Collected;
    past
}

/// Orders are found by id and by person, newest first; taking in the same again changes nothing.
pub async fn a_history_is_kept_by_person(history: &dyn History) {
    assert_eq!(history.cursor(&bar("past")).await.expect("cursor"), 0);
    let orders: Vec<_> =
        (1..=5).map(|own| past(own, Some("ada"), 1000 + i64::from(own / 2))).collect();
    for _ in 0..2 {
        history.put(&bar("past"), Some(7), &orders, &[]).await.expect("put");
        history.put(&bar("past"), Some(8), &[past(9, None, 5000)], &[]).await.expect("put");
    }
    assert_eq!(history.cursor(&bar("past")).await.expect("cursor"), 8);
    let one = history.order(&order("past.00000003")).await.expect("order");
    assert_eq!(one, Some(orders[2].clone()));
    assert_eq!(history.order(&order("past.00000099")).await.expect("order"), None);
    let page = async |before: Option<&str>, limit| {
        let before = before.map(order);
        let orders = history.of_person(&person("ada"), before.as_ref(), limit).await;
        let orders = orders.expect("of_person");
        orders.iter().map(|order| order.order.own().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(page(None, 0).await, Vec::<String>::new());
    assert_eq!(page(None, 2).await, ["00000005", "00000004"]);
    assert_eq!(page(Some("past.00000004"), 2).await, ["00000003", "00000002"]);
    assert_eq!(page(Some("past.00000001"), 2).await, Vec::<String>::new());
    let neighbour =
        Order::begin(order("past-2.00000001"), Some(person("ada")), orders[0].created_at);
    history.put(&bar("past-2"), Some(3), &[neighbour], &[]).await.expect("put");
    history.forget(&bar("past")).await.expect("forget");
    assert_eq!(history.cursor(&bar("past")).await.expect("cursor"), 0);
    assert_eq!(history.order(&order("past.00000003")).await.expect("order"), None);
    assert_eq!(history.cursor(&bar("past-2")).await.expect("cursor"), 3);
    assert_eq!(page(None, 9).await, ["00000001"], "the other bar's");
}

/// Guests turned away are added up by hour and reason; the same entry told again counts once.
pub async fn a_history_counts_who_was_turned_away(history: &dyn History) {
    let hour = Timestamp::from_seconds(1_795_003_200);
    let next = hour.plus_seconds(3600);
    let told = |seq, hour, count| TurnedAway { seq, hour, counts: [(Code::BarFull, count)].into() };
    let used_up =
        TurnedAway { seq: 3, hour, counts: [(Code::BarFull, 1), (Code::CodeUsedUp, 7)].into() };
    for _ in 0..2 {
        let all = [told(2, hour, 5), used_up.clone(), told(4, next, 2)];
        history.put(&bar("full"), Some(4), &[], &all).await.expect("put");
    }
    history.put(&bar("other-full"), Some(9), &[], &[told(9, hour, 1)]).await.expect("put");
    let hours = history.turned_away(&bar("full")).await.expect("turned_away");
    let first = [(Code::BarFull, 6), (Code::CodeUsedUp, 7)].into();
    let second = [(Code::BarFull, 2)].into();
    let expected = [(hour, first), (next, second)];
    let expected = expected.map(|(hour, counts)| TurnedAwayHour { hour, counts });
    assert_eq!(hours, expected);
    history.forget(&bar("full")).await.expect("forget");
    assert_eq!(history.turned_away(&bar("full")).await.expect("turned_away"), []);
    assert_eq!(history.turned_away(&bar("other-full")).await.expect("turned_away").len(), 1);
}

mod identity;
pub use identity::*;

mod sinks;
pub use sinks::*;

mod storm;
pub use storm::*;

mod webhooks;
pub use webhooks::*;

#[cfg(test)]
mod memory {
    use crate::memory::Memory;

    #[tokio::test]
    async fn keeps_the_promises() {
        let memory = Memory::default();
        super::a_log_keeps_what_it_is_given(&memory).await;
        super::a_log_has_no_gap_and_no_fork(&memory).await;
        super::a_log_lets_one_of_many_win(&memory).await;
        super::a_log_finds_commands(&memory).await;
        super::a_log_keeps_the_last_snapshot(&memory).await;
        super::names_are_kept_apart(&memory, &memory).await;
        super::a_tally_goes_into_the_log(&memory, &memory).await;
        super::a_history_is_kept_by_person(&memory).await;
        super::a_history_counts_who_was_turned_away(&memory).await;
        super::a_history_is_not_set_back(&memory).await;
        super::cursors_go_forward_only(&memory).await;
        super::the_first_time_counts(&memory).await;
        super::identity_keeps_accounts(&memory).await;
        super::a_password_opens_its_own_account_only(&memory).await;
        super::sessions_are_withdrawn(&memory).await;
        super::ended_sessions_are_forgotten(&memory).await;
        super::of_those_who_change_accounts_at_once_one_is_first(&memory).await;
        super::a_link_works_once_and_in_time(&memory).await;
        super::webhooks_are_kept(&memory).await;
        super::the_newest_attempts_are_kept(&memory).await;
        super::a_bar_has_as_many_webhooks_as_it_may(&memory).await;
    }
}
