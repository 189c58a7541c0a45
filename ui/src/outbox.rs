//! Sending commands from a screen.

use std::pin::Pin;
use std::sync::Arc;

use domain::BarId;
use domain::OrderId;
use domain::api::{OrderRequest, Sent, TabletRequest};
use domain::view::{BarView, OrderView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Api;
use crate::fault::Fault;
use crate::notice::Notices;
use crate::random;

/// One command at a time: while it is in flight the next is not accepted, and a retry after
/// silence sends the same id. Faults become the app's notice.
#[derive(Clone, Copy)]
pub struct Outbox {
    api: Api,
    notices: Notices,
    busy: RwSignal<bool>,
}

impl Outbox {
    /// An empty one, over the [`Api`] and [`Notices`] of the surrounding app.
    pub fn here() -> Self {
        Self { api: expect_context(), notices: Notices::here(), busy: RwSignal::new(false) }
    }

    /// Whether a command is in flight; follows it.
    pub fn is_busy(&self) -> bool {
        self.busy.get()
    }

    /// The same at this moment.
    pub fn is_busy_untracked(&self) -> bool {
        self.busy.get_untracked()
    }

    /// Takes a step with an order. `answered` gets the order as it then is, or why not; when it
    /// was refused the screen should fetch the truth.
    pub fn order(
        self,
        order: OrderId,
        request: OrderRequest,
        answered: Callback<Result<OrderView, Fault>>,
    ) {
        self.send(with_id(request), answered, move |api, sent| {
            let order = order.clone();
            async move { api.order_command(&order, &sent).await }
        });
    }

    /// Asks something of a bar from behind its counter; as [`Outbox::order`].
    pub fn bar(
        self,
        bar: BarId,
        request: TabletRequest,
        answered: Callback<Result<BarView, Fault>>,
    ) {
        self.send(with_id(request), answered, move |api, sent| {
            let bar = bar.clone();
            async move { api.bar_command(&bar, &sent).await }
        });
    }

    /// Sends any command; as [`Outbox::order`].
    pub fn send<T, R, F>(
        self,
        sent: Sent<T>,
        answered: Callback<Result<R, Fault>>,
        send: impl Fn(Api, Sent<T>) -> F + Send + Sync + 'static,
    ) where
        T: Clone + Send + Sync + 'static,
        R: 'static,
        F: Future<Output = Result<R, Fault>> + 'static,
    {
        self.deliver(answered, move |api| send(api, sent.clone()));
    }

    /// Sends what `send` sends, which must be the same each time; as [`Outbox::order`].
    pub fn deliver<R, F>(
        self,
        answered: Callback<Result<R, Fault>>,
        send: impl Fn(Api) -> F + Send + Sync + 'static,
    ) where
        R: 'static,
        F: Future<Output = Result<R, Fault>> + 'static,
    {
        self.attempt(Arc::new(move || {
            let answer = send(self.api);
            Box::pin(async move {
                let answer = answer.await;
                let fault = answer.as_ref().err().cloned();
                let tell: Tell = Box::new(move || {
                    answered.try_run(answer);
                });
                (fault, tell)
            })
        }));
    }

    fn attempt(self, attempt: Attempt) {
        // None when the button is gone, as that of a ticket which has moved on: a retry still may.
        if self.busy.try_get_untracked() == Some(true) {
            return;
        }
        self.busy.try_set(true);
        self.notices.clear();
        spawn_local(async move {
            let (fault, tell) = attempt().await;
            self.busy.try_set(false);
            if let Some(fault) = fault {
                let retry = Callback::new(move |()| self.attempt(attempt.clone()));
                self.notices.show(&fault, Some(retry));
            }
            // Last: a sender that has a better place for the fault takes the notice away again.
            tell();
        });
    }
}

/// Sends a command; returns the fault if there was one, and what lets its sender hear the answer.
/// One type for all commands: what is compiled per command are bytes on a phone.
type Attempt = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = (Option<Fault>, Tell)>>> + Send + Sync>;
type Tell = Box<dyn FnOnce()>;

/// A command with a fresh id.
pub fn with_id<T>(command: T) -> Sent<T> {
    Sent { command_id: random::command_id(), command }
}
