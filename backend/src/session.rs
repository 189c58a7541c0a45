//! Sessions: signed tokens, so that checking one asks nobody.
//!
//! A session ends when its time is over, when it is withdrawn by name (somebody signs out), or
//! when the seal of its account is broken (somebody is dismissed, or may do something else now).
//! Renewing leaves the session it came from as it is: an answer that was lost on the way signs
//! nobody out. Signing out ends the session and those it was renewed from, and no other.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::api::Session;
use domain::{Actor, Role, Timestamp};
use serde::{Deserialize, Serialize};

use crate::key::random;
use crate::ports::{Account, Identity, Unavailable};
use crate::secret::{Secret, Signer};

/// What a token says. Field names are short because every phone carries it.
#[derive(Serialize, Deserialize)]
struct Claims {
    #[serde(rename = "a")]
    actor: Actor,
    #[serde(rename = "x")]
    expires_at: i64,
    #[serde(rename = "i")]
    id: String,
    /// Of the account; guests have none.
    #[serde(rename = "s", default, skip_serializing_if = "String::is_empty")]
    seal: String,
    /// The sessions it was renewed from and when they end, the newest last.
    #[serde(rename = "r", default, skip_serializing_if = "Vec::is_empty")]
    renewed_from: Vec<(String, i64)>,
}

/// A session that was checked.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    pub(crate) actor: Actor,
    pub(crate) expires_at: Timestamp,
    id: String,
    seal: String,
    renewed_from: Vec<(String, i64)>,
}

/// Makes and checks sessions.
#[derive(Clone)]
pub(crate) struct Sessions {
    signer: Signer,
    identity: Arc<dyn Identity>,
}

/// A token longer than this is nobody's: names are 120 characters and bars 32 at most.
const LONGEST_TOKEN: usize = 16 * 1024;

/// Sessions a token remembers being renewed from. Apps renew at half time, when the one before
/// the last is over.
const MOST_RENEWED_FROM: usize = 4;

impl Sessions {
    pub(crate) fn new(secret: &Secret, identity: Arc<dyn Identity>) -> Self {
        Self { signer: secret.signer("sessions"), identity }
    }

    /// A new session for a guest.
    pub(crate) fn begin_as_guest(&self, actor: Actor, now: Timestamp) -> Session {
        self.begin(actor, String::new(), Vec::new(), now)
    }

    /// A new session for whoever has this account.
    pub(crate) fn begin_as_staff(&self, account: Account, now: Timestamp) -> Session {
        self.begin(account.actor(), account.seal, Vec::new(), now)
    }

    /// A new session in place of this one, which stays good.
    pub(crate) fn renew(&self, session: SignedIn, now: Timestamp) -> Session {
        let SignedIn { actor, expires_at, id, seal, mut renewed_from } = session;
        renewed_from.retain(|(_, ends)| *ends > now.millis());
        renewed_from.push((id, expires_at.millis()));
        let surplus = renewed_from.len().saturating_sub(MOST_RENEWED_FROM);
        renewed_from.drain(..surplus);
        self.begin(actor, seal, renewed_from, now)
    }

    fn begin(
        &self,
        actor: Actor,
        seal: String,
        renewed_from: Vec<(String, i64)>,
        now: Timestamp,
    ) -> Session {
        let seconds = match actor.role {
            Role::Customer | Role::Display => 30 * 24 * 3600,
            Role::Barista | Role::Organiser => 24 * 3600,
        };
        let expires_at = now.plus_seconds(seconds);
        let claims = Claims {
            actor,
            expires_at: expires_at.millis(),
            id: URL_SAFE_NO_PAD.encode(random::<9>()),
            seal,
            renewed_from,
        };
        let json = serde_json::to_vec(&claims).expect("claims are plain data");
        let body = URL_SAFE_NO_PAD.encode(json);
        let signature = URL_SAFE_NO_PAD.encode(self.signer.sign(body.as_bytes()));
        Session { token: format!("{body}.{signature}"), expires_at, actor: claims.actor }
    }

    /// The session behind a token, if it is genuine, running and not withdrawn.
    pub(crate) async fn check(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<SignedIn>, Unavailable> {
        let mut read = self.read(token);
        if read.is_none() && self.signer.look_again(now).await {
            read = self.read(token);
        }
        let Some(session) = read.filter(|session| now < session.expires_at) else {
            return Ok(None);
        };
        Ok(self.stands(&session).await?.then_some(session))
    }

    /// The session that a genuine token tells of.
    fn read(&self, token: &str) -> Option<SignedIn> {
        if token.len() > LONGEST_TOKEN {
            return None;
        }
        let (body, signature) = token.split_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        if signature.len() != 32 || !self.signer.verify(body.as_bytes(), &signature) {
            return None;
        }
        let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok()?).ok()?;
        let Claims { actor, expires_at, id, seal, renewed_from } = claims;
        let expires_at = Timestamp::from_millis(expires_at);
        Some(SignedIn { actor, expires_at, id, seal, renewed_from })
    }

    /// Whether a session has not been withdrawn, by its name or with its account's others.
    pub(crate) async fn stands(&self, session: &SignedIn) -> Result<bool, Unavailable> {
        let SignedIn { actor, id, seal, .. } = session;
        let seal = actor.role.has_account().then_some(seal.as_str());
        self.identity.stands(&actor.person, seal, id).await
    }

    /// Withdraws a session, and those it was renewed from.
    pub(crate) async fn end(&self, session: &SignedIn, now: Timestamp) -> Result<(), Unavailable> {
        let earlier = session.renewed_from.iter();
        let mut ended: Vec<_> =
            earlier.map(|(id, ends)| (id.clone(), Timestamp::from_millis(*ends))).collect();
        ended.push((session.id.clone(), session.expires_at));
        self.identity.revoke(&ended, now).await
    }
}
