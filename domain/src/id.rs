//! The names of things: parsed once at the edge, trusted everywhere after.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// A text is not a name of the kind it was given as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be {0}")]
pub struct BadId(&'static str);

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident: $rule:expr, $pattern:expr, $check:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The same rule as a regular expression, for those who cannot ask.
            pub const PATTERN: &str = $pattern;

            /// The text it was parsed from.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                let check: fn(&str) -> bool = $check;
                if check(text) { Ok(Self(text.to_owned())) } else { Err(BadId($rule)) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }
    )*};
}

/// Slugs: of `[a-z0-9-]`, 1 to so many characters.
macro_rules! slugs {
    ($($(#[$doc:meta])* $name:ident: $longest:literal;)*) => {
        ids! {$(
            $(#[$doc])*
            $name: concat!("1 to ", $longest, " characters of a-z, 0-9 and -"),
            concat!("^[a-z0-9-]{1,", $longest, "}$"), |text| slug(text, $name::LONGEST);
        )*}

        $(impl $name {
            /// Characters, at most.
            pub const LONGEST: usize = $longest;
        })*
    };
}

slugs! {
    /// A bar: a slug of `[a-z0-9-]`, 1 to 32 characters.
    BarId: 32;
    /// A drink, an option group or an option of a menu: a slug of 1 to 40 characters.
    Slug: 40;
    /// An account of staff: what they sign in with.
    Username: 32;
    /// A webhook of a bar.
    WebhookName: 32;
}

ids! {
    /// An order. It contains its bar, `<bar>.<random>`, so every command finds its log.
    OrderId: "a bar, a dot and 8 to 32 letters and digits",
    r"^[a-z0-9-]{1,32}\.[A-Za-z0-9]{8,32}$", |text| {
        text.split_once('.').is_some_and(|(bar, own)| {
            slug(bar, BarId::LONGEST)
                && (8..=32).contains(&own.len())
                && own.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    /// A person, guest or staff. Random, so that a log of them says nothing about anybody.
    PersonId: "1 to 64 characters of A-Z, a-z, 0-9, _ and -", "^[A-Za-z0-9_-]{1,64}$",
    |text| word(text, 1);
    /// A command, named by its sender so that sending it again changes nothing.
    CommandId: "8 to 64 characters of A-Z, a-z, 0-9, _ and -", "^[A-Za-z0-9_-]{8,64}$",
    |text| word(text, 8);
}

impl OrderId {
    /// The order of `bar` whose own part is `own`; refused when that is not 8 to 32 letters and
    /// digits.
    pub fn new(bar: &BarId, own: &str) -> Result<Self, BadId> {
        format!("{bar}.{own}").parse()
    }

    /// The bar this order belongs to.
    pub fn bar(&self) -> BarId {
        let (bar, _) = self.0.split_once('.').expect("an order id is parsed with its dot");
        BarId(bar.to_owned())
    }

    /// The part after the bar.
    pub fn own(&self) -> &str {
        let (_, own) = self.0.split_once('.').expect("an order id is parsed with its dot");
        own
    }
}

fn slug(text: &str, longest: usize) -> bool {
    (1..=longest).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

fn word(text: &str, shortest: usize) -> bool {
    (shortest..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_or_refused_at_the_edge() {
        assert!("espresso".parse::<BarId>().is_ok());
        for text in ["", "Espresso", "a.b", "ä", "a b", &"x".repeat(33)] {
            assert!(text.parse::<BarId>().is_err(), "{text}");
        }
        for text in ["12345678", "aB3_-aB3_-", &"x".repeat(64)] {
            assert!(text.parse::<CommandId>().is_ok(), "{text}");
        }
        for text in ["1234567", "1234567!", "", &"x".repeat(65)] {
            assert!(text.parse::<CommandId>().is_err(), "{text}");
        }
    }

    #[test]
    fn slugs_are_as_long_as_they_say() {
        fn is_so<T: std::str::FromStr>(longest: usize, pattern: &str) {
            assert!("x".repeat(longest).parse::<T>().is_ok(), "{longest}");
            assert!("x".repeat(longest + 1).parse::<T>().is_err(), "{longest}");
            assert_eq!(pattern, format!("^[a-z0-9-]{{1,{longest}}}$"));
        }
        is_so::<BarId>(BarId::LONGEST, BarId::PATTERN);
        is_so::<Slug>(Slug::LONGEST, Slug::PATTERN);
        is_so::<Username>(Username::LONGEST, Username::PATTERN);
        is_so::<WebhookName>(WebhookName::LONGEST, WebhookName::PATTERN);
        let refused = "".parse::<WebhookName>().expect_err("nothing is no name");
        assert_eq!(refused.to_string(), "must be 1 to 32 characters of a-z, 0-9 and -");
    }

    #[test]
    fn an_order_knows_its_bar() {
        let bar: BarId = "hall-2".parse().expect("a slug");
        let order = OrderId::new(&bar, "7K3MA9XQ").expect("letters and digits");
        assert_eq!(order.as_str(), "hall-2.7K3MA9XQ");
        assert_eq!((order.bar(), order.own()), (bar, "7K3MA9XQ"));
        for text in ["espresso", "espresso.", "espresso.7K3M", "e.7K3M.A9XQ", "E.7K3MA9XQ"] {
            assert!(text.parse::<OrderId>().is_err(), "{text}");
        }
    }
}
