//! The words people read, one table per language: the same in the apps and in error bodies.

mod english;

use crate::rejection::Code;
use crate::status::{Status, Step};
use crate::view::BarStatus;
use crate::wait::{Age, Shown};

/// A language we have words in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// English.
    #[default]
    English,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 1] = [Self::English];

    /// Its tag, for `lang` and `Accept-Language`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    /// The first of the languages a header or browser asks for (`pt-BR,pt;q=0.9,en;q=0.8`) that
    /// we have; English when we have none of them. The order given is taken for the preference.
    pub fn of(accepted: &str) -> Self {
        accepted
            .split(',')
            .find_map(|range| {
                let tag = range.split(';').next().unwrap_or_default().trim();
                let primary = tag.split('-').next().unwrap_or_default();
                Self::ALL.into_iter().find(|language| {
                    let ours = language.tag().split('-').next().unwrap_or_default();
                    primary.eq_ignore_ascii_case(ours)
                })
            })
            .unwrap_or_default()
    }
}

/// Facts that a sentence may mention.
#[derive(Clone, Copy, Debug, Default)]
pub struct Details<'a> {
    /// The item that is sold out, or the field that is wrong.
    pub item: Option<&'a str>,
    /// Who is making the order.
    pub taken_by: Option<&'a str>,
    /// Where the order is.
    pub order_status: Option<Status>,
}

/// What the guest reads for a status.
pub fn status(language: Language, status: Status) -> &'static str {
    match language {
        Language::English => english::status(status),
    }
}

/// The title of a barista's lane; empty where there is none.
pub fn lane(language: Language, status: Status) -> &'static str {
    match language {
        Language::English => english::lane(status),
    }
}

/// What a button for a step is called.
pub fn step(language: Language, step: Step) -> &'static str {
    match language {
        Language::English => english::step(step),
    }
}

/// Whether the bar takes orders, in a word.
pub fn bar_status(language: Language, status: BarStatus) -> &'static str {
    match language {
        Language::English => english::bar_status(status),
    }
}

/// How an order stands against its promise.
pub fn age(language: Language, age: Age) -> &'static str {
    match language {
        Language::English => english::age(age),
    }
}

/// The wait, in words.
pub fn wait(language: Language, shown: Shown) -> String {
    match language {
        Language::English => english::wait(shown),
    }
}

/// Seconds as a clock shows them, in any language: `4:05`, `1:04:05`.
pub fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours == 0 {
        format!("{minutes}:{seconds:02}")
    } else {
        format!("{hours}:{minutes:02}:{seconds:02}")
    }
}

/// A refusal or fault in two or three words.
pub fn refusal_title(language: Language, code: Code) -> &'static str {
    match language {
        Language::English => english::refusal_title(code),
    }
}

/// A refusal or fault as a sentence: `detail` of the error body.
pub fn refusal(language: Language, code: Code, details: Details<'_>) -> String {
    match language {
        Language::English => english::refusal(code, details),
    }
}

/// What to do now.
pub fn refusal_next(language: Language, code: Code) -> &'static str {
    match language {
        Language::English => english::refusal_next(code),
    }
}

/// What happened to an order whose time ran out in this status, and what to do.
pub fn expired(language: Language, stage: Option<Status>) -> &'static str {
    match language {
        Language::English => english::expired(stage),
    }
}

/// Slugs of the reasons a barista may give for cancelling, in the order they are offered.
pub const CANCEL_REASONS: [&str; 5] =
    ["sold-out", "not-collected", "made-twice", "closing", "asked-to"];

/// Why an order was cancelled, in words: a known slug, or whatever was typed.
pub fn reason(language: Language, reason: &str) -> &str {
    match language {
        Language::English => english::reason(reason).unwrap_or(reason),
    }
}

/// An allergen of the menu, in words: a known slug, or whatever the menu says.
pub fn allergen(language: Language, allergen: &str) -> &str {
    match language {
        Language::English => english::allergen(allergen).unwrap_or(allergen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_we_have_is_taken() {
        for (accepted, expected) in [
            ("", Language::English),
            ("en-GB,en;q=0.9", Language::English),
            ("fr, de;q=0.8, *;q=0.1", Language::English),
        ] {
            assert_eq!(Language::of(accepted), expected, "{accepted}");
        }
    }

    #[test]
    fn a_clock_shows_hours_only_when_there_are_any() {
        for (seconds, shown) in [(0, "0:00"), (245, "4:05"), (3600, "1:00:00"), (3845, "1:04:05")] {
            assert_eq!(clock(seconds), shown);
        }
    }

    #[test]
    fn every_code_has_a_title_a_sentence_and_a_next_step() {
        for language in Language::ALL {
            for code in Code::ALL {
                assert!(!refusal_title(language, code).is_empty(), "{code:?}");
                assert!(refusal(language, code, Details::default()).ends_with('.'), "{code:?}");
                assert!(refusal_next(language, code).ends_with('.'), "{code:?}");
            }
            for slug in CANCEL_REASONS {
                assert_ne!(reason(language, slug), slug);
            }
        }
    }
}
