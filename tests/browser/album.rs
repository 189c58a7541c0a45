//! Pictures of screens as people see them, for people to look at.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::settings::Theme;
use super::window::Window;

/// The folder `cargo xtask screenshots` wants them in; otherwise none are taken.
fn folder() -> Option<PathBuf> {
    std::env::var_os("SERVERLESSPRESSO_PICTURES").map(PathBuf::from)
}

impl Window {
    /// Keeps a picture of the page as it is now, named after the screen it is of.
    pub(crate) async fn keeps_picture(&self, screen: &str) -> Result<()> {
        let Some(folder) = folder() else {
            return Ok(());
        };
        let png = self.client.screenshot().await?;
        let language: String = self.script("return document.documentElement.lang", &[]).await?;
        let name = format!("{}-{language}-{screen}.png", self.name());
        let name = name.replace(", ", "-").replace([' ', '/'], "-").to_lowercase();
        fs::create_dir_all(&folder)?;
        let file = folder.join(name);
        fs::write(&file, png).with_context(|| file.display().to_string())
    }

    /// The same in light and dark.
    pub(crate) async fn keeps_pictures(&self, screen: &str) -> Result<()> {
        for theme in Theme::ALL {
            self.prefers(theme).await?;
            self.keeps_picture(&format!("{screen}, {theme:?}")).await?;
        }
        Ok(())
    }
}
