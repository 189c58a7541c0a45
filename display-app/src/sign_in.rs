//! Signing in with a name and a password instead of a link.

use domain::api::Credentials;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::element::{Element, element};
use ui::{Api, Clock, Notices, language};

use crate::pairing::settle;
use crate::words;

/// What is being typed. Nothing on the screen depends on it.
type Typed = StoredValue<Credentials>;

/// Name, password, one button. A refusal is the app's notice.
pub(crate) fn sign_in() -> AnyView {
    let language = language::current();
    let (api, clock): (Api, Clock) = (expect_context(), expect_context());
    let notices = Notices::here();
    let typed: Typed =
        StoredValue::new(Credentials { username: String::new(), password: String::new() });
    let is_busy = RwSignal::new(false);
    let submit = move || {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        notices.clear();
        let credentials = typed.get_value();
        spawn_local(async move {
            let answer = api.staff_session(&credentials).await;
            is_busy.try_set(false);
            settle(api, clock, notices, answer);
        });
    };
    let username = field(words::username(language), move |text| {
        typed.update_value(|typed| typed.username = text.trim().to_owned());
    });
    let password = field(words::password(language), move |text| {
        typed.update_value(|typed| typed.password = text);
    });
    let username = username
        .testid("sign-in-user")
        .attr("name", "username")
        .attr("autocomplete", "username")
        .attr("autocapitalize", "none");
    let password = password
        .testid("sign-in-password")
        .attr("name", "password")
        .attr("type", "password")
        .attr("autocomplete", "current-password");
    let send = element("BUTTON", "button")
        .testid("sign-in")
        .live_attr("disabled", move || is_busy.get().then(String::new))
        .text(words::sign_in(language));
    element("FORM", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit();
        })
        .child(element("LABEL", "field").text(words::username(language)).child(username))
        .child(element("LABEL", "field").text(words::password(language)).child(password))
        .child(send)
        .done()
}

/// An input that must not stay empty.
fn field(label: &'static str, typed: impl Fn(String) + 'static) -> Element {
    element("INPUT", "")
        .attr("required", "")
        .attr("aria-label", label)
        .on("input", move |event| typed(event_target_value(&event)))
}
