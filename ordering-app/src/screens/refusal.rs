//! Not now, why, and what takes the guest further.

use domain::text;
use leptos::prelude::*;
use ui::element::{button, div, p, span};

use super::parts::{heading, screen};
use crate::guest::Guest;
use crate::refused::{Next, Refused};
use crate::words;

/// A refusal on a screen of its own.
pub(crate) fn refusal(guest: Guest, refused: Refused) -> AnyView {
    let language = guest.language();
    let code = refused.code;
    let remark = refused.remark.clone().map(|remark| p("refusal-remark").text(remark));
    let again = refused.retry_at.map(|at| {
        let clock =
            span("number").testid("retry-at").live_text(move || text::clock(guest.seconds_to(at)));
        p("again").child(span("muted").text(words::again_in(language))).child(clock)
    });
    let said = div("refusal")
        .testid("refusal")
        .attr("data-code", code.as_str())
        .child(span("refusal-mark").attr("data-code", code.as_str()))
        .child(heading(text::refusal_title(language, code)))
        .child(p("refusal-sentence").text(refused.sentence(language)))
        .children(remark)
        .children(again);
    screen()
        .child(div("body").child(said))
        .child(div("foot").children(next_step(guest, refused)))
        .done()
}

/// What to do now: a button where this phone can do it.
fn next_step(guest: Guest, refused: Refused) -> Vec<AnyView> {
    let language = guest.language();
    let why = text::refusal_next(language, refused.code);
    let hint = || p("next-hint").testid("refusal-next").text(why).done();
    let action = match refused.next() {
        Next::Stay => return vec![hint()],
        Next::Nothing => {
            let back = button("button", move || guest.go_on(&refused))
                .testid("back")
                .text(words::back(language));
            return vec![hint(), back.done()];
        }
        Next::TypeCode => words::type_code_again(language),
        Next::FollowOrder => words::follow_order(language),
        Next::ChooseAgain => words::choose_again(language),
        Next::TryAgain => words::try_again(language),
    };
    let step = button("button primary next-step", move || guest.go_on(&refused))
        .testid("refusal-next")
        .child(span("next-why").text(why))
        .child(span("next-do").text(action));
    vec![step.done()]
}
