//! What is seen in a window, and waiting for it.

use std::time::Duration;

use anyhow::{Context as _, Result};
use fantoccini::Locator;
use tokio::time::{Instant, sleep};

use super::hands::is_passing;
use super::picture::Picture;
use super::sight::{LOOK, OUTLINE, Seen};
use super::window::{GLANCE, Window};
use crate::soon::PATIENCE;

impl Window {
    /// What can be seen of the elements of a selector at this moment.
    pub(crate) async fn look(&self, css: &str) -> Result<Vec<Seen>> {
        self.script(LOOK, &[css]).await
    }

    /// Waits until what is seen of a selector `is` as wished.
    pub(crate) async fn until_all(
        &self,
        css: &str,
        wish: &str,
        patience: Duration,
        is: impl Fn(&[Seen]) -> bool,
    ) -> Result<Vec<Seen>> {
        let deadline = Instant::now() + patience;
        loop {
            let seen = self.look(css).await?;
            if is(&seen) {
                return Ok(seen);
            }
            if Instant::now() >= deadline {
                let outline: String = self.script(OUTLINE, &[]).await?;
                let name = self.name();
                anyhow::bail!(
                    "the {name} does not show within {patience:?}: {css} {wish}; but {seen:?} in:\n{outline}"
                );
            }
            sleep(GLANCE).await;
        }
    }

    /// Waits for the one element of a selector to be as wished.
    pub(crate) async fn until(
        &self,
        css: &str,
        wish: &str,
        is: impl Fn(&Seen) -> bool,
    ) -> Result<Seen> {
        let one = |seen: &[Seen]| matches!(seen, [one] if is(one));
        let mut seen = self.until_all(css, wish, PATIENCE, one).await?;
        seen.pop().context("one is seen")
    }

    /// Waits for the one element of a selector.
    pub(crate) async fn sees(&self, css: &str) -> Result<Seen> {
        self.until(css, "is there", |_| true).await
    }

    /// Waits for there to be no such element.
    pub(crate) async fn lacks(&self, css: &str) -> Result<()> {
        self.until_all(css, "is not there", PATIENCE, <[Seen]>::is_empty).await?;
        Ok(())
    }

    /// Waits for the one element of a selector to have a text, whatever space is around it.
    pub(crate) async fn reads(&self, css: &str, text: &str) -> Result<()> {
        self.until(css, &format!("reads “{text}”"), |seen| seen.text == text).await?;
        Ok(())
    }

    /// Waits for the one element of a selector to have a text in it.
    pub(crate) async fn mentions(&self, css: &str, text: &str) -> Result<()> {
        self.until(css, &format!("mentions “{text}”"), |seen| seen.text.contains(text)).await?;
        Ok(())
    }

    /// Waits for an attribute of the one element of a selector to have a value.
    pub(crate) async fn tells(&self, css: &str, attribute: &str, value: &str) -> Result<()> {
        let wish = format!("has {attribute}={value}");
        self.until(css, &wish, |seen| seen.attribute(attribute) == Some(value)).await?;
        Ok(())
    }

    /// A picture of the one element of a selector.
    pub(crate) async fn picture(&self, css: &str) -> Result<Picture> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.sees(css).await?;
            let taken = match self.client.find(Locator::Css(css)).await {
                Ok(element) => element.screenshot().await,
                Err(error) => Err(error),
            };
            match taken {
                Err(error) if is_passing(&error) && Instant::now() < deadline => {
                    sleep(GLANCE).await;
                }
                taken => return Picture::of(&taken?),
            }
        }
    }
}
