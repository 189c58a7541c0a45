//! What a person has set up on the device: light or dark.

use anyhow::Result;
use serde_json::{Value, json};

use super::driver;
use super::window::Window;
use crate::http::Http;

/// The colours a device asks pages for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    Light,
    Dark,
}

impl Theme {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Light, Self::Dark];

    fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Window {
    /// Asks pages for these colours from now on.
    pub(crate) async fn prefers(&self, theme: Theme) -> Result<()> {
        let feature = json!({ "name": "prefers-color-scheme", "value": theme.name() });
        let asked = json!({
            "cmd": "Emulation.setEmulatedMedia", "params": { "features": [feature] }
        });
        let path = format!("/session/{}/goog/cdp/execute", self.session);
        let _: Value = Http::to(driver::address()).post(&path, None, &asked).await?.read()?;
        Ok(())
    }
}
