//! Accounts of staff: what they may say, what a change does to running sessions, and that
//! somebody always remains who can run the house.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Role};
use crate::id::{BarId, Username};
use crate::mistake::Mistake;
use crate::name;
use crate::rejection::Rejection;

/// The account that the first start of a deployment makes.
pub const FIRST_ORGANISER: &str = "organiser";

/// An account, as organisers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffMember {
    /// What they sign in with.
    pub username: Username,
    /// As what they work.
    pub role: Role,
    /// The name others read.
    pub name: String,
    /// The bars they work at; none given means all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bars: Option<Vec<BarId>>,
    /// Whether they can sign in by password; otherwise only by a link.
    pub has_password: bool,
}

/// Making an account, or changing one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StaffChange {
    /// A password; without one the account keeps what it has.
    #[cfg_attr(
        feature = "schema",
        schemars(length(min = SHORTEST_PASSWORD, max = LONGEST_PASSWORD))
    )]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// As what they work.
    pub role: Role,
    /// The name others read.
    pub name: String,
    /// The bars they work at; none given means all. They need not exist yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bars: Option<Vec<BarId>>,
}

/// Characters of a password, at least; growing delays keep guesses few.
pub const SHORTEST_PASSWORD: usize = 8;
/// Characters of a password, at most.
pub const LONGEST_PASSWORD: usize = 128;
/// Bars an account may name; every session carries them.
pub const MOST_BARS: usize = 32;

impl StaffChange {
    /// The change with its words tidied and its bars in order, or where it does not make sense.
    pub fn checked(self) -> Result<Self, Rejection> {
        if !self.role.has_account() {
            return Err(invalid("role", Mistake::NoStaffRole));
        }
        let name = name::tidy(&self.name).map_err(|problem| invalid("name", problem))?;
        let name = name.ok_or_else(|| invalid("name", Mistake::NoName))?;
        if let Some(password) = &self.password {
            check_password(password).map_err(|problem| invalid("password", problem))?;
        }
        let in_order = |bars: Vec<BarId>| bars.into_iter().collect::<BTreeSet<_>>();
        let bars: Option<Vec<_>> = self.bars.map(|bars| in_order(bars).into_iter().collect());
        if bars.as_ref().is_some_and(|bars| !(1..=MOST_BARS).contains(&bars.len())) {
            return Err(invalid("bars", Mistake::BarCount));
        }
        Ok(Self { name, bars, ..self })
    }

    /// The account after this change.
    pub fn applied_to(&self, username: &Username, before: Option<&StaffMember>) -> StaffMember {
        let has_password = before.is_some_and(|before| before.has_password);
        StaffMember {
            username: username.clone(),
            role: self.role,
            name: self.name.clone(),
            bars: self.bars.clone(),
            has_password: has_password || self.password.is_some(),
        }
    }

    /// Whether sessions that began before this change must end. A first password ends none: it
    /// takes nothing away from anybody.
    pub fn withdraws_sessions(&self, before: &StaffMember) -> bool {
        let replaces_password = before.has_password && self.password.is_some();
        replaces_password || self.role != before.role || self.bars != before.bars
    }
}

impl StaffMember {
    /// Whether they can sign in and run the whole house.
    pub fn leads(&self) -> bool {
        self.role == Role::Organiser && self.has_password && self.bars.is_none()
    }
}

/// Whether a password can be kept wherever the bar runs: Amazon Cognito takes no blank at either
/// end and no second line, and lets 256 units of UTF-16 be the most.
fn check_password(password: &str) -> Result<(), Mistake> {
    if !(SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&password.chars().count()) {
        return Err(Mistake::PasswordLength);
    }
    let has_lines = password.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']);
    if has_lines || password.trim() != password {
        return Err(Mistake::PasswordBlank);
    }
    Ok(())
}

/// Whether `all` would be left without anybody who leads if the account of this name became
/// `after`, or went, and where the fault is.
pub fn check_led(
    all: &[StaffMember],
    username: &Username,
    after: Option<&StaffMember>,
) -> Result<(), Rejection> {
    let led_by = |member: &&StaffMember| member.leads();
    let mut leaders = all.iter().filter(led_by);
    let is_last =
        leaders.next().is_some_and(|first| first.username == *username) && leaders.next().is_none();
    if !is_last || after.is_some_and(StaffMember::leads) {
        return Ok(());
    }
    let field = match after {
        Some(StaffMember { role: Role::Organiser, .. }) => "bars",
        Some(_) | None => "role",
    };
    Err(invalid(field, Mistake::LastLeader))
}

impl Actor {
    /// Whether this organiser may see and change accounts that work at these bars: one who is
    /// bound to some bars has no say over others.
    pub fn oversees(&self, bars: Option<&[BarId]>) -> bool {
        match (&self.bars, bars) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(bars)) => bars.iter().all(|bar| own.contains(bar)),
        }
    }
}

fn invalid(field: &str, problem: Mistake) -> Rejection {
    Rejection::Invalid { field: field.to_owned(), problem }
}
