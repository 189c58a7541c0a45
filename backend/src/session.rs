//! Sessions: signed tokens, so that checking one asks nobody.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::api::Session;
use domain::{Actor, Role, Timestamp};
use serde::{Deserialize, Serialize};

use crate::key::{Key, Secret, random};
use crate::ports::Identity;

/// What a token says. Field names are short because every phone carries it.
#[derive(Serialize, Deserialize)]
struct Claims {
    #[serde(rename = "a")]
    actor: Actor,
    #[serde(rename = "x")]
    expires_at: i64,
    #[serde(rename = "i")]
    id: String,
}

/// A session that was checked.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    pub(crate) actor: Actor,
    pub(crate) expires_at: Timestamp,
    pub(crate) id: String,
}

/// Makes and checks sessions.
#[derive(Clone)]
pub(crate) struct Sessions {
    key: Key,
    identity: Arc<dyn Identity>,
}

/// A token longer than this is nobody's: names are 120 characters and bars 32 at most.
const LONGEST_TOKEN: usize = 16 * 1024;

impl Sessions {
    pub(crate) fn new(secret: &Secret, identity: Arc<dyn Identity>) -> Self {
        Self { key: secret.key("sessions"), identity }
    }

    /// A new session for a person.
    pub(crate) fn begin(&self, actor: Actor, now: Timestamp) -> Session {
        let seconds = match actor.role {
            Role::Customer | Role::Display => 30 * 24 * 3600,
            Role::Barista | Role::Organiser => 24 * 3600,
        };
        let expires_at = now.plus_seconds(seconds);
        let claims = Claims {
            actor,
            expires_at: expires_at.millis(),
            id: URL_SAFE_NO_PAD.encode(random::<9>()),
        };
        let json = serde_json::to_vec(&claims).expect("claims are plain data");
        let body = URL_SAFE_NO_PAD.encode(json);
        let signature = URL_SAFE_NO_PAD.encode(self.key.sign(body.as_bytes()));
        Session { token: format!("{body}.{signature}"), expires_at, actor: claims.actor }
    }

    /// The session behind a token, if it is genuine, running and not withdrawn.
    pub(crate) fn check(&self, token: &str, now: Timestamp) -> Option<SignedIn> {
        if token.len() > LONGEST_TOKEN {
            return None;
        }
        let (body, signature) = token.split_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        if signature.len() != 32 || !self.key.verify(body.as_bytes(), &signature) {
            return None;
        }
        let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok()?).ok()?;
        let expires_at = Timestamp::from_millis(claims.expires_at);
        let session = SignedIn { actor: claims.actor, expires_at, id: claims.id };
        (now < expires_at && !self.identity.is_revoked(&session.id)).then_some(session)
    }

    /// Withdraws a session.
    pub(crate) async fn end(&self, session: &SignedIn) -> Result<(), crate::ports::Unavailable> {
        self.identity.revoke(&session.id, session.expires_at).await
    }
}
