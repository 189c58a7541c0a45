//! Using a page without pointing at it; and pointing twice.

use std::time::Duration;

use anyhow::{Result, ensure};
use fantoccini::Locator;
use fantoccini::actions::{InputSource as _, MouseActions, PointerAction};
use fantoccini::key::Key;

use super::window::Window;

/// Further stops than any screen has.
const FAR: usize = 60;

/// Resolves when a press in its middle reaches the one element of a selector.
const TAKES_PRESSES: &str = "
    const element = document.querySelector(arguments[0]);
    return new Promise(resolve => {
        const look = () => {
            const { x, y, width, height } = element.getBoundingClientRect();
            const hit = document.elementFromPoint(x + width / 2, y + height / 2);
            element.contains(hit) ? resolve(null) : requestAnimationFrame(look);
        };
        look();
    });
";

impl Window {
    /// Presses a key, wherever the focus is.
    pub(crate) async fn keys(&self, key: Key) -> Result<()> {
        let keys = String::from(char::from(key));
        Ok(self.client.active_element().await?.send_keys(&keys).await?)
    }

    /// The test id of what has the focus.
    pub(crate) async fn focus(&self) -> Result<String> {
        self.script("return document.activeElement?.dataset.testid ?? ''", &[]).await
    }

    /// Goes on from stop to stop until the focus is on a test id, and is seen to be there.
    pub(crate) async fn tabs_to(&self, testid: &str) -> Result<()> {
        self.sees(&super::id(testid)).await?;
        let mut stops = Vec::new();
        for _ in 0..FAR {
            self.keys(Key::Tab).await?;
            let focus = self.focus().await?;
            if focus == testid {
                let outline = "return getComputedStyle(document.activeElement).outlineStyle";
                let outline: String = self.script(outline, &[]).await?;
                ensure!(outline != "none", "the focus on {testid} is not to be seen");
                return Ok(());
            }
            stops.push(focus);
        }
        anyhow::bail!("the {}'s keyboard does not reach {testid}: {stops:?}", self.name())
    }

    /// Waits until the focus is on the heading of a new screen.
    pub(crate) async fn begins_at_its_heading(&self) -> Result<()> {
        self.sees("main h1:focus").await?;
        Ok(())
    }

    /// Clicks twice in a row on the same spot, as a hasty finger does.
    pub(crate) async fn double_clicks(&self, css: &str) -> Result<()> {
        self.until(css, "is enabled", |seen| !seen.disabled).await?;
        self.script::<()>(TAKES_PRESSES, &[css]).await?;
        let element = self.client.find(Locator::Css(css)).await?;
        let (x, y, width, height) = element.rectangle().await?;
        let (x, y) = (x + width / 2.0, y + height / 2.0);
        let press = || PointerAction::Down { button: fantoccini::actions::MOUSE_BUTTON_LEFT };
        let release = || PointerAction::Up { button: fantoccini::actions::MOUSE_BUTTON_LEFT };
        let point = PointerAction::MoveTo { duration: Some(Duration::ZERO), x, y };
        let twice = MouseActions::new("finger".to_owned())
            .then(point)
            .then(press())
            .then(release())
            .then(PointerAction::Pause { duration: Duration::from_millis(80) })
            .then(press())
            .then(release());
        Ok(self.client.perform_actions(twice).await?)
    }
}
