//! Commands sent twice, sent late, sent on a stale picture, and clocks that go back.

use domain::{Command, OrderCommand, PersonId, Rejection, Role, Sender, Status};

use crate::outcome::Outcome;
use crate::scenario::{Scenario, order_id, time};

fn person(name: &str) -> PersonId {
    name.parse().expect("a person")
}

fn guest(name: &str) -> Sender {
    Sender::Person { person: person(name), role: Role::Customer }
}

/// What the bar remembers of a command: the order it was about, or that it is another command.
fn remembered(
    bar: &Scenario,
    who: &str,
    id: &str,
    digest: &str,
) -> Result<Option<String>, Rejection> {
    let id = id.parse().expect("a command id");
    let accepted = bar.bar.repeat(&person(who), &id, digest)?;
    Ok(accepted.map(|accepted| accepted.order.as_ref().map_or("none", |id| id.own()).to_owned()))
}

fn redeem(bar: &mut Scenario, who: &str, id: &str, digest: &str) -> Outcome {
    let scan = bar.code();
    let command = Command::RedeemCode { order: order_id(who), scan };
    bar.send_with(guest(who), &command, id, digest)
}

#[test]
fn an_accepted_command_is_remembered_with_its_order() {
    let mut bar = Scenario::open_bar();
    redeem(&mut bar, "ada", "ada-redeems", "redeem").succeeds();
    assert_eq!(remembered(&bar, "ada", "ada-redeems", "redeem"), Ok(Some("adaxxxxx".to_owned())));
    let another = remembered(&bar, "ada", "ada-redeems", "something else");
    assert_eq!(another, Err(Rejection::CommandReused));
    assert_eq!(remembered(&bar, "ada", "ada-places", "place"), Ok(None));
}

#[test]
fn an_id_is_the_senders_own() {
    let mut bar = Scenario::open_bar();
    redeem(&mut bar, "ada", "redeem-1", "redeem").succeeds();
    assert_eq!(remembered(&bar, "bob", "redeem-1", "anything"), Ok(None));
    redeem(&mut bar, "bob", "redeem-1", "redeem too").succeeds();
    assert_eq!(remembered(&bar, "bob", "redeem-1", "redeem too"), Ok(Some("bobxxxxx".to_owned())));
}

#[test]
fn a_command_to_the_bar_is_remembered_without_an_order() {
    let mut bar = Scenario::open_bar();
    let bea = Sender::Person { person: person("bea"), role: Role::Barista };
    bar.send_with(bea, &Command::CloseBar, "bea-closes", "close").succeeds();
    assert_eq!(remembered(&bar, "bea", "bea-closes", "close"), Ok(Some("none".to_owned())));
}

#[test]
fn refused_commands_and_those_that_change_nothing_are_not_remembered() {
    let mut bar = Scenario::closed_bar();
    redeem(&mut bar, "ada", "ada-redeems", "redeem").refused_with(Rejection::BarClosed);
    assert_eq!(remembered(&bar, "ada", "ada-redeems", "redeem"), Ok(None));
    bar.organiser().opens().succeeds();
    redeem(&mut bar, "ada", "ada-redeems", "redeem").succeeds();

    let olga = Sender::Person { person: person("olga"), role: Role::Organiser };
    bar.send_with(olga, &Command::OpenBar, "olga-opens", "open").changes_nothing();
    assert_eq!(remembered(&bar, "olga", "olga-opens", "open"), Ok(None));
}

#[test]
fn ids_are_kept_for_ten_minutes() {
    for (clock, kept) in [("10:09:59.999", true), ("10:10:00.000", false)] {
        let mut bar = Scenario::open_bar();
        redeem(&mut bar, "ada", "ada-redeems", "redeem").succeeds();
        bar.at(clock).barista("bea").takes("walkup", "tea").succeeds();
        let found = remembered(&bar, "ada", "ada-redeems", "redeem").expect("the same command");
        assert_eq!(found.is_some(), kept, "{clock}");
    }
}

#[test]
fn a_step_on_a_stale_picture_is_refused() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("tea");
    let seen = bar.view_of("ada").version;
    let complete = || OrderCommand::Complete;
    let bea = |bar: &mut Scenario, version| bar.barista("bea").steps_if("ada", complete(), version);
    bar.guest("ada").changes_to("mocha").succeeds();
    bea(&mut bar, Some(seen)).refused_with(Rejection::Changed);
    bea(&mut bar, Some(seen + 1)).succeeds();
    // What the role may never do, or makes no sense, is told first.
    let place = OrderCommand::Place(crate::people::just("tea"));
    bar.barista("bea").steps_if("ada", place, Some(0)).refused_with(Rejection::NotAllowed);
}

#[test]
fn a_version_is_of_the_order_and_not_of_the_bar() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("tea");
    let seen = bar.view_of("ada").version;
    bar.guest("bob").orders("tea");
    bar.barista("bea").steps_if("ada", OrderCommand::Claim, Some(seen)).succeeds();
}

#[test]
fn a_clock_set_back_never_takes_the_log_back() {
    let mut bar = Scenario::open_bar();
    bar.at("10:30:00").guest("ada").orders("tea");
    bar.at("09:30:00").guest("bob").orders("tea");
    bar.barista("bea").completes("ada").succeeds();
    let times: Vec<_> = bar.log.iter().map(|entry| entry.at).collect();
    assert!(times.is_sorted());
    assert_eq!(bar.view_of("bob").placed_at, Some(time("10:30:00")));
    assert_eq!(bar.view_of("bob").now, time("10:30:00"));
    assert_eq!(bar.number_of("bob"), 2);
}

#[test]
fn a_clock_set_back_revives_no_code() {
    let mut bar = Scenario::open_bar();
    let old = bar.code();
    bar.at("10:06:00").guest("bob").orders("tea");
    bar.at("10:01:00").guest("ada").redeems_code(old).refused_with(Rejection::CodeExpired);
    assert_eq!(bar.code(), Scenario::code_of("10:05:00"), "nor is it shown again");
    bar.guest("ada").redeems().succeeds();
    assert_eq!(bar.view_of("ada").until, Some(time("10:11:00")), "and the times are full");
}

#[test]
fn a_clock_set_back_revives_no_deadline_and_no_pause() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").redeems().succeeds();
    bar.barista("bea").pauses_until("10:02:00").succeeds();
    bar.at("10:05:00").guest("bob").redeems().succeeds();
    assert_eq!(bar.status_of("ada"), Status::Expired);
    bar.at("10:01:00")
        .guest("ada")
        .places("tea")
        .refused_with(Rejection::WrongStatus { order_status: Status::Expired });
    bar.guest("cem").redeems().succeeds();
}

#[test]
fn a_bar_folded_again_from_its_log_is_the_same_bar() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("latte");
    bar.later(10).guest("bob").redeems().succeeds();
    bar.barista("bea").claims("ada").succeeds();
    bar.later(400).barista("bea").completes("ada").succeeds();
    bar.day_begins("2026-11-22");
    bar.guest("ada").collects("ada").succeeds();
    let mut again = domain::Bar::new(bar.bar.id().clone());
    for entry in &bar.log {
        again.evolve(entry);
    }
    assert_eq!(again, bar.bar);
}
