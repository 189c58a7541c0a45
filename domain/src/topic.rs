//! The live topics, and who may listen to which.

use std::fmt;
use std::str::FromStr;

use crate::actor::{Actor, Role};
use crate::id::{BarId, PersonId};

/// The user name of every live connection; its password is the session's token.
pub const USERNAME: &str = "session";

/// A live topic.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// A bar's status: [`crate::view::BarView`] without its menu, at most once a second.
    Status(BarId),
    /// The same when somebody has changed something about the bar, and not with every order: what
    /// screens need that do not show the wait.
    Sign(BarId),
    /// A bar's board: [`crate::view::BoardMessage`].
    Board(BarId),
    /// A bar's queue: [`crate::view::QueueMessage`].
    Queue(BarId),
    /// A bar's code: [`crate::view::CodeView`].
    Code(BarId),
    /// A person's own orders: [`crate::view::OrderView`].
    Orders(PersonId),
}

impl Topic {
    /// Whether a person may subscribe to it: the one table of rights.
    pub fn is_open_to(&self, actor: &Actor) -> bool {
        match self {
            Self::Status(bar) | Self::Sign(bar) => actor.knows(bar),
            Self::Board(bar) | Self::Code(bar) => actor.role.sees_board() && actor.knows(bar),
            Self::Queue(bar) => actor.role.is_staff() && actor.knows(bar),
            Self::Orders(person) => match actor.role {
                Role::Customer | Role::Barista | Role::Display | Role::Organiser => {
                    actor.person == *person
                }
            },
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(bar) => write!(f, "serverlesspresso/bars/{bar}/status"),
            Self::Sign(bar) => write!(f, "serverlesspresso/bars/{bar}/sign"),
            Self::Board(bar) => write!(f, "serverlesspresso/bars/{bar}/board"),
            Self::Queue(bar) => write!(f, "serverlesspresso/bars/{bar}/queue"),
            Self::Code(bar) => write!(f, "serverlesspresso/bars/{bar}/code"),
            Self::Orders(person) => write!(f, "serverlesspresso/people/{person}/orders"),
        }
    }
}

/// The text is not one of our topics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a live topic")]
pub struct BadTopic;

impl FromStr for Topic {
    type Err = BadTopic;

    fn from_str(text: &str) -> Result<Self, BadTopic> {
        let rest = text.strip_prefix("serverlesspresso/").ok_or(BadTopic)?;
        let (kind, rest) = rest.split_once('/').ok_or(BadTopic)?;
        let (whose, what) = rest.split_once('/').ok_or(BadTopic)?;
        match (kind, what) {
            ("people", "orders") => whose.parse().map(Self::Orders).map_err(|_| BadTopic),
            ("bars", _) => {
                let bar = whose.parse().map_err(|_| BadTopic)?;
                match what {
                    "status" => Ok(Self::Status(bar)),
                    "sign" => Ok(Self::Sign(bar)),
                    "board" => Ok(Self::Board(bar)),
                    "queue" => Ok(Self::Queue(bar)),
                    "code" => Ok(Self::Code(bar)),
                    _ => Err(BadTopic),
                }
            }
            _ => Err(BadTopic),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(role: Role, bars: Option<&[&str]>) -> Actor {
        Actor {
            person: "ada".parse().expect("an id"),
            role,
            name: None,
            bars: bars.map(|bars| bars.iter().map(|bar| bar.parse().expect("a slug")).collect()),
        }
    }

    #[test]
    fn rights_follow_from_the_role() {
        let all = [Role::Customer, Role::Display, Role::Barista, Role::Organiser];
        for (topic, open_to) in [
            ("serverlesspresso/bars/espresso/status", [true, true, true, true]),
            ("serverlesspresso/bars/espresso/sign", [true, true, true, true]),
            ("serverlesspresso/bars/espresso/board", [false, true, true, true]),
            ("serverlesspresso/bars/espresso/code", [false, true, true, true]),
            ("serverlesspresso/bars/espresso/queue", [false, false, true, true]),
            ("serverlesspresso/people/ada/orders", [true, true, true, true]),
            ("serverlesspresso/people/bob/orders", [false, false, false, false]),
        ] {
            let parsed: Topic = topic.parse().expect(topic);
            assert_eq!(parsed.to_string(), topic);
            for (role, open) in all.into_iter().zip(open_to) {
                assert_eq!(parsed.is_open_to(&actor(role, None)), open, "{topic} {role:?}");
            }
            if topic.contains("/bars/") {
                assert!(!parsed.is_open_to(&actor(Role::Barista, Some(&["hall-2"]))), "{topic}");
            }
        }
        for text in ["", "serverlesspresso/#", "serverlesspresso/bars/+/status", "a/b/c/d"] {
            assert_eq!(text.parse::<Topic>(), Err(BadTopic), "{text}");
        }
    }
}
