//! A bar whose clock stands still until it is set, and people who knock at its door.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use domain::api::{path, route};
use domain::staff::StaffMember;
use domain::webhook::FIRST_WAIT_SECONDS;
use domain::{Bar, BarId, Entry, OrderId, PersonId, Role, Timestamp};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::PROCESSES;
use crate::app::{App, Ports};
use crate::clock::Clock;
use crate::config::{Delays, GUEST_REQUESTS_PER_MINUTE, Settings};
use crate::host::fold;
use crate::http::router;
use crate::memory::{Crowded, Memory};
use crate::ports::{Account, History as _, Identity, Log, PickupNames, Tally};
use crate::relay::Missed;
use crate::secret::Secret;

/// A clock that is set by hand.
pub(crate) struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// An open bar `espresso` at half past nine.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) memory: Arc<Memory>,
    clock: Arc<HandClock>,
    /// One for each process; they take turns.
    routers: Vec<Router>,
    turn: AtomicUsize,
    commands: AtomicU64,
}

/// Somebody with a session.
pub(crate) struct Visitor<'a> {
    house: &'a House,
    token: String,
    person: PersonId,
}

/// What came back: the status and the JSON.
pub(crate) type Answer = (StatusCode, Value);

/// What everything is signed with.
pub(crate) fn secret() -> Secret {
    Secret::new([7; 32])
}

pub(crate) fn settings() -> Settings {
    Settings {
        public_url: "http://bar.test".to_owned(),
        allowed_origins: Vec::new(),
        sign_in_delays: Delays::default(),
        unknown_code_delays: Delays::OF_CODES,
        guest_requests_per_minute: GUEST_REQUESTS_PER_MINUTE,
        webhook_first_wait_seconds: FIRST_WAIT_SECONDS,
    }
}

/// Lets others go first, so many times.
pub(super) async fn steps_aside(times: i32) {
    for _ in 0..times {
        tokio::task::yield_now().await;
    }
}

impl House {
    pub(crate) async fn open() -> Self {
        Self::open_at("2026-11-21T09:30:00Z").await
    }

    /// An open bar at another moment.
    pub(crate) async fn open_at(now: &str) -> Self {
        Self::open_on(Arc::new(Memory::default()), now).await
    }

    /// A server that was never used: no bar, no staff.
    pub(crate) async fn empty() -> Self {
        Self::start(Arc::default(), "2026-11-21T09:30:00Z".parse().expect("a moment")).await
    }

    /// The house again, after its server was stopped and started.
    pub(crate) async fn restarted(self) -> Self {
        self.app.stop().await;
        self.reopened().await
    }

    /// The house again, after its server was killed and started.
    pub(crate) async fn reopened(self) -> Self {
        let now = self.clock.now();
        Self::start(self.memory, now).await
    }

    async fn open_on(memory: Arc<Memory>, now: &str) -> Self {
        Self::hire(&memory).await;
        let house = Self::start(memory, now.parse().expect("a moment")).await;
        house.found().await;
        house
    }

    pub(crate) async fn hire(memory: &Memory) {
        for (username, role) in [("bea", Role::Barista), ("olga", Role::Organiser)] {
            let person = username.parse().expect("an id");
            let member = StaffMember {
                username: username.parse().expect("a user name"),
                role,
                name: username.to_owned(),
                bars: None,
                has_password: true,
            };
            let account = Account { member, person, seal: "seal".to_owned() };
            let version = memory.accounts().await.expect("memory never fails").version;
            let put = Identity::put(memory, &account, Some("secret"), version);
            put.await.expect("nobody else changes it");
        }
    }

