//! What goes wrong, as an answer: the only table of status codes, and the one place that logs
//! what should not have happened.

use std::num::NonZeroU32;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::api::{Link, Problem};
use domain::menu::{Names, name_in};
use domain::text::{self, Details, Language};
use domain::{Code, Mistake, OrderId, PersonId, Rejection, Status, Timestamp};

use crate::app::{Failure, NotSignedIn, TooMuch, chain};
use crate::ports::Unavailable;

/// A request that was not carried out. Its sentence is added on the way out.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    code: Code,
    retry_at: Option<Timestamp>,
    /// The seconds until then, for programs that have no clock of ours.
    retry_after: Option<NonZeroU32>,
    field: Option<String>,
    mistake: Option<Mistake>,
    /// What the reader of the request said about the mistake, for who programs a client.
    said: Option<Box<str>>,
    /// The item that is sold out, and its name in other languages.
    item: Option<Box<(String, Names)>>,
    order: Option<OrderId>,
    order_status: Option<Status>,
    taken_by: Option<PersonId>,
    /// The credentials were a link.
    by_link: bool,
}

/// The table of status codes.
pub(super) const fn status(code: Code) -> StatusCode {
    match code {
        Code::Malformed => StatusCode::BAD_REQUEST,
        Code::NoSession | Code::BadCredentials => StatusCode::UNAUTHORIZED,
        Code::NotAllowed => StatusCode::FORBIDDEN,
        Code::NoSuchBar | Code::NoSuchOrder | Code::NotFound => StatusCode::NOT_FOUND,
        Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::BarClosed
        | Code::BarPaused
        | Code::BarFull
        | Code::BarExists
        | Code::LiveOrderExists
        | Code::DailyLimit
        | Code::CodeUnknown
        | Code::CodeExpired
        | Code::CodeUsedUp
        | Code::SoldOut
        | Code::WrongStatus
        | Code::Taken
        | Code::Changed
        | Code::CommandReused => StatusCode::CONFLICT,
        Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Code::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl Fault {
    pub(crate) fn new(code: Code) -> Self {
        Self {
            code,
            retry_at: None,
            retry_after: None,
            field: None,
            mistake: None,
            said: None,
            item: None,
            order: None,
            order_status: None,
            taken_by: None,
            by_link: false,
        }
    }

    /// Too much in a short time. `retry_at` lies ahead of `now`.
    pub(crate) fn too_many(retry_at: Timestamp, now: Timestamp) -> Self {
        let seconds = retry_at.millis_since(now).div_ceil(1000);
        let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
        Self {
            retry_at: Some(retry_at),
            retry_after: NonZeroU32::new(seconds),
            ..Self::new(Code::TooManyRequests)
        }
    }

    /// A field of the request does not make sense.
    pub(crate) fn invalid(field: impl Into<String>, mistake: Mistake) -> Self {
        Self { field: Some(field.into()), mistake: Some(mistake), ..Self::new(Code::Invalid) }
    }

    /// A field of the request cannot be read, for what its reader `said`.
    pub(crate) fn unreadable(field: impl Into<String>, said: String) -> Self {
        Self { said: Some(said.into()), ..Self::invalid(field, Mistake::Unreadable) }
    }

    /// What the sentence is about: what is wrong with which field, or what is sold out.
    fn item(&self, language: Language) -> Option<String> {
        if let (Some(field), Some(mistake)) = (&self.field, self.mistake) {
            let words = text::mistake(language, mistake);
            let said = self.said.as_ref().map(|said| format!(": {said}")).unwrap_or_default();
            return Some(format!("`{field}` {words}{said}"));
        }
        self.item.as_deref().map(|(name, names)| name_in(name, names, language).to_owned())
    }

    pub(crate) fn taken_by(&self) -> Option<&PersonId> {
        self.taken_by.as_ref()
    }

    /// The error body, with its sentence.
    pub(crate) fn explained(
        self,
        language: Language,
        taken_by: Option<String>,
    ) -> impl IntoResponse {
        let status = status(self.code);
        let item = self.item(language);
        let details = Details {
            item: item.as_deref(),
            taken_by: taken_by.as_deref(),
            order_status: self.order_status,
            by_link: self.by_link,
        };
        let problem = Problem {
            kind: format!("urn:serverlesspresso:{}", self.code.as_str()),
            title: text::refusal_title(language, self.code).to_owned(),
            status: status.as_u16(),
            detail: text::refusal(language, self.code, details),
            code: self.code,
            retry_at: self.retry_at,
            field: self.field,
            order: self.order,
            order_status: self.order_status,
            taken_by,
        };
        let body = serde_json::to_vec(&problem).expect("problems are plain data");
        let mut response = (status, body).into_response();
        let mut head = |name: HeaderName, value: &'static str| {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        };
        head(header::CONTENT_TYPE, "application/problem+json");
        head(header::CONTENT_LANGUAGE, language.tag());
        if status == StatusCode::UNAUTHORIZED {
            head(header::WWW_AUTHENTICATE, "Bearer");
        }
        let retry_after = match status {
            StatusCode::SERVICE_UNAVAILABLE => Some(1),
            _ => self.retry_after.map(NonZeroU32::get),
        };
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<Rejection> for Fault {
    fn from(rejection: Rejection) -> Self {
        let plain = Self { retry_at: rejection.retry_at(), ..Self::new(rejection.code()) };
        match rejection {
            Rejection::LiveOrderExists { order } => Self { order: Some(order), ..plain },
            Rejection::SoldOut { field, item, names } => {
                Self { field: Some(field), item: Some(Box::new((item, names))), ..plain }
            }
            Rejection::Invalid { field, problem } => Self::invalid(field, problem),
            Rejection::WrongStatus { order_status } => {
                Self { order_status: Some(order_status), ..plain }
            }
            Rejection::Taken { by } => Self { taken_by: Some(by), ..plain },
            Rejection::BarClosed
            | Rejection::BarPaused { .. }
            | Rejection::BarFull
            | Rejection::BarExists
            | Rejection::NoSuchBar
            | Rejection::NoSuchOrder
            | Rejection::DailyLimit { .. }
            | Rejection::CodeUnknown
            | Rejection::CodeExpired
            | Rejection::CodeUsedUp { .. }
            | Rejection::Changed
            | Rejection::CommandReused
            | Rejection::NotAllowed => plain,
        }
    }
}

impl From<Unavailable> for Fault {
    fn from(unavailable: Unavailable) -> Self {
        tracing::error!(error = chain(&unavailable), "a request could not be served");
        Self::new(Code::Unavailable)
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Rejected(rejection) => rejection.into(),
            Failure::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

impl From<NotSignedIn> for Fault {
    fn from(not: NotSignedIn) -> Self {
        match not {
            NotSignedIn::WrongCredentials => Self::new(Code::BadCredentials),
            NotSignedIn::NoLink => {
                let field = Some(Link::FIELD.to_owned());
                Self { field, by_link: true, ..Self::new(Code::BadCredentials) }
            }
            NotSignedIn::TooSoon { retry_at, now } => Self::too_many(retry_at, now),
            NotSignedIn::Unavailable(unavailable) => unavailable.into(),
        }
    }
}

impl From<TooMuch> for Fault {
    fn from(TooMuch { retry_at, now }: TooMuch) -> Self {
        Self::too_many(retry_at, now)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = status(self.code).into_response();
        response.extensions_mut().insert(self);
        response
    }
}
