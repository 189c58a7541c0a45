//! IoT Core's custom authorizer: whether a connection is a session's, and what it may hear.
//! <https://docs.aws.amazon.com/iot/latest/developerguide/custom-auth-lambda.html>

use std::sync::Arc;

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::topic::USERNAME;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::invocation::Answer;
use super::live_policy::policies;
use crate::clock::Clock;
use crate::session::{Sessions, SignedIn};

/// Asks about sessions.
pub(super) struct Authorizer {
    sessions: Sessions,
    clock: Arc<dyn Clock>,
}

/// What IoT Core asks.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    protocol_data: ProtocolData,
}

#[derive(Deserialize)]
struct ProtocolData {
    mqtt: Connect,
}

/// The CONNECT of MQTT; the password in base64.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Connect {
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    client_id: String,
}

/// What it is answered.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Authorized {
    is_authenticated: bool,
    principal_id: String,
    disconnect_after_in_seconds: u64,
    refresh_after_in_seconds: u64,
    policy_documents: Vec<Value>,
}

/// Withdrawn sessions end within five minutes, because it is asked again then. IoT Core takes
/// nothing shorter.
const REFRESH_SECONDS: u64 = 300;
/// A connection lasts as long as its session, within what IoT Core takes.
const LEAST_SECONDS: u64 = 300;
const MOST_SECONDS: u64 = 86_400;

impl Authorizer {
    pub(super) fn new(sessions: Sessions, clock: Arc<dyn Clock>) -> Self {
        Self { sessions, clock }
    }

    /// Answers whether this connection may be, and what it may do. `account` is the beginning of
    /// every name at IoT Core.
    pub(super) async fn answer(&self, event: Value, account: &str) -> anyhow::Result<Answer> {
        let event: Event = serde_json::from_value(event).context("not a connection")?;
        let connect = event.protocol_data.mqtt;
        let (authorized, status) = match self.session(&connect).await? {
            Some(session) => (self.authorized(&session, account, &connect.client_id), 200),
            None => (REFUSED, 401),
        };
        Ok(Answer { value: serde_json::to_value(authorized)?, route: "connect".to_owned(), status })
    }

    async fn session(&self, connect: &Connect) -> anyhow::Result<Option<SignedIn>> {
        let token = STANDARD.decode(&connect.password).ok();
        let token = token.and_then(|token| String::from_utf8(token).ok());
        match token.filter(|_| connect.username == USERNAME) {
            Some(token) => Ok(self.sessions.check(&token, self.clock.now()).await?),
            None => Ok(None),
        }
    }

    fn authorized(&self, session: &SignedIn, account: &str, client_id: &str) -> Authorized {
        let left = session.expires_at.millis_since(self.clock.now()) / 1000;
        // Letters and digits are all it takes, and it decides nothing.
        let person = session.actor.person.as_str().chars();
        Authorized {
            is_authenticated: true,
            principal_id: person.filter(char::is_ascii_alphanumeric).collect(),
            disconnect_after_in_seconds: left.clamp(LEAST_SECONDS, MOST_SECONDS),
            refresh_after_in_seconds: REFRESH_SECONDS,
            policy_documents: policies(account, &session.actor, client_id),
        }
    }
}

const REFUSED: Authorized = Authorized {
    is_authenticated: false,
    principal_id: String::new(),
    disconnect_after_in_seconds: LEAST_SECONDS,
    refresh_after_in_seconds: REFRESH_SECONDS,
    policy_documents: Vec::new(),
};

/// The beginning of every name at IoT Core, as this function's own name has it:
/// `arn:aws:lambda:eu-west-1:123456789012:function:…` is of `arn:aws:iot:eu-west-1:123456789012`.
pub(super) fn account_of(function: &str) -> anyhow::Result<String> {
    let mut parts = function.split(':');
    match [(); 5].map(|()| parts.next()) {
        [Some("arn"), Some(partition), Some("lambda"), Some(region), Some(account)] => {
            Ok(format!("arn:{partition}:iot:{region}:{account}"))
        }
        _ => anyhow::bail!("`{function}` is not the name of a function"),
    }
}
