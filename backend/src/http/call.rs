//! Reading requests: bodies, senders, ids, in the order in which the contract checks them.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Path, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, EXPECT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::api::ByKind;
use domain::name;
use domain::{Actor, BarId, Code, CommandId, Mistake, OrderId, Rejection};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::fields;
use super::problem::Fault;
use crate::app::{App, Asked, Failure, NameChange};
use crate::session::SignedIn;

/// Bodies over this are refused.
pub(super) const LARGEST_BODY: usize = 64 * 1024;
/// Bodies over this are not even heard out.
const LARGEST_IGNORED: usize = 16 * 1024 * 1024;
/// A body that takes longer than this will not come.
const SLOWEST_BODY: Duration = Duration::from_secs(10);

/// Who asks, as the header says; not checked yet.
pub(super) struct Viewer(HeaderMap);

impl<S: Send + Sync> FromRequestParts<S> for Viewer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.headers.clone()))
    }
}

impl Viewer {
    /// The session, or 401; 429 when its guest asks too much.
    pub(super) async fn signed_in(&self, app: &App) -> Result<SignedIn, Fault> {
        self.session(app).await?.ok_or(Fault::new(Code::NoSession))
    }

    /// The session, if there is a good one, where anyone may ask.
    pub(super) async fn session(&self, app: &App) -> Result<Option<SignedIn>, Fault> {
        let session = match self.token() {
            Some(token) => app.sessions().check(token, app.now()).await?,
            None => None,
        };
        session.iter().try_for_each(|session| app.count_request(&session.actor))?;
        Ok(session)
    }

    fn token(&self) -> Option<&str> {
        let header = self.0.get(AUTHORIZATION)?.to_str().ok()?;
        let (scheme, token) = header.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    }
}

/// What a path names. Empty, and so the name of nothing, when it is not even text.
pub(super) struct Named(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        Ok(Self(path.map_or_else(|_| String::new(), |Path(name)| name)))
    }
}

/// What a path names of a bar, and the bar.
pub(super) struct NamedOfBar(pub(super) String, pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for NamedOfBar {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        let (bar, name) = path.map_or_else(|_| Default::default(), |Path(names)| names);
        Ok(Self(bar, name))
    }
}

/// Where a request came from, as far as its connection tells.
pub(super) struct Peer(pub(super) IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let connection = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let address = connection.map(|ConnectInfo(peer)| peer.ip().to_canonical());
        Ok(Self(match address.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED)) {
            // Whoever has one address of IPv6 has the 2^64 beside it, too.
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
            v4 @ IpAddr::V4(_) => v4,
        }))
    }
}

/// A request with a JSON object as its body.
pub(super) struct Call {
    viewer: Viewer,
    fields: Map<String, Value>,
    digest: String,
}

impl<S: Send + Sync> FromRequest<S> for Call {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &S) -> Result<Self, Fault> {
        let (parts, mut body) = request.into_parts();
        let declared = parts.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
        let declared = declared.and_then(|length| length.parse::<usize>().ok());
        if declared.is_some_and(|length| length > LARGEST_BODY) {
            return Err(hear_out(Request::from_parts(parts, body), Code::TooLarge).await);
        }
        if !is_json(&parts.headers) {
            return Err(
                hear_out(Request::from_parts(parts, body), Code::UnsupportedMediaType).await
            );
        }
        let collected = Limited::new(&mut body, LARGEST_BODY).collect();
        let collected = tokio::time::timeout(SLOWEST_BODY, collected).await;
        let body = match collected.map_err(|_| Fault::new(Code::Malformed))? {
            Ok(collected) => collected.to_bytes(),
            Err(error) if error.is::<LengthLimitError>() => {
                return Err(hear_out(Request::from_parts(parts, body), Code::TooLarge).await);
            }
            Err(_) => return Err(Fault::new(Code::Malformed)),
        };
        let fields: Map<String, Value> =
            serde_json::from_slice(&body).map_err(|_| Fault::new(Code::Malformed))?;
        let digest = digest(&parts.method, parts.uri.path(), &fields);
        Ok(Self { viewer: Viewer(parts.headers), fields, digest })
    }
}

impl Call {
    /// The session, or 401.
    pub(super) async fn signed_in(&self, app: &App) -> Result<SignedIn, Fault> {
        self.viewer.signed_in(app).await
    }

