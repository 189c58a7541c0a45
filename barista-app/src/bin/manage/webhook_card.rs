//! One webhook: how it goes, its attempts, sending again, another secret, and its end.

use domain::api::{Replay, Webhook, WebhookAttempt};
use domain::webhook::NoAnswer;
use domain::{Timestamp, WebhookName};
use leptos::prelude::*;
use ui::language;

use crate::fields::NumberField;
use crate::form::{Form, SubmitButton};
use crate::kept::kept;
use crate::question::Question;
use crate::webhooks_page::Hooks;
use crate::words;

/// A webhook and what can be done with it.
#[component]
pub(crate) fn WebhookCard(
    /// As it is.
    webhook: Webhook,
    /// It has been given another secret.
    rolled: Callback<(WebhookName, String)>,
) -> impl IntoView {
    let language = language::current_untracked();
    let hooks = Hooks::here();
    let form = Form::provide();
    let name = webhook.name.clone();
    let called = move |beginning: &str| [beginning, name.as_str()].concat();
    let is_removing = kept(called("removing-"), || false);
    // One that was switched off goes on from where it stands, unless another entry is asked for.
    let next = u32::try_from(webhook.delivered).unwrap_or(LAST).saturating_add(1).min(LAST);
    let begin = if webhook.off_since.is_some() { next } else { 1 };
    let own = StoredValue::new(webhook.name.clone());
    let of_this = move |open: &Option<(WebhookName, Vec<WebhookAttempt>)>| {
        let (name, listed) = open.as_ref()?;
        own.with_value(|own| own == name).then(|| listed.clone())
    };
    let is_open = Memo::new(move |_| hooks.open.with(|open| of_this(open).is_some()));
    let toggle = move |_| {
        if is_open.get_untracked() {
            hooks.open.set(None);
            return;
        }
        let (bar, name) = (hooks.bar.get_value(), own.get_value());
        let request = async move { hooks.api.webhook_attempts(&bar, &name).await };
        form.send(request, move |listed| {
            hooks.open.try_set(Some((own.get_value(), listed)));
            hooks.refetch();
        });
    };
    let roll = move |_| {
        let (bar, name) = (hooks.bar.get_value(), own.get_value());
        let request = async move { hooks.api.roll_webhook_secret(&bar, &name).await };
        form.send(request, move |fresh| {
            rolled.try_run((own.get_value(), fresh.secret));
        });
    };
    let remove = Callback::new(move |()| {
        let (bar, name) = (hooks.bar.get_value(), own.get_value());
        let request = async move { hooks.api.remove_webhook(&bar, &name).await };
        form.send(request, move |()| hooks.refetch());
    });
    let stay = Callback::new(move |()| is_removing.set(false));
    let question = move || {
        is_removing.get().then(|| {
            let title = own.with_value(|name| words::remove_question(language, name.as_str()));
            let effect = words::remove_webhook_effect(language);
            let (no, yes) = (words::keep(language), words::remove_webhook(language));
            view! { <Question title=title effect=effect no=no yes=yes close=stay act=remove /> }
        })
    };
    let panel = move || {
        hooks.open.with(of_this).map(|listed| {
            let none = listed.is_empty().then(|| words::no_attempts(language));
            let listed = listed.into_iter().map(attempt_row).collect_view();
            view! {
                {none.map(|none| view! { <p class="attempts hint">{none}</p> })}
                <ol class="attempts" data-testid=called_attempts(own)>{listed}</ol>
                <ReplayForm name=own begin=begin />
            }
        })
    };
    let state = words::webhook_state(language, &webhook);
    let is_well = webhook.failing_since.is_none();
    view! {
        <li class="card" data-testid=called("webhook-")>
            <div class="row">
                <span class="row-what">
                    <strong>{webhook.name.to_string()}</strong>
                    <span class="hint address">{webhook.url.clone()}</span>
                    <span class="hint" class:wrong=!is_well data-testid=called("state-")>{state}</span>
                </span>
                <span class="row-buttons">
                    <button
                        type="button"
                        class="button small"
                        data-testid=called("attempts-")
                        aria-expanded=move || is_open.get().to_string()
                        on:click=toggle
                    >
                        {words::attempts(language)}
                    </button>
                    <button
                        type="button"
                        class="button small"
                        data-testid=called("secret-")
                        on:click=roll
                    >
                        {words::another_secret(language)}
                    </button>
                    <button
                        type="button"
                        class="button small"
                        data-testid=called("remove-")
                        aria-label=[words::remove_webhook(language), " ", webhook.name.as_str()]
                            .concat()
                        on:click=move |_| is_removing.set(true)
                    >
                        {words::remove_webhook(language)}
                    </button>
                </span>
            </div>
            {panel}
            {question}
        </li>
    }
}

