//! Why the bar says no. Refused is not failed: every refusal has a name, and a sentence in
//! `text`.

use serde::{Deserialize, Serialize};

use crate::id::{OrderId, PersonId};
use crate::menu::{MenuError, Names};
use crate::mistake::Mistake;
use crate::status::Status;
use crate::time::Timestamp;

/// Why a command was not carried out. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The bar takes no orders.
    #[error("the bar is closed")]
    BarClosed,
    /// The bar lets nobody in for a while.
    #[error("the bar is paused")]
    BarPaused {
        /// When it goes on, if that is known.
        until: Option<Timestamp>,
    },
    /// As many orders, or as much work, as the bar can take.
    #[error("the bar is full")]
    BarFull,
    /// There is a bar of this name.
    #[error("the bar exists")]
    BarExists,
    /// There is no bar of this name.
    #[error("there is no such bar")]
    NoSuchBar,
    /// There is no order of this name, or it is somebody else's.
    #[error("there is no such order")]
    NoSuchOrder,
    /// This guest has a running order.
    #[error("the guest has a live order")]
    LiveOrderExists {
        /// That order.
        order: OrderId,
    },
    /// This guest has had all drinks of the day.
    #[error("the guest has reached the daily limit")]
    DailyLimit {
        /// When the next day begins.
        retry_at: Timestamp,
    },
    /// Not a code of this bar.
    #[error("the code is unknown")]
    CodeUnknown,
    /// A code whose time is over.
    #[error("the code is out of date")]
    CodeExpired,
    /// A code whose drinks have been taken.
    #[error("the code is used up")]
    CodeUsedUp {
        /// When the next one comes; none when it has come already.
        retry_at: Option<Timestamp>,
    },
    /// It is on the menu but not to be had.
    #[error("`{item}` is sold out")]
    SoldOut {
        /// Where in the request it stands.
        field: String,
        /// Its name.
        item: String,
        /// That name in other languages.
        names: Names,
    },
    /// The request does not make sense.
    #[error("`{field}` {problem}")]
    Invalid {
        /// Where in the request the fault is.
        field: String,
        /// What is wrong there.
        problem: Mistake,
    },
    /// Not from where the order is.
    #[error("the order is {}", order_status.as_str())]
    WrongStatus {
        /// Where it is.
        order_status: Status,
    },
    /// Another barista, or this one, is making it.
    #[error("the order is being made")]
    Taken {
        /// Who.
        by: PersonId,
    },
    /// The order has moved on since the sender looked.
    #[error("the order has changed")]
    Changed,
    /// The id was used for something else.
    #[error("the command id was used for another command")]
    CommandReused,
    /// This role may never do that.
    #[error("not allowed")]
    NotAllowed,
}

/// The name of a refusal or fault on the wire, in `data-code`, and in the table of sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the contract lists them; the sentences are in `text`")]
pub enum Code {
    BarClosed,
    BarPaused,
    BarFull,
    BarExists,
    NoSuchBar,
    NoSuchOrder,
    LiveOrderExists,
    DailyLimit,
    CodeUnknown,
    CodeExpired,
    CodeUsedUp,
    SoldOut,
    Invalid,
    WrongStatus,
    Taken,
    Changed,
    CommandReused,
    NotAllowed,
    Malformed,
    NoSession,
    BadCredentials,
    NotFound,
    MethodNotAllowed,
    TooLarge,
    UnsupportedMediaType,
    TooManyRequests,
    Internal,
    Unavailable,
}

impl Code {
    /// Every code.
    pub const ALL: [Self; 28] = [
        Self::BarClosed,
        Self::BarPaused,
        Self::BarFull,
        Self::BarExists,
        Self::NoSuchBar,
        Self::NoSuchOrder,
        Self::LiveOrderExists,
        Self::DailyLimit,
        Self::CodeUnknown,
        Self::CodeExpired,
        Self::CodeUsedUp,
        Self::SoldOut,
        Self::Invalid,
        Self::WrongStatus,
        Self::Taken,
        Self::Changed,
        Self::CommandReused,
        Self::NotAllowed,
        Self::Malformed,
        Self::NoSession,
        Self::BadCredentials,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::TooManyRequests,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BarClosed => "bar_closed",
            Self::BarPaused => "bar_paused",
            Self::BarFull => "bar_full",
            Self::BarExists => "bar_exists",
            Self::NoSuchBar => "no_such_bar",
            Self::NoSuchOrder => "no_such_order",
            Self::LiveOrderExists => "live_order_exists",
            Self::DailyLimit => "daily_limit",
            Self::CodeUnknown => "code_unknown",
            Self::CodeExpired => "code_expired",
            Self::CodeUsedUp => "code_used_up",
            Self::SoldOut => "sold_out",
            Self::Invalid => "invalid",
            Self::WrongStatus => "wrong_status",
            Self::Taken => "taken",
            Self::Changed => "changed",
            Self::CommandReused => "command_reused",
            Self::NotAllowed => "not_allowed",
            Self::Malformed => "malformed",
            Self::NoSession => "no_session",
            Self::BadCredentials => "bad_credentials",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::TooLarge => "too_large",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::TooManyRequests => "too_many_requests",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
        }
    }
}

impl Rejection {
    /// Its name on the wire.
    pub const fn code(&self) -> Code {
        match self {
            Self::BarClosed => Code::BarClosed,
            Self::BarPaused { .. } => Code::BarPaused,
            Self::BarFull => Code::BarFull,
            Self::BarExists => Code::BarExists,
            Self::NoSuchBar => Code::NoSuchBar,
            Self::NoSuchOrder => Code::NoSuchOrder,
            Self::LiveOrderExists { .. } => Code::LiveOrderExists,
            Self::DailyLimit { .. } => Code::DailyLimit,
            Self::CodeUnknown => Code::CodeUnknown,
            Self::CodeExpired => Code::CodeExpired,
            Self::CodeUsedUp { .. } => Code::CodeUsedUp,
            Self::SoldOut { .. } => Code::SoldOut,
            Self::Invalid { .. } => Code::Invalid,
            Self::WrongStatus { .. } => Code::WrongStatus,
            Self::Taken { .. } => Code::Taken,
            Self::Changed => Code::Changed,
            Self::CommandReused => Code::CommandReused,
            Self::NotAllowed => Code::NotAllowed,
        }
    }

    /// When to try again, where that is known.
    pub const fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::BarPaused { until } => *until,
            Self::CodeUsedUp { retry_at } => *retry_at,
            Self::DailyLimit { retry_at } => Some(*retry_at),
            Self::BarClosed
            | Self::BarFull
            | Self::BarExists
            | Self::NoSuchBar
            | Self::NoSuchOrder
            | Self::LiveOrderExists { .. }
            | Self::CodeUnknown
            | Self::CodeExpired
            | Self::SoldOut { .. }
            | Self::Invalid { .. }
            | Self::WrongStatus { .. }
            | Self::Taken { .. }
            | Self::Changed
            | Self::CommandReused
            | Self::NotAllowed => None,
        }
    }
}

impl From<MenuError> for Rejection {
    fn from(error: MenuError) -> Self {
        match error {
            MenuError::SoldOut { field, item, names } => Self::SoldOut { field, item, names },
            MenuError::Invalid { field, problem } => Self::Invalid { field, problem },
        }
    }
}
