//! How long it took, against what was promised.

use domain::journey::{JourneyView, Milestone};
use domain::text::{self, Language};
use domain::{Status, Timestamp};
use leptos::prelude::*;
use ui::element::{Element, div, live, p, span};

use crate::followed::{Followed, status};
use crate::words;

/// An order in the queue until it was ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wait {
    placed: Timestamp,
    /// When it was ready, or came to another end; none as long as somebody waits.
    over: Option<Timestamp>,
    /// Whether it was ready then.
    is_ready: bool,
    promised: Option<Timestamp>,
}

/// None before a drink is in the queue.
fn wait(journey: &JourneyView) -> Option<Wait> {
    let placed = journey.steps.iter().find(|step| step.milestone == Milestone::OrderPlaced)?.at;
    let last_ready = journey.steps.iter().rev().find_map(|step| match step.milestone {
        Milestone::OrderCompleted => Some(Some(step.at)),
        // What was ready before was not.
        Milestone::OrderRecalled => Some(None),
        Milestone::CodeRedeemed
        | Milestone::OrderPlaced
        | Milestone::OrderChanged
        | Milestone::OrderClaimed
        | Milestone::OrderReleased
        | Milestone::OrderCollected
        | Milestone::OrderReturned
        | Milestone::OrderCancelled
        | Milestone::OrderExpired => None,
    });
    let ready = last_ready.flatten();
    let ended = journey.steps.last().filter(|step| match step.status {
        Status::Collected | Status::Cancelled | Status::Expired => true,
        Status::Choosing | Status::Placed | Status::Making | Status::Ready => false,
    });
    let over = ready.or(ended.map(|step| step.at));
    Some(Wait { placed, over, is_ready: ready.is_some(), promised: journey.promised_at })
}

/// The time it took, or takes; none before a drink is in the queue.
pub(crate) fn summary(
    followed: Followed,
    journey: &JourneyView,
    language: Language,
) -> Option<Element> {
    let wait = wait(journey)?;
    let clock = followed.clock;
    let seconds = move |until: Timestamp| until.millis_since(wait.placed) / 1000;
    let so_far = move || seconds(wait.over.unwrap_or_else(|| clock.now()));
    let title = match (wait.is_ready, wait.over) {
        (true, _) => words::until_ready(language),
        (false, Some(_)) => words::until_over(language),
        (false, None) => words::so_far(language),
    };
    let took = p("took number")
        .testid("took")
        .live_attr("data-seconds", move || Some(so_far().to_string()))
        .live_text(move || text::duration(so_far()));
    let promise = wait.promised.map(|promised| {
        let promised_seconds = seconds(promised);
        let said = [words::promised(language), " ", &text::duration(promised_seconds)];
        let against = wait.over.filter(|_| wait.is_ready).map(|ready| {
            let (words, gap) = if ready <= promised {
                (words::sooner(language), promised.millis_since(ready))
            } else {
                (words::later(language), ready.millis_since(promised))
            };
            let late = ready > promised;
            span("against")
                .attr("data-late", late.to_string())
                .text([&text::duration(gap / 1000), " ", words].concat())
        });
        div("promise")
            .child(live(move || gauge(so_far(), promised_seconds)))
            .child(p("promise-words").child(span("muted").text(said.concat())).children(against))
    });
    let is_over = status(journey).is_none_or(|status| !status.is_in_progress());
    Some(
        div("summary")
            .attr("data-over", is_over.to_string())
            .child(p("muted").text(title))
            .child(took)
            .children(promise),
    )
}

/// The time taken as a bar, and where on it the promise was.
fn gauge(taken: u64, promised: u64) -> AnyView {
    let whole = taken.max(promised).max(1);
    let percent = |seconds: u64| seconds * 1000 / whole;
    let (taken_to, promised_at) = (percent(taken), percent(promised));
    let kept = percent(taken.min(promised));
    div("gauge")
        .attr("aria-hidden", "true")
        .inner_html(format!(
            "<svg viewBox='0 0 1000 10' preserveAspectRatio='none'>\
             <rect class='gauge-late' width='{taken_to}' height='10'/>\
             <rect class='gauge-taken' width='{kept}' height='10'/>\
             <rect class='gauge-promise' x='{}' width='6' height='10'/></svg>",
            promised_at.min(994)
        ))
        .done()
}

#[cfg(test)]
mod tests {
    use domain::event::EndedBy;
    use domain::journey::JourneyStep;

    use super::*;

    fn journey(steps: &[(Milestone, i64)]) -> JourneyView {
        let step = |(milestone, at): &(Milestone, i64)| JourneyStep {
            seq: 1,
            index: 0,
            at: Timestamp::from_seconds(*at),
            milestone: *milestone,
            status: milestone.status(),
            side: EndedBy::Staff,
            by: None,
            reason: None,
            stage: None,
            drink: None,
            hops: None,
        };
        JourneyView {
            order: "espresso.7K3MA9XQ".parse().expect("an order"),
            bar: "espresso".parse().expect("a slug"),
            number: None,
            promised_at: None,
            steps: steps.iter().map(step).collect(),
            now: Timestamp::default(),
        }
    }

    #[test]
    fn a_wait_is_over_when_the_drink_is_ready_for_good_or_the_order_ends() {
        use Milestone::*;
        type Over = Option<(Option<i64>, bool)>;
        let cases: [(&[(Milestone, i64)], Over); 7] = [
            (&[(CodeRedeemed, 1)], None),
            (&[(CodeRedeemed, 1), (OrderPlaced, 5)], Some((None, false))),
            (&[(OrderPlaced, 5), (OrderClaimed, 9)], Some((None, false))),
            (&[(OrderPlaced, 5), (OrderCompleted, 9)], Some((Some(9), true))),
            (&[(OrderPlaced, 5), (OrderCompleted, 9), (OrderRecalled, 11)], Some((None, false))),
            (
                &[(OrderPlaced, 5), (OrderCompleted, 9), (OrderCollected, 11), (OrderReturned, 12)],
                Some((Some(9), true)),
            ),
            (&[(OrderPlaced, 5), (OrderCancelled, 7)], Some((Some(7), false))),
        ];
        for (steps, expected) in cases {
            let found = wait(&journey(steps));
            let found = found.map(|wait| (wait.over.map(Timestamp::seconds), wait.is_ready));
            assert_eq!(found, expected, "{steps:?}");
        }
    }
}
