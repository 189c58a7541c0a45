//! Pairing the screen with a bar: by opening a one-time link, or by typing it.

use std::time::Duration;

use domain::Code;
use domain::api::{LINK_FRAGMENT, Link, Session};
use domain::text::Language;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::awake::can_stay_awake;
use ui::element::{Element, div, element, p};
use ui::sleep::sleep_about;
use ui::{Api, Clock, Fault, Notices, address, language, language_switch, notice};

use crate::app::plain;
use crate::sign_in::sign_in;
use crate::words;

/// Takes the link of the address, if there is one, whenever one is opened here. True while it is
/// being exchanged.
pub(crate) fn by_address() -> RwSignal<bool> {
    let (api, clock): (Api, Clock) = (expect_context(), expect_context());
    let notices = Notices::here();
    let is_busy = RwSignal::new(false);
    let look = move || {
        let Some(link) = address::take_link() else {
            return;
        };
        is_busy.set(true);
        spawn_local(async move {
            let link = Link { link };
            let answer = loop {
                match api.link_session(&link).await {
                    Err(fault) if fault.may_pass() => {
                        sleep_about(Duration::from_secs(1), Duration::from_secs(1)).await;
                    }
                    answer => break answer,
                }
            };
            // A screen that is paired already, and always starts with the same address, stays so.
            if answer.is_ok() || api.session().token().is_none() {
                settle(api, clock, notices, answer);
            }
            is_busy.try_set(false);
        });
    };
    look();
    // Opened in a window that shows this page already, a link changes nothing but the address.
    let opened = window_event_listener_untyped("hashchange", move |_| look());
    on_cleanup(move || opened.remove());
    is_busy
}

/// Keeps a session that may see the board; says why there is none.
pub(crate) fn settle(api: Api, clock: Clock, notices: Notices, answer: Result<Session, Fault>) {
    match answer {
        Ok(session) if session.actor.role.sees_board() => {
            notices.clear();
            api.session().save(clock, session);
        }
        Ok(_) => notices.say(Code::NotAllowed),
        Err(fault) => notices.show(&fault, None),
    }
}

/// One field, one button; behind a third, small one a name and a password do as well.
pub(crate) fn pairing() -> AnyView {
    let language = language::current();
    let (api, clock): (Api, Clock) = (expect_context(), expect_context());
    let notices = Notices::here();
    let (typed, is_busy) = (StoredValue::new(String::new()), RwSignal::new(false));
    let submit = move || {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        notices.clear();
        let link = Link { link: typed.get_value() };
        spawn_local(async move {
            let answer = api.link_session(&link).await;
            is_busy.try_set(false);
            settle(api, clock, notices, answer);
        });
    };
    let field = element("INPUT", "number")
        .testid("pair")
        .attr("required", "")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "characters")
        .attr("spellcheck", "false")
        .attr("placeholder", "7K3M A9XQ 2B")
        .attr("aria-label", words::link(language))
        .on("input", move |event| {
            let text = event_target_value(&event);
            // Of a whole address it is the end.
            let link = text.rsplit_once(LINK_FRAGMENT).map_or(&*text, |(_, link)| link);
            typed.set_value(link.to_owned());
        });
    let go = element("BUTTON", "button primary")
        .testid("pair-go")
        .live_attr("disabled", move || is_busy.get().then(String::new))
        .text(words::pair(language));
    let form = element("FORM", "pairing-link")
        .on("submit", move |event| {
            event.prevent_default();
            submit();
        })
        .child(element("LABEL", "field").text(words::link(language)).child(field))
        .child(go);
    let with_password = element("DETAILS", "")
        .child(
            element("SUMMARY", "").testid("sign-in-instead").text(words::sign_in_instead(language)),
        )
        .child(sign_in());
    let card = div("card pairing")
        .child(element("H1", "").text(words::title(language)))
        .child(p("hint").text(words::title_hint(language)))
        .child(notice())
        .live(move || {
            let next = notices.is_shown().then(|| p("").text(words::pair_next(language)));
            next.map_or_else(|| ().into_any(), Element::done)
        })
        .child(form)
        .children(may_sleep(language).map(|said| p("stays-awake").text(said)))
        .child(with_password)
        .child(language_switch());
    plain().child(card).done()
}

/// Why this screen may go dark by itself.
fn may_sleep(language: Language) -> Option<&'static str> {
    if can_stay_awake() {
        None
    } else if window().is_secure_context() {
        Some(words::sleeps(language))
    } else {
        Some(words::sleeps_over_http(language))
    }
}
