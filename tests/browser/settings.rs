//! What a person has set up on the device: light or dark, moving or not.

use anyhow::Result;
use serde_json::json;

use super::window::Window;

/// The colours a device asks pages for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    Light,
    Dark,
}

impl Theme {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// As pages are asked for it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Window {
    /// Asks pages for these colours from now on.
    pub(crate) async fn prefers(&self, theme: Theme) -> Result<()> {
        self.asks_for("prefers-color-scheme", theme.name()).await
    }

    /// Asks pages to move less, or as they like.
    pub(crate) async fn prefers_less_motion(&self, less: bool) -> Result<()> {
        let motion = if less { "reduce" } else { "no-preference" };
        self.asks_for("prefers-reduced-motion", motion).await
    }

    async fn asks_for(&self, name: &str, value: &str) -> Result<()> {
        let features = json!({ "features": [{ "name": name, "value": value }] });
        self.devtools("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }
}
