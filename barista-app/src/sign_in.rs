//! Signing in.

use domain::Code;
use domain::api::Credentials;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::element::{Element, div, element, live, p};
use ui::{Api, Clock, Notices, drink_icon, language, language_switch, notice};

use crate::words;

/// What is being typed. Nothing on the screen depends on it.
type Typed = StoredValue<Credentials>;

/// Name, password, one button. A refusal is the notice.
pub(crate) fn sign_in(api: Api) -> AnyView {
    let clock: Clock = expect_context();
    let notices = Notices::here();
    let typed: Typed =
        StoredValue::new(Credentials { username: String::new(), password: String::new() });
    let is_busy = RwSignal::new(false);
    // What is typed stays when the language changes.
    live(move || form(api, clock, notices, typed, is_busy))
}

fn form(
    api: Api,
    clock: Clock,
    notices: Notices,
    typed: Typed,
    is_busy: RwSignal<bool>,
) -> AnyView {
    let language = language::current();
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
            match answer {
                Ok(session) if session.actor.role.is_staff() => api.session().save(clock, session),
                // A display's account: its monitor is where it belongs.
                Ok(_) => notices.say(Code::NotAllowed),
                Err(fault) => notices.show(&fault, None),
            }
        });
    };
    let head = div("sign-in-head")
        .child(drink_icon("cappuccino"))
        .child(element("H1", "").text(words::welcome(language)))
        .child(p("").text(words::welcome_hint(language)));
    let username = field("sign-in-user", "username", move |text| {
        typed.update_value(|typed| typed.username = text.trim().to_owned());
    });
    let password = field("sign-in-password", "current-password", move |text| {
        typed.update_value(|typed| typed.password = text);
    });
    let username = username.attr("name", "username").attr("autocapitalize", "none");
    let password = password.attr("name", "password").attr("type", "password");
    let send = element("BUTTON", "button primary")
        .testid("sign-in")
        .live_attr("disabled", move || is_busy.get().then(String::new))
        .live_attr("aria-busy", move || is_busy.get().then(|| "true".to_owned()))
        .text(words::sign_in(language));
    let form = element("FORM", "card")
        .on("submit", move |event| {
            event.prevent_default();
            submit();
        })
        .child(head)
        .child(notice())
        .child(element("LABEL", "field").text(words::username(language)).child(username))
        .child(element("LABEL", "field").text(words::password(language)).child(password))
        .child(send)
        .child(language_switch());
    element("MAIN", "sign-in").child(form).done()
}

/// An input that must not stay empty.
fn field(testid: &str, autocomplete: &str, typed: impl Fn(String) + 'static) -> Element {
    element("INPUT", "")
        .testid(testid)
        .attr("autocomplete", autocomplete)
        .attr("spellcheck", "false")
        .attr("required", "")
        .on("input", move |event| typed(event_target_value(&event)))
}
