//! Somebody at the bar with a session, and the verbs of the trade. A person of any role may try
//! any of them: what comes back says whether they may.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::api::{
    BarRequest, DrinkRequest, NewBar, OrderRequest, RedeemCode, Sent, Session, path, route,
};
use domain::limits::LimitsChange;
use domain::menu::Options;
use domain::view::{BarView, OrderView};
use domain::{BarId, CommandId, OrderId, PersonId, Slug, Step, Timestamp};
use hyper::Method;
use serde::Serialize;

use crate::http::{Answer, Http, No};

/// Somebody with a session, at one bar.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) http: Http,
    pub(crate) session: Session,
    pub(crate) bar: BarId,
}

/// What a person is told.
pub(crate) type Said<T> = Result<T, No>;

impl Person {
    /// The same person at another bar of the server.
    pub(crate) fn at(&self, bar: &BarId) -> Self {
        Self { bar: bar.clone(), ..self.clone() }
    }

    /// Who it is.
    pub(crate) fn id(&self) -> &PersonId {
        &self.session.actor.person
    }

    /// The token of the session.
    pub(crate) fn token(&self) -> &str {
        &self.session.token
    }

    // A guest's part.

    /// Redeems a code.
    pub(crate) async fn scans(&self, code: &str) -> Said<OrderView> {
        self.scans_as(&command_id(), code).await
    }

    /// Redeems a code, under a command id of the caller's.
    pub(crate) async fn scans_as(&self, id: &CommandId, code: &str) -> Said<OrderView> {
        self.posts(&path::orders(&self.bar), id, RedeemCode { code: code.to_owned() }).await?.read()
    }

    /// Puts the choice into the queue.
    pub(crate) async fn places(&self, order: &OrderId, drink: &str) -> Said<OrderView> {
        let (drink, options, name) = (slug(drink), Options::default(), None);
        self.sends(order, OrderRequest::Place { drink, options, name }).await
    }

    /// Makes it something else.
    pub(crate) async fn changes(&self, order: &OrderId, drink: &str) -> Said<OrderView> {
        let (drink, options, name) = (slug(drink), Options::default(), None);
        self.sends(order, OrderRequest::Change { drink, options, name }).await
    }

    /// Scans the code and places a drink.
    pub(crate) async fn orders(&self, code: &str, drink: &str) -> Said<OrderView> {
        let order = self.scans(code).await?.order;
        self.places(&order, drink).await
    }

    /// Calls an order off.
    pub(crate) async fn cancels(&self, order: &OrderId, reason: Option<&str>) -> Said<OrderView> {
        let reason = reason.map(str::to_owned);
        self.sends(order, OrderRequest::Cancel { reason }).await
    }

    // A barista's part.

    /// Takes an order for somebody without a phone.
    pub(crate) async fn takes(&self, drink: &str) -> Said<OrderView> {
        self.takes_as(&command_id(), drink, None).await
    }

    /// Takes an order, under a command id of the caller's, for somebody with a name.
    pub(crate) async fn takes_as(
        &self,
        id: &CommandId,
        drink: &str,
        name: Option<&str>,
    ) -> Said<OrderView> {
        let name = name.map(str::to_owned);
        let request = DrinkRequest { drink: slug(drink), options: Options::default(), name };
        self.posts(&path::orders(&self.bar), id, request).await?.read()
    }

    /// Starts making it.
    pub(crate) async fn claims(&self, order: &OrderId) -> Said<OrderView> {
        self.steps(order, Step::Claim).await
    }

    /// Puts it back.
    pub(crate) async fn releases(&self, order: &OrderId) -> Said<OrderView> {
        self.steps(order, Step::Release).await
    }

    /// Says it is ready.
    pub(crate) async fn completes(&self, order: &OrderId) -> Said<OrderView> {
        self.steps(order, Step::Complete).await
    }

    /// Says it is not ready after all.
    pub(crate) async fn recalls(&self, order: &OrderId) -> Said<OrderView> {
        self.steps(order, Step::Recall).await
    }

    /// Says it was collected; a guest: "I have it".
    pub(crate) async fn collects(&self, order: &OrderId) -> Said<OrderView> {
        self.steps(order, Step::Collect).await
    }

    /// Brings it back.
    pub(crate) async fn returns(&self, order: &OrderId) -> Said<OrderView> {
        self.steps(order, Step::Return).await
    }

    /// Takes a step that needs no more than its name.
    pub(crate) async fn steps(&self, order: &OrderId, step: Step) -> Said<OrderView> {
        let request = OrderRequest::plain(step).expect("a step that needs no more than its name");
        self.sends(order, request).await
    }

    /// Sends any command to an order.
    pub(crate) async fn sends(&self, order: &OrderId, request: OrderRequest) -> Said<OrderView> {
        self.sends_as(&command_id(), order, request).await
    }

    /// Sends any command to an order, under a command id of the caller's.
    pub(crate) async fn sends_as(
        &self,
        id: &CommandId,
        order: &OrderId,
        request: OrderRequest,
    ) -> Said<OrderView> {
        self.posts(&path::order_commands(order), id, request).await?.read()
    }

    // What is asked of the bar.

    /// Opens the bar.
    pub(crate) async fn opens(&self) -> Said<BarView> {
        self.tells(BarRequest::Open {}).await
    }

    /// Closes the bar.
    pub(crate) async fn closes(&self) -> Said<BarView> {
        self.tells(BarRequest::Close {}).await
    }

    /// Pauses the bar.
    pub(crate) async fn pauses(
        &self,
        until: Option<Timestamp>,
        reason: Option<&str>,
    ) -> Said<BarView> {
        self.tells(BarRequest::Pause { until, reason: reason.map(str::to_owned) }).await
    }

    /// Changes limits.
    pub(crate) async fn limits(&self, limits: LimitsChange) -> Said<BarView> {
        self.tells(BarRequest::SetLimits { limits }).await
    }

    /// Sends any command to the bar.
    pub(crate) async fn tells(&self, request: BarRequest) -> Said<BarView> {
        self.posts(&path::bar_commands(&self.bar), &command_id(), request).await?.read()
    }

    /// Makes a bar, with limits of its own; it is closed.
    pub(crate) async fn founds(&self, bar: &str, limits: LimitsChange) -> Said<BarView> {
        let bar = bar.parse().expect("a slug");
        let (name, place) = ("A second bar".to_owned(), "Hall 2".to_owned());
        let request = NewBar { bar, name, place, limits: Some(limits), menu: None };
        self.posts(route::BARS, &command_id(), request).await?.read()
    }

    /// Ends the session.
    pub(crate) async fn signs_out(&self) -> Said<Answer> {
        let request = self.http.request(Method::DELETE, route::CURRENT_SESSION, Some(self.token()));
        self.http.send(request, Vec::new()).await
    }

    // Whatever it is.

    /// POSTs a command; the answer may be anything.
    pub(crate) async fn posts(
        &self,
        path: &str,
        id: &CommandId,
        command: impl Serialize,
    ) -> Said<Answer> {
        let sent = Sent { command_id: id.clone(), command };
        self.http.post(path, Some(self.token()), &sent).await
    }

    /// GETs; the answer may be anything.
    pub(crate) async fn gets(&self, path: &str) -> Said<Answer> {
        self.http.get(path, Some(self.token())).await
    }
}

/// A command id that was never used.
pub(crate) fn command_id() -> CommandId {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("acceptance-{number}").parse().expect("a command id")
}

/// The slug of a drink, a group or an option.
pub(crate) fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}
