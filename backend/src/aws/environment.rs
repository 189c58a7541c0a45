//! What a function is told by its environment. Read once, by `main`; the template gives it, and a
//! test holds the two together.

use std::fmt;
use std::str::FromStr;

use anyhow::{Context as _, bail};

use domain::webhook::{FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS};

use crate::config::{Delays, GUEST_REQUESTS_PER_MINUTE, Settings, origin};
use crate::webhooks::Addresses;

/// What one binary does, by where it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Answers HTTP.
    Api,
    /// Says which live topics a session may hear.
    Authorizer,
    /// Tells history, screens and the bus what the log says.
    Relay,
    /// Keeps the clocks of orders.
    Timers,
    /// Does what only whoever owns the deployment may ask for.
    Admin,
    /// Sends to webhooks what has happened.
    Webhooks,
}

impl Role {
    pub(super) const ALL: [Self; 6] =
        [Self::Api, Self::Authorizer, Self::Relay, Self::Timers, Self::Admin, Self::Webhooks];
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Api => "api",
            Self::Authorizer => "authorizer",
            Self::Relay => "relay",
            Self::Timers => "timers",
            Self::Admin => "admin",
            Self::Webhooks => "webhooks",
        })
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let role = Self::ALL.into_iter().find(|role| role.to_string() == text);
        role.ok_or_else(|| "must be api, authorizer, relay, timers, admin or webhooks".to_owned())
    }
}

/// Everything a function is told.
#[derive(Debug)]
pub(super) struct Environment {
    pub(super) role: Role,
    pub(super) settings: Settings,
    /// Entries, by bar and number.
    pub(super) log_table: String,
    /// What is kept of a bar beside its log.
    pub(super) bar_table: String,
    /// The names to call.
    pub(super) name_table: String,
    /// How long they are kept.
    pub(super) name_retention_seconds: u32,
    /// Orders and counts of the past.
    pub(super) history_table: String,
    /// Accounts, links and withdrawn sessions.
    pub(super) staff_table: String,
    /// Webhooks, and the newest attempts to deliver to them.
    pub(super) webhook_table: String,
    /// Where webhooks may be.
    pub(super) webhook_addresses: Addresses,
    /// The secret that sessions, codes and links are signed with.
    pub(super) signing_secret: String,
    pub(super) user_pool: String,
    pub(super) user_pool_client: String,
    pub(super) bus: String,
    /// The host name of IoT Core's data endpoint.
    pub(super) live_endpoint: String,
    /// What the distribution says with each request, so that it is believed whose it is.
    pub(super) distribution_secret: Option<String>,
    /// The state machine of orders; the timers are told.
    pub(super) order_workflow: Option<String>,
    /// What its executions wait for; the timers are told.
    pub(super) wait_table: Option<String>,
}

const DAY: u32 = 24 * 3600;
/// Unless the template says otherwise.
const NAME_RETENTION_DAYS: u32 = 2;

impl Environment {
    /// Reads variables by their names. An error is one sentence that says which and why.
    pub(super) fn read(variable: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let variables = Variables(variable);
        let allowed_origins = variables.text_or_none("SERVERLESSPRESSO_ALLOWED_ORIGINS");
        let name_retention_days =
            variables.number("SERVERLESSPRESSO_NAME_RETENTION_DAYS", NAME_RETENTION_DAYS, 1, 30)?;
        Ok(Self {
            role: variables.read("SERVERLESSPRESSO_ROLE", str::parse)?,
            settings: Settings {
                public_url: variables.read("SERVERLESSPRESSO_PUBLIC_URL", origin)?,
                allowed_origins: allowed_origins
                    .map(|origins| origins.split(',').map(|it| it.trim().to_owned()).collect())
                    .unwrap_or_default(),
                sign_in_delays: Delays {
                    free: variables.number(
                        "SERVERLESSPRESSO_SIGN_IN_TRIES",
                        Delays::default().free,
                        0,
                        u32::MAX,
                    )?,
                    longest_seconds: variables.number(
                        "SERVERLESSPRESSO_SIGN_IN_LONGEST_DELAY",
                        Delays::default().longest_seconds,
                        0,
                        u32::MAX,
                    )?,
                    ..Delays::default()
                },
                unknown_code_delays: Delays {
                    free: variables.number(
                        "SERVERLESSPRESSO_UNKNOWN_CODES",
                        Delays::OF_CODES.free,
                        0,
                        u32::MAX,
                    )?,
                    ..Delays::OF_CODES
                },
                guest_requests_per_minute: variables.number(
                    "SERVERLESSPRESSO_GUEST_REQUESTS",
                    GUEST_REQUESTS_PER_MINUTE,
                    1,
                    60_000,
                )?,
                webhook_first_wait_seconds: variables.number(
                    "SERVERLESSPRESSO_WEBHOOK_FIRST_WAIT",
                    FIRST_WAIT_SECONDS,
                    1,
                    LONGEST_WAIT_SECONDS,
                )?,
            },
            log_table: variables.text("SERVERLESSPRESSO_LOG_TABLE")?,
            bar_table: variables.text("SERVERLESSPRESSO_BAR_TABLE")?,
            name_table: variables.text("SERVERLESSPRESSO_NAME_TABLE")?,
            name_retention_seconds: name_retention_days * DAY,
            history_table: variables.text("SERVERLESSPRESSO_HISTORY_TABLE")?,
            staff_table: variables.text("SERVERLESSPRESSO_STAFF_TABLE")?,
            webhook_table: variables.text("SERVERLESSPRESSO_WEBHOOK_TABLE")?,
            webhook_addresses: variables.read("SERVERLESSPRESSO_WEBHOOK_ADDRESSES", str::parse)?,
            signing_secret: variables.text("SERVERLESSPRESSO_SIGNING_SECRET")?,
            user_pool: variables.text("SERVERLESSPRESSO_USER_POOL")?,
            user_pool_client: variables.text("SERVERLESSPRESSO_USER_POOL_CLIENT")?,
            bus: variables.text("SERVERLESSPRESSO_BUS")?,
            live_endpoint: variables.text("SERVERLESSPRESSO_LIVE_ENDPOINT")?,
            distribution_secret: variables.text_or_none("SERVERLESSPRESSO_DISTRIBUTION_SECRET"),
            order_workflow: variables.text_or_none("SERVERLESSPRESSO_ORDER_WORKFLOW"),
            wait_table: variables.text_or_none("SERVERLESSPRESSO_WAIT_TABLE"),
        })
    }
}

