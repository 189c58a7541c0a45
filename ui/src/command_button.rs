//! The button for one step with one order.

use domain::api::OrderRequest;
use domain::status::{Party, Transition, transition};
use domain::text::{self, Details};
use domain::view::OrderView;
use domain::{Code, OrderId, Status, Step};
use leptos::prelude::*;

use crate::fault::Fault;
use crate::language;
use crate::outbox::Outbox;

/// A button that takes a step with an order. The transition table, asked as advice, enables it or
/// says why not; the server decides. While the command is in flight the button is disabled; then
/// the screen shows the truth.
#[component]
pub fn CommandButton(
    /// Which order.
    order: OrderId,
    /// Where it is.
    #[prop(into)]
    status: Signal<Status>,
    /// The step to take.
    step: Step,
    /// What the person is to the order.
    party: Party,
    /// Classes beside `button`.
    #[prop(optional)]
    class: &'static str,
    /// The test id, where the screen's list of them names this button.
    #[prop(optional)]
    testid: Option<&'static str>,
    /// Words other than the step's own.
    #[prop(optional)]
    label: Option<&'static str>,
    /// What is sent, where it is more than the step's name.
    #[prop(optional)]
    request: Option<OrderRequest>,
    /// Hears the order as it then is, or why not: then the screen should fetch the truth.
    answered: Callback<Result<OrderView, Fault>>,
) -> impl IntoView {
    let language = language::current();
    let outbox = Outbox::here();
    let request = request.or_else(|| OrderRequest::plain(step));
    let advice = move || why_not(party, step, status.get());
    let press = move |_| {
        if let Some(request) = request.clone() {
            outbox.order(order.clone(), request, answered);
        }
    };
    view! {
        <button
            type="button"
            class=["button ", class].concat()
            data-testid=testid
            data-command=step.as_str()
            disabled=move || outbox.is_busy() || advice().is_some()
            aria-busy=move || outbox.is_busy().then_some("true")
            title=advice
            on:click=press
        >
            {label.unwrap_or(text::step(language, step))}
        </button>
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
