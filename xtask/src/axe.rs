//! axe-core, which finds what keeps people from using a page, for the tests of the screens.

use std::path::PathBuf;

use anyhow::Result;

use crate::command::{on_path, program, run};
use crate::{browser, workspace};

/// It only runs inside the tests' browsers; nothing of it is shipped.
const VERSION: &str = "4.14.1";

/// Fetches it from npm unless it is there; returns its script.
pub(crate) fn set_up() -> Result<PathBuf> {
    let folder = workspace::target().join(format!("axe-core-{VERSION}"));
    let script = folder.join("node_modules/axe-core/axe.min.js");
    if script.is_file() {
        eprintln!("    axe-core {VERSION} is in {}", folder.display());
        return Ok(script);
    }
    if on_path("npm").is_none() {
        browser::install(&["npm"])?;
    }
    let mut npm = program("npm");
    npm.args(["install", "--ignore-scripts", "--no-save", "--no-package-lock"]);
    npm.args(["--no-audit", "--no-fund", "--loglevel=error", "--prefix"]);
    run(npm.arg(&folder).arg(format!("axe-core@{VERSION}")))?;
    Ok(script)
}
