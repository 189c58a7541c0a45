//! The journey of one order: every step, its time, and who may read who took it.

use domain::bar::Audience;
use domain::event::EndedBy;
use domain::journey::{Hops, JourneyStep, JourneyView, Milestone};
use domain::{Event, Status};

use crate::golden::Case;
use crate::golden_events;
use crate::scenario::{Scenario, order_id, time};

fn journey(bar: &Scenario, order: &str, audience: Audience) -> JourneyView {
    JourneyView::of(&order_id(order), &bar.log, &bar.names, audience, bar.now)
}

/// What staff read of it, a line for each step: `minute:second status side name, more`.
fn lines(bar: &Scenario, order: &str) -> Vec<String> {
    let steps = journey(bar, order, Audience::Staff).steps.into_iter().map(|step| {
        let clock = step.at.to_string();
        let side = serde_json::to_value(step.side).expect("a word");
        let stage = step.stage.map(|stage| stage.as_str().to_owned());
        let drink = step.drink.map(|drink| drink.drink_name);
        let said = [drink, step.by, step.reason, stage].into_iter().flatten();
        let said: Vec<_> = said.collect();
        let (side, status) = (side.as_str().unwrap_or_default(), step.status.as_str());
        format!("{} {status} {side} {}", &clock[14..19], said.join(", ")).trim_end().to_owned()
    });
    steps.collect()
}

fn placed() -> Scenario {
    let mut bar = Scenario::open_bar();
    bar.guest("eve").orders("tea");
    bar.later(5).guest("ada").redeems().succeeds();
    bar.later(20).guest("ada").places("latte").succeeds();
    bar
}

fn ready() -> Scenario {
    let mut bar = placed();
    bar.later(30).barista("bea").claims("ada").succeeds();
    bar.later(60).barista("bob").completes("ada").succeeds();
    bar
}

const PLACED: [&str; 2] = ["00:05 choosing customer", "00:25 placed customer Latte"];
const READY: [&str; 4] = [
    "00:05 choosing customer",
    "00:25 placed customer Latte",
    "00:55 making staff Bea",
    "01:55 ready staff Bob",
];

