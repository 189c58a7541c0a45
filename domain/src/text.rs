//! The words people read, one table per language: the same in the apps and in error bodies.

mod english;
mod portuguese;

use crate::mistake::Mistake;
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
    /// Portuguese, as in Brazil.
    Portuguese,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::Portuguese];

    /// Its tag, for `lang`, `Accept-Language` and the names of a menu.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Portuguese => "pt-BR",
        }
    }

    /// What it calls itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Portuguese => "Português",
        }
    }

    /// The language we have that a header or browser wants most
    /// (`pt-BR,pt;q=0.9,en;q=0.8`, RFC 9110); of equals the first, English when we have none of
    /// them or any will do. A language spoken elsewhere (`pt-PT`) is better than another one.
    pub fn of(accepted: &str) -> Self {
        let mut best = (0, Self::default());
        for range in accepted.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default();
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1000, thousandths);
            if let Some(language) = Self::meant_by(tag)
                && weight > best.0
            {
                best = (weight, language);
            }
        }
        best.1
    }

    /// The language of a tag, whatever its region; English for `*`.
    fn meant_by(tag: &str) -> Option<Self> {
        if tag == "*" {
            return Some(Self::default());
        }
        let primary = |tag: &'static str| tag.split('-').next().unwrap_or(tag);
        let wanted = tag.split('-').next().unwrap_or(tag);
        Self::ALL.into_iter().find(|language| wanted.eq_ignore_ascii_case(primary(language.tag())))
    }
}

/// A weight such as `0.85` in thousandths. By hand: parsing floats would cost the phone more bytes
/// than a table of words.
fn thousandths(weight: &str) -> u16 {
    let (mut sum, mut place) = (0, 1000);
    for digit in weight.bytes().filter(u8::is_ascii_digit) {
        sum += u16::from(digit - b'0') * place;
        place /= 10;
    }
    sum
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
    /// Credentials that were a one-time link.
    pub by_link: bool,
}

/// What the guest reads for a status.
pub fn status(language: Language, status: Status) -> &'static str {
    match language {
        Language::English => english::status(status),
        Language::Portuguese => portuguese::status(status),
    }
}

/// The title of a barista's lane; empty where there is none.
pub fn lane(language: Language, status: Status) -> &'static str {
    match language {
        Language::English => english::lane(status),
        Language::Portuguese => portuguese::lane(status),
    }
}

/// What a button for a step is called.
pub fn step(language: Language, step: Step) -> &'static str {
    match language {
        Language::English => english::step(step),
        Language::Portuguese => portuguese::step(step),
    }
}

/// Whether the bar takes orders, in a word.
pub fn bar_status(language: Language, status: BarStatus) -> &'static str {
    match language {
        Language::English => english::bar_status(status),
        Language::Portuguese => portuguese::bar_status(status),
    }
}

/// How an order stands against its promise.
pub fn age(language: Language, age: Age) -> &'static str {
    match language {
        Language::English => english::age(age),
        Language::Portuguese => portuguese::age(age),
    }
}

/// The wait, in words.
pub fn wait(language: Language, shown: Shown) -> String {
    match language {
        Language::English => english::wait(shown),
        Language::Portuguese => portuguese::wait(shown),
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

/// A number of seconds that have passed: `45 s`, `3 min 20 s`. The units are spelled alike in all
/// our languages.
pub fn duration(seconds: u64) -> String {
    let (minutes, rest) = (seconds / 60, (seconds % 60).to_string());
    match minutes {
        0 => [&rest, " s"].concat(),
        _ => [&minutes.to_string(), " min ", &rest, " s"].concat(),
    }
}

/// A refusal or fault in two or three words.
pub fn refusal_title(language: Language, code: Code) -> &'static str {
    match language {
        Language::English => english::refusal_title(code),
        Language::Portuguese => portuguese::refusal_title(code),
    }
}

/// A refusal or fault as a sentence: `detail` of the error body.
pub fn refusal(language: Language, code: Code, details: Details<'_>) -> String {
    match language {
        Language::English => english::refusal(code, details),
        Language::Portuguese => portuguese::refusal(code, details),
    }
}

/// What is wrong with a field of a request: words that follow its name.
pub fn mistake(language: Language, mistake: Mistake) -> &'static str {
    match language {
        Language::English => english::mistake(mistake),
        Language::Portuguese => portuguese::mistake(mistake),
    }
}

