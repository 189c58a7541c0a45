//! What extends a bar by its events alone: tried without a bar, and rehearsed on the stand-in.

use std::path::Path;

use anyhow::{Context, Result};

use crate::command::{program, run};
use crate::python;

/// Plays a recording onto a bus of EventBridge. The first of `flags` is the recording, from where
/// the caller is; the rest is the player's affair.
pub(crate) fn play(flags: &[String]) -> Result<()> {
    let (recording, flags) = flags.split_first().context("which recording shall be played?")?;
    let recording = std::path::absolute(recording)?;
    let mut play = program(python::deploy()?);
    run(play.arg("backend/infra/play.py").arg(recording).args(flags))
}

/// Deploys each extension beside a bus on the stand-in that `stand_in` is the Python of, plays the
/// recording to it and takes it away again.
pub(crate) fn rehearse(stand_in: &Path) -> Result<()> {
    let python = python::deploy()?;
    run(program(stand_in).arg("backend/infra/extensions_rehearsal.py").arg(python))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::workspace::root;

    #[test]
    fn an_extension_is_twenty_lines_and_the_page_shows_them_as_they_are() -> Result<()> {
        let template = fs::read_to_string(root().join("backend/infra/extensions/waits.yaml"))?;
        let (_, rest) = template.split_once("ZipFile: |\n").context("a function")?;
        let lines = rest.lines().map(|line| line.strip_prefix("          ").unwrap_or(line));
        let function: Vec<_> = lines.take_while(|line| !line.starts_with("  Rule:")).collect();
        let written = function.iter().filter(|line| !line.is_empty()).count();
        assert!(written <= 20, "{written} lines");
        let page = fs::read_to_string(root().join("ARCHITECTURE.md"))?;
        let shown = format!("```python\n{}\n```", function.join("\n").trim());
        assert!(page.contains(&shown), "ARCHITECTURE.md does not show\n{shown}");
        Ok(())
    }
}