#[test]
fn every_step_is_told_in_its_order_and_by_its_side() {
    type Life = (&'static str, fn() -> Scenario, &'static [&'static str], &'static [&'static str]);
    let lives: [Life; 11] = [
        ("still in the queue", placed, &PLACED, &[]),
        (
            "a good order",
            || {
                let mut bar = ready();
                bar.later(9).guest("ada").collects("ada").succeeds();
                bar
            },
            &READY,
            &["02:04 collected customer"],
        ),
        (
            "changed, started, put back and cancelled by the bar",
            || {
                let mut bar = placed();
                bar.later(5).guest("ada").changes_to("mocha").succeeds();
                bar.later(5).barista("bea").claims("ada").succeeds();
                bar.later(5).barista("bob").releases("ada").succeeds();
                bar.later(5).organiser().cancels_because("ada", "sold-out").succeeds();
                bar
            },
            &PLACED,
            &[
                "00:30 placed customer Mocha",
                "00:35 making staff Bea",
                "00:40 placed staff Bob",
                "00:45 cancelled staff Olga, sold-out",
            ],
        ),
        (
            "not ready after all, and collected by the clock",
            || {
                let mut bar = ready();
                bar.later(5).barista("bob").recalls("ada").succeeds();
                bar.later(5).barista("bob").completes("ada").succeeds();
                bar.later(600).time_passes();
                bar
            },
            &READY,
            &["02:00 making staff Bob", "02:05 ready staff Bob", "12:05 collected system"],
        ),
        (
            "brought back",
            || {
                let mut bar = ready();
                bar.later(5).barista("bea").collects("ada").succeeds();
                bar.later(5).barista("bob").returns("ada").succeeds();
                bar
            },
            &READY,
            &["02:00 collected staff Bea", "02:05 ready staff Bob"],
        ),
        (
            "ready at one tap",
            || {
                let mut bar = placed();
                bar.later(35).barista("bea").completes("ada").succeeds();
                bar
            },
            &PLACED,
            &["01:00 ready staff Bea"],
        ),
        (
            "called off in the queue by its guest",
            || {
                let mut bar = placed();
                bar.later(5).guest("ada").cancels_because("ada", "changed-mind").succeeds();
                bar
            },
            &PLACED,
            &["00:30 cancelled customer changed-mind"],
        ),
        (
            "called off while choosing",
            || {
                let mut bar = Scenario::open_bar();
                bar.later(5).guest("ada").redeems().succeeds();
                bar.later(5).guest("ada").cancels("ada").succeeds();
                bar
            },
            &PLACED[..1],
            &["00:10 cancelled customer"],
        ),
        (
            "run out while choosing",
            || {
                let mut bar = Scenario::open_bar();
                bar.later(5).guest("ada").redeems().succeeds();
                bar.later(300).time_passes();
                bar
            },
            &PLACED[..1],
            &["05:05 expired system choosing"],
        ),
        (
            "run out in the queue",
            || {
                let mut bar = placed();
                bar.later(1800).time_passes();
                bar
            },
            &PLACED,
            &["30:25 expired system placed"],
        ),
        (
            "a walk-up",
            || {
                let mut bar = Scenario::open_bar();
                bar.guest("eve").orders("tea");
                bar.later(5).barista("bea").takes("ada", "filter").succeeds();
                bar
            },
            &[],
            &["00:05 placed staff Filter, Bea"],
        ),
    ];
    for (life, live, begin, end) in lives {
        let bar = live();
        assert_eq!(lines(&bar, "ada"), [begin, end].concat(), "{life}");
        let steps = journey(&bar, "ada", Audience::Guest).steps;
        assert!(steps.iter().all(|step| step.by.is_none()), "{life}: guests are told no names");
        let last = steps.last().map(|step| (step.seq, step.status));
        let order = bar.view_of("ada");
        assert_eq!(last, Some((order.version, order.status)), "{life}");
    }
}

#[test]
fn the_number_and_the_promise_are_those_of_the_order() {
    let bar = placed();
    let order = bar.view_of("ada");
    let told = journey(&bar, "ada", Audience::Guest);
    assert_eq!((told.number, told.promised_at), (order.number, order.promised_at));
    assert_eq!((told.order, told.bar, told.now), (order.order, order.bar, time("10:00:25")));
}

#[test]
fn of_an_order_nobody_knows_there_is_nothing_to_tell() {
    assert_eq!(journey(&placed(), "zoe", Audience::Staff).steps, []);
}

#[test]
fn a_milestone_is_called_as_its_event() {
    let mut milestones = 0;
    for event in golden_events::all_events() {
        let milestone = Milestone::of(&event);
        assert_eq!(milestone.is_some(), event.order().is_some(), "{}", event.name());
        if let Some(milestone) = milestone {
            let name = serde_json::to_value(milestone).expect("a name");
            assert_eq!(name, Event::name(&event));
            milestones += 1;
        }
    }
    assert!(milestones >= 11, "every one of them");
}

#[test]
fn of_two_times_the_first_counts() {
    let first = Hops { live: Some(80), ..Hops::default() };
    let later = Hops { live: Some(900), bus: Some(120), ..Hops::default() };
    assert_eq!(first.or(later), Hops { live: Some(80), bus: Some(120), ..Hops::default() });
}

/// Every field, as it goes over the wire.
pub(crate) fn case() -> Case {
    let placed = JourneyStep {
        seq: 16,
        index: 0,
        at: time("10:00:00.250"),
        milestone: Milestone::OrderPlaced,
        status: Status::Placed,
        side: EndedBy::Staff,
        by: Some("Bea".to_owned()),
        reason: None,
        stage: None,
        drink: Some(golden_events::drink()),
        hops: Some(Hops {
            log: Some(31),
            relay: Some(44),
            live: Some(68),
            bus: Some(75),
            history: Some(59),
        }),
    };
    let over = |seq, milestone: Milestone| JourneyStep {
        seq,
        at: time("10:30:00.250"),
        milestone,
        status: milestone.status(),
        drink: None,
        hops: None,
        ..placed.clone()
    };
    let cancelled =
        JourneyStep { reason: Some("sold-out".to_owned()), ..over(17, Milestone::OrderCancelled) };
    let expired = JourneyStep {
        side: EndedBy::System,
        by: None,
        stage: Some(Status::Placed),
        ..over(18, Milestone::OrderExpired)
    };
    let journey = JourneyView {
        order: golden_events::order(),
        bar: golden_events::bar(),
        number: Some(42),
        promised_at: Some(time("10:03:15.250")),
        steps: vec![placed.clone(), cancelled, expired],
        now: time("10:30:00.300"),
    };
    Case::of("journey_view", journey)
}
