//! English.

mod mistakes;

pub(super) use mistakes::mistake;

use super::Details;
use crate::rejection::Code;
use crate::status::{Status, Step};
use crate::view::BarStatus;
use crate::wait::{Age, Shown};

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Choosing => "Choose your drink",
        Status::Placed => "In the queue",
        Status::Making => "Being made",
        Status::Ready => "Ready",
        Status::Collected => "Collected",
        Status::Cancelled => "Cancelled",
        Status::Expired => "Timed out",
    }
}

pub(super) fn lane(status: Status) -> &'static str {
    match status {
        Status::Placed => "Up next",
        Status::Making => "Making",
        Status::Ready => "Ready",
        Status::Choosing | Status::Collected | Status::Cancelled | Status::Expired => "",
    }
}

pub(super) fn step(step: Step) -> &'static str {
    match step {
        Step::Place => "Place order",
        Step::Change => "Change",
        Step::Claim => "Start",
        Step::Release => "Put back",
        Step::Complete => "Ready",
        Step::Recall => "Not ready",
        Step::Collect => "Collected",
        Step::Return => "Bring back",
        Step::Cancel => "Cancel",
        Step::Expire => "Time out",
    }
}

pub(super) fn bar_status(status: BarStatus) -> &'static str {
    match status {
        BarStatus::Open => "Open",
        BarStatus::Paused => "Paused",
        BarStatus::Closed => "Closed",
    }
}

pub(super) fn age(age: Age) -> &'static str {
    match age {
        Age::OnTime => "on time",
        Age::Soon => "due soon",
        Age::Late => "late",
    }
}

pub(super) fn wait(shown: Shown) -> String {
    match shown {
        Shown::AnyMoment => "any moment now".to_owned(),
        Shown::Minutes(minutes) => format!("{minutes} min"),
        Shown::Over20 => "20+ min".to_owned(),
    }
}

pub(super) fn refusal_title(code: Code) -> &'static str {
    match code {
        Code::BarClosed => "Closed",
        Code::BarPaused => "Paused",
        Code::BarFull => "Full for the moment",
        Code::BarExists => "Name taken",
        Code::NoSuchBar => "No such bar",
        Code::NoSuchOrder => "No such order",
        Code::LiveOrderExists => "One at a time",
        Code::DailyLimit => "Limit reached",
        Code::CodeUnknown => "Code unknown",
        Code::CodeExpired => "Code out of date",
        Code::CodeUsedUp => "Code used up",
        Code::SoldOut => "Sold out",
        Code::Invalid => "Not possible",
        Code::WrongStatus => "Moved on",
        Code::Taken => "Taken",
        Code::Changed => "Changed",
        Code::CommandReused => "Sent twice",
        Code::NotAllowed => "Not allowed",
        Code::Malformed => "Not understood",
        Code::NoSession => "Signed out",
        Code::BadCredentials => "Not signed in",
        Code::NotFound => "Not found",
        Code::MethodNotAllowed => "Not possible",
        Code::TooLarge => "Too large",
        Code::UnsupportedMediaType => "Not understood",
        Code::TooManyRequests => "Too fast",
        Code::Internal => "Our fault",
        Code::Unavailable => "Not reachable",
    }
}

