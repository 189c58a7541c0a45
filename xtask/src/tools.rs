//! Trunk and the wasm-bindgen CLI, each of exactly one version.
//!
//! A copy of the right version on the PATH is used; otherwise one is installed to `target/tools`,
//! so that nobody's own copy is replaced.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command::{cargo, on_path, output, program, run};
use crate::workspace;

/// 0.22 needs a newer Rust than we ask for.
const TRUNK: &str = "0.21.14";

/// The tools, ready to be used.
pub(crate) struct Tools {
    /// Put this in front of trunk: it finds wasm-bindgen there and downloads nothing.
    pub(crate) path: OsString,
    /// Names and versions.
    pub(crate) versions: String,
}

/// Installs what is missing.
pub(crate) fn set_up() -> Result<Tools> {
    let bindgen = workspace::locked_version("wasm-bindgen")?;
    let wanted =
        [("trunk", "trunk", TRUNK), ("wasm-bindgen", "wasm-bindgen-cli", bindgen.as_str())];
    let missing = wanted.iter().filter(|(name, _, version)| {
        let own = own_folder().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        let found = [Some(own), on_path(name)].into_iter().flatten();
        // Only the first on our PATH counts: that is the one trunk will start.
        found.filter(|file| file.is_file()).map(version_of).next().flatten().as_deref()
            != Some(version)
    });
    for (name, package, version) in missing {
        install(name, package, version)?;
    }
    // Kept while installing, so that an interrupted installation goes on where it stopped.
    let leftovers = build_folder();
    if leftovers.exists() {
        std::fs::remove_dir_all(&leftovers)
            .with_context(|| format!("removing {}", leftovers.display()))?;
    }
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(own_folder()).chain(std::env::split_paths(&inherited));
    Ok(Tools {
        path: std::env::join_paths(folders).context("making a PATH with target/tools/bin")?,
        versions: format!("trunk {TRUNK}, wasm-bindgen {bindgen}"),
    })
}

fn tools_folder() -> PathBuf {
    workspace::target().join("tools")
}

fn own_folder() -> PathBuf {
    tools_folder().join("bin")
}

fn build_folder() -> PathBuf {
    tools_folder().join("build")
}

fn version_of(file: PathBuf) -> Option<String> {
    let line = output(program(file).arg("--version"))?;
    line.split_whitespace().nth(1).map(str::to_owned)
}

fn install(name: &str, package: &str, version: &str) -> Result<()> {
    eprintln!("    installing {name} {version} to target/tools; compiling it takes minutes, once");
    let root = tools_folder();
    if on_path("cargo-binstall").is_some() {
        let mut download = cargo(["binstall", "--no-confirm", "--disable-strategies", "compile"]);
        download.arg("--root").arg(&root).arg(format!("{package}@{version}"));
        match run(&mut download) {
            Ok(()) => return Ok(()),
            Err(error) => eprintln!("    {error:#}; compiling it instead"),
        }
    }
    let mut compile = cargo(["install", "--locked", package, "--version", version, "--bin", name]);
    compile.arg("--force").arg("--root").arg(&root);
    // A tool used for seconds is not worth minutes of optimising: 5 instead of 13 for trunk.
    compile
        .env("CARGO_TARGET_DIR", build_folder())
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    run(&mut compile)
}