    /// Whether the body mentions a field.
    pub(super) fn mentions(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// Takes the command id off, and says who asks for what.
    pub(super) fn asked(&mut self, actor: Actor) -> Result<Asked, Fault> {
        let id: Option<CommandId> = self.take("command_id")?;
        let id = id.ok_or_else(|| Fault::invalid("command_id", Mistake::Missing))?;
        Ok(Asked { actor, id, digest: self.digest.clone() })
    }

    /// Takes a field off, if it is there.
    pub(super) fn take<T: DeserializeOwned>(&mut self, field: &str) -> Result<Option<T>, Fault> {
        let value = self.fields.remove(field);
        let read = value.map(|value| serde_json::from_value(value)).transpose();
        read.map_err(|error| Fault::unreadable(field, error.to_string()))
    }

    /// What is left of the body, as what it should be.
    pub(super) fn read<T: DeserializeOwned + Serialize>(self) -> Result<T, Fault> {
        fields::read(self.fields)
    }

    /// The same, where the `type` says what it should be.
    pub(super) fn read_by_kind<T: Serialize>(mut self) -> Result<T, Fault>
    where
        ByKind<T>: DeserializeOwned,
    {
        let kind: Option<String> = self.take("type")?;
        let kind = kind.ok_or_else(|| Fault::invalid("type", Mistake::Missing))?;
        fields::read_by_kind(kind, self.fields)
    }
}

/// Refuses a request whose body nobody reads, once it has been sent: a client that still sends
/// when the connection closes never sees the answer. One that asks before it sends need not.
pub(super) async fn hear_out(request: Request, code: Code) -> Fault {
    if !request.headers().contains_key(EXPECT) {
        let mut body = Limited::new(request.into_body(), LARGEST_IGNORED);
        let rest = async { while let Some(Ok(_)) = body.frame().await {} };
        // However it ends, the answer is the same.
        let _ = tokio::time::timeout(SLOWEST_BODY, rest).await;
    }
    Fault::new(code)
}

fn is_json(headers: &HeaderMap) -> bool {
    let declared = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    declared.is_some_and(|declared| {
        let kind = declared.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/json")
    })
}

/// 128 bits of what makes two commands the same: method, path and body, whatever the order of
/// its fields.
fn digest(method: &Method, path: &str, fields: &Map<String, Value>) -> String {
    let body = serde_json::to_string(fields).expect("JSON that was read can be written");
    let hash = Sha256::digest(format!("{method} {path}\n{body}"));
    URL_SAFE_NO_PAD.encode(&hash[..16])
}

/// The bar of a path, if this person may know of it, as it is now.
pub(super) async fn known_bar(app: &App, bar: &str, actor: Option<&Actor>) -> Result<BarId, Fault> {
    let bar: BarId = bar.parse().map_err(|_| Rejection::NoSuchBar)?;
    if actor.is_some_and(|actor| !actor.knows(&bar)) {
        return Err(Rejection::NoSuchBar.into());
    }
    app.meet(&bar, actor).await?;
    Ok(bar)
}

/// The order of a path, if this person may know of its bar, which is met as it is now.
pub(super) async fn known_order(app: &App, order: &str, actor: &Actor) -> Result<OrderId, Fault> {
    let order: OrderId = order.parse().map_err(|_| Rejection::NoSuchOrder)?;
    if !actor.knows(&order.bar()) {
        return Err(Rejection::NoSuchOrder.into());
    }
    match app.meet(&order.bar(), Some(actor)).await {
        Ok(_) => Ok(order),
        Err(Failure::Rejected(_)) => Err(Rejection::NoSuchOrder.into()),
        Err(Failure::Unavailable(unavailable)) => Err(unavailable.into()),
    }
}

/// Refuses a role that may never do this.
pub(super) fn allow(allowed: bool) -> Result<(), Fault> {
    if allowed { Ok(()) } else { Err(Rejection::NotAllowed.into()) }
}

/// The name to call: kept, removed by an empty one, or not mentioned.
pub(super) fn name_change(name: Option<&str>) -> Result<NameChange, Fault> {
    let tidied = name.map(name::tidy).transpose();
    tidied.map_err(|mistake| Fault::invalid("name", mistake))
}
