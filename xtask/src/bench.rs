//! Figures, each with the command that makes it.

mod cost;
mod first_order;
mod prices;

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::command::{cargo, program, run};
use crate::shares::shares;
use crate::steps::Steps;
use crate::toolchain::WASM;
use crate::{apps, browser, server, tools, workspace};

/// The profile that differs from the apps' own in keeping names.
const NAMED: &str = "app-named";
/// Crates told by name; the rest is summed up.
const TOLD: usize = 16;

/// Runs the measurement of a name.
pub(crate) fn bench(steps: &mut Steps, name: &str) -> Result<()> {
    match name {
        "sizes" => sizes(steps),
        "cost" => cost::cost(steps),
        "lambda" => first_order::first_order(steps),
        _ => bail!("there is no `cargo xtask bench {name}`: cost, lambda or sizes"),
    }
}

/// The program of all functions, optimised as it is deployed, but for this machine.
fn build_lambda(steps: &mut Steps) -> Result<PathBuf> {
    steps.take("build what runs on Lambda", || {
        let mut build = cargo(["build", "--locked", "--profile", "lambda"]);
        build.args(["--package", "backend", "--bin", "lambda"]);
        run(build.args(["--no-default-features", "--features", "aws"]))
    })?;
    Ok(workspace::target().join("lambda/lambda"))
}

/// What a first visit loads, as a real browser does; and where the bytes of each app come from.
fn sizes(steps: &mut Steps) -> Result<()> {
    server::build(steps)?;
    steps.take("a browser", browser::set_up)?;
    steps.take("first loads, KiB in brotli 11", || {
        let mut loads = cargo(["test", "--locked", "--quiet", "--package", "acceptance"]);
        loads.args(["--test", "acceptance", "--", "--nocapture", "first_loads_are_small"]);
        run(loads.env("SERVERLESSPRESSO_BIN", server::binary()))
    })?;
    let tools = tools::set_up()?;
    steps.take("compile the apps with names", || {
        let mut compile = cargo(["build", "--locked", "--profile", NAMED, "--target", WASM]);
        for package in apps::PACKAGES {
            compile.args(["--package", package]);
        }
        run(&mut compile)
    })?;
    for binary in apps::binaries() {
        let compiled = workspace::target().join(WASM).join(NAMED);
        let folder = workspace::target().join("bench/sizes");
        let mut bindgen = program("wasm-bindgen");
        bindgen.env("PATH", &tools.path).args(["--target", "web", "--no-typescript"]);
        bindgen.arg("--out-dir").arg(&folder).arg(compiled.join(format!("{binary}.wasm")));
        run(&mut bindgen)?;
        let module = std::fs::read(folder.join(format!("{binary}_bg.wasm")))?;
        tell(binary, &shares(&module)?);
    }
    Ok(())
}

fn tell(binary: &str, shares: &[(String, u64)]) {
    let total: u64 = shares.iter().map(|(_, bytes)| bytes).sum();
    let rest = shares.iter().skip(TOLD).map(|(_, bytes)| bytes).sum();
    println!("\n{binary}: {:.1} KiB before compression", total as f64 / 1024.0);
    let rest = [("(everything else)".to_owned(), rest)];
    for (name, bytes) in shares.iter().take(TOLD).chain(&rest) {
        let percent = *bytes as f64 * 100.0 / total as f64;
        println!("{:>9.1} KiB {percent:>5.1} %  {name}", *bytes as f64 / 1024.0);
    }
}
