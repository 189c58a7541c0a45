//! Every endpoint: its path, what is sent, what comes back. Paths are spelled in [`route`] only.

mod by_kind;
pub mod path;
pub mod route;

use serde::{Deserialize, Deserializer, Serialize};

pub use self::by_kind::ByKind;
use self::by_kind::by_kind;
use crate::actor::Actor;
use crate::id::{BarId, CommandId, OrderId, Slug};
use crate::limits::LimitsChange;
use crate::menu::{Menu, Options};
use crate::rejection::Code;
pub use crate::staff::{StaffChange, StaffMember};
use crate::status::{Status, Step};
use crate::time::Timestamp;
pub use crate::webhook::{
    Replay, SavedWebhook, Webhook, WebhookAttempt, WebhookChange, WebhookSecret,
};

/// What a one-time link is behind in the address of a page: `/display/#link=<link>`. After the
/// `#`, so that it stays in the browser and out of every log.
pub const LINK_FRAGMENT: &str = "#link=";

/// The address a QR holds: `<order_url>?bar=<bar>&code=<code>`.
pub fn order_address(order_url: &str, bar: &BarId, code: &str) -> String {
    format!("{order_url}?bar={bar}&code={code}")
}

/// Where an app finds its backend: `config.json` beside its `index.html`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppConfig {
    /// The origin of the HTTP API, without a slash at its end.
    pub api: String,
    /// The address of the live topics.
    pub live: String,
    /// The address of the ordering app, as phones reach it.
    pub order_url: String,
    /// The version of the server.
    pub version: String,
}

/// A request without content: `{}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Empty {}

/// Signing in as staff.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// The name of the account.
    pub username: String,
    /// Its password.
    pub password: String,
}

/// A one-time link: what follows `#link=` in the address of the page it opens. 10 characters of
/// base32, typed as people type; good for 15 minutes and one session.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Its characters.
    pub link: String,
}

impl Link {
    /// The field of a problem that is about the link, and not about a name and a password.
    pub const FIELD: &'static str = "link";
}

/// A signed-in session.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Session {
    /// What is sent as `Authorization: Bearer …`, and as the password of live connections.
    pub token: String,
    /// From when on it is refused.
    pub expires_at: Timestamp,
    /// Who it is for.
    pub actor: Actor,
}

/// A command with the id its sender gave it: sending the same again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sent<T> {
    /// The id, made by the sender.
    pub command_id: CommandId,
    /// What is asked.
    #[serde(flatten)]
    pub command: T,
}

/// Making a bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewBar {
    /// Its slug.
    pub bar: BarId,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: String,
    /// Limits that differ from the standard ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<LimitsChange>,
    /// A menu other than the standard one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub menu: Option<Menu>,
}

by_kind! {
    /// What can be asked of a bar.
    #[expect(missing_docs, reason = "see `Command`, which these become")]
    pub enum BarRequest {
        Open {},
        Close {},
        Pause {
            #[serde(default, skip_serializing_if = "Option::is_none")]
            until: Option<Timestamp>,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            reason: Option<String>,
        },
        SetAvailability {
            #[serde(default, skip_serializing_if = "Option::is_none")]
            drink: Option<Slug>,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            group: Option<Slug>,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            option: Option<Slug>,
            available: bool,
        },
        SetMenu {
            menu: Menu,
        },
        SetLimits {
            limits: LimitsChange,
        },
        SetDetails {
            name: String,
            place: String,
            languages: Vec<String>,
            time_zone: String,
        },
    }
}

/// What a tablet asks of a bar, as [`BarRequest`] spells it: without the menu and the limits, whose
/// writing would be a part of its download.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "see `Command`, which these become")]
pub enum TabletRequest {
    Open {},
    Close {},
    Pause {
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    SetAvailability {
        #[serde(skip_serializing_if = "Option::is_none")]
        drink: Option<Slug>,
        #[serde(skip_serializing_if = "Option::is_none")]
        group: Option<Slug>,
        #[serde(skip_serializing_if = "Option::is_none")]
        option: Option<Slug>,
        available: bool,
    },
}

/// A guest redeems a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RedeemCode {
    /// The code, as scanned or typed.
    pub code: String,
}

/// A drink, its options and the name to call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DrinkRequest {
    /// Which drink.
    pub drink: Slug,
    /// What is chosen in its groups; a group left out is answered by its default.
    #[serde(default)]
    pub options: Options,
    /// The name to call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

by_kind! {
    /// What can be asked of an order.
    #[expect(missing_docs, reason = "see `OrderCommand`, which these become")]
    pub enum OrderRequest {
        Place {
            drink: Slug,
            #[serde(default)]
            options: Options,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            name: Option<String>,
        },
        Change {
            drink: Slug,
            #[serde(default)]
            options: Options,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            name: Option<String>,
        },
        Claim {},
        Release {},
        Complete {},
        Recall {},
        Collect {},
        Return {},
        Cancel {
            #[serde(default, skip_serializing_if = "Option::is_none")]
            reason: Option<String>,
        },
    }
}

impl OrderRequest {
    /// The request for a step that needs no more than its name; none for placing and changing.
    pub fn plain(step: Step) -> Option<Self> {
        match step {
            Step::Claim => Some(Self::Claim {}),
            Step::Release => Some(Self::Release {}),
            Step::Complete => Some(Self::Complete {}),
            Step::Recall => Some(Self::Recall {}),
            Step::Collect => Some(Self::Collect {}),
            Step::Return => Some(Self::Return {}),
            Step::Cancel => Some(Self::Cancel { reason: None }),
            Step::Place | Step::Change | Step::Expire => None,
        }
    }
}

/// The error body, RFC 9457 `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// A name of the kind of problem, as a URI.
    #[serde(rename = "type")]
    pub kind: String,
    /// A short name for people.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The sentence the person reads.
    pub detail: String,
    /// The name programs read.
    pub code: Code,
    /// When to try again, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<Timestamp>,
    /// Where in the request the fault is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The live order that is in the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderId>,
    /// Where the order is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_status: Option<Status>,
    /// Who is making it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_by: Option<String>,
}

/// A page of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LogPage {
    /// The entries after the one asked for, in order.
    pub entries: Vec<crate::event::Entry>,
    /// The newest entry of the log.
    pub last: u64,
}
