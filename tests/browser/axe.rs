//! axe-core in the page: what keeps people from using a screen.

use std::fs;

use anyhow::{Context as _, Result, ensure};

use super::settings::Theme;
use super::window::Window;
use crate::server::{axe, everything_is_installed};

/// What begins and ends is at its end: screens are looked at as they stay.
pub(super) const AT_ITS_END: &str = "
    for (const animation of document.getAnimations()) {
        if (animation.effect.getComputedTiming().endTime !== Infinity) animation.finish();
    }
";

const RUN: &str = "
    const { violations } = await axe.run(document, { resultTypes: ['violations'], preload: false });
    return violations.flatMap(({ id, nodes }) =>
        nodes.map(node => id + ' at ' + node.target.join(' ') + ': ' + node.failureSummary));
";

impl Window {
    /// Whether axe finds nothing on the page as it is now, in light and in dark.
    pub(crate) async fn passes(&self, screen: &str) -> Result<()> {
        for theme in Theme::ALL {
            self.prefers(theme).await?;
            self.keeps_pictures_in(theme, screen).await?;
            self.is_accessible(&format!("{screen}, {theme:?}")).await?;
        }
        Ok(())
    }

    /// Whether axe finds nothing to complain about on the page as it is now; `screen` names it in
    /// messages. Nothing is checked where axe is not installed: `cargo xtask test` does that.
    async fn is_accessible(&self, screen: &str) -> Result<()> {
        let Some(script) = axe() else {
            ensure!(!everything_is_installed(), "axe is missing: SERVERLESSPRESSO_AXE");
            println!("skipped: SERVERLESSPRESSO_AXE names no axe.min.js");
            return Ok(());
        };
        let is_there: bool = self.script("return 'axe' in window", &[]).await?;
        if !is_there {
            let source = fs::read_to_string(&script)
                .with_context(|| format!("reading {}", script.display()))?;
            self.script::<()>(&format!("{source}; return null"), &[]).await?;
        }
        let run = format!("return (async () => {{ {AT_ITS_END} {RUN} }})()");
        let found: Vec<String> = self.script(&run, &[]).await?;
        let name = self.name();
        ensure!(found.is_empty(), "{screen} on the {name}:\n{}", found.join("\n"));
        Ok(())
    }
}