/// The variables of an environment. An empty one is as if it were not there.
struct Variables<V>(V);

impl<V: Fn(&str) -> Option<String>> Variables<V> {
    fn text_or_none(&self, name: &str) -> Option<String> {
        (self.0)(name).filter(|text| !text.is_empty())
    }

    fn text(&self, name: &str) -> anyhow::Result<String> {
        self.text_or_none(name).with_context(|| format!("{name} is not set"))
    }

    /// What a variable says, or why it says nothing.
    fn read<T>(&self, name: &str, read: impl Fn(&str) -> Result<T, String>) -> anyhow::Result<T> {
        let text = self.text(name)?;
        read(&text).map_err(|reason| anyhow::anyhow!("{name} {reason}, not `{text}`"))
    }

    fn number(&self, name: &str, default: u32, least: u32, most: u32) -> anyhow::Result<u32> {
        let Some(text) = self.text_or_none(name) else {
            return Ok(default);
        };
        match text.parse() {
            Ok(number) if (least..=most).contains(&number) => Ok(number),
            Ok(_) | Err(_) => bail!("{name} must be a number from {least} to {most}, not `{text}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    use super::*;

    const TEMPLATE: &str = include_str!("../../infra/template.yaml");

    fn sample(name: &str) -> Option<String> {
        Some(match name {
            "SERVERLESSPRESSO_ROLE" => "api".to_owned(),
            "SERVERLESSPRESSO_PUBLIC_URL" => "https://coffee.example".to_owned(),
            "SERVERLESSPRESSO_WEBHOOK_ADDRESSES" => "public".to_owned(),
            _ if !name.ends_with("_TABLE") => "7".to_owned(),
            _ => name.to_owned(),
        })
    }

    #[test]
    fn the_template_gives_what_is_read_and_nothing_else() {
        let read = RefCell::new(BTreeSet::new());
        let environment = Environment::read(|name| {
            read.borrow_mut().insert(name.to_owned());
            sample(name)
        });
        environment.expect("it is whole");
        let words = TEMPLATE.split(|letter: char| !letter.is_ascii_uppercase() && letter != '_');
        let given = words.filter(|word| word.starts_with("SERVERLESSPRESSO_"));
        assert_eq!(given.map(str::to_owned).collect::<BTreeSet<_>>(), read.into_inner());
    }

    #[test]
    fn the_template_has_a_function_for_each_role() {
        let given = TEMPLATE.split("SERVERLESSPRESSO_ROLE: ").skip(1);
        let given: BTreeSet<_> = given.filter_map(|rest| rest.split(['}', '\n']).next()).collect();
        let roles = Role::ALL.map(|role| role.to_string());
        assert_eq!(given, roles.iter().map(String::as_str).collect());
        assert!(roles.iter().zip(Role::ALL).all(|(text, role)| text.parse() == Ok(role)));
    }

    #[test]
    fn the_template_begins_with_the_laptops_settings() {
        for (parameter, default) in [
            ("SignInTries", Delays::default().free),
            ("SignInLongestDelay", Delays::default().longest_seconds),
            ("UnknownCodes", Delays::OF_CODES.free),
            ("GuestRequests", GUEST_REQUESTS_PER_MINUTE),
            ("NameRetentionDays", NAME_RETENTION_DAYS),
            ("WebhookFirstWait", FIRST_WAIT_SECONDS),
        ] {
            let begin = format!("\n  {parameter}:\n    Type: Number\n    Default: {default}\n");
            assert!(TEMPLATE.contains(&begin), "{begin}");
        }
    }

    #[test]
    fn what_is_missing_or_odd_is_one_sentence() {
        for (name, value, sentence) in [
            ("SERVERLESSPRESSO_LOG_TABLE", None, "SERVERLESSPRESSO_LOG_TABLE is not set"),
            ("SERVERLESSPRESSO_BUS", Some(""), "SERVERLESSPRESSO_BUS is not set"),
            (
                "SERVERLESSPRESSO_ROLE",
                Some("door"),
                "SERVERLESSPRESSO_ROLE must be api, authorizer, relay, timers, admin or webhooks, \
                 not `door`",
            ),
            (
                "SERVERLESSPRESSO_GUEST_REQUESTS",
                Some("many"),
                "SERVERLESSPRESSO_GUEST_REQUESTS must be a number from 1 to 60000, not `many`",
            ),
            (
                "SERVERLESSPRESSO_PUBLIC_URL",
                Some("coffee.example/order"),
                "SERVERLESSPRESSO_PUBLIC_URL must be like http://192.168.1.20:8080, without a \
                 path, not `coffee.example/order`",
            ),
        ] {
            let environment = Environment::read(|asked| match asked == name {
                true => value.map(str::to_owned),
                false => sample(asked),
            });
            assert_eq!(environment.expect_err(sentence).to_string(), sentence);
        }
    }
}
