//! Not now, why, and what takes the guest further.

use domain::text;
use leptos::prelude::*;

use crate::guest::Guest;
use crate::refused::{Next, Refused};
use crate::words;

/// A refusal on a screen of its own.
pub(crate) fn refusal(guest: Guest, refused: Refused) -> AnyView {
    let language = guest.language;
    let code = refused.code;
    let remark = refused
        .remark
        .clone()
        .map(|remark| view! { <p class="refusal-remark">{remark}</p> }.into_any());
    let again = refused.retry_at.map(|at| {
        view! {
            <p class="again">
                <span class="muted">{words::again_in(language)}</span>
                <span class="number" data-testid="retry-at">
                    {move || text::clock(guest.seconds_to(at))}
                </span>
            </p>
        }
        .into_any()
    });
    view! {
        <main class="screen">
            <div class="body">
                <div class="refusal" data-testid="refusal" data-code=code.as_str()>
                    <span class="refusal-mark" data-code=code.as_str()></span>
                    <h1 tabindex="-1">{text::refusal_title(language, code)}</h1>
                    <p class="refusal-sentence">{refused.sentence(language)}</p>
                    {remark}
                    {again}
                </div>
            </div>
            <div class="foot">{next_step(guest, refused)}</div>
        </main>
    }
    .into_any()
}

/// What to do now: a button where this phone can do it.
fn next_step(guest: Guest, refused: Refused) -> AnyView {
    let language = guest.language;
    let why = text::refusal_next(language, refused.code);
    let action = match refused.next() {
        Next::Stay | Next::Nothing => "",
        Next::TypeCode => words::type_code_again(language),
        Next::FollowOrder => words::follow_order(language),
        Next::ChooseAgain => words::choose_again(language),
        Next::TryAgain => words::try_again(language),
    };
    let leads_back = refused.next() == Next::Nothing;
    let go_on = move |_| guest.go_on(&refused);
    if action.is_empty() {
        let back = leads_back.then(|| {
            view! {
                <button type="button" class="button" data-testid="back" on:click=go_on>
                    {words::back(language)}
                </button>
            }
            .into_any()
        });
        view! {
            <p class="next-hint" data-testid="refusal-next">{why}</p>
            {back}
        }
        .into_any()
    } else {
        view! {
            <button
                type="button"
                class="button primary next-step"
                data-testid="refusal-next"
                on:click=go_on
            >
                <span class="next-why">{why}</span>
                <span class="next-do">{action}</span>
            </button>
        }
        .into_any()
    }
}
