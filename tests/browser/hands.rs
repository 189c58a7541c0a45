//! Clicking and typing, as a person does: only what is there, enabled and not covered.

use anyhow::{Context as _, Result};
use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use tokio::time::{Instant, sleep};

use super::window::{GLANCE, Window};
use crate::soon::PATIENCE;

impl Window {
    /// Clicks the one element of a selector, as soon as it can be clicked.
    pub(crate) async fn clicks(&self, css: &str) -> Result<()> {
        self.does(css, "click", async |element| element.click().await).await
    }

    /// Types into the one field of a selector, in place of what was there.
    pub(crate) async fn types(&self, css: &str, text: &str) -> Result<()> {
        // Control and A, and Control let go.
        let keys = format!("\u{e009}a\u{e000}{text}");
        self.does(css, "type into", async |element| element.send_keys(&keys).await).await
    }

    async fn does(
        &self,
        css: &str,
        what: &str,
        act: impl AsyncFn(Element) -> Result<(), CmdError>,
    ) -> Result<()> {
        self.until(css, "is enabled", |seen| !seen.disabled).await?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let outcome = match self.client.find(Locator::Css(css)).await {
                Ok(element) => act(element).await,
                Err(error) => Err(error),
            };
            match outcome {
                // Drawn anew, or under something that is going away.
                Err(error) if is_passing(&error) && Instant::now() < deadline => {
                    sleep(GLANCE).await;
                }
                outcome => {
                    return outcome
                        .with_context(|| format!("the {} cannot {what} {css}", self.name()));
                }
            }
        }
    }
}

/// Drawn anew, or under something that is going away: it can be tried again.
pub(super) fn is_passing(error: &CmdError) -> bool {
    let is_covered = matches!(
        error,
        CmdError::Standard(said) if said.error == ErrorStatus::ElementClickIntercepted
    );
    is_covered
        || error.is_no_such_element()
        || error.is_stale_element_reference()
        || error.is_element_not_interactable()
}
