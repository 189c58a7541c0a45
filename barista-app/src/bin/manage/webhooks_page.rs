//! The webhooks of a bar: where its events are sent, how that goes, and sending them again.

use domain::api::{SavedWebhook, Webhook, WebhookAttempt, WebhookChange};
use domain::webhook::MOST;
use domain::{BarId, WebhookName};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::{Api, Notices, language};

use crate::bar_pages::Desk;
use crate::fields::TextField;
use crate::form::{Form, SubmitButton};
use crate::kept::kept;
use crate::pages::set_title;
use crate::webhook_card::{NewSecret, WebhookCard};
use crate::{slugs, words};

/// The webhooks of the bar of the page.
#[derive(Clone, Copy)]
pub(crate) struct Hooks {
    pub(crate) api: Api,
    pub(crate) bar: StoredValue<BarId>,
    all: RwSignal<Option<Vec<Webhook>>>,
    /// Whose attempts are shown, and which.
    pub(crate) open: RwSignal<Option<(WebhookName, Vec<WebhookAttempt>)>>,
    notices: Notices,
}

impl Hooks {
    /// Those of the page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Fetches them again.
    pub(crate) fn refetch(&self) {
        let hooks = *self;
        let bar = hooks.bar.get_value();
        spawn_local(async move {
            match hooks.api.webhooks(&bar).await {
                Ok(all) => {
                    hooks.all.try_set(Some(all));
                }
                Err(fault) => hooks.notices.show(&fault, None),
            }
        });
    }
}

/// The webhooks of the bar of the address.
#[component]
pub(crate) fn WebhooksPage() -> impl IntoView {
    let language = language::current_untracked();
    set_title(words::webhooks(language));
    let (api, bar, notices) = (expect_context(), Desk::here().bar, Notices::here());
    let open = kept("open-webhook", || None);
    let hooks = Hooks { api, bar, all: RwSignal::new(None), open, notices };
    provide_context(hooks);
    hooks.refetch();
    let fresh = kept("new-secret", || None::<(WebhookName, String)>);
    let told = move || {
        fresh.get().map(|(name, secret)| {
            let close = Callback::new(move |()| fresh.set(None));
            view! { <NewSecret name=name secret=secret close=close /> }
        })
    };
    let rolled = Callback::new(move |named| fresh.set(Some(named)));
    let cards = move || {
        let all = hooks.all.get().unwrap_or_default().into_iter();
        all.map(|webhook| view! { <WebhookCard webhook=webhook rolled=rolled /> }).collect_view()
    };
    let made = Callback::new(move |saved: SavedWebhook| {
        fresh.set(saved.secret.map(|secret| (saved.webhook.name, secret)));
        hooks.refetch();
    });
    let has_room = move || hooks.all.with(|all| all.as_ref().is_some_and(|all| all.len() < MOST));
    let another = move || has_room().then(|| view! { <NewWebhook all=hooks.all made=made /> });
    view! {
        <main class="page narrow" data-testid="webhooks">
            <p class="hint">{words::webhooks_hint(language)}</p>
            {told}
            <ul class="stack">{cards}</ul>
            {another}
        </main>
    }
}

/// Another address to send events to.
#[component]
fn NewWebhook(
    /// Those there are.
    all: RwSignal<Option<Vec<Webhook>>>,
    /// It was made.
    made: Callback<SavedWebhook>,
) -> impl IntoView {
    let language = language::current_untracked();
    let hooks = Hooks::here();
    let form = Form::provide();
    let (name, url) = (kept("webhook-name", String::new), kept("webhook-url", String::new));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let change = WebhookChange { url: url.get_untracked().trim().to_owned(), types: None };
        let Some(change) = form.checked(change.checked()) else {
            return;
        };
        let known = all.get_untracked().unwrap_or_default();
        let is_taken = |slug: &str| known.iter().any(|webhook| webhook.name.as_str() == slug);
        let called = slugs::fresh(&name.get_untracked(), "webhook", WebhookName::LONGEST, is_taken);
        let called: WebhookName = called.parse().expect("small letters, digits and dashes");
        let bar = hooks.bar.get_value();
        let request = async move { hooks.api.put_webhook(&bar, &called, &change).await };
        form.send(request, move |saved| {
            name.try_set(String::new());
            url.try_set(String::new());
            made.try_run(saved);
        });
    };
    view! {
        <form class="card part" data-testid="new-webhook" novalidate on:submit=submit>
            <TextField
                name="name"
                label=words::webhook_name(language)
                value=name
                input=move |text| name.set(text)
            />
            <TextField
                name="url"
                label=words::webhook_url(language)
                value=url
                kind="url"
                input=move |text| url.set(text)
            >
                <p class="hint">{words::webhook_url_hint(language)}</p>
            </TextField>
            <SubmitButton testid="add-webhook" words=words::add(language) />
        </form>
    }
}
