//! Coming in and going out.

use std::net::IpAddr;

use domain::api::Session;
use domain::{Actor, Role, Timestamp};

use super::App;
use crate::config::Delays;
use crate::key::random_base32;
use crate::ports::Unavailable;
use crate::rate::GrowingDelays;
use crate::session::SignedIn;
use crate::turns::Turns;

/// Failed sign-ins are remembered for this many pairs of address and user name.
const MOST_REMEMBERED: usize = 20_000;

/// Checking a password is made to be slow: a few at a time, so that guests do not wait for it.
const CHECKS_AT_ONCE: usize = 2;
/// How many may wait for that who come from one address: more than a bar has staff, and as many as
/// are checked before whoever waits gives up.
const MOST_WAITING: usize = 50;
/// When the next one may try.
const NOT_WAITING_SECONDS: u32 = 1;

/// What keeps guessing passwords slow.
pub(super) struct SignIns {
    turns: Turns<IpAddr>,
    delays: GrowingDelays<(IpAddr, String)>,
}

impl SignIns {
    pub(super) fn new(delays: Delays) -> Self {
        let turns = Turns::new(CHECKS_AT_ONCE, MOST_WAITING);
        Self { turns, delays: GrowingDelays::new(delays, MOST_REMEMBERED) }
    }
}

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotSignedIn {
    /// User name and password do not go together.
    #[error("wrong credentials")]
    WrongCredentials,
    /// The link has been used, is over, or never was.
    #[error("not a link, or not any more")]
    NoLink,
    /// Too many failures before.
    #[error("too many failures")]
    TooSoon {
        /// When to try again.
        retry_at: Timestamp,
        /// When that was said.
        now: Timestamp,
    },
    /// Nobody can say at the moment.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl App {
    /// A session for somebody with a phone.
    pub(crate) fn begin_as_guest(&self) -> Session {
        let person = random_base32(20).parse().expect("base32 fits a person's id");
        let guest = Actor { person, role: Role::Customer, name: None, bars: None };
        self.sessions().begin_as_guest(guest, self.now())
    }

    /// A session for whoever knows the password of an account.
    pub(crate) async fn sign_in(
        &self,
        from: IpAddr,
        username: &str,
        password: &str,
    ) -> Result<Session, NotSignedIn> {
        let SignIns { turns, delays } = &self.0.sign_ins;
        // No account has a longer name, and what is remembered must not grow with what is sent.
        let who = (from, username.chars().take(64).collect::<String>());
        let may_try = || {
            let now = self.now();
            let until = delays.must_wait_until(&who, now);
            until.map_or(Ok(()), |retry_at| Err(NotSignedIn::TooSoon { retry_at, now }))
        };
        may_try()?;
        let turn = turns.take(&from).await.ok_or_else(|| {
            let now = self.now();
            NotSignedIn::TooSoon { retry_at: now.plus_seconds(NOT_WAITING_SECONDS), now }
        })?;
        // Of many at the same moment those ahead may have failed meanwhile.
        may_try()?;
        // A check goes on when whoever asked hangs up: so must its turn, and it counts.
        let (app, username, password) = (self.clone(), username.to_owned(), password.to_owned());
        let check = async move {
            let _turn = turn;
            let delays = &app.0.sign_ins.delays;
            match app.ports().identity.verify(&username, &password).await? {
                Some(account) => {
                    delays.succeeded(&who);
                    Ok(app.sessions().begin_as_staff(account, app.now()))
                }
                None => {
                    delays.failed(&who, app.now());
                    app.metrics().failed_sign_in();
                    Err(NotSignedIn::WrongCredentials)
                }
            }
        };
        tokio::spawn(check).await.map_err(Unavailable::new)?
    }

    /// A session for whoever has a link, which is used up by it.
    pub(crate) async fn use_link(&self, typed: &str) -> Result<Session, NotSignedIn> {
        for mark in self.0.links.marks(typed) {
            if let Some(account) = self.ports().identity.take_link(&mark, self.now()).await? {
                return Ok(self.sessions().begin_as_staff(account, self.now()));
            }
        }
        Err(NotSignedIn::NoLink)
    }

    /// Ends a session at once, its live connections with it.
    pub(crate) async fn sign_out(&self, session: &SignedIn) -> Result<(), Unavailable> {
        self.sessions().end(session, self.now()).await?;
        self.ports().live.sessions_withdrawn(&session.actor.person);
        Ok(())
    }
}
