//! How to order: the code to scan, or why there is none and until when.

use domain::text::{self, Details};
use domain::view::{CodeView, Refusal};
use domain::{Code, Timestamp, spelling};
use leptos::prelude::*;
use ui::language;

use crate::qr::Qr;
use crate::updates::Views;
use crate::{short, words};

/// The left side of the screen.
#[component]
pub(crate) fn Invitation() -> impl IntoView {
    let views = Views::here();
    let code = views.code.view();
    let refusal = Memo::new(move |_| {
        code.with(|code| code.as_ref().map(|code| (!code.accepting).then(|| reason(code))))
    });
    view! {
        <section class="invitation" aria-live="polite">
            {move || match refusal.get() {
                None => ().into_any(),
                Some(None) => view! { <Scan /> }.into_any(),
                Some(Some(refusal)) => view! { <NoOrders refusal /> }.into_any(),
            }}
        </section>
    }
}

fn reason(code: &CodeView) -> Refusal {
    // The contract sends one whenever orders are not accepted.
    code.refusal.unwrap_or(Refusal { code: Code::BarClosed, retry_at: None })
}

/// The code, its address, what is left of it.
#[component]
fn Scan() -> impl IntoView {
    let views = Views::here();
    let language = language::current();
    let code = views.code.view();
    let text_of = move |read: fn(&CodeView) -> String| {
        Memo::new(move |_| code.with(|code| code.as_ref().map(read)).unwrap_or_default())
    };
    let url = text_of(|code| code.url.clone());
    let typed = text_of(|code| spelling::in_groups(&code.code));
    let left = Memo::new(move |_| {
        code.with(|code| code.as_ref().map(|code| code.uses_left)).unwrap_or_default()
    });
    let closes_at = Memo::new(move |_| {
        code.with(|code| code.as_ref().map(|code| code.closes_at)).unwrap_or_default()
    });
    view! {
        <h1>{words::scan(language)}</h1>
        {move || view! { <Qr url=url.get() label=words::qr(language) /> }}
        <p class="address">{move || url.with(|url| breakable(short::address(url)))}</p>
        {move || {
            url.with(|url| short::is_loopback(url))
                .then(|| view! { <p class="only-here">{words::only_here(language)}</p> })
        }}
        <p class="short-code number" data-testid="short-code">{move || typed.get()}</p>
        <p class="what-is-left">
            <span>
                <b class="number" data-testid="uses-left">{move || left.get()}</b> " "
                {move || {
                    if left.get() == 1 {
                        words::drink_left(language)
                    } else {
                        words::drinks_left(language)
                    }
                }}
            </span>
            <span>
                {words::new_code_in(language)} " "
                <b class="number" data-testid="closes-in">
                    {move || countdown(views, closes_at.get())}
                </b>
            </span>
        </p>
    }
}

/// An address that is broken after its slashes, where it has to be.
fn breakable(address: &str) -> impl IntoView + use<> {
    let parts = address.split_inclusive('/');
    parts.map(|part| view! { {part.to_owned()} <wbr /> }).collect_view()
}

fn countdown(views: Views, at: Timestamp) -> String {
    text::clock(at.millis_since(views.clock.now()).div_ceil(1000))
}

/// Why nobody can order now.
#[component]
fn NoOrders(refusal: Refusal) -> impl IntoView {
    let views = Views::here();
    let language = language::current();
    let Refusal { code, retry_at } = refusal;
    let remark = Memo::new(move |_| {
        views.bar.view().with(|bar| bar.as_ref().and_then(|bar| bar.reason.clone()))
    });
    let until = if code == Code::CodeUsedUp {
        words::next_code_in(language)
    } else {
        words::again_in(language)
    };
    let is_ahead = move |at: Timestamp| at > views.clock.now();
    view! {
        <div class="no-orders" data-testid="no-orders" data-code=code.as_str()>
            <span class="no-orders-mark" data-code=code.as_str() aria-hidden="true"></span>
            <h1>{text::refusal_title(language, code)}</h1>
            <p>{text::refusal(language, code, Details::default())}</p>
            {move || {
                remark
                    .get()
                    .filter(|_| code == Code::BarPaused)
                    .map(|remark| view! { <p class="remark">{remark}</p> })
            }}
            {move || match retry_at.filter(|at| is_ahead(*at)) {
                Some(at) => {
                    view! {
                        <p class="until">
                            {until} <b class="number">{countdown(views, at)}</b>
                        </p>
                    }
                        .into_any()
                }
                None => {
                    let next = text::refusal_next(language, code);
                    view! { <p class="until">{next}</p> }.into_any()
                }
            }}
        </div>
    }
}