fn called_attempts(name: StoredValue<WebhookName>) -> String {
    name.with_value(|name| ["list-", name.as_str()].concat())
}

/// A moment as a clock of UTC shows it: what is signed and logged at the other end says the same.
fn moment(at: Timestamp) -> String {
    let text = at.to_string();
    let (day, time) = text.split_once('T').unwrap_or(("", &text));
    [day, " ", time.get(..8).unwrap_or_default(), " UTC"].concat()
}

fn attempt_row(attempt: WebhookAttempt) -> impl IntoView {
    let language = language::current_untracked();
    let what = match (attempt.status, attempt.error) {
        (Some(status), _) => status.to_string(),
        (None, Some(error)) => no_answer(error).to_owned(),
        (None, None) => String::new(),
    };
    let entries = words::entries(language, attempt.first, attempt.last);
    let took = [&attempt.milliseconds.to_string(), " ms"].concat();
    let next = attempt.next_at.map(|next| words::tried_again(language, &moment(next)));
    view! {
        <li class:failed=!attempt.is_delivered()>
            <strong class="number">{what}</strong>
            " "
            <span class="hint">
                {[moment(attempt.at), entries, took].join(" · ")} {next.map(|next| [" · ", &next].concat())}
            </span>
        </li>
    }
}

fn no_answer(error: NoAnswer) -> &'static str {
    let language = language::current_untracked();
    match error {
        NoAnswer::TimedOut => words::timed_out(language),
        NoAnswer::NotReached => words::nobody_there(language),
        NoAnswer::AddressRefused => words::address_refused(language),
        NoAnswer::Broken => words::answer_broken(language),
    }
}

/// The largest number an entry may be asked for by.
const LAST: u32 = 999_999_999;

/// Sends what has happened again.
#[component]
fn ReplayForm(
    /// To which webhook.
    name: StoredValue<WebhookName>,
    /// The entry that is offered to begin with.
    begin: u32,
) -> impl IntoView {
    let language = language::current_untracked();
    let hooks = Hooks::here();
    let form = Form::provide();
    let from = RwSignal::new(begin);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let replay = Replay { from: from.get_untracked().into() };
        let (bar, name) = (hooks.bar.get_value(), name.get_value());
        let request = async move { hooks.api.replay_webhook(&bar, &name, &replay).await };
        form.send(request, move |_| hooks.refetch());
    };
    let testid = name.with_value(|name| ["replay-", name.as_str()].concat());
    view! {
        <form class="part" novalidate on:submit=submit>
            <NumberField
                name="from"
                label=words::replay_from(language)
                value=begin
                range=(1, LAST)
                input=move |number| from.set(number)
            >
                <p class="hint">{words::replay_hint(language)}</p>
            </NumberField>
            <SubmitButton testid=testid words=words::replay(language) />
        </form>
    }
}

/// A secret that is shown this once.
#[component]
pub(crate) fn NewSecret(
    /// Of which webhook.
    name: WebhookName,
    /// What is signed with it, by the standard.
    secret: String,
    /// It was written down.
    close: Callback<()>,
) -> impl IntoView {
    let language = language::current_untracked();
    view! {
        <section class="card part" data-testid="new-secret" aria-label=words::secret(language)>
            <strong>{[name.as_str(), " · ", words::secret(language)].concat()}</strong>
            <p class="address" data-testid="secret">{secret}</p>
            <p class="hint">{words::secret_hint(language)}</p>
            <button type="button" class="button" data-testid="secret-kept" on:click=move |_| close.run(())>
                {words::done(language)}
            </button>
        </section>
    }
}
