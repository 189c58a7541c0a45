//! Pairing a display: an address to open on it, as a code to scan and as characters to type.

use domain::address::is_loopback;
use domain::api::{AppConfig, LINK_FRAGMENT};
use domain::{Timestamp, Username, spelling, text};
use leptos::prelude::*;
use ui::{Api, Clock, language, qr};

use crate::form::Form;
use crate::kept::kept;
use crate::words;

/// Seconds a link is good for (contract).
const LINK_SECONDS: u32 = 15 * 60;

/// A link that was handed out.
#[derive(Clone, PartialEq)]
struct Given {
    link: String,
    until: Timestamp,
}

/// What a display needs to sign in once, and how long it is good for.
#[component]
pub(crate) fn Pairing(
    /// The account of the display.
    username: Username,
) -> impl IntoView {
    let language = language::current_untracked();
    let (api, clock): (Api, Clock) = (expect_context(), expect_context());
    let config: AppConfig = expect_context();
    let form = Form::provide();
    let given = kept(["link-", username.as_str()].concat(), || None::<Given>);
    let ask = move || {
        let username = username.clone();
        let request = async move { api.staff_link(&username).await };
        form.send(request, move |link| {
            let until = clock.now_untracked().plus_seconds(LINK_SECONDS);
            given.try_set(Some(Given { link: link.link, until }));
        });
    };
    if given.with_untracked(Option::is_none) {
        ask();
    }
    let display_url = display_url(&config.order_url);
    let only_here = is_loopback(&display_url).then(
        || view! { <p class="concern" data-testid="only-here">{words::only_here(language)}</p> },
    );
    let left = move || {
        let until = given.with(|given| given.as_ref().map(|given| given.until));
        until.map_or(0, |until| until.millis_since(clock.now()).div_ceil(1000))
    };
    let is_over = Memo::new(move |_| given.with(Option::is_some) && left() == 0);
    let shown = move || {
        let given = given.get()?;
        if is_over.get() {
            let words = words::link_over(language);
            return Some(view! { <p data-testid="link-over">{words}</p> }.into_any());
        }
        let url = [&display_url, LINK_FRAGMENT, &given.link].concat();
        let drawn = qr::svg(&url, words::pairing_qr(language));
        let steps = words::pairing_steps(language);
        Some(
            view! {
                <span class="qr-place" inner_html=drawn></span>
                <div class="pairing-steps">
                    <p>{steps.0}</p>
                    <p>{steps.1} " " <strong class="address">{display_url.clone()}</strong></p>
                    <p>{steps.2}</p>
                    <p class="short-code number" data-testid="link-code">
                        {spelling::in_groups(&given.link)}
                    </p>
                    <p class="hint">
                        {words::good_for(language)} " "
                        <span class="number" data-testid="link-left">
                            {move || text::clock(left())}
                        </span>
                    </p>
                </div>
            }
            .into_any(),
        )
    };
    view! {
        <div class="pairing" data-testid="pairing">
            {only_here}
            {shown}
            <button
                type="button"
                class="button"
                data-testid="new-link"
                disabled=move || form.is_busy()
                on:click=move |_| ask()
            >
                {words::new_link(language)}
            </button>
        </div>
    }
}

/// Where displays are opened: beside the ordering app, as phones reach it.
fn display_url(order_url: &str) -> String {
    let root = order_url.trim_end_matches('/').rsplit_once('/').map_or(order_url, |(root, _)| root);
    [root, "/display/"].concat()
}

#[cfg(test)]
mod tests {
    #[test]
    fn displays_are_beside_the_ordering_app() {
        assert_eq!(super::display_url("http://a:8080/order/"), "http://a:8080/display/");
    }
}
