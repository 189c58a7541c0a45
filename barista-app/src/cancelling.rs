//! Calling an order off: asks why first, because it has no way back.

use domain::api::OrderRequest;
use domain::view::OrderView;
use domain::{OrderId, text};
use leptos::prelude::*;
use ui::{Dialog, Outbox, language};

use crate::counter::Desk;
use crate::words;

/// The order about which is being asked, if any.
#[derive(Clone, Copy)]
pub(crate) struct Cancelling {
    asked: RwSignal<Option<Asked>>,
}

#[derive(Clone)]
struct Asked {
    order: OrderId,
    /// What it is, so that nobody calls off the wrong one.
    what: String,
}

impl Cancelling {
    pub(crate) fn provide() -> Self {
        let cancelling = Self { asked: RwSignal::new(None) };
        provide_context(cancelling);
        cancelling
    }

    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Asks why this order is to be cancelled.
    pub(crate) fn ask(&self, order: &OrderView) {
        let number = order.number.unwrap_or_default().to_string();
        let mut what = ["#", &number].concat();
        for part in [&order.drink_name, &order.name].into_iter().flatten() {
            what.push_str(" · ");
            what.push_str(part);
        }
        self.asked.set(Some(Asked { order: order.order.clone(), what }));
    }

    fn close(self) {
        self.asked.set(None);
    }
}

/// The question, while it is asked.
#[component]
pub(crate) fn CancelDialog(
    /// About which order.
    cancelling: Cancelling,
) -> impl IntoView {
    move || {
        cancelling.asked.get().map(|asked| view! { <Question cancelling=cancelling asked=asked /> })
    }
}

#[component]
fn Question(cancelling: Cancelling, asked: Asked) -> impl IntoView {
    let language = language::current();
    let desk: Desk = expect_context();
    let outbox = Outbox::here();
    let chosen = RwSignal::new(None::<&'static str>);
    let reasons = text::CANCEL_REASONS.map(|slug| {
        view! {
            <button
                type="button"
                class="button reason"
                data-testid=["reason-", slug].concat()
                aria-pressed=move || if chosen.get() == Some(slug) { "true" } else { "false" }
                on:click=move |_| chosen.set(Some(slug))
            >
                <span>{words::reason(language, slug)}</span>
                <span class="reason-read">{text::reason(language, slug)}</span>
            </button>
        }
    });
    let order = asked.order;
    let confirm = move |_| {
        if let Some(reason) = chosen.get_untracked() {
            let request = OrderRequest::Cancel { reason: Some(reason.to_owned()) };
            outbox.order(order.clone(), request, desk.answered);
            cancelling.close();
        }
    };
    view! {
        <Dialog title=words::cancel_question(language) close=Callback::new(move |()| cancelling.close())>
            <p class="dialog-what number">{asked.what}</p>
            <div class="reasons">{reasons.into_iter().collect_view()}</div>
            <p class="quiet-line">{words::cancel_effect(language)}</p>
            <div class="dialog-buttons">
                <button type="button" class="button" on:click=move |_| cancelling.close()>
                    {words::keep_order(language)}
                </button>
                <button
                    type="button"
                    class="button danger"
                    data-testid="confirm"
                    disabled=move || chosen.get().is_none()
                    on:click=confirm
                >
                    {words::cancel_confirm(language)}
                </button>
            </div>
        </Dialog>
    }
}
