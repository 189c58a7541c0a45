//! Every reason for which the bar says no, by name: each is met at least once.

use domain::command::Scan;
use domain::limits::LimitsChange;
use domain::{Command, Mistake, OrderCommand, Rejection, Status};

use crate::outcome::Outcome;
use crate::people::just;
use crate::scenario::{Scenario, order_id, time};
use crate::variants::{REJECTIONS, rejection_name};

/// A bar, what was asked of it, what it said.
fn meet(wanted: &str) -> (Outcome, Rejection) {
    let mut bar = Scenario::open_bar();
    match wanted {
        "BarClosed" => {
            bar.barista("bea").closes().succeeds();
            (bar.guest("ada").redeems(), Rejection::BarClosed)
        }
        "BarPaused" => {
            bar.barista("bea").pauses_until("10:10:00").succeeds();
            let until = Some(time("10:10:00"));
            (bar.guest("ada").redeems(), Rejection::BarPaused { until })
        }
        "BarFull" => {
            let mut bar = Scenario::open_bar_with(LimitsChange {
                max_in_progress: Some(1),
                ..LimitsChange::default()
            });
            bar.guest("bob").redeems().succeeds();
            (bar.guest("ada").redeems(), Rejection::BarFull)
        }
        "BarExists" => {
            let create = Command::CreateBar {
                name: "Another".to_owned(),
                place: "Hall 3".to_owned(),
                limits: domain::Limits::default(),
                menu: domain::Menu::standard(),
            };
            (bar.organiser().sends(create), Rejection::BarExists)
        }
        "NoSuchBar" => {
            let mut bar = Scenario::nothing_yet();
            (bar.guest("ada").redeems(), Rejection::NoSuchBar)
        }
        "NoSuchOrder" => (bar.barista("bea").claims("ada"), Rejection::NoSuchOrder),
        "LiveOrderExists" => {
            bar.guest("ada").redeems().succeeds();
            let order = order_id("ada");
            let exists = Rejection::LiveOrderExists { order };
            (bar.guest("ada").redeems_for("second"), exists)
        }
        "DailyLimit" => {
            let mut bar = Scenario::open_bar_with(LimitsChange {
                daily_per_person: Some(1),
                ..LimitsChange::default()
            });
            bar.guest("ada").orders("latte");
            bar.barista("bea").completes("ada").succeeds();
            bar.guest("ada").collects("ada").succeeds();
            let retry_at = time("2026-11-22T04:00:00");
            (bar.guest("ada").redeems_for("second"), Rejection::DailyLimit { retry_at })
        }
        "CodeUnknown" => (bar.guest("ada").redeems_code(Scan::Unknown), Rejection::CodeUnknown),
        "CodeExpired" => {
            (bar.guest("ada").redeems_code(Scenario::code_of("09:50:00")), Rejection::CodeExpired)
        }
        "CodeUsedUp" => {
            let mut bar = Scenario::open_bar_with(LimitsChange {
                uses_per_window: Some(1),
                ..LimitsChange::default()
            });
            bar.guest("bob").redeems().succeeds();
            let retry_at = Some(time("10:05:00"));
            (bar.guest("ada").redeems(), Rejection::CodeUsedUp { retry_at })
        }
        "SoldOut" => {
            bar.guest("ada").redeems().succeeds();
            let latte = domain::command::Item::Drink("latte".parse().expect("a slug"));
            bar.barista("bea").marks(latte, false).succeeds();
            let (field, item) = ("drink".to_owned(), "Latte".to_owned());
            let names = [("pt-BR".to_owned(), "Latte".to_owned())].into();
            let sold_out = Rejection::SoldOut { field, item, names };
            (bar.guest("ada").places("latte"), sold_out)
        }
        "Invalid" => {
            bar.guest("ada").redeems().succeeds();
            let (field, problem) = ("drink".to_owned(), Mistake::NotOnTheMenu);
            let invalid = Rejection::Invalid { field, problem };
            (bar.guest("ada").places("beer"), invalid)
        }
        "WrongStatus" => {
            bar.guest("ada").orders("latte");
            let order_status = Status::Placed;
            let wrong = Rejection::WrongStatus { order_status };
            (bar.guest("ada").collects("ada"), wrong)
        }
        "Taken" => {
            bar.guest("ada").orders("latte");
            bar.barista("bea").claims("ada").succeeds();
            let by = "bea".parse().expect("a person");
            (bar.barista("bob").claims("ada"), Rejection::Taken { by })
        }
        "Changed" => {
            bar.guest("ada").orders("latte");
            let seen = bar.view_of("ada").version;
            bar.guest("ada").changes_to("mocha").succeeds();
            let answer = bar.barista("bea").steps_if("ada", OrderCommand::Complete, Some(seen));
            (answer, Rejection::Changed)
        }
        "CommandReused" => {
            bar.guest("ada").redeems().succeeds();
            let ada = "ada".parse().expect("a person");
            let used = bar.log.last().expect("an entry").cause.clone();
            let repeat = bar.bar.repeat(&ada, &used, "another digest");
            let answer = repeat.map(|_| Vec::new());
            (Outcome(answer), Rejection::CommandReused)
        }
        "NotAllowed" => {
            bar.guest("ada").orders("latte");
            let place = OrderCommand::Place(just("mocha"));
            (bar.barista("bea").steps("ada", place), Rejection::NotAllowed)
        }
        other => panic!("nobody knows how to meet {other}"),
    }
}

#[test]
fn every_reason_to_say_no_is_met_by_name() {
    for &wanted in REJECTIONS {
        let (answer, expected) = meet(wanted);
        assert_eq!(rejection_name(&expected), wanted);
        answer.refused_with(expected);
    }
}

#[test]
fn every_refusal_of_admission_is_a_different_answer() {
    let names = [
        "BarFull",
        "BarPaused",
        "BarClosed",
        "CodeUsedUp",
        "CodeExpired",
        "CodeUnknown",
        "DailyLimit",
        "LiveOrderExists",
    ];
    let mut codes: Vec<_> = names.map(|name| meet(name).1.code()).into();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), names.len());
}

#[test]
fn when_to_try_again_is_told_where_it_is_known() {
    for &wanted in REJECTIONS {
        let (_, rejection) = meet(wanted);
        let expected = match wanted {
            "BarPaused" => Some(time("10:10:00")),
            "CodeUsedUp" => Some(time("10:05:00")),
            "DailyLimit" => Some(time("2026-11-22T04:00:00")),
            _ => None,
        };
        assert_eq!(rejection.retry_at(), expected, "{wanted}");
    }
}
