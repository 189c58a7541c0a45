//! Why a request did not do what it was sent for.

use domain::api::{Link, Problem};
use domain::text::{self, Details, Language};
use domain::{Code, Timestamp};

use crate::json;

/// The backend said no, or said nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It answered with a problem.
    Refused(Box<Problem>),
    /// Nobody answered, or somebody other than the backend did.
    Unreachable,
}

impl Fault {
    /// The name for `data-code`: silence is `unavailable`.
    pub fn code(&self) -> Code {
        match self {
            Self::Refused(problem) => problem.code,
            Self::Unreachable => Code::Unavailable,
        }
    }

    /// The sentence the person reads.
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Self::Refused(problem) if !problem.detail.is_empty() => problem.detail.clone(),
            Self::Refused(_) | Self::Unreachable => self.sentence_of_ours(language),
        }
    }

    /// The same in the app's own words: the server has said it in another language.
    pub(crate) fn sentence_of_ours(&self, language: Language) -> String {
        match self {
            Self::Refused(problem) => text::refusal(
                language,
                problem.code,
                Details {
                    taken_by: problem.taken_by.as_deref(),
                    order_status: problem.order_status,
                    by_link: problem.field.as_deref() == Some(Link::FIELD),
                    ..Details::default()
                },
            ),
            Self::Unreachable => text::refusal(language, Code::Unavailable, Details::default()),
        }
    }

    /// When to try again, where that is known.
    pub fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::Refused(problem) => problem.retry_at,
            Self::Unreachable => None,
        }
    }

    /// Whether the very same request may succeed a moment later: nobody answered, or the store
    /// could not be written just then.
    pub fn may_pass(&self) -> bool {
        self.code() == Code::Unavailable
    }

    /// An answer with this status and body that is not a success.
    pub(crate) fn of(status: u16, body: &str) -> Self {
        match json::read(body) {
            Ok(problem) => Self::Refused(Box::new(problem)),
            // A proxy in between, or a server that is going down.
            Err(_) if status >= 500 => Self::Unreachable,
            Err(_) => Self::not_understood(),
        }
    }

    /// An answer this app cannot read: app and server are of different versions.
    pub(crate) fn not_understood() -> Self {
        Self::plain(Code::Internal)
    }

    /// A refusal of which only the name is known.
    pub(crate) fn plain(code: Code) -> Self {
        Self::Refused(Box::new(Problem {
            kind: String::new(),
            title: String::new(),
            status: 500,
            detail: String::new(),
            code,
            retry_at: None,
            field: None,
            order: None,
            order_status: None,
            taken_by: None,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_as_what_it_is() {
        let taken = r#"{"type":"about:blank","title":"Taken","status":409,
            "detail":"Bob is making it.","code":"taken","taken_by":"Bob"}"#;
        let fault = Fault::of(409, taken);
        assert_eq!(fault.code(), Code::Taken);
        assert_eq!(fault.sentence(Language::English), "Bob is making it.");
        assert!(!fault.may_pass());
        assert_eq!(Fault::of(502, "<html>"), Fault::Unreachable);
        assert!(Fault::of(502, "<html>").may_pass());
        assert_eq!(Fault::of(418, "<html>").code(), Code::Internal);
    }
}
