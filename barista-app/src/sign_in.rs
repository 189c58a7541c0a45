//! Signing in.

use domain::Code;
use domain::api::Credentials;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::{Api, Clock, DrinkIcon, Notice, Notices, language};

use crate::words;

/// Name, password, one button. A refusal is the notice.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let language = language::current();
    let api: Api = expect_context();
    let clock: Clock = expect_context();
    let notices = Notices::here();
    let username = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        notices.clear();
        let credentials = Credentials {
            username: username.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
        };
        spawn_local(async move {
            let answer = api.staff_session(&credentials).await;
            busy.try_set(false);
            match answer {
                Ok(session) if session.actor.role.is_staff() => api.session().save(clock, session),
                // A display's account: its monitor is where it belongs.
                Ok(_) => notices.say(Code::NotAllowed),
                Err(fault) => notices.show(&fault, None),
            }
        });
    };
    view! {
        <main class="sign-in">
            <form class="card" on:submit=submit>
                <div class="sign-in-head">
                    <DrinkIcon icon="cappuccino".to_owned() />
                    <h1>{words::welcome(language)}</h1>
                    <p>{words::welcome_hint(language)}</p>
                </div>
                <Notice />
                <label class="field">
                    {words::username(language)}
                    <input
                        data-testid="sign-in-user"
                        name="username"
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        required
                        bind:value=username
                    />
                </label>
                <label class="field">
                    {words::password(language)}
                    <input
                        data-testid="sign-in-password"
                        name="password"
                        type="password"
                        autocomplete="current-password"
                        required
                        bind:value=password
                    />
                </label>
                <button
                    class="button primary"
                    data-testid="sign-in"
                    disabled=move || busy.get()
                    aria-busy=move || busy.get().then_some("true")
                >
                    {words::sign_in(language)}
                </button>
            </form>
        </main>
    }
}
