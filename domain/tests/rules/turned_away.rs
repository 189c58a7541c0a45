//! Guests who were not let in: written down by the clock, once a minute at most.

use domain::{Code, Command, Event, Role};

use crate::scenario::{Scenario, time};

fn counted(clock: &str) -> Command {
    Command::CountTurnedAway { since: time(clock), counts: [(Code::BarFull, 2)].into() }
}

#[test]
fn the_clock_writes_them_down_once_a_minute_at_most() {
    let mut bar = Scenario::open_bar();
    let event = bar.clock().sends(counted("09:59:30")).succeeds();
    let counts = [(Code::BarFull, 2)].into();
    assert_eq!(event, Event::GuestsTurnedAway { since: time("09:59:30"), counts });
    let seq = bar.bar.seq();
    for clock in ["10:00:00", "10:00:59.999", "09:00:00"] {
        let told = bar.at(clock).clock().sends(counted("10:00:00")).0;
        assert_eq!(told, Ok(Vec::new()), "{clock}");
    }
    bar.at("10:01:00").clock().sends(counted("10:00:00")).succeeds();
    assert_eq!(bar.bar.seq(), seq + 1);
}

#[test]
fn nobody_turned_away_is_nothing_to_write_down() {
    let mut bar = Scenario::open_bar();
    let nobody = Command::CountTurnedAway { since: time("10:00:00"), counts: [].into() };
    assert_eq!(bar.clock().sends(nobody).0, Ok(Vec::new()));
}

#[test]
fn nobody_but_the_clock_writes_them_down() {
    for role in Role::ALL {
        let mut bar = Scenario::open_bar();
        let answer = bar.somebody("olga", role).sends(counted("10:00:00"));
        answer.refused_as(Code::NotAllowed);
    }
}

#[test]
fn they_touch_neither_the_board_nor_the_queue() {
    let mut bar = Scenario::open_bar();
    bar.guest("ada").orders("tea");
    let touched = bar.bar.touched();
    bar.clock().sends(counted("10:00:00")).succeeds();
    assert_eq!(bar.bar.touched(), touched);
}
