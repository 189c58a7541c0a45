//! The part of IoT Core that MiniStack lacks: custom authorizers. Our deployed function is asked
//! with the documented event, and what it answers is taken as IoT Core takes it.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::ministack::meter;
use crate::policy::Policies;
use crate::stack::Stack;

/// The bounds of AWS, in seconds, for both answers.
const REFRESH: std::ops::RangeInclusive<u64> = 300..=86_400;

/// A minute there is this long here. Only asking again is hurried, so that no test waits five
/// minutes for what a deployment says after five minutes.
const HURRIED_MINUTE: Duration = Duration::from_millis(500);
/// The same where everything is metered (see `metered.py`).
const METERED_MINUTE: Duration = Duration::from_secs(12);

/// Who would like to connect.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) client_id: String,
    pub(crate) username: String,
    pub(crate) password: Vec<u8>,
    /// Of this connection, made here.
    pub(crate) connection: String,
}

/// What a caller may do, and for how long.
pub(crate) struct Pass {
    pub(crate) policies: Policies,
    pub(crate) lasts: Duration,
    pub(crate) asked_again_after: Duration,
}

/// The function's answer about somebody; none when it does not know them.
pub(crate) async fn ask(stack: &Stack, caller: &Caller) -> Result<Option<Pass>> {
    let event = json!({
        "protocolData": {
            "mqtt": {
                "clientId": caller.client_id,
                "username": caller.username,
                "password": STANDARD.encode(&caller.password),
            },
            "http": {"headers": {}, "queryString": "?x-amz-customauthorizer-name=bar-session"},
            "tls": {"serverName": stack.live},
        },
        "protocols": ["tls", "http", "mqtt"],
        "signatureVerified": false,
        "connectionMetadata": {"id": caller.connection},
    });
    let answer = stack.invoke("AuthorizerFunctionName", &event).await?;
    if answer["isAuthenticated"] != true {
        return Ok(None);
    }
    let principal = answer["principalId"].as_str().unwrap_or_default();
    let plain = principal.bytes().all(|byte| byte.is_ascii_alphanumeric());
    ensure!(plain && (1..=128).contains(&principal.len()), "a principal {principal:?}");
    let seconds = |name: &str| -> Result<u64> {
        let seconds = answer[name].as_u64().filter(|seconds| REFRESH.contains(seconds));
        seconds.with_context(|| format!("{name} is {}", answer[name]))
    };
    let refresh = u32::try_from(seconds("refreshAfterInSeconds")?)?;
    let minute = if meter().is_some() { METERED_MINUTE } else { HURRIED_MINUTE };
    let pass = Pass {
        policies: Policies::read(&answer["policyDocuments"])?,
        lasts: Duration::from_secs(seconds("disconnectAfterInSeconds")?),
        asked_again_after: minute * refresh / 60,
    };
    let client = format!("client/{}", caller.client_id);
    Ok(pass.policies.allow("iot:Connect", &client).then_some(pass))
}
