//! What must hold: a fast part for every save, and everything CI runs.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command::{cargo, on_path, run};
use crate::steps::Steps;
use crate::toolchain::{self, WASM};
use crate::{
    acceptance, adapters, apps, aws, browser, extensions, infrastructure, npm, python, server,
    tools, workspace,
};

/// Formatting, lints for machine and browser, the domain's tests.
pub(crate) fn check(steps: &mut Steps) -> Result<()> {
    toolchain::set_up()?;
    toolchain::set_up_components()?;
    steps.take("formatting", formatting)?;
    steps.take("lints", || {
        let mut clippy = cargo(["clippy", "--workspace", "--all-targets"]);
        for package in apps::PACKAGES {
            clippy.args(["--exclude", package]);
        }
        run(clippy.args(DENY_WARNINGS))
    })?;
    steps.take("lints for the browser", browser_lints)?;
    steps.take("the domain's tests", || run(&mut cargo(["test", "--quiet", "--package", "domain"])))
}

/// Every check, cheapest first; ends at the first that fails. Prints the time each took.
pub(crate) fn test(steps: &mut Steps) -> Result<()> {
    let outcome = every_step(steps);
    eprintln!("\n{}", steps.table());
    outcome
}

/// What is compiled for the laptop and for AWS.
const BOTH_PLATFORMS: [&str; 2] = ["--features", "backend/aws"];

// Each native step compiles for the whole workspace, whatever it then runs: Cargo then picks the
// same features every time, and nothing is compiled twice. For the same reason nothing here sets
// RUSTFLAGS.
fn every_step(steps: &mut Steps) -> Result<()> {
    steps.take("toolchain", || {
        toolchain::set_up()?;
        toolchain::set_up_components()
    })?;
    steps.take("formatting", formatting)?;
    steps.take("lints", || {
        let mut clippy = cargo(["clippy", "--locked", "--workspace", "--all-targets"]);
        run(clippy.args(BOTH_PLATFORMS).args(DENY_WARNINGS))?;
        // What a newcomer compiles first is the laptop's alone.
        let mut clippy = cargo(["clippy", "--locked", "--package", "backend", "--lib", "--bins"]);
        run(clippy.args(DENY_WARNINGS))
    })?;
    steps.take("lints for the browser", browser_lints)?;
    steps.take("the domain in the browser", || {
        run(&mut cargo(["check", "--locked", "--package", "domain", "--target", WASM]))
    })?;
    steps.take("documentation", || {
        let mut doc = cargo(["doc", "--locked", "--no-deps", "--workspace", "--lib"]);
        run(doc.args(BOTH_PLATFORMS).env("RUSTDOCFLAGS", "-D warnings"))
    })?;
    steps.take("templates and state machines", infrastructure::lint)?;
    let stand_in = steps.take("Python with the stand-in for AWS", python::stand_in)?;
    steps.take("extensions", || extensions::rehearse(&stand_in))?;
    steps.take("unit and integration tests", crate_tests)?;
    steps.take("the adapters to AWS", || adapters::test(&stand_in))?;
    steps.take("the domain's properties in WebAssembly", properties_in_webassembly)?;
    steps.take("examples in the documentation", || {
        run(cargo(["test", "--locked", "--workspace", "--doc", "--quiet"]).args(BOTH_PLATFORMS))
    })?;
    server::build(steps)?;
    let lambda = lambda();
    steps.take("a deployment's life", || aws::rehearse(&lambda, &stand_in))?;
    steps.take("a browser", browser::set_up)?;
    steps.take("strace, libfaketime, certutil", browser::set_up_for_linux)?;
    let clients = steps.take("Python with clients", python::clients)?;
    let axe = steps.take("axe-core", npm::axe)?;
    let needs = acceptance::Needs { clients, axe, lambda, stand_in };
    acceptance::run_on_both(steps, &needs)
}

/// The one program of all functions, unoptimised: what stands in for Lambda runs it here. It is
/// built with the tests of its package, whose features are those of every other step.
fn lambda() -> PathBuf {
    workspace::target().join("debug/lambda")
}

/// The very tests of `domain/tests/properties`, compiled as the browser gets the domain.
fn properties_in_webassembly() -> Result<()> {
    if on_path("node").is_none() {
        browser::install(&["nodejs"])?;
    }
    let mut test = cargo(["test", "--locked", "--package", "domain", "--test", "properties"]);
    test.args(["--target", WASM]);
    let runner = tools::set_up_test_runner()?;
    run(test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner))
}

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

fn formatting() -> Result<()> {
    run(&mut cargo(["fmt", "--all", "--check"])).context("`cargo fmt --all` mends it")?;
    adapters::formatting()
}

fn browser_lints() -> Result<()> {
    let mut clippy = cargo(["clippy", "--locked", "--target", WASM]);
    for package in apps::PACKAGES {
        clippy.args(["--package", package]);
    }
    run(clippy.args(DENY_WARNINGS))
}

/// Everything but the acceptance scenarios, which need the release binary.
fn crate_tests() -> Result<()> {
    let mut test = cargo(["test", "--locked", "--workspace", "--lib", "--bins"]);
    test.args(BOTH_PLATFORMS);
    for name in integration_tests()? {
        test.args(["--test", &name]);
    }
    run(&mut test)
}

/// What Cargo makes of `<crate>/tests`: `<name>.rs` and `<name>/main.rs`. The acceptance package is
/// the folder `tests` itself, and not among them.
pub(crate) fn integration_tests() -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in workspace::root().read_dir().context("reading the root")? {
        let Ok(tests) = entry?.path().join("tests").read_dir() else {
            continue;
        };
        for entry in tests {
            let path = entry?.path();
            let is_source = path.extension().is_some_and(|extension| extension == "rs");
            if is_source || path.join("main.rs").is_file() {
                let name = path.file_stem().context("a file has a name")?;
                names.insert(name.to_string_lossy().into_owned());
            }
        }
    }
    Ok(names)
}
