//! What only the guest's phone says. Words it shares with the bar are in `domain::text`.

use domain::text::{self, Language};
use domain::wait::Shown;
use ui::sentences;

sentences! {
    /// While nothing is known yet.
    loading: "One moment…";
    /// Over the wait, before ordering.
    wait_now: "The wait right now";
    /// The button that redeems the code.
    start: "Order a drink";
    /// Over the field for a typed code.
    type_code: "Type the code under the QR on the screen above the bar";
    which_bar: "Which bar are you at?";
    which_drink: "What would you like?";
    how: "How would you like it?";
    /// The answer "no milk", "no extras".
    none: "None";
    /// At a question that still needs an answer.
    needs_answer: "Please choose";
    several: "as many as you like";
    next: "Next";
    back: "Back";
    confirm: "Is that right?";
    name: "Name to call";
    optional: "optional";
    name_hint: "Kept on this phone for next time.";
    /// Before the time left to choose.
    place_kept: "Your place is kept for";
    your_number: "Your number";
    collect_at: "Pick-up";
    number_stays: "Leave this page open: it tells you when to come.";
    cancel: "Cancel order";
    cancel_question: "Cancel this order?";
    cancel_effect: "Nobody makes it then, and your place in the queue is gone.";
    cancel_confirm: "Yes, cancel";
    cancel_keep: "Keep it";
    stop: "Stop ordering";
    stop_question: "Stop ordering?";
    stop_effect: "Your place goes to the next guest.";
    stop_confirm: "Yes, stop";
    stop_keep: "Go on";
    ready: "Ready!";
    show_this: "Show this number at the bar";
    got_it: "I have it";
    enjoy: "Enjoy!";
    took: "It took";
    order_another: "Order another drink";
    cancelled_by_you: "You have cancelled this order.";
    cancelled: "The bar has cancelled this order.";
    time_ran_out: "Sorry, time ran out";
    cancelled_next: "You can order something else.";
    done: "All right";
    /// In front of a countdown to when it is worth trying again.
    again_in: "Again in";
    type_code_again: "Type the code";
    follow_order: "Show my order";
    choose_again: "Back to the menu";
    try_again: "Try again";
}

/// A wait, as somebody would say it.
pub(crate) fn about(language: Language, shown: Shown) -> String {
    let wait = text::wait(language, shown);
    match (language, shown) {
        (Language::English, Shown::Minutes(_)) => ["about ", &wait].concat(),
        (Language::English, Shown::AnyMoment | Shown::Over20) => wait,
    }
}

/// What the button that places the order does.
pub(crate) fn place_order(language: Language, shown: Shown) -> String {
    let about = about(language, shown);
    match (language, shown) {
        (Language::English, Shown::AnyMoment) => ["Order — ready ", &about].concat(),
        (Language::English, Shown::Minutes(_) | Shown::Over20) => {
            ["Order — ready in ", &about].concat()
        }
    }
}

/// A number of seconds that have passed: `3 min 20 s`.
pub(crate) fn duration(language: Language, seconds: u64) -> String {
    let (minutes, rest) = (seconds / 60, seconds % 60);
    match (language, minutes) {
        (Language::English, 0) => [&rest.to_string(), " s"].concat(),
        (Language::English, _) => [&minutes.to_string(), " min ", &rest.to_string(), " s"].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_said_as_people_say_them() {
        let english = Language::English;
        for (seconds, expected) in [
            (0, "Order — ready any moment now"),
            (200, "Order — ready in about 4 min"),
            (1300, "Order — ready in 20+ min"),
        ] {
            assert_eq!(place_order(english, Shown::of(seconds)), expected);
        }
        assert_eq!(duration(english, 45), "45 s");
        assert_eq!(duration(english, 200), "3 min 20 s");
    }
}
