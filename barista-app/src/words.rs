//! What only the tablet behind the bar says. Words it shares with the guests are in
//! `domain::text`.

use domain::Status;
use domain::text::Language;

ui::sentences! {
    title: "Barista";
    welcome: "Good to see you.";
    welcome_hint: "Sign in to work the queue.";
    username: "Name";
    password: "Password";
    sign_in: "Sign in";
    sign_out: "Sign out";
    choose_bar: "Which bar are you at?";
    no_bars: "There is no bar you may work at yet. Ask the organiser.";
    looking_for_bars: "Looking for your bar…";
    other_bar: "Choose another bar";
    loading: "One moment…";
    open: "Open bar";
    resume: "Go on";
    close: "Close bar";
    close_question: "Close the bar?";
    close_effect: "Nobody can order any more. Orders that are in stay, and you can finish them.";
    close_confirm: "Close the bar";
    keep_open: "Keep it open";
    cancel_question: "Why is it cancelled?";
    cancel_effect: "The guest reads why on the phone. It cannot be undone.";
    cancel_confirm: "Cancel the order";
    keep_order: "Keep it";
    /// A drink that stands ready, over how long it has.
    waiting: "ready for";
    someone: "Guest";
}

/// What an empty lane says.
pub(crate) fn empty(language: Language, lane: Status) -> (&'static str, &'static str) {
    match language {
        Language::English => match lane {
            Status::Making => ("Nothing on the go", "Tap Start on the next drink."),
            Status::Ready => {
                ("The counter is clear", "Finished drinks wait here for their guests.")
            }
            Status::Placed
            | Status::Choosing
            | Status::Collected
            | Status::Cancelled
            | Status::Expired => ("All caught up", "New orders appear here by themselves."),
        },
    }
}

/// A reason for cancelling as the barista thinks of it; what the guest reads is in
/// `domain::text::reason`. None for one that is not among the offered.
pub(crate) fn reason(language: Language, slug: &str) -> Option<&'static str> {
    match language {
        Language::English => match slug {
            "sold-out" => Some("Sold out"),
            "not-collected" => Some("Nobody came"),
            "made-twice" => Some("Ordered twice"),
            "closing" => Some("We are closing"),
            "asked-to" => Some("The guest asked"),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::CANCEL_REASONS;

    #[test]
    fn every_reason_has_a_name_behind_the_bar() {
        for language in Language::ALL {
            assert!(CANCEL_REASONS.iter().all(|slug| reason(language, slug).is_some()));
        }
    }
}