/// What to do now.
pub fn refusal_next(language: Language, code: Code) -> &'static str {
    match language {
        Language::English => english::refusal_next(code),
        Language::Portuguese => portuguese::refusal_next(code),
    }
}

/// What happened to an order whose time ran out in this status, and what to do.
pub fn expired(language: Language, stage: Option<Status>) -> &'static str {
    match language {
        Language::English => english::expired(stage),
        Language::Portuguese => portuguese::expired(stage),
    }
}

/// Slugs of the reasons a barista may give for cancelling, in the order they are offered.
pub const CANCEL_REASONS: [&str; 5] =
    ["sold-out", "not-collected", "made-twice", "closing", "asked-to"];

/// Why an order was cancelled, in words: a known slug, or whatever was typed.
pub fn reason(language: Language, reason: &str) -> &str {
    match language {
        Language::English => english::reason(reason).unwrap_or(reason),
        Language::Portuguese => portuguese::reason(reason).unwrap_or(reason),
    }
}

/// An allergen of the menu, in words: a known slug, or whatever the menu says.
pub fn allergen(language: Language, allergen: &str) -> &str {
    match language {
        Language::English => english::allergen(allergen).unwrap_or(allergen),
        Language::Portuguese => portuguese::allergen(allergen).unwrap_or(allergen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_wanted_most_is_taken() {
        use Language::{English, Portuguese};
        for (accepted, expected) in [
            ("", English),
            ("en-GB,en;q=0.9", English),
            ("fr, de;q=0.8, *;q=0.1", English),
            ("pt-BR,pt;q=0.9,en;q=0.8", Portuguese),
            ("en-US,en;q=0.9,pt-BR;q=0.8", English),
            ("pt-PT", Portuguese),
            ("PT", Portuguese),
            ("pt-br", Portuguese),
            ("fr;q=0.9, pt;q=0.85, en;q=0.8", Portuguese),
            ("en;q=0.5, pt", Portuguese),
            ("en ; q=0.333 , pt ; q=0.334", Portuguese),
            ("pt;q=0", English),
            ("pt;q=0.2, *;q=0.1", Portuguese),
            ("ptolemaic", English),
            (";;,q=,-,pt;q=0.1;q=", Portuguese),
        ] {
            assert_eq!(Language::of(accepted), expected, "{accepted}");
        }
    }

    #[test]
    fn a_language_is_found_by_its_own_tag() {
        for language in Language::ALL {
            assert_eq!(Language::of(language.tag()), language);
            assert!(!language.own_name().is_empty());
        }
    }

    #[test]
    fn a_clock_shows_hours_only_when_there_are_any() {
        for (seconds, shown) in [(0, "0:00"), (245, "4:05"), (3600, "1:00:00"), (3845, "1:04:05")] {
            assert_eq!(clock(seconds), shown);
        }
    }

    #[test]
    fn a_duration_has_minutes_only_when_there_are_any() {
        for (seconds, told) in [(0, "0 s"), (59, "59 s"), (60, "1 min 0 s"), (200, "3 min 20 s")] {
            assert_eq!(duration(seconds), told);
        }
    }

    #[test]
    fn every_code_has_a_title_a_sentence_and_a_next_step() {
        for language in Language::ALL {
            for code in Code::ALL {
                assert!(!refusal_title(language, code).is_empty(), "{code:?}");
                assert!(refusal(language, code, Details::default()).ends_with('.'), "{code:?}");
                assert!(refusal_next(language, code).ends_with(['.', '!']), "{code:?}");
            }
            for slug in CANCEL_REASONS {
                assert_ne!(reason(language, slug), slug);
            }
            for wrong in Mistake::ALL {
                assert!(!mistake(language, wrong).is_empty(), "{wrong:?}");
            }
        }
    }
}
