//! A bar on a server of its own, and how people come to it.

use anyhow::Result;
use domain::BarId;
use domain::api::{Credentials, Empty, Session, route};
use domain::limits::LimitsChange;

use crate::http::{Http, No};
use crate::person::Person;
use crate::server::{PASSWORD, Server};

/// The demonstration's bar `espresso`: open, with the standard menu and its staff.
pub(crate) struct Bar {
    pub(crate) server: Server,
    pub(crate) http: Http,
    pub(crate) id: BarId,
}

impl Bar {
    /// A bar that has just opened, on a server of its own.
    pub(crate) async fn open() -> Result<Self> {
        Ok(Self::of(Server::start().await?))
    }

    /// A bar where nothing is short: a code that holds all day and for everybody.
    pub(crate) async fn roomy() -> Result<Self> {
        Self::of(Server::start().await?).with(roomy()).await
    }

    /// A bar with limits of its own, open.
    pub(crate) async fn with_limits(limits: LimitsChange) -> Result<Self> {
        Self::of(Server::start().await?).with(limits).await
    }

    /// A second bar of the same server, with limits of its own, open; people come to this one.
    pub(crate) async fn with(self, limits: LimitsChange) -> Result<Self> {
        let id: BarId = "hall-2".parse()?;
        let olga = self.olga().await?.at(&id);
        olga.founds(id.as_str(), limits).await?;
        olga.opens().await?;
        Ok(Self { id, ..self })
    }

    /// The demonstration's bar of a server.
    pub(crate) fn of(server: Server) -> Self {
        let http = Http::to(server.address());
        Self { server, http, id: "espresso".parse().expect("a slug") }
    }

    /// Somebody with a phone.
    pub(crate) async fn guest(&self) -> Result<Person, No> {
        let session = self.http.post(route::GUEST_SESSIONS, None, &Empty {}).await?.read()?;
        Ok(self.person(session))
    }

    /// Bea, a barista.
    pub(crate) async fn bea(&self) -> Result<Person, No> {
        self.staff("barista").await
    }

    /// Bob, another barista.
    pub(crate) async fn bob(&self) -> Result<Person, No> {
        self.staff("barista2").await
    }

    /// The monitor above the bar.
    pub(crate) async fn display(&self) -> Result<Person, No> {
        self.staff("display").await
    }

    /// Olga, who runs the bar.
    pub(crate) async fn olga(&self) -> Result<Person, No> {
        self.staff("organiser").await
    }

    /// Somebody who signs in by name.
    pub(crate) async fn staff(&self, username: &str) -> Result<Person, No> {
        self.staff_with(username, PASSWORD).await
    }

    /// Somebody who signs in by name, with a password of their own.
    pub(crate) async fn staff_with(&self, username: &str, password: &str) -> Result<Person, No> {
        let credentials =
            Credentials { username: username.to_owned(), password: password.to_owned() };
        Ok(self.person(self.http.post(route::STAFF_SESSIONS, None, &credentials).await?.read()?))
    }

    fn person(&self, session: Session) -> Person {
        Person { http: self.http.clone(), session, bar: self.id.clone() }
    }
}

/// Limits that nobody reaches.
pub(crate) fn roomy() -> LimitsChange {
    LimitsChange {
        window_seconds: Some(86_400),
        grace_seconds: Some(86_400),
        uses_per_window: Some(10_000),
        choose_seconds: Some(86_400),
        start_seconds: Some(86_400),
        collect_seconds: Some(86_400),
        max_in_progress: Some(10_000),
        max_wait_seconds: Some(86_400),
        live_per_person: Some(10_000),
        ..LimitsChange::default()
    }
}
