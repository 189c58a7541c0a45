//! Webhooks: what makes sense, when a delivery that failed is tried again, and when it is given up.

use domain::webhook::{
    LONGEST_ADDRESS, LONGEST_WAIT_SECONDS, PATIENCE_SECONDS, Turn, Webhook, WebhookChange,
    is_delivered,
};
use domain::{Event, Rejection, Timestamp};

use crate::scenario::time;

fn change(url: &str, types: Option<&[&str]>) -> WebhookChange {
    let types = types.map(|types| types.iter().map(|&name| name.to_owned()).collect());
    WebhookChange { url: url.to_owned(), types }
}

fn webhook() -> Webhook {
    let name = "tills".parse().expect("a name");
    Webhook::new(name, change("https://example.com/coffee", None), 41)
}

fn field<T>(result: Result<T, Rejection>) -> Option<String> {
    match result {
        Ok(_) => None,
        Err(Rejection::Invalid { field, .. }) => Some(field),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn an_address_leads_somewhere_by_http() {
    let long = |length: usize| {
        let begin = "https://example.com/";
        [begin, &"x".repeat(length - begin.len())].concat()
    };
    for url in [
        "https://example.com",
        "http://192.168.1.20:8080/hook?bar=espresso&x=%20",
        "http://localhost:1/",
        "https://[2001:db8::1]:8443/hook",
        "http://[::1]",
        "https://example.com:65535?x=/",
        "https://hooks_in.example.com/a;b,c/@d",
        &long(LONGEST_ADDRESS),
    ] {
        assert_eq!(field(change(url, None).checked()), None, "{url}");
    }
    for url in [
        "",
        "example.com",
        "ftp://example.com",
        "HTTPS://example.com",
        "https://",
        "https:///hook",
        "https://?x",
        "https://example.com:",
        "https://example.com:0",
        "https://example.com:65536",
        "https://example.com:+80",
        "https://ada:secret@example.com/",
        "https://example.com/#here",
        "https://example.com/a b",
        "https://example.com/\n",
        "https://exämple.com/",
        "https://[::1",
        "https://[]/",
        "https://[example]/",
        &long(LONGEST_ADDRESS + 1),
    ] {
        assert_eq!(field(change(url, None).checked()).as_deref(), Some("url"), "{url}");
    }
}

#[test]
fn kinds_are_those_of_events() {
    let checked = |types: &[&str]| change("https://example.com", Some(types)).checked();
    let tidied = checked(&["OrderPlaced", "BarOpened", "OrderPlaced"]).expect("kinds of events");
    assert_eq!(tidied, change("https://example.com", Some(&["BarOpened", "OrderPlaced"])));
    assert_eq!(field(checked(&Event::NAMES)), None);
    for types in [&[][..], &[""], &["orderplaced"], &["OrderPlaced", "OrderEaten"]] {
        assert_eq!(field(checked(types)).as_deref(), Some("types"), "{types:?}");
    }
}

#[test]
fn it_is_told_of_the_kinds_it_wants() {
    let (opened, closed) = (Event::BarOpened {}, Event::BarClosed {});
    assert!(webhook().wants(&opened) && webhook().wants(&closed));
    let some = webhook().changed(change("https://example.com", Some(&["BarOpened"])));
    assert!(some.wants(&opened) && !some.wants(&closed));
    assert_eq!(some.delivered, 41, "a change skips nothing");
}

#[test]
fn success_alone_is_delivered() {
    for status in [200, 201, 204, 299] {
        assert!(is_delivered(status), "{status}");
    }
    for status in [100, 199, 300, 301, 302, 307, 400, 404, 410, 429, 500, 503, 599] {
        assert!(!is_delivered(status), "{status}");
    }
}

#[test]
fn waits_double_up_to_an_hour() {
    let since = time("10:00:00");
    for (failures, shortest, longest) in [
        (0, 2_500, 5_000),
        (1, 5_000, 10_000),
        (2, 10_000, 20_000),
        (8, 640_000, 1_280_000),
        (9, 1_280_000, 2_560_000),
        (10, 1_800_000, 3_600_000),
        (24, 1_800_000, 3_600_000),
        (u32::MAX, 1_800_000, 3_600_000),
    ] {
        let before = Webhook { failures, failing_since: Some(since), ..webhook() };
        for (chance, wait) in [(0, shortest), (u16::MAX, longest)] {
            let after = before.clone().has_failed(since, 5, chance);
            let next = Timestamp::from_millis(since.millis() + wait);
            assert_eq!(after.next_at, Some(next), "{failures} {chance}");
            assert_eq!(after.failures, failures.saturating_add(1));
        }
    }
    let slow = webhook().has_failed(since, u32::MAX, u16::MAX);
    assert_eq!(slow.next_at, Some(since.plus_seconds(LONGEST_WAIT_SECONDS)));
}

#[test]
fn it_is_tried_for_a_day_and_then_switched_off_where_it_stands() {
    for chance in [0, 1, u16::MAX / 2, u16::MAX] {
        let begun = time("10:00:00");
        let (mut now, mut failing) = (begun, webhook());
        let mut attempts = 0;
        while failing.off_since.is_none() {
            failing = failing.has_failed(now, 5, chance);
            attempts += 1;
            assert_eq!(failing.failing_since, Some(begun));
            if let Some(next) = failing.next_at {
                assert!(now < next, "{attempts}");
                assert_eq!(failing.turn(now), Turn::At(next));
                assert_eq!(failing.turn(next), Turn::Now);
                now = next;
            }
        }
        assert_eq!(now, begun.plus_seconds(PATIENCE_SECONDS), "the last one is at the day's end");
        assert!((30..=60).contains(&attempts), "{attempts}");
        assert_eq!((failing.off_since, failing.next_at), (Some(now), None));
        let later = now.plus_seconds(PATIENCE_SECONDS);
        assert_eq!((failing.turn(later), failing.delivered), (Turn::Never, 41));
        // An organiser lets it go on, from where it stands or from somewhere else.
        let changed = failing.clone().changed(change("https://example.com/2", None));
        assert_eq!((changed.turn(now), changed.delivered, changed.failures), (Turn::Now, 41, 0));
        let replayed = failing.replayed(7, 99).expect("within the log");
        assert_eq!((replayed.turn(now), replayed.delivered, replayed.failures), (Turn::Now, 6, 0));
    }
}

#[test]
fn who_was_switched_off_meanwhile_has_a_day_of_tries_again() {
    let begun = time("10:00:00");
    let failing = webhook().has_failed(begun, 5, 0);
    let next = failing.next_at.expect("it is tried again");
    let late = next.plus_seconds(LONGEST_WAIT_SECONDS);
    let too_late = late.plus_seconds(1);
    for (at, since) in [(late, begun), (too_late, too_late)] {
        assert_eq!(failing.clone().has_failed(at, 5, 0).failing_since, Some(since));
    }
    let monday = next.plus_seconds(3 * PATIENCE_SECONDS);
    assert_eq!(failing.has_failed(monday, 5, 0).off_since, None);
}

#[test]
fn what_arrives_ends_the_failing() {
    let now = time("10:00:00");
    let failing = webhook().has_failed(now, 5, 0).has_failed(now, 5, 0);
    assert_eq!(failing.has_delivered(44), Webhook { delivered: 44, ..webhook() });
}

#[test]
fn a_replay_begins_within_the_log_or_with_what_comes_next() {
    for (from, delivered) in [(1, 0), (2, 1), (100, 99)] {
        let replayed = webhook().replayed(from, 99).expect("within the log");
        assert_eq!(replayed.delivered, delivered);
    }
    for from in [0, 101, u64::MAX] {
        assert_eq!(field(webhook().replayed(from, 99)).as_deref(), Some("from"), "{from}");
    }
}
