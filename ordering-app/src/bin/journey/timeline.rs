//! The steps, one below the other, and what is still to come.

use domain::event::EndedBy;
use domain::journey::{JourneyStep, JourneyView, Milestone};
use domain::text::{self, Language};
use domain::view::BarView;
use domain::{Status, Timestamp};
use ui::clock::time_in;
use ui::element::{Element, div, element, p, span};

use crate::followed::{Followed, status};
use crate::hops::hops;
use crate::reader::Reader;
use crate::words;

/// The good way of an order, as far as it is still ahead of one in this status.
fn ahead(status: Option<Status>) -> impl Iterator<Item = Status> {
    let way = [Status::Placed, Status::Making, Status::Ready, Status::Collected];
    let now = status.filter(|status| status.is_live());
    way.into_iter().filter(move |step| now.is_some_and(|now| now < *step))
}

/// Every step.
pub(crate) fn timeline(
    followed: Followed,
    journey: &JourneyView,
    bar: &BarView,
    language: Language,
) -> Element {
    let until = journey.steps.iter().skip(1).map(|step| Some(step.at)).chain([None]);
    let steps = journey.steps.iter().zip(until);
    let steps = steps.map(|(step, until)| shown(followed, step, until, bar, language));
    let ahead = ahead(status(journey)).map(|status| {
        element("LI", "step ahead")
            .attr("data-status", status.as_str())
            .child(mark())
            .child(p("step-name").text(text::status(language, status)))
    });
    let list = element("OL", "steps").testid("steps").children(steps).children(ahead);
    element("SECTION", "timeline")
        .attr("aria-labelledby", "every-step")
        .child(element("H2", "").attr("id", "every-step").text(words::every_step(language)))
        .child(list)
}

fn shown(
    followed: Followed,
    step: &JourneyStep,
    until: Option<Timestamp>,
    bar: &BarView,
    language: Language,
) -> Element {
    let time = element("TIME", "step-at number")
        .attr("datetime", step.at.to_string())
        .text(time_in(step.at, &bar.time_zone, language));
    let head = div("step-head")
        .child(p("step-name").text(words::milestone(language, step.milestone)))
        .child(time);
    let drink = step.drink.as_ref().map(|drink| {
        let mut names = vec![drink.drink_name.as_str()];
        names.extend(drink.option_names.iter().map(String::as_str));
        p("step-what").text(names.join(" · "))
    });
    let body = div("step-body")
        .child(head)
        .child(p("step-who muted").text(who(followed.reader, step, language)))
        .children(drink)
        .children(note(step, language).map(|note| p("step-note").text(note)))
        .children(lasted(followed, step, until))
        .children(step.hops.as_ref().and_then(|times| hops(language, times)));
    element("LI", "step")
        .testid(["step-", step.status.as_str()].concat())
        .attr("data-status", step.status.as_str())
        .live_attr("data-latest", move || until.is_none().then(String::new))
        .child(mark())
        .child(body)
}

/// The place of a step on the line: shape and colour are its status's.
fn mark() -> Element {
    span("mark").attr("aria-hidden", "true")
}

/// Who took it.
fn who(reader: Reader, step: &JourneyStep, language: Language) -> String {
    let who = match (&step.by, step.side, reader) {
        (Some(name), _, _) => return [words::by(language), " ", name].concat(),
        (None, EndedBy::Customer, Reader::Guest) => words::by_you(language),
        (None, EndedBy::Customer, Reader::Staff) => words::by_guest(language),
        (None, EndedBy::Staff, Reader::Guest | Reader::Staff) => words::by_bar(language),
        (None, EndedBy::System, Reader::Guest | Reader::Staff) => words::by_clock(language),
    };
    who.to_owned()
}

/// Why it ended so.
fn note(step: &JourneyStep, language: Language) -> Option<String> {
    if step.milestone == Milestone::OrderExpired {
        return Some(text::expired(language, step.stage).to_owned());
    }
    let reason = step.reason.as_deref()?;
    Some(text::reason(language, reason).to_owned())
}

/// How long it stayed so: until the next step, or until now while it goes on.
fn lasted(followed: Followed, step: &JourneyStep, until: Option<Timestamp>) -> Option<Element> {
    if until.is_none() && !step.status.is_live() {
        return None;
    }
    let (since, clock) = (step.at, followed.clock);
    let seconds = move || until.unwrap_or_else(|| clock.now()).millis_since(since) / 1000;
    Some(p("lasted number").live_text(move || text::duration(seconds())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ahead_is_the_good_way_and_nothing_once_it_has_ended() {
        use Status::{Cancelled, Choosing, Collected, Expired, Making, Placed, Ready};
        let cases: [(Option<Status>, &[Status]); 8] = [
            (None, &[]),
            (Some(Choosing), &[Placed, Making, Ready, Collected]),
            (Some(Placed), &[Making, Ready, Collected]),
            (Some(Making), &[Ready, Collected]),
            (Some(Ready), &[Collected]),
            (Some(Collected), &[]),
            (Some(Cancelled), &[]),
            (Some(Expired), &[]),
        ];
        for (status, expected) in cases {
            assert_eq!(ahead(status).collect::<Vec<_>>(), expected, "{status:?}");
        }
    }
}
