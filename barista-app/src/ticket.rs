//! One order in a lane.

use domain::status::Party;
use domain::view::OrderView;
use domain::{Status, Step, Timestamp, text};
use leptos::prelude::*;
use ui::{Api, Clock, CommandButton, language};

use crate::cancelling::Cancelling;
use crate::counter::Desk;
use crate::order_words::{Modifier, Promise, modifiers};
use crate::words;

/// What can be done with an order where it is.
struct Steps {
    forward: Step,
    /// The look of the button forward.
    look: &'static str,
    back: Option<Step>,
    cancellable: bool,
}

const fn steps(status: Status) -> Option<Steps> {
    let (forward, look, back, cancellable) = match status {
        Status::Placed => (Step::Claim, "primary", None, true),
        Status::Making => (Step::Complete, "primary go", Some(Step::Release), true),
        Status::Ready => (Step::Collect, "primary hand-over", Some(Step::Recall), false),
        Status::Choosing | Status::Collected | Status::Cancelled | Status::Expired => return None,
    };
    Some(Steps { forward, look, back, cancellable })
}

/// A ticket: number, time and age on top, what to make in the middle, the next step at the bottom;
/// the step back is apart from it, and cancelling at the other end.
#[component]
pub(crate) fn Ticket(
    /// The order as it is; a newer version of it is another ticket.
    order: OrderView,
) -> impl IntoView {
    let language = language::current();
    let clock: Clock = expect_context();
    let number = order.number.unwrap_or_default().to_string();
    let status = order.status;
    let steps = steps(status);
    let promise = Promise::of(&order);
    let standing = move || promise.age(clock.now());
    let button = |step, look| view! { <StepButton order=order.clone() step=step look=look /> };
    let back = steps.as_ref().and_then(|steps| steps.back).map(|step| button(step, "small"));
    let forward = steps.as_ref().map(|steps| button(steps.forward, steps.look));
    let cancel = steps
        .is_some_and(|steps| steps.cancellable)
        .then(|| view! { <Cancel order=order.clone() /> });
    let maker = order.by.clone().map(|by| view! { <Maker name=by /> });
    let foot = (maker.is_some() || back.is_some())
        .then(|| view! { <div class="ticket-foot">{maker}{back}</div> });
    let testid = ["ticket-", &number].concat();
    let spoken = ["#", &number].concat();
    let unnamed = order.name.is_none();
    let name = order.name.clone();
    let name = name.unwrap_or_else(|| words::someone(language).to_owned());
    view! {
        <article
            class="ticket card"
            data-testid=testid
            data-status=status.as_str()
            data-age=move || standing().as_str()
            aria-label=spoken
        >
            <header class="ticket-head">
                <span class="ticket-number number">{number}</span>
                <span class="ticket-time">
                    <span class="ticket-age">
                        {move || match status {
                            Status::Ready => words::waiting(language),
                            Status::Placed
                            | Status::Making
                            | Status::Choosing
                            | Status::Collected
                            | Status::Cancelled
                            | Status::Expired => text::age(language, standing()),
                        }}
                    </span>
                    <Elapsed since=promise.counts_from() />
                </span>
            </header>
            <div class="ticket-who">
                <span class="ticket-name" class:unnamed=unnamed>
                    {name}
                </span>
                {cancel}
            </div>
            <p class="ticket-drink">{order.drink_name.clone()}</p>
            <Options order=order.clone() />
            {foot}
            <div class="ticket-next">{forward}</div>
        </article>
    }
}

/// Who has it; one's own name looks different.
#[component]
fn Maker(name: String) -> impl IntoView {
    let api: Api = expect_context();
    let me = api.session().get_untracked().and_then(|session| session.actor.name);
    let mine = me.is_some_and(|me| me == name);
    let initial = name.chars().next().map(String::from);
    view! {
        <span class="maker" class:mine=mine data-testid="maker" data-initial=initial>
            {name}
        </span>
    }
}

#[component]
fn Elapsed(since: Timestamp) -> impl IntoView {
    let clock: Clock = expect_context();
    let elapsed = move || text::clock(clock.now().millis_since(since) / 1000);
    view! { <span class="ticket-elapsed number">{elapsed}</span> }
}

#[component]
fn Options(order: OrderView) -> impl IntoView {
    let desk: Desk = expect_context();
    let item = |modifier: Modifier| {
        view! { <li class:stands-out=modifier.stands_out>{modifier.name}</li> }
    };
    // The menu may come after the order.
    let items = move || {
        let modifiers = desk.bar.view().with(|bar| {
            let menu = bar.as_ref().and_then(|bar| bar.menu.as_ref());
            modifiers(&order, menu)
        });
        modifiers.into_iter().map(item).collect_view()
    };
    view! { <ul class="ticket-options">{items}</ul> }
}

#[component]
fn StepButton(order: OrderView, step: Step, look: &'static str) -> impl IntoView {
    let desk: Desk = expect_context();
    view! {
        <CommandButton
            order=order.order
            status=order.status
            step=step
            party=Party::Staff
            class=look
            answered=desk.answered
        />
    }
}

#[component]
fn Cancel(order: OrderView) -> impl IntoView {
    let cancelling = Cancelling::here();
    view! {
        <button
            type="button"
            class="button quiet ticket-cancel"
            data-command=Step::Cancel.as_str()
            on:click=move |_| cancelling.ask(&order)
        >
            {text::step(language::current(), Step::Cancel)}
        </button>
    }
}
