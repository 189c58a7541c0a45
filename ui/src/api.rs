//! The backend over HTTP: one function per endpoint, and the only HTTP caller.

use std::time::Duration;

use domain::api::{
    AppConfig, Credentials, DrinkRequest, Empty, Link, NewBar, OrderRequest, RedeemCode, Replay,
    SavedWebhook, Sent, Session, StaffChange, StaffMember, Webhook, WebhookAttempt, WebhookChange,
    WebhookSecret, path, route,
};
use domain::journey::JourneyView;
use domain::view::{BarSummary, BarView, BoardView, CodeView, OrderView, QueueView};
use domain::{BarId, Code, OrderId, Username, WebhookName};
use gloo_net::http::Method;
use leptos::prelude::{GetValue, StoredValue};
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::fault::Fault;
use crate::http::{Request, exchange};
use crate::json::{read, written};
use crate::language;
use crate::session::KeptSession;
use crate::sleep::sleep_about;

/// The backend, as the signed-in person of this device may use it.
#[derive(Clone, Copy)]
pub struct Api {
    origin: StoredValue<String>,
    session: KeptSession,
}

/// Pauses between the tries of a command nobody answered: it is given up after some 10 s, when a
/// person wants to know. The id stays the same, so nothing happens twice.
const PAUSES_MILLIS: [u64; 5] = [300, 700, 1500, 3000, 4000];

impl Api {
    /// The backend named in `config.json`, with requests signed by `session`. An answer that the
    /// session is over clears it, which is how apps learn to sign in again.
    pub fn new(config: &AppConfig, session: KeptSession) -> Self {
        Self { origin: StoredValue::new(config.api.clone()), session }
    }

    /// Who is signed in.
    pub fn session(&self) -> KeptSession {
        self.session
    }

    /// A session for a guest; the caller keeps it.
    pub async fn guest_session(&self) -> Result<Session, Fault> {
        self.post(route::GUEST_SESSIONS, &Empty {}).await
    }

    /// A session for staff; the caller keeps it.
    pub async fn staff_session(&self, credentials: &Credentials) -> Result<Session, Fault> {
        self.post(route::STAFF_SESSIONS, credentials).await
    }

    /// A session for whoever has a one-time link; the caller keeps it. The link is gone with it.
    pub async fn link_session(&self, link: &Link) -> Result<Session, Fault> {
        self.post(route::LINK_SESSIONS, link).await
    }

    /// A new session for the same person; the caller keeps it.
    pub async fn renew(&self) -> Result<Session, Fault> {
        self.post(route::CURRENT_SESSION, &Empty {}).await
    }

    /// Signs out: forgets the session here at once, and ends it at the server if that answers.
    pub fn sign_out(&self) {
        let api = *self;
        let token = self.session.token();
        self.session.clear();
        spawn_local(async move {
            // A token that is forgotten here ends by itself when nobody answers.
            let _ = api.signed(Method::DELETE, route::CURRENT_SESSION, None, token).await;
        });
    }

    /// All accounts of staff.
    pub async fn staff(&self) -> Result<Vec<StaffMember>, Fault> {
        self.get(route::STAFF).await
    }

    /// Makes an account, or changes it.
    pub async fn put_staff(
        &self,
        username: &Username,
        change: &StaffChange,
    ) -> Result<StaffMember, Fault> {
        let path = path::staff_member(username);
        read(&self.exchange(Method::PUT, &path, Some(&written(change))).await?)
    }

    /// Dismisses whoever has the account: they are signed out everywhere.
    pub async fn dismiss_staff(&self, username: &Username) -> Result<(), Fault> {
        self.exchange(Method::DELETE, &path::staff_member(username), None).await.map(|_| ())
    }

    /// A one-time link for a display.
    pub async fn staff_link(&self, username: &Username) -> Result<Link, Fault> {
        self.post(&path::staff_link(username), &Empty {}).await
    }

    /// The webhooks of a bar.
    pub async fn webhooks(&self, bar: &BarId) -> Result<Vec<Webhook>, Fault> {
        self.get(&path::webhooks(bar)).await
    }

    /// Makes a webhook, or changes it.
    pub async fn put_webhook(
        &self,
        bar: &BarId,
        webhook: &WebhookName,
        change: &WebhookChange,
    ) -> Result<SavedWebhook, Fault> {
        let path = path::webhook(bar, webhook);
        read(&self.exchange(Method::PUT, &path, Some(&written(change))).await?)
    }

    /// Removes a webhook.
    pub async fn remove_webhook(&self, bar: &BarId, webhook: &WebhookName) -> Result<(), Fault> {
        self.exchange(Method::DELETE, &path::webhook(bar, webhook), None).await.map(|_| ())
    }

    /// Gives a webhook another secret.
    pub async fn roll_webhook_secret(
        &self,
        bar: &BarId,
        webhook: &WebhookName,
    ) -> Result<WebhookSecret, Fault> {
        self.post(&path::webhook_secret(bar, webhook), &Empty {}).await
    }

    /// The newest attempts to deliver to a webhook.
    pub async fn webhook_attempts(
        &self,
        bar: &BarId,
        webhook: &WebhookName,
    ) -> Result<Vec<WebhookAttempt>, Fault> {
        self.get(&path::webhook_attempts(bar, webhook)).await
    }

