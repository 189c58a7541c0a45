//! Pythons of our own, one for each purpose, with exactly the packages that are checked in.
//!
//! Beside each `<name>.txt` is `<name>.in`, which says what is wanted; the first lines of the former
//! say how it was made of the latter.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command::{output, program, run};
use crate::fingerprint::fingerprint;
use crate::{browser, workspace};

/// Other people's clients, to hold our server to the standards: an MQTT client, and programs that
/// know an API by its description alone.
pub(crate) fn clients() -> Result<PathBuf> {
    environment("tests/requirements/clients.txt")
}

/// What stands in for AWS on one machine.
pub(crate) fn stand_in() -> Result<PathBuf> {
    environment("backend/infra/requirements/stand-in.txt")
}

/// What finds mistakes in templates. It and the stand-in want different versions of one package.
pub(crate) fn lint() -> Result<PathBuf> {
    environment("backend/infra/requirements/lint.txt")
}

/// What compiles and links for Lambda's Linux, whatever this machine is.
pub(crate) fn build() -> Result<PathBuf> {
    environment("backend/infra/requirements/build.txt")
}

/// What speaks to AWS.
pub(crate) fn deploy() -> Result<PathBuf> {
    environment("backend/infra/requirements/deploy.txt")
}

/// Makes the environment unless it is there and its requirements are the same; returns its
/// interpreter. Whatever is not of the digest that is checked in is not installed.
fn environment(requirements: &str) -> Result<PathBuf> {
    let file = workspace::root().join(requirements);
    let name = file.file_stem().with_context(|| format!("{requirements} has no name"))?;
    let folder = workspace::target().join("python").join(name);
    let python = folder.join("bin/python");
    let stamp = folder.join("fingerprint");
    let wanted = fingerprint(workspace::root(), &[requirements], "")?;
    let is_current = fs::read_to_string(&stamp).is_ok_and(|stamp| stamp == wanted);
    // A Python that was upgraded leaves environments that do not start.
    if is_current && output(program(&python).arg("--version")).is_some() {
        eprintln!("    {} has what {requirements} asks for", folder.display());
        return Ok(python);
    }
    // Debian keeps what `venv` needs in a package of its own.
    if output(program("python3").args(["-c", "import ensurepip, venv"])).is_none() {
        browser::install(&["python3", "python3-venv"])?;
    }
    run(program("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    let mut install = program(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    install.args(["--require-hashes", "--no-deps", "--requirement"]);
    run(install.arg(&file))?;
    // Last, so that an interrupted installation is done again.
    fs::write(&stamp, wanted).context("writing the fingerprint")?;
    Ok(python)
}
