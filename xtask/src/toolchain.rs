//! The Rust toolchain: new enough, with the browser's target and the components the checks need.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::command::{cargo, on_path, output, program, run};

/// What the browser runs.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

const OLDEST: (u32, u32) = (1, 95);

/// Makes sure that Rust is new enough and can build for the browser; returns rustc's version line.
pub(crate) fn set_up() -> Result<String> {
    let version = output(program("rustc").arg("--version"))
        .context("rustc does not start; install Rust from https://rustup.rs")?;
    let numbers = numbers(&version).with_context(|| format!("`{version}` names no version"))?;
    let (major, minor) = OLDEST;
    ensure!(
        numbers >= OLDEST,
        "Rust {major}.{minor} or newer is needed and this is {version}; \
         `rustup update stable` brings it"
    );
    add_target(WASM)?;
    Ok(version)
}

/// Makes sure that Rust can build for `target`.
pub(crate) fn add_target(target: &str) -> Result<()> {
    // Asking the compiler instead of rustup also answers for a Rust from a distribution.
    let library = output(program("rustc").args(["--print", "target-libdir", "--target", target]));
    if !library.is_some_and(|folder| Path::new(&folder).is_dir()) {
        rustup(&["target", "add", target])?;
    }
    Ok(())
}

/// Makes sure that `cargo fmt` and `cargo clippy` are there.
pub(crate) fn set_up_components() -> Result<()> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if output(&mut cargo([subcommand, "--version"])).is_none() {
            rustup(&["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(arguments: &[&str]) -> Result<()> {
    if on_path("rustup").is_none() {
        bail!(
            "this Rust lacks what `rustup {}` brings; install it the way you installed Rust",
            arguments.join(" ")
        );
    }
    run(program("rustup").args(arguments))
}

fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split_whitespace().nth(1)?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        let cases = [
            ("rustc 1.95.0 (59807616e 2026-04-14)", Some((1, 95))),
            ("rustc 1.100.0-nightly (0 2026-11-01)", Some((1, 100))),
            ("rustc", None),
        ];
        for (line, expected) in cases {
            assert_eq!(numbers(line), expected, "{line}");
        }
        assert!((1, 100) > OLDEST && (1, 94) < OLDEST);
    }
}