    /// Sends a webhook again what has happened.
    pub async fn replay_webhook(
        &self,
        bar: &BarId,
        webhook: &WebhookName,
        replay: &Replay,
    ) -> Result<Webhook, Fault> {
        self.post(&path::webhook_replay(bar, webhook), replay).await
    }

    /// All bars.
    pub async fn bars(&self) -> Result<Vec<BarSummary>, Fault> {
        self.get(route::BARS).await
    }

    /// Makes a bar; it is closed.
    pub async fn create_bar(&self, sent: &Sent<NewBar>) -> Result<BarView, Fault> {
        self.command(route::BARS, sent).await
    }

    /// A bar, menu included.
    pub async fn bar(&self, bar: &BarId) -> Result<BarView, Fault> {
        self.get(&path::bar(bar)).await
    }

    /// What the monitor shows.
    pub async fn board(&self, bar: &BarId) -> Result<BoardView, Fault> {
        self.get(&path::board(bar)).await
    }

    /// What the baristas work through.
    pub async fn queue(&self, bar: &BarId) -> Result<QueueView, Fault> {
        self.get(&path::queue(bar)).await
    }

    /// The code on the monitor.
    pub async fn code(&self, bar: &BarId) -> Result<CodeView, Fault> {
        self.get(&path::code(bar)).await
    }

    /// One order.
    pub async fn order(&self, order: &OrderId) -> Result<OrderView, Fault> {
        self.get(&path::order(order)).await
    }

    /// Every step of one order.
    pub async fn journey(&self, order: &OrderId) -> Result<JourneyView, Fault> {
        self.get(&path::journey(order)).await
    }

    /// The person's own orders, newest first, `limit` at most.
    pub async fn my_orders(&self, limit: u32) -> Result<Vec<OrderView>, Fault> {
        self.get(&path::my_orders(limit)).await
    }

    /// A guest redeems a code.
    pub async fn redeem(&self, bar: &BarId, sent: &Sent<RedeemCode>) -> Result<OrderView, Fault> {
        self.command(&path::orders(bar), sent).await
    }

    /// Staff take an order.
    pub async fn take_order(
        &self,
        bar: &BarId,
        sent: &Sent<DrinkRequest>,
    ) -> Result<OrderView, Fault> {
        self.command(&path::orders(bar), sent).await
    }

    /// A step with an order.
    pub async fn order_command(
        &self,
        order: &OrderId,
        sent: &Sent<OrderRequest>,
    ) -> Result<OrderView, Fault> {
        self.command(&path::order_commands(order), sent).await
    }

    /// A command that begins an order or takes a step with one, as it was written down: to that
    /// path, with the id in its body.
    pub async fn written_command(&self, path: &str, body: &str) -> Result<OrderView, Fault> {
        read(&self.insist(path, body).await?)
    }

    /// A command to a bar.
    pub async fn bar_command(
        &self,
        bar: &BarId,
        sent: &Sent<impl Serialize>,
    ) -> Result<BarView, Fault> {
        self.command(&path::bar_commands(bar), sent).await
    }

    async fn get<R: DeserializeOwned>(&self, path: &str) -> Result<R, Fault> {
        read(&self.exchange(Method::GET, path, None).await?)
    }

    async fn post<R: DeserializeOwned>(
        &self,
        path: &str,
        request: &impl Serialize,
    ) -> Result<R, Fault> {
        read(&self.exchange(Method::POST, path, Some(&written(request))).await?)
    }

    async fn command<R: DeserializeOwned>(
        &self,
        path: &str,
        sent: &impl Serialize,
    ) -> Result<R, Fault> {
        read(&self.insist(path, &written(sent)).await?)
    }

    /// Sends a command until somebody answers: it carries its id, so the same one may be sent
    /// again.
    async fn insist(&self, path: &str, body: &str) -> Result<String, Fault> {
        let mut answer = self.exchange(Method::POST, path, Some(body)).await;
        for pause in PAUSES_MILLIS {
            match &answer {
                Err(fault) if fault.may_pass() => {
                    sleep_about(Duration::from_millis(pause), Duration::from_millis(200)).await;
                    answer = self.exchange(Method::POST, path, Some(body)).await;
                }
                Ok(_) | Err(_) => break,
            }
        }
        answer
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        body: Option<&str>,
    ) -> Result<String, Fault> {
        self.signed(method, path, body, self.session.token()).await
    }

    async fn signed(
        &self,
        method: Method,
        path: &str,
        body: Option<&str>,
        token: Option<String>,
    ) -> Result<String, Fault> {
        let url = self.origin.try_get_value().unwrap_or_default() + path;
        let request = Request {
            method,
            url: &url,
            language: language::current_untracked().tag(),
            token: token.as_deref(),
            body,
        };
        match exchange(&request).await {
            Some((200..=299, body)) => Ok(body),
            Some((status, body)) => {
                let fault = Fault::of(status, &body);
                // Of the session that is kept now, not of one that was renewed meanwhile.
                if fault.code() == Code::NoSession && token == self.session.token() {
                    self.session.end();
                }
                Err(fault)
            }
            None => Err(Fault::Unreachable),
        }
    }
}
