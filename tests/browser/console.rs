//! What the browser complains about: errors of the page, breaches of its policy, files that are
//! not there.

use std::fmt;

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use super::driver;
use crate::http::Http;

/// Complaints that belong to what a test does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noise {
    /// The API says no: browsers log answers of 400 and above.
    Refusals,
    /// The server is away: requests and live connections fail.
    Outage,
}

/// One line of the browser's log.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Line {
    level: String,
    /// `javascript`, `console-api`, `security`, `network`, …
    source: String,
    message: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.level, self.source, self.message)
    }
}

impl Line {
    fn is_complaint(&self, expected: &[Noise]) -> bool {
        self.level == "SEVERE" && !expected.iter().any(|noise| self.is(*noise))
    }

    fn is(&self, noise: Noise) -> bool {
        match noise {
            Noise::Refusals => {
                self.source == "network"
                    && self.message.contains(domain::api::route::PREFIX)
                    && self.message.contains("responded with a status of 4")
            }
            Noise::Outage => {
                // The browser's own words; an app that lets a failed request go unhandled is
                // complained about by `javascript`.
                (self.source == "network" && self.message.contains("net::ERR_"))
                    || self.message.contains("WebSocket connection to ")
            }
        }
    }
}

/// What was logged in a session of the driver since it was last asked.
pub(crate) async fn read(session: &str) -> Result<Vec<Line>> {
    #[derive(Deserialize)]
    struct Logged {
        value: Vec<Line>,
    }
    let path = format!("/session/{session}/se/log");
    let asked: Value = json!({ "type": "browser" });
    let logged: Logged = Http::to(driver::address()).post(&path, None, &asked).await?.read()?;
    Ok(logged.value)
}

/// Whether nothing in a log is more than the noise that is expected.
pub(crate) fn is_clean(lines: &[Line], expected: &[Noise]) -> Result<()> {
    let complaints: Vec<String> =
        lines.iter().filter(|line| line.is_complaint(expected)).map(Line::to_string).collect();
    ensure!(complaints.is_empty(), "the browser complains:\n{}", complaints.join("\n"));
    Ok(())
}