    /// Houses that share a log, as the processes of a function do; one after the other they begin
    /// with what is in it.
    pub(crate) async fn sharing<L: Log + Tally + 'static>(logs: &[Arc<L>]) -> Vec<Self> {
        let memory = Arc::new(Memory::default());
        Self::hire(&memory).await;
        let now: Timestamp = "2026-11-21T09:30:00Z".parse().expect("a moment");
        let mut houses: Vec<Self> = Vec::new();
        for log in logs {
            let clock = Arc::new(HandClock(AtomicI64::new(now.millis())));
            let process = process(
                log.clone(),
                memory.clone(),
                Some(log.clone() as Arc<dyn Tally>),
                &memory,
                &clock,
            );
            let house = Self::of(vec![process.await], memory.clone(), clock);
            if houses.is_empty() {
                house.found().await;
            }
            houses.push(house);
        }
        houses
    }

    /// Makes and opens the bar.
    async fn found(&self) {
        let olga = self.staff("olga").await;
        let made = olga.posts(route::BARS, json!({"bar": "espresso", "name": "E", "place": "P"}));
        assert_eq!(made.await.0, StatusCode::CREATED);
        olga.asks_bar(json!({"type": "open"})).await;
    }

    async fn start(memory: Arc<Memory>, now: Timestamp) -> Self {
        let clock = Arc::new(HandClock(AtomicI64::new(now.millis())));
        let mut apps = Vec::new();
        if PROCESSES == 1 {
            apps.push(process(memory.clone(), memory.clone(), None, &memory, &clock).await);
        } else {
            for _ in 0..PROCESSES {
                let crowded = Arc::new(Crowded::new(memory.clone()));
                let (log, names) = (crowded.clone(), crowded.clone());
                apps.push(process(log, names, Some(crowded), &memory, &clock).await);
            }
        }
        Self::of(apps, memory, clock)
    }

    fn of(apps: Vec<App>, memory: Arc<Memory>, clock: Arc<HandClock>) -> Self {
        let (app, routers) = (apps[0].clone(), apps.into_iter().map(router).collect());
        Self { app, memory, clock, routers, turn: AtomicUsize::new(0), commands: AtomicU64::new(0) }
    }

    /// Where logs are shared somebody else tells the history.
    async fn tell_history(&self) {
        for bar in self.memory.bars().await.expect("memory never fails") {
            let cursor = self.memory.cursor(&bar).await.expect("memory never fails");
            let mut missed = Missed::after(cursor);
            let mut take_in = |bar: &Bar, entry: &Entry| missed.take_in(bar, entry);
            fold(&*self.memory, &bar, cursor, &mut take_in).await.expect("memory never fails");
            missed.store(&bar, &*self.memory).await.expect("memory never fails");
        }
    }

    pub(crate) fn bar(&self) -> BarId {
        "espresso".parse().expect("a slug")
    }

    /// Lets time pass; a negative number sets the clock back.
    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// The clock looks at every bar, if any clock does: where logs are shared it comes to each by its
    /// orders.
    pub(crate) async fn ticks(&self) {
        if PROCESSES == 1 {
            return self.app.tick().await;
        }
        for bar in self.memory.bars().await.expect("memory never fails") {
            self.app.nudge(&bar).await.expect("memory never fails");
        }
    }

    pub(crate) async fn guest(&self) -> Visitor<'_> {
        let (status, session) =
            self.knock(Method::POST, route::GUEST_SESSIONS, None, Some(json!({}))).await;
        assert_eq!(status, StatusCode::CREATED);
        self.visitor(&session)
    }

    pub(crate) async fn staff(&self, username: &str) -> Visitor<'_> {
        self.signed_in(username, "secret").await
    }

    pub(crate) async fn signed_in(&self, username: &str, password: &str) -> Visitor<'_> {
        let (status, session) = self.tries(username, password).await;
        assert_eq!(status, StatusCode::CREATED, "{session}");
        self.visitor(&session)
    }

    /// Tries to sign in.
    pub(crate) async fn tries(&self, username: &str, password: &str) -> Answer {
        let body = json!({"username": username, "password": password});
        self.knock(Method::POST, route::STAFF_SESSIONS, None, Some(body)).await
    }

    pub(crate) fn visitor(&self, session: &Value) -> Visitor<'_> {
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let person = text(&session["actor"]["person"]).parse().expect("an id");
        Visitor { house: self, token: text(&session["token"]), person }
    }

    /// Somebody who was here before the server was restarted.
    pub(crate) fn again(&self, token: String, person: PersonId) -> Visitor<'_> {
        Visitor { house: self, token, person }
    }

    pub(crate) async fn knock(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<Value>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let request = request.body(body).expect("a request");
        if PROCESSES > 1 {
            self.tell_history().await;
        }
        let turn = self.turn.fetch_add(1, Ordering::SeqCst);
        let router = self.routers[turn % self.routers.len()].clone();
        let answer = router.oneshot(request).await.expect("an answer");
        let status = answer.status();
        let body = answer.into_body().collect().await.expect("a body").to_bytes();
        (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }
}

