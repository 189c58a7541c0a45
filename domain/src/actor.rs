//! Who sends a command.

use serde::{Deserialize, Serialize};

use crate::event::EndedBy;
use crate::id::{BarId, PersonId};

/// What a person may do in the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A guest with a phone.
    Customer,
    /// Somebody behind the bar.
    Barista,
    /// A monitor above the bar.
    Display,
    /// Who runs the bar; may do whatever a barista may.
    Organiser,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Customer, Self::Barista, Self::Display, Self::Organiser];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Barista => "barista",
            Self::Display => "display",
            Self::Organiser => "organiser",
        }
    }

    /// Barista or organiser: may see the queue and move orders along.
    pub const fn is_staff(self) -> bool {
        match self {
            Self::Barista | Self::Organiser => true,
            Self::Customer | Self::Display => false,
        }
    }

    /// Whether accounts of this role are kept; guests need none.
    pub const fn has_account(self) -> bool {
        match self {
            Self::Barista | Self::Display | Self::Organiser => true,
            Self::Customer => false,
        }
    }

    /// Display, barista or organiser: may see the board and the code.
    pub const fn sees_board(self) -> bool {
        match self {
            Self::Barista | Self::Organiser | Self::Display => true,
            Self::Customer => false,
        }
    }
}

/// A signed-in person, as sessions carry it and `Session.actor` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// In which role.
    pub role: Role,
    /// The name others read, for staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The bars a member of staff works at; none given means all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bars: Option<Vec<BarId>>,
}

impl Actor {
    /// Whether this person may know of what goes on behind `bar`. Guests always may: what they
    /// may see there is settled by role and ownership.
    pub fn knows(&self, bar: &BarId) -> bool {
        self.bars.as_ref().is_none_or(|bars| bars.contains(bar))
    }

    /// The sender as entries of the log keep it: without a name.
    pub fn sender(&self) -> Sender {
        Sender::Person { person: self.person.clone(), role: self.role }
    }
}

/// Who an entry of the log is by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Sender {
    /// A person, by id and role.
    Person {
        /// Who.
        person: PersonId,
        /// In which role.
        role: Role,
    },
    /// The clock: `{"role":"system"}`.
    System(SystemSender),
}

/// The clock as a sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum SystemSender {
    /// `{"role":"system"}`
    System {},
}

impl Sender {
    /// The clock.
    pub const SYSTEM: Self = Self::System(SystemSender::System {});

    /// The person, when it is one.
    pub fn person(&self) -> Option<&PersonId> {
        match self {
            Self::Person { person, .. } => Some(person),
            Self::System(_) => None,
        }
    }

    /// The side it is on.
    pub const fn side(&self) -> EndedBy {
        match self {
            Self::System(_) => EndedBy::System,
            Self::Person { role, .. } => match role {
                Role::Customer => EndedBy::Customer,
                Role::Barista | Role::Organiser | Role::Display => EndedBy::Staff,
            },
        }
    }
}
