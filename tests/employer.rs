//! What an organiser does with accounts, and how links are used.

use anyhow::{Context as _, Result};
use domain::api::{Empty, LINK_FRAGMENT, Link, Session, StaffChange, StaffMember, path, route};
use domain::{BarId, Role};
use hyper::Method;
use hyper::header::CONTENT_TYPE;

use crate::bar::Bar;
use crate::http::{Answer, No};
use crate::person::{Person, Said};
use crate::server::{PASSWORD, Server};
use crate::soon::until;

impl Person {
    /// Makes an account or changes it.
    pub(crate) async fn puts_staff(
        &self,
        username: &str,
        change: &StaffChange,
    ) -> Said<StaffMember> {
        let path = path::staff_member(&username.parse().expect("a user name"));
        let request = self.http.request(Method::PUT, &path, Some(self.token()));
        let body = serde_json::to_vec(change).expect("plain data");
        self.http.send(request.header(CONTENT_TYPE, "application/json"), body).await?.read()
    }

    /// Makes an account with the password that everybody has.
    pub(crate) async fn hires(&self, username: &str, role: Role, bars: &[&BarId]) -> Said<()> {
        let bars = (!bars.is_empty()).then(|| bars.iter().map(|&bar| bar.clone()).collect());
        let change = StaffChange {
            password: Some(PASSWORD.to_owned()),
            role,
            name: username.to_uppercase(),
            bars,
        };
        self.puts_staff(username, &change).await.map(|_| ())
    }

    /// Removes an account.
    pub(crate) async fn dismisses(&self, username: &str) -> Said<Answer> {
        let path = path::staff_member(&username.parse().expect("a user name"));
        let request = self.http.request(Method::DELETE, &path, Some(self.token()));
        self.http.send(request, Vec::new()).await
    }

    /// All accounts.
    pub(crate) async fn staff(&self) -> Said<Vec<StaffMember>> {
        self.gets(route::STAFF).await?.read()
    }

    /// A link for a display.
    pub(crate) async fn makes_link(&self, username: &str) -> Said<String> {
        let path = path::staff_link(&username.parse().expect("a user name"));
        let link: Link = self.http.post(&path, Some(self.token()), &Empty {}).await?.read()?;
        Ok(link.link)
    }
}

impl Bar {
    /// Somebody who opens a link.
    pub(crate) async fn opens_link(&self, link: &str) -> Result<Person, No> {
        let link = Link { link: link.to_owned() };
        let session: Session = self.http.post(route::LINK_SESSIONS, None, &link).await?.read()?;
        Ok(Person { http: self.http.clone(), session, bar: self.id.clone() })
    }
}

/// The link to this page that the server has printed last.
pub(crate) async fn printed_link(server: &Server, page: &str) -> Result<String> {
    let link = || {
        let address = format!("{page}{LINK_FRAGMENT}");
        let (_, link) = server.output().rsplit_once(&address).map(own)?;
        link.lines().next().map(str::to_owned)
    };
    until("a link", async || Ok(link().is_some())).await?;
    link().context("it was there a moment ago")
}

fn own((before, after): (&str, &str)) -> (String, String) {
    (before.to_owned(), after.to_owned())
}
