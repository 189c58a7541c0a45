//! `cargo xtask`: sets up what is missing, then builds, runs and tests the bar.
//!
//! It is compiled first on a fresh machine, so it must not know the crates it builds, and its own
//! dependencies stay few.

mod acceptance;
mod adapters;
mod apps;
mod aws;
mod bench;
mod browser;
mod catalogue;
mod checks;
mod command;
mod extensions;
mod fingerprint;
mod hosting;
mod import_names;
mod infrastructure;
mod lean;
mod npm;
mod precompress;
mod python;
mod screenshots;
mod server;
mod shares;
mod steps;
#[cfg(test)]
mod tidy;
mod toolchain;
mod tools;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};
use steps::Steps;

const HELP: &str = "\
cargo xtask <command>

  run [--lan] [flags]  build, then serve the demonstration bar on 127.0.0.1:8080;
                       --lan listens on the venue's network, further flags go to the server
  build                set up what is missing, build the apps and target/release/serverlesspresso
  check                the fast checks, for every save: formatting, lints, the domain's tests
  test                 everything CI runs, with a time for each step: an hour on two processors
  catalogue            writes docs/events.md, the catalogue of events, from the golden files, their
                       JSON Schemas, and a recording of a busy quarter of an hour
  hosting              writes what hosts of the apps are told, from the table in xtask/src/hosting
  aws build            builds what runs on AWS: a zip for Lambda, and the apps
  aws deploy           builds, then makes or updates the deployment of this account and region;
                       --architecture arm64 (or x86_64), --set Name=Value for the template's
                       parameters, which stay set
  aws url              says where it is
  aws users            a link that signs the first organiser in
  aws destroy          takes the deployment away and says what is kept; --data deletes that, too
  aws apps             the apps for any static host, in target/aws/apps
  play <recording>     puts recorded events onto a bus of EventBridge, so that an extension can be
                       built without a bar; --bus NAME (serverlesspresso-play), --endpoint URL of
                       what stands in for AWS, --speed N times as fast as it happened
  screenshots          takes pictures of every screen, light and dark, in the sizes of the devices
                       it is used on, into the folder screenshots; README's is three-screens
  bench sizes          what a first visit of each app loads, and from which crate it comes
  bench cost           what a thousand orders cost on AWS, by units counted on the stand-in; it
                       takes half an hour
  bench lambda         what a start to the first order costs our function, and the same in Node
  help                 this text

Whatever is missing (the wasm target, trunk, wasm-bindgen) is installed first; trunk and
wasm-bindgen go to target/tools, never over a copy of your own.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut steps = Steps::default();
    match dispatch(&arguments, &mut steps) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String], steps: &mut Steps) -> Result<()> {
    let (command, flags) = match arguments.split_first() {
        Some((command, flags)) => (command.as_str(), flags),
        None => ("help", arguments),
    };
    if ["help", "--help", "-h"].contains(&command) || flags.iter().any(|flag| flag == "--help") {
        println!("{HELP}");
        return Ok(());
    }
    match (command, flags) {
        ("run", _) => server::run(steps, flags),
        ("build", []) => server::build(steps),
        ("check", []) => checks::check(steps),
        ("test", []) => checks::test(steps),
        ("screenshots", []) => screenshots::take(steps),
        ("catalogue", []) => catalogue::write(),
        ("hosting", []) => hosting::write(),
        ("play", _) => extensions::play(flags),
        ("aws", [command, flags @ ..]) => aws::aws(steps, command, flags),
        ("bench", [name]) => bench::bench(steps, name),
        ("build" | "check" | "test" | "catalogue" | "hosting" | "screenshots", _) => {
            bail!("`cargo xtask {command}` takes no flags\n\n{HELP}")
        }
        _ => bail!("there is no `cargo xtask {command}`\n\n{HELP}"),
    }
}
