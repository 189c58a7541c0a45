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

const BINDGEN: &str = "wasm-bindgen";
const BINDGEN_PACKAGE: &str = "wasm-bindgen-cli";

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
    if found("trunk", TRUNK).is_none() {
        install("trunk", TRUNK, &["trunk"], "0")?;
    }
    if found(BINDGEN, &bindgen).is_none() {
        install(BINDGEN_PACKAGE, &bindgen, &[BINDGEN], "1")?;
    }
    remove_leftovers()?;
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(own_folder()).chain(std::env::split_paths(&inherited));
    Ok(Tools {
        path: std::env::join_paths(folders).context("making a PATH with target/tools/bin")?,
        versions: format!("trunk {TRUNK}, wasm-bindgen {bindgen}"),
    })
}

/// What runs tests in WebAssembly, of the version of wasm-bindgen; installed if it is missing. Only
/// tests need it, so nobody else waits for it; they need its sibling later on, so that is compiled
/// in the same go.
pub(crate) fn set_up_test_runner() -> Result<PathBuf> {
    const NAME: &str = "wasm-bindgen-test-runner";
    let version = workspace::locked_version("wasm-bindgen")?;
    if found(NAME, &version).is_none() {
        install(BINDGEN_PACKAGE, &version, &[NAME, BINDGEN], "1")?;
        remove_leftovers()?;
    }
    found(NAME, &version).with_context(|| format!("{NAME} {version} was just installed"))
}

/// The tool that would be started, if it is of that version.
fn found(name: &str, version: &str) -> Option<PathBuf> {
    let own = own_folder().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let mut found = [Some(own), on_path(name)].into_iter().flatten();
    // Only the first on our PATH counts: that is the one trunk will start.
    let first = found.find(|file| file.is_file())?;
    (version_of(first.clone()).as_deref() == Some(version)).then_some(first)
}

/// Kept while installing, so that an interrupted installation goes on where it stopped.
fn remove_leftovers() -> Result<()> {
    let leftovers = build_folder();
    if leftovers.exists() {
        std::fs::remove_dir_all(&leftovers)
            .with_context(|| format!("removing {}", leftovers.display()))?;
    }
    Ok(())
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

/// Compiled with `optimized` as the level, where it cannot be downloaded: trunk, which but starts
/// others, is as fast without, and what is used for seconds is not worth minutes of optimising.
fn install(package: &str, version: &str, programs: &[&str], optimized: &str) -> Result<()> {
    let names = programs.join(", ");
    eprintln!("    installing {names} {version} to target/tools; compiling takes minutes, once");
    let root = tools_folder();
    if on_path("cargo-binstall").is_some() {
        let mut download = cargo(["binstall", "--no-confirm", "--disable-strategies", "compile"]);
        download.arg("--root").arg(&root).arg(format!("{package}@{version}"));
        match run(&mut download) {
            Ok(()) => return Ok(()),
            Err(error) => eprintln!("    {error:#}; compiling it instead"),
        }
    }
    let mut compile = cargo(["install", "--locked", package, "--version", version]);
    compile.args(programs.iter().flat_map(|program| ["--bin", program]));
    compile.arg("--force").arg("--root").arg(&root);
    // What is standard is TLS, to look for newer versions and to download tools: we do neither.
    compile.arg("--no-default-features");
    compile
        .env("CARGO_TARGET_DIR", build_folder())
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", optimized);
    run(&mut compile)
}
