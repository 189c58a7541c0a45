//! Pictures of screens as people see them, for people to look at: `cargo xtask screenshots`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::json;

use super::axe::AT_ITS_END;
use super::settings::Theme;
use super::window::Window;

/// Where the page is, what it is written in, and how large it is.
const PAGE: &str =
    "return [location.pathname, document.documentElement.lang, innerWidth, innerHeight]";

/// Resolves when the page has heard of its size and drawn itself.
const DRAWN: &str = "
    const [width, height] = [...arguments].map(Number);
    return new Promise(resolve => {
        const look = () => {
            const sized = innerWidth === width && innerHeight === height;
            requestAnimationFrame(sized ? () => requestAnimationFrame(() => resolve(null)) : look);
        };
        look();
    });
";

/// The folder `cargo xtask screenshots` wants them in; otherwise none are taken.
pub(crate) fn folder() -> Option<PathBuf> {
    std::env::var_os("SERVERLESSPRESSO_PICTURES").map(PathBuf::from)
}

/// The app at a path, as its folder in the album.
fn app(path: &str) -> &str {
    let pages = [("/barista/manage/", "manage"), ("/order/journey/", "journey")];
    let page = pages.into_iter().find(|(address, _)| path.starts_with(address));
    page.map_or_else(|| path.split('/').nth(1).unwrap_or_default(), |(_, name)| name)
}

/// What else an app is looked at on: the tablet and the monitor hang upright, too, an organiser has
/// any device, and the steps of an order are read on a phone and on the tablet.
fn other_views(app: &str) -> &'static [(u32, u32)] {
    match app {
        "barista" => &[(820, 1180)],
        "display" => &[(1080, 1920)],
        "journey" => &[(820, 1180), (390, 844)],
        "manage" => &[(820, 1180), (390, 844), (1920, 1080)],
        _ => &[],
    }
}

impl Window {
    /// Keeps pictures of the page as it is now, in light and dark, in every view its app is looked
    /// at in; `screen` names them.
    pub(crate) async fn keeps_pictures(&self, screen: &str) -> Result<()> {
        if folder().is_some() {
            for theme in Theme::ALL {
                self.prefers(theme).await?;
                self.keeps_pictures_in(theme, screen).await?;
            }
        }
        Ok(())
    }

    /// The same in the colours the page has now.
    pub(super) async fn keeps_pictures_in(&self, theme: Theme, screen: &str) -> Result<()> {
        let Some(album) = folder() else {
            return Ok(());
        };
        let (path, language, width, height): (String, String, u32, u32) =
            self.script(PAGE, &[]).await?;
        let (app, own) = (app(&path), (width, height));
        let folder = album.join(app);
        // Phones and tablets have none that take room.
        self.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await?;
        fs::create_dir_all(&folder)?;
        let others: Vec<_> = other_views(app).iter().filter(|view| **view != own).collect();
        for &(width, height) in [&own].into_iter().chain(others.iter().copied()) {
            if (width, height) != own {
                self.is_of_size(width, height).await?;
            }
            self.script::<()>(DRAWN, &[&width.to_string(), &height.to_string()]).await?;
            self.script::<()>(&format!("{AT_ITS_END} return null"), &[]).await?;
            let colours = theme.name();
            let name = format!("{screen}-{width}x{height}-{colours}-{language}.png");
            self.keeps_picture(&folder.join(name.replace(", ", "-").replace([' ', '/'], "-")))
                .await?;
        }
        if !others.is_empty() {
            self.is_of_size(own.0, own.1).await?;
        }
        Ok(())
    }

    /// Keeps one picture of the page as it is now in a file.
    pub(crate) async fn keeps_picture(&self, file: &Path) -> Result<()> {
        let png = self.client.screenshot().await?;
        fs::write(file, png).with_context(|| file.display().to_string())
    }
}
