//! Why a guest cannot go on, and what takes them further.

use domain::text::{self, Details, Language};
use domain::view::{BarStatus, BarView};
use domain::{Code, OrderId, Timestamp};
use ui::{Fault, language};

/// A refusal, with what its screen needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// Its name.
    pub(crate) code: Code,
    /// The server's sentence and its language, when it was the server that said no.
    pub(crate) detail: Option<(Language, String)>,
    /// The item that is sold out.
    pub(crate) item: Option<String>,
    /// What the barista said about it.
    pub(crate) remark: Option<String>,
    /// When to try again, where that is known.
    pub(crate) retry_at: Option<Timestamp>,
    /// The order that is in the way.
    pub(crate) order: Option<OrderId>,
}

impl Refused {
    /// A refusal of which only the name is known.
    pub(crate) fn plain(code: Code) -> Self {
        Self { code, detail: None, item: None, remark: None, retry_at: None, order: None }
    }

    /// Why the bar lets nobody in; none when it does.
    pub(crate) fn of_bar(bar: &BarView) -> Option<Self> {
        if bar.accepting {
            return None;
        }
        let known = bar.refusal;
        let code = known.map_or_else(
            || match bar.status {
                BarStatus::Closed => Code::BarClosed,
                BarStatus::Paused => Code::BarPaused,
                BarStatus::Open => Code::BarFull,
            },
            |refusal| refusal.code,
        );
        let retry_at = known.and_then(|refusal| refusal.retry_at);
        Some(Self {
            remark: bar.reason.clone(),
            retry_at: retry_at.or(bar.paused_until),
            ..Self::plain(code)
        })
    }

    /// Something of the choice is not to be had.
    pub(crate) fn sold_out(item: &str) -> Self {
        Self { item: Some(item.to_owned()), ..Self::plain(Code::SoldOut) }
    }

    /// What the backend answered.
    pub(crate) fn of_fault(fault: &Fault) -> Self {
        let plain = Self::plain(fault.code());
        match fault {
            Fault::Refused(problem) => Self {
                detail: Some((language::current_untracked(), problem.detail.clone())),
                retry_at: problem.retry_at,
                order: problem.order.clone(),
                ..plain
            },
            Fault::Unreachable => plain,
        }
    }

    /// What has happened, in a sentence.
    pub(crate) fn sentence(&self, language: Language) -> String {
        let details = Details { item: self.item.as_deref(), ..Details::default() };
        match &self.detail {
            Some((theirs, detail)) if *theirs == language && !detail.is_empty() => detail.clone(),
            Some(_) | None => text::refusal(language, self.code, details),
        }
    }

    /// What takes the guest further.
    pub(crate) fn next(&self) -> Next {
        match self.code {
            Code::BarClosed | Code::BarPaused | Code::BarFull => Next::Stay,
            Code::CodeUnknown | Code::CodeExpired | Code::CodeUsedUp => Next::TypeCode,
            Code::LiveOrderExists => Next::FollowOrder,
            Code::SoldOut | Code::Invalid => Next::ChooseAgain,
            Code::DailyLimit => Next::Nothing,
            Code::BarExists
            | Code::NoSuchBar
            | Code::NoSuchOrder
            | Code::WrongStatus
            | Code::Taken
            | Code::Changed
            | Code::CommandReused
            | Code::NotAllowed
            | Code::Malformed
            | Code::NoSession
            | Code::BadCredentials
            | Code::NotFound
            | Code::MethodNotAllowed
            | Code::TooLarge
            | Code::UnsupportedMediaType
            | Code::TooManyRequests
            | Code::Internal
            | Code::Unavailable => Next::TryAgain,
        }
    }
}

/// What takes a refused guest further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Waiting here: the screen goes on by itself.
    Stay,
    /// A fresh code, scanned or typed.
    TypeCode,
    /// The order that is on its way already.
    FollowOrder,
    /// Another choice from the menu.
    ChooseAgain,
    /// The same once more.
    TryAgain,
    /// Nothing on this phone.
    Nothing,
}
