//! Accounts: what makes sense, what ends sessions, and that somebody always leads.

use domain::staff::{StaffChange, StaffMember, check_led};
use domain::{Actor, BarId, Rejection, Role, Username};

fn username(text: &str) -> Username {
    text.parse().expect("a user name")
}

fn bars(names: &[&str]) -> Option<Vec<BarId>> {
    let parsed = names.iter().map(|name| name.parse().expect("a slug"));
    (!names.is_empty()).then(|| parsed.collect())
}

fn change(role: Role, password: Option<&str>, at: &[&str]) -> StaffChange {
    let password = password.map(str::to_owned);
    StaffChange { password, role, name: "Bea".to_owned(), bars: bars(at) }
}

fn member(name: &str, role: Role, has_password: bool, at: &[&str]) -> StaffMember {
    let name_read = name.to_owned();
    StaffMember { username: username(name), role, name: name_read, bars: bars(at), has_password }
}

fn field(result: Result<(), Rejection>) -> Option<String> {
    match result {
        Ok(()) => None,
        Err(Rejection::Invalid { field, .. }) => Some(field),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn nonsense_is_told_by_field() {
    let plain = || change(Role::Barista, Some("flat white"), &[]);
    let many: Vec<String> = (0..33).map(|bar| format!("bar-{bar}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (expected, change) in [
        (None, plain()),
        (None, StaffChange { password: None, ..plain() }),
        (None, change(Role::Display, None, &["espresso"])),
        (Some("role"), change(Role::Customer, None, &[])),
        (Some("name"), StaffChange { name: "  ".to_owned(), ..plain() }),
        (Some("name"), StaffChange { name: "x".repeat(41), ..plain() }),
        (Some("name"), StaffChange { name: "B\u{7}a".to_owned(), ..plain() }),
        (Some("password"), change(Role::Barista, Some(""), &[])),
        (Some("password"), change(Role::Barista, Some("7 chars"), &[])),
        (Some("password"), change(Role::Barista, Some(&"x".repeat(129)), &[])),
        (Some("password"), change(Role::Barista, Some(" flat white"), &[])),
        (Some("password"), change(Role::Barista, Some("flat white\u{a0}"), &[])),
        (Some("password"), change(Role::Barista, Some("flat\nwhite"), &[])),
        (Some("password"), change(Role::Barista, Some("flat\u{2028}white"), &[])),
        (None, change(Role::Barista, Some("flat \t white"), &[])),
        (None, change(Role::Barista, Some(&"☕".repeat(128)), &[])),
        (Some("bars"), StaffChange { bars: Some(Vec::new()), ..plain() }),
        (Some("bars"), change(Role::Barista, None, &many)),
    ] {
        assert_eq!(field(change.checked().map(|_| ())).as_deref(), expected);
    }
}

#[test]
fn words_are_tidied_and_bars_put_in_order() {
    let tidied = StaffChange {
        name: " Bea ".to_owned(),
        ..change(Role::Barista, None, &["hall-2", "espresso", "hall-2"])
    };
    let tidied = tidied.checked().expect("it makes sense");
    assert_eq!((tidied.name.as_str(), tidied.bars), ("Bea", bars(&["espresso", "hall-2"])));
}

#[test]
fn a_password_is_kept_until_another_comes() {
    let bea = username("bea");
    let without = change(Role::Barista, None, &[]);
    let with = change(Role::Barista, Some("flat white"), &[]);
    assert!(!without.applied_to(&bea, None).has_password);
    let before = with.applied_to(&bea, None);
    assert!(before.has_password);
    assert!(without.applied_to(&bea, Some(&before)).has_password);
}

#[test]
fn what_a_session_was_given_for_ends_it_when_it_changes() {
    let before = |has_password| member("bea", Role::Barista, has_password, &["espresso"]);
    for (ends, has_password, change) in [
        (false, true, change(Role::Barista, None, &["espresso"])),
        (true, true, change(Role::Barista, Some("long black"), &["espresso"])),
        (false, false, change(Role::Barista, Some("long black"), &["espresso"])),
        (true, true, change(Role::Organiser, None, &["espresso"])),
        (true, true, change(Role::Barista, None, &["espresso", "hall-2"])),
        (true, true, change(Role::Barista, None, &[])),
    ] {
        assert_eq!(change.withdraws_sessions(&before(has_password)), ends);
    }
    let renamed =
        StaffChange { name: "Beatrice".to_owned(), ..change(Role::Barista, None, &["espresso"]) };
    assert!(!renamed.withdraws_sessions(&before(true)), "a name gives nobody any rights");
}

#[test]
fn the_last_who_leads_stays() {
    let olga = || member("olga", Role::Organiser, true, &[]);
    let bea = || member("bea", Role::Barista, true, &[]);
    let alone = vec![bea(), olga()];
    let with = |other: StaffMember| vec![bea(), olga(), other];
    let as_before = olga();
    let demoted = StaffMember { role: Role::Barista, ..olga() };
    let bound = StaffMember { bars: bars(&["espresso"]), ..olga() };
    for (expected, all, after) in [
        (None, &alone, Some(&as_before)),
        (Some("role"), &alone, None),
        (Some("role"), &alone, Some(&demoted)),
        (Some("bars"), &alone, Some(&bound)),
        // Whoever cannot sign in, or not everywhere, is no substitute.
        (Some("role"), &with(member("otto", Role::Organiser, false, &[])), None),
        (Some("role"), &with(member("otto", Role::Organiser, true, &["espresso"])), None),
        (None, &with(member("otto", Role::Organiser, true, &[])), None),
        (None, &with(member("otto", Role::Organiser, true, &[])), Some(&demoted)),
    ] {
        assert_eq!(field(check_led(all, &username("olga"), after)).as_deref(), expected);
    }
    // Before anybody leads, and for everybody else, there is nothing to keep.
    assert_eq!(field(check_led(&[bea()], &username("bea"), None)), None);
    assert_eq!(field(check_led(&alone, &username("bea"), None)), None);
}

#[test]
fn who_is_bound_to_bars_has_no_say_over_others() {
    let olga = |at: &[&str]| Actor {
        person: "olga".parse().expect("an id"),
        role: Role::Organiser,
        name: None,
        bars: bars(at),
    };
    for (own, theirs, expected) in [
        (&[][..], &[][..], true),
        (&[], &["espresso"], true),
        (&["espresso"], &[], false),
        (&["espresso"], &["espresso"], true),
        (&["espresso"], &["hall-2"], false),
        (&["espresso"], &["espresso", "hall-2"], false),
    ] {
        assert_eq!(olga(own).oversees(bars(theirs).as_deref()), expected, "{own:?} {theirs:?}");
    }
}
