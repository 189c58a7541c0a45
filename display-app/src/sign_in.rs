//! Signing in with a display's account.

use domain::Code;
use domain::api::Credentials;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::{Api, Clock, Notice, Notices, language};

use crate::words;

/// Name, password, one button. A refusal is the notice.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let language = language::current();
    let (api, clock): (Api, Clock) = (expect_context(), expect_context());
    let notices = Notices::here();
    let username = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let is_busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        notices.clear();
        let credentials = Credentials {
            username: username.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
        };
        spawn_local(async move {
            let answer = api.staff_session(&credentials).await;
            is_busy.try_set(false);
            match answer {
                Ok(session) if session.actor.role.sees_board() => {
                    api.session().save(clock, session);
                }
                Ok(_) => notices.say(Code::NotAllowed),
                Err(fault) => notices.show(&fault, None),
            }
        });
    };
    view! {
        <main class="plain">
            <form class="card sign-in" on:submit=submit>
                <h1>{words::title(language)}</h1>
                <p>{words::title_hint(language)}</p>
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
                    disabled=move || is_busy.get()
                    aria-busy=move || is_busy.get().then_some("true")
                >
                    {words::sign_in(language)}
                </button>
            </form>
        </main>
    }
}
