//! One order in a lane.

use domain::status::Party;
use domain::view::OrderView;
use domain::{Status, Step, text};
use leptos::prelude::*;
use ui::{Clock, CommandButton, language};

use crate::cancelling::Cancelling;
use crate::counter::Desk;
use crate::order_words::{age, counts_from, modifiers};
use crate::words;

/// The one next step, the step back, and whether it can still be called off.
const fn steps(status: Status) -> Option<(Step, &'static str, Option<Step>, bool)> {
    match status {
        Status::Placed => Some((Step::Claim, "primary", None, true)),
        Status::Making => Some((Step::Complete, "primary go", Some(Step::Release), true)),
        Status::Ready => Some((Step::Collect, "primary hand-over", Some(Step::Recall), false)),
        Status::Choosing | Status::Collected | Status::Cancelled | Status::Expired => None,
    }
}

/// A ticket: number, time and age on top, what to make in the middle, the next step at the bottom.
#[component]
pub(crate) fn Ticket(
    /// The order as it is; a newer version of it is another ticket.
    order: OrderView,
) -> impl IntoView {
    let language = language::current();
    let desk: Desk = expect_context();
    let clock: Clock = expect_context();
    let cancelling = Cancelling::here();
    let number = order.number.unwrap_or_default().to_string();
    let status = order.status;
    let timed = order.clone();
    let standing = Memo::new(move |_| age(&timed, clock.now()));
    let since = counts_from(&order);
    let elapsed = move || text::clock(clock.now().millis_since(since) / 1000);
    let waiting = (status == Status::Ready).then(|| words::waiting(language));
    let parts = order.clone();
    let modifiers = Memo::new(move |_| {
        desk.bar.view().with(|bar| {
            let menu = bar.as_ref().and_then(|bar| bar.menu.as_ref());
            modifiers(&parts, menu)
        })
    });
    let buttons = steps(status).map(|(forward, class, back, cancellable)| {
        let of = order.order.clone();
        let button = move |step, class| {
            view! {
                <CommandButton
                    order=of.clone()
                    status=status
                    step=step
                    party=Party::Staff
                    class=class
                    answered=desk.answered
                />
            }
        };
        let cancel = cancellable.then(|| {
            let order = order.clone();
            view! {
                <button
                    type="button"
                    class="button quiet ticket-cancel"
                    data-command=Step::Cancel.as_str()
                    on:click=move |_| cancelling.ask(&order)
                >
                    {text::step(language, Step::Cancel)}
                </button>
            }
        });
        (cancel, back.map(|back| button(back, "small")), button(forward, class))
    });
    let (cancel, back, forward) = match buttons {
        Some((cancel, back, forward)) => (cancel, back, Some(forward)),
        None => (None, None, None),
    };
    let maker =
        order.by.clone().map(|by| view! { <span class="maker" data-testid="maker">{by}</span> });
    let has_foot = back.is_some() || maker.is_some();
    view! {
        <article
            class="ticket card"
            data-testid=["ticket-", &number].concat()
            data-status=status.as_str()
            data-age=move || standing.get().as_str()
            aria-label=["#", &number].concat()
        >
            <header class="ticket-head">
                <span class="ticket-number number">{number.clone()}</span>
                <span class="ticket-time">
                    <span class="ticket-age">{move || text::age(language, standing.get())}</span>
                    <span class="ticket-elapsed number">
                        {waiting.map(|waiting| view! { <span class="ticket-waiting">{waiting}" "</span> })}
                        {elapsed}
                    </span>
                </span>
            </header>
            <div class="ticket-who">
                <span class="ticket-name">
                    {order.name.clone().unwrap_or_else(|| words::someone(language).to_owned())}
                </span>
                {cancel}
            </div>
            <p class="ticket-drink">{order.drink_name.clone()}</p>
            <ul class="ticket-options">
                <For each=move || modifiers.get() key=|modifier| modifier.name.clone() let:modifier>
                    <li class:stands-out=modifier.stands_out>{modifier.name}</li>
                </For>
            </ul>
            {has_foot.then_some(view! { <div class="ticket-foot">{maker}{back}</div> })}
            <div class="ticket-next">{forward}</div>
        </article>
    }
}
