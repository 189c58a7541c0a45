//! Opening and closing the bar.

use domain::api::BarRequest;
use domain::view::BarStatus;
use leptos::prelude::*;
use ui::{Dialog, Outbox, language};

use crate::counter::Desk;
use crate::words;

/// Open where it is not open, close where it is not closed; closing asks first.
#[component]
pub(crate) fn BarControls() -> impl IntoView {
    let language = language::current();
    let desk: Desk = expect_context();
    let outbox = Outbox::here();
    let asking = RwSignal::new(false);
    let send = move |request| outbox.bar(desk.bar_id.get_value(), request, desk.bar_answered);
    let busy = move || outbox.is_busy();
    let open = move |words| {
        view! {
            <button
                type="button"
                class="button go"
                data-testid="bar-open"
                disabled=busy
                aria-busy=move || busy().then_some("true")
                on:click=move |_| send(BarRequest::Open {})
            >
                {words}
            </button>
        }
    };
    let close = move || {
        view! {
            <button
                type="button"
                class="button"
                data-testid="bar-close"
                disabled=busy
                on:click=move |_| asking.set(true)
            >
                {words::close(language)}
            </button>
        }
    };
    let buttons = move || {
        desk.status.get().map(|status| match status {
            BarStatus::Open => (None, Some(close())),
            BarStatus::Paused => (Some(open(words::resume(language))), Some(close())),
            BarStatus::Closed => (Some(open(words::open(language))), None),
        })
    };
    let no = Callback::new(move |()| asking.set(false));
    let yes = move |_| {
        asking.set(false);
        send(BarRequest::Close {});
    };
    let question = move || {
        asking.get().then(|| {
            view! {
                <Dialog title=words::close_question(language) close=no>
                    <p>{words::close_effect(language)}</p>
                    <div class="dialog-buttons">
                        <button type="button" class="button" on:click=move |_| no.run(())>
                            {words::keep_open(language)}
                        </button>
                        <button
                            type="button"
                            class="button danger"
                            data-testid="confirm"
                            on:click=yes
                        >
                            {words::close_confirm(language)}
                        </button>
                    </div>
                </Dialog>
            }
        })
    };
    view! {
        {buttons}
        {question}
    }
}
