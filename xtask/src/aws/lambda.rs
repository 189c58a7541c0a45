//! The one program of all functions, for Lambda's Linux, in a zip.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::flags::Architecture;
use super::zip::zip;
use crate::command::{cargo, run};
use crate::{python, toolchain, workspace};

const PROFILE: &str = "lambda";

/// The C library of Amazon Linux 2023: what is linked against a newer one does not start there.
const LIBRARY: &str = "2.34";

/// What Lambda starts is called so.
const ENTRY: &str = "bootstrap";

/// Compiles it and says how large the zip is, which `target/aws` then holds.
pub(super) fn build(architecture: Architecture) -> Result<PathBuf> {
    let target = architecture.target();
    toolchain::add_target(target)?;
    let python = python::build()?;
    let tools = python.parent().context("the interpreter is in a folder")?;
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let path = std::iter::once(tools.to_owned()).chain(std::env::split_paths(&inherited));
    let mut compile = cargo(["zigbuild", "--locked", "--profile", PROFILE]);
    compile.args(["--package", "backend", "--bin", "lambda"]);
    compile.args(["--no-default-features", "--features", "aws"]);
    compile.args(["--target", &format!("{target}.{LIBRARY}")]);
    run(compile.env("PATH", std::env::join_paths(path)?))?;
    pack(&workspace::target().join(target).join(PROFILE).join("lambda"), architecture)
}

/// Puts a program that was compiled for Lambda into its zip.
pub(super) fn pack(binary: &Path, architecture: Architecture) -> Result<PathBuf> {
    let folder = super::folder();
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let file = folder.join(format!("lambda-{}.zip", architecture.name()));
    let program = fs::read(binary).with_context(|| format!("reading {}", binary.display()))?;
    let bytes = zip(ENTRY, &program)?;
    fs::write(&file, &bytes).with_context(|| format!("writing {}", file.display()))?;
    eprintln!("    {}: {} bytes, unzipped {}", file.display(), bytes.len(), program.len());
    Ok(file)
}
