//! What the backend is told when it starts. Read once, by `main`; nothing else looks at flags or
//! the environment.

use domain::api::LINK_FRAGMENT;

/// Settings that do not depend on where it runs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where phones reach the server, without a slash at its end: `http://192.168.1.20:8080`.
    pub public_url: String,
    /// Other origins whose pages may use the API; none is the rule.
    pub allowed_origins: Vec<String>,
    /// What failed sign-ins cost, per address and user name.
    pub sign_in_delays: Delays,
    /// What codes that nobody knows cost, per address.
    pub unknown_code_delays: Delays,
    /// How many requests a guest may make in a minute, all at once if need be.
    pub guest_requests_per_minute: u32,
    /// How long to wait before a webhook that was not reached is tried again, the first time.
    pub webhook_first_wait_seconds: u32,
}

/// A phone makes a few requests for an order, and one a minute while it waits.
pub(crate) const GUEST_REQUESTS_PER_MINUTE: u32 = 1200;

impl Settings {
    /// The address of the ordering app, as phones reach it.
    pub fn order_url(&self) -> String {
        format!("{}/order/", self.public_url)
    }

    /// Where a one-time link signs a display in.
    pub(crate) fn display_link(&self, link: &str) -> String {
        format!("{}/display/{LINK_FRAGMENT}{link}", self.public_url)
    }

    /// Where a one-time link lets the first organiser in.
    pub(crate) fn first_start_link(&self, link: &str) -> String {
        format!("{}/barista/manage/{LINK_FRAGMENT}{link}", self.public_url)
    }
}

/// What phones may reach a server by, without a slash at its end, or why not.
pub(crate) fn origin(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    let host = rest.map(|rest| rest.trim_end_matches('/')).filter(|host| {
        !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ', '"', ';', ','])
    });
    match host {
        Some(_) => Ok(text.trim_end_matches('/').to_owned()),
        None => Err("must be like http://192.168.1.20:8080, without a path".to_owned()),
    }
}

/// How long one must wait after failures in a row: not at all after the first ones, then twice as
/// long after each.
#[derive(Clone, Copy, Debug)]
pub struct Delays {
    /// Failures before there is a delay, with the one that brings the first delay.
    pub free: u32,
    /// The first delay.
    pub first_seconds: u32,
    /// No delay is longer than this.
    pub longest_seconds: u32,
    /// After so long without a failure the next one counts as the first.
    pub forgotten_seconds: u32,
}

impl Delays {
    /// For codes: a venue is one address, where hundreds type at once and one of them is right.
    pub const OF_CODES: Self =
        Self { free: 300, first_seconds: 1, longest_seconds: 10, forgotten_seconds: 60 };
}

impl Default for Delays {
    fn default() -> Self {
        Self { free: 3, first_seconds: 1, longest_seconds: 60, forgotten_seconds: 900 }
    }
}
