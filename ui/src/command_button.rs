//! The button for one step with one order.

use domain::status::{Party, Transition, transition};
use domain::text::{self, Details};
use domain::{Code, Status, Step};

use crate::element::{Element, button};
use crate::language;

/// A button that takes a step with an order which is at `status`, in the name of `party`. The
/// transition table, asked as advice, lets it be pressed or says why not; the server decides.
pub fn command_button(
    class: &'static str,
    party: Party,
    step: Step,
    status: Status,
    press: impl FnMut() + 'static,
) -> Element {
    let button = button(class, press)
        .attr("data-command", step.as_str())
        .text(text::step(language::current(), step));
    match why_not(party, step, status) {
        Some(why) => button.attr("disabled", "").attr("title", why),
        None => button,
    }
}

/// Why the step is not possible now; none when it is.
fn why_not(party: Party, step: Step, from: Status) -> Option<String> {
    let code = match transition(party, step, from) {
        Transition::To(_) => return None,
        Transition::WrongStatus => Code::WrongStatus,
        Transition::Taken => Code::Taken,
        Transition::NotAllowed => Code::NotAllowed,
    };
    let details = Details { order_status: Some(from), ..Details::default() };
    Some(text::refusal(language::current(), code, details))
}