pub(super) fn refusal(code: Code, details: Details<'_>) -> String {
    let sentence = match code {
        Code::BarClosed => "The bar is closed.",
        Code::BarPaused => "The bar is taking a short break.",
        Code::BarFull => "The baristas have all the orders they can handle.",
        Code::BarExists => "There is a bar of that name already.",
        Code::NoSuchBar => "There is no bar of that name here.",
        Code::NoSuchOrder => "There is no such order.",
        Code::LiveOrderExists => "You have an order on its way already.",
        Code::DailyLimit => "You have had all of today's drinks.",
        Code::CodeUnknown => "This is not a code of this bar.",
        Code::CodeExpired => "This code is out of date.",
        Code::CodeUsedUp => "All drinks of this code are taken.",
        Code::SoldOut => match details.item {
            Some(item) => return format!("{item} is sold out."),
            None => "This is sold out.",
        },
        Code::Invalid => match details.item {
            Some(problem) => return format!("{problem}."),
            None => "This order does not fit the menu.",
        },
        Code::WrongStatus => match details.order_status {
            Some(Status::Choosing) => "The guest is still choosing.",
            Some(Status::Placed) => "The order is in the queue.",
            Some(Status::Making) => "The order is being made already.",
            Some(Status::Ready) => "The order is ready already.",
            Some(Status::Collected) => "The order has been collected.",
            Some(Status::Cancelled) => "The order has been cancelled.",
            Some(Status::Expired) => "The order's time has run out.",
            None => "The order has moved on.",
        },
        Code::Taken => match details.taken_by {
            Some(name) => return format!("{name} is making it."),
            None => "Somebody is making it.",
        },
        Code::Changed => "The order has changed since you looked.",
        Code::CommandReused => "This command id was used for something else.",
        Code::NotAllowed => "You may not do that.",
        Code::Malformed => "The request could not be read.",
        Code::NoSession => "You are signed out: the session has run out or was ended.",
        Code::BadCredentials if details.by_link => {
            "This link has been used, or its 15 minutes are over."
        }
        Code::BadCredentials => "That name and password do not go together.",
        Code::NotFound => "There is nothing at this address.",
        Code::MethodNotAllowed => "That cannot be done at this address.",
        Code::TooLarge => "The request is too large.",
        Code::UnsupportedMediaType => "The request must be JSON.",
        Code::TooManyRequests => "That was too often in a short time.",
        Code::Internal => "Something went wrong on our side.",
        Code::Unavailable => "The bar's computer did not answer.",
    };
    sentence.to_owned()
}

pub(super) fn refusal_next(code: Code) -> &'static str {
    match code {
        Code::BarClosed => "See you when it opens again.",
        Code::BarPaused => "Stay here: you can order as soon as it goes on.",
        Code::BarFull => "Stay here: you can order as soon as a place is free.",
        Code::LiveOrderExists => "Follow that order first.",
        Code::DailyLimit => "Come back tomorrow, or ask at the bar.",
        Code::CodeUnknown => "Scan the code on the screen above the bar, or type it again.",
        Code::CodeExpired => "Scan the code that is on the screen now.",
        Code::CodeUsedUp => "Scan the next code when it appears.",
        Code::SoldOut => "Choose something else.",
        Code::Invalid => "Look over your choice and try again.",
        Code::WrongStatus | Code::Taken | Code::Changed | Code::NoSuchOrder => {
            "The screen now shows where it is."
        }
        Code::NoSession => "Sign in and try again.",
        Code::BadCredentials => "Check both and try again.",
        Code::TooManyRequests => "Wait a moment and try again.",
        Code::Internal | Code::Unavailable => "Nothing is lost. Try again in a moment.",
        Code::BarExists => "Choose another name.",
        Code::NoSuchBar => "Scan the code on the screen above the bar.",
        Code::CommandReused
        | Code::NotAllowed
        | Code::Malformed
        | Code::NotFound
        | Code::MethodNotAllowed
        | Code::TooLarge
        | Code::UnsupportedMediaType => "Ask at the bar.",
    }
}

pub(super) fn expired(stage: Option<Status>) -> &'static str {
    match stage {
        Some(Status::Choosing) => {
            "Choosing took too long, so your place went to the next guest. Scan the code again."
        }
        Some(
            Status::Placed
            | Status::Making
            | Status::Ready
            | Status::Collected
            | Status::Cancelled
            | Status::Expired,
        )
        | None => "Nobody could start your order in time. Sorry! Please ask at the bar.",
    }
}

pub(super) fn reason(reason: &str) -> Option<&'static str> {
    match reason {
        "sold-out" => Some("We have run out of it"),
        "not-collected" => Some("Nobody came for it"),
        "made-twice" => Some("It was ordered twice"),
        "closing" => Some("The bar is closing"),
        "asked-to" => Some("You asked us to"),
        "changed-mind" => Some("Cancelled by the guest"),
        _ => None,
    }
}

pub(super) fn allergen(allergen: &str) -> Option<&'static str> {
    match allergen {
        "milk" => Some("Contains milk"),
        "nuts" => Some("Contains nuts"),
        "soy" => Some("Contains soy"),
        "gluten" => Some("Contains gluten"),
        _ => None,
    }
}
