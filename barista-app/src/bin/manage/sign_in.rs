//! Signing in with a name and a password.

use domain::Role;
use domain::api::Credentials;
use leptos::prelude::*;
use ui::{Api, Clock, DrinkIcon, Notice, language};

use crate::app::corner;
use crate::fields::TextField;
use crate::form::{Form, SubmitButton};
use crate::kept::kept;
use crate::words;

/// Name, password, one button. A barista is told that these pages are the organisers'.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let language = language::current_untracked();
    let api: Api = expect_context();
    let clock: Clock = expect_context();
    let form = Form::provide();
    let username = kept("sign-in-username", String::new);
    let password = kept("sign-in-password", String::new);
    let is_barista = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        is_barista.set(false);
        let credentials = Credentials {
            username: username.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
        };
        form.send(async move { api.staff_session(&credentials).await }, move |session| {
            if session.actor.role == Role::Organiser {
                api.session().save(clock, session);
            } else {
                is_barista.try_set(true);
            }
        });
    };
    let told = move || {
        is_barista.get().then(|| {
            view! {
                <div class="notice" role="alert" data-testid="not-for-you">
                    <p>{words::organisers_only(language)}</p>
                    <a class="button" href="/barista/">{words::to_the_queue(language)}</a>
                </div>
            }
        })
    };
    view! {
        <main class="alone">
            {corner()}
            <form class="card stack" on:submit=submit>
                <div class="alone-head">
                    <DrinkIcon icon="flat-white".to_owned() />
                    <h1>{words::welcome(language)}</h1>
                    <p class="hint">{words::welcome_hint(language)}</p>
                </div>
                <Notice />
                {told}
                <TextField
                    name="username"
                    label=words::username(language)
                    value=username
                    autocomplete="username"
                    input=move |text| username.set(text)
                />
                <TextField
                    name="password"
                    label=words::password(language)
                    value=password
                    kind="password"
                    autocomplete="current-password"
                    input=move |text| password.set(text)
                />
                <SubmitButton
                    testid="sign-in"
                    class="button primary"
                    words=words::sign_in(language)
                />
            </form>
        </main>
    }
}