/// A process that serves a house.
async fn process(
    log: Arc<dyn Log>,
    names: Arc<dyn PickupNames>,
    tally: Option<Arc<dyn Tally>>,
    memory: &Arc<Memory>,
    clock: &Arc<HandClock>,
) -> App {
    let secret = secret();
    let ports = Ports {
        log,
        names,
        tally,
        history: memory.clone(),
        hop_times: None,
        live: memory.clone(),
        identity: memory.clone(),
        webhooks: memory.clone(),
        clock: clock.clone(),
        people: secret.people(),
        secret,
    };
    App::start(ports, settings()).await.expect("memory never fails")
}

impl Visitor<'_> {
    pub(crate) fn person(&self) -> PersonId {
        self.person.clone()
    }

    /// Sends exactly this.
    pub(crate) async fn sends(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.house.knock(method, path, Some(&self.token), body).await
    }

    /// What proves who it is, in another life of the server too.
    pub(crate) fn token(&self) -> String {
        self.token.clone()
    }

    pub(crate) async fn gets(&self, path: &str) -> Value {
        let (status, body) = self.house.knock(Method::GET, path, Some(&self.token), None).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        body
    }

    /// Posts a command under a fresh id, unless it brings one.
    pub(crate) async fn posts(&self, path: &str, mut body: Value) -> Answer {
        if path != route::CURRENT_SESSION && body.get("command_id").is_none() {
            let number = self.house.commands.fetch_add(1, Ordering::SeqCst);
            let moment = self.house.clock.now().millis();
            body["command_id"] = json!(format!("command-{moment}-{number}"));
        }
        self.house.knock(Method::POST, path, Some(&self.token), Some(body)).await
    }

    pub(crate) async fn asks_bar(&self, body: Value) -> Value {
        let (status, body) = self.posts(&path::bar_commands(&self.house.bar()), body).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        body
    }

    pub(crate) async fn code(&self) -> Value {
        self.gets(&path::code(&self.house.bar())).await
    }

    pub(crate) async fn redeems(&self, code: &Value) -> Answer {
        self.posts(&path::orders(&self.house.bar()), json!({"code": code["code"]})).await
    }

    pub(crate) async fn asks(&self, order: &Value, body: Value) -> Answer {
        let order: OrderId = order["order"].as_str().expect("an order").parse().expect("an id");
        self.posts(&path::order_commands(&order), body).await
    }

    pub(crate) async fn looks_at(&self, order: &Value) -> Value {
        let order: OrderId = order["order"].as_str().expect("an order").parse().expect("an id");
        self.gets(&path::order(&order)).await
    }

    /// Scans the running code and places a latte.
    pub(crate) async fn orders_a_latte(&self, code: &Value) -> Value {
        let (status, order) = self.redeems(code).await;
        assert_eq!(status, StatusCode::CREATED, "{order}");
        let (status, order) = self.asks(&order, json!({"type": "place", "drink": "latte"})).await;
        assert_eq!(status, StatusCode::OK, "{order}");
        order
    }
}
