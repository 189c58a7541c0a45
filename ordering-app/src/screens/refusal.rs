//! Not now, why, and what takes the guest further.

use domain::text;
use leptos::prelude::*;

use crate::guest::Guest;
use crate::refused::{Next, Refused};
use crate::words;

/// A refusal on a screen of its own.
#[component]
pub(crate) fn Refusal(refused: Refused) -> impl IntoView {
    let guest = Guest::here();
    let language = guest.language;
    let code = refused.code;
    let sentence = refused.sentence(language);
    let retry_at = refused.retry_at;
    let next = text::refusal_next(language, code);
    let action = match refused.next() {
        Next::Stay | Next::Nothing => None,
        Next::TypeCode => Some(words::type_code_again(language)),
        Next::FollowOrder => Some(words::follow_order(language)),
        Next::ChooseAgain => Some(words::choose_again(language)),
        Next::TryAgain => Some(words::try_again(language)),
    };
    let leads_back = refused.next() == Next::Nothing;
    let remark = refused.remark.clone();
    let go_on = move |_| guest.go_on(&refused);
    let back = go_on.clone();
    view! {
        <main class="screen">
            <div class="body">
                <div class="refusal" data-testid="refusal" data-code=code.as_str()>
                    <span class="refusal-mark" data-code=code.as_str() aria-hidden="true"></span>
                    <h1 tabindex="-1">{text::refusal_title(language, code)}</h1>
                    <p class="refusal-sentence">{sentence}</p>
                    {remark.map(|remark| view! { <p class="refusal-remark">{remark}</p> })}
                    {retry_at.map(|at| view! { <AgainIn at /> })}
                </div>
            </div>
            <div class="foot">
                {match action {
                    Some(action) => {
                        view! {
                            <button
                                type="button"
                                class="button primary next-step"
                                data-testid="refusal-next"
                                on:click=go_on
                            >
                                <span class="next-why">{next}</span>
                                <span>{action}</span>
                            </button>
                        }
                            .into_any()
                    }
                    None => {
                        view! { <p class="next-hint" data-testid="refusal-next">{next}</p> }
                            .into_any()
                    }
                }}
                {leads_back
                    .then(|| {
                        view! {
                            <button type="button" class="button" data-testid="back" on:click=back>
                                {words::back(language)}
                            </button>
                        }
                    })}
            </div>
        </main>
    }
}

/// Counts down to when it is worth trying again.
#[component]
fn AgainIn(at: domain::Timestamp) -> impl IntoView {
    let guest = Guest::here();
    let left = Memo::new(move |_| guest.seconds_to(at));
    move || {
        (left.get() > 0).then(|| {
            view! {
                <p class="again">
                    <span class="muted">{words::again_in(guest.language)}</span>
                    <strong class="number" data-testid="retry-at" role="timer">
                        {text::clock(left.get())}
                    </strong>
                </p>
            }
        })
    }
}
