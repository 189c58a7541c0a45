//! The release binary with the apps inside, and running it.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::command::{cargo, program, run as run_command};
use crate::steps::Steps;
use crate::{apps, toolchain, tools, workspace};

const NAME: &str = "serverlesspresso";

/// Where `build` leaves the server.
pub(crate) fn binary() -> PathBuf {
    let file = format!("{NAME}{}", std::env::consts::EXE_SUFFIX);
    workspace::target().join("release").join(file)
}

/// Sets up what is missing, then builds the apps and the server.
pub(crate) fn build(steps: &mut Steps) -> Result<()> {
    build_apps(steps)?;
    steps.take("build the server", || {
        let binary = ["build", "--locked", "--release", "--package", "backend", "--bin", NAME];
        run_command(&mut cargo(binary))
    })?;
    apps::report_sizes()
}

/// Sets up what is missing, then builds the apps.
pub(crate) fn build_apps(steps: &mut Steps) -> Result<()> {
    let (tools, versions) = steps.take("set up", || {
        let rust = toolchain::set_up()?;
        let tools = tools::set_up()?;
        let versions = format!("{rust}, {}", tools.versions);
        eprintln!("    {versions}");
        Ok((tools, versions))
    })?;
    apps::build(steps, &tools, &versions)
}

/// Builds, then turns into the server: signals, output and exit code are its own.
pub(crate) fn run(steps: &mut Steps, flags: &[String]) -> Result<()> {
    build(steps)?;
    let mut server = program(binary());
    server.args(arguments(flags, |name| std::env::var_os(name).is_some()));
    become_the(server)
}

/// The demonstration's flags, less those the caller gives or the environment sets, then the
/// caller's own.
fn arguments(flags: &[String], is_set: impl Fn(&str) -> bool) -> Vec<String> {
    let given = |flag: &str| {
        let with_value = format!("{flag}=");
        flags.iter().any(|own| own == flag || own.starts_with(&with_value))
    };
    let lan = flags.iter().any(|flag| flag == "--lan");
    let listen = if lan { "0.0.0.0:8080" } else { "127.0.0.1:8080" };
    let mut arguments = vec!["serve".to_owned()];
    if !given("--demo") {
        arguments.push("--demo".to_owned());
    }
    if !given("--data") && !is_set("SERVERLESSPRESSO_DATA") {
        arguments.extend(["--data".to_owned(), "data".to_owned()]);
    }
    if !given("--listen") && (lan || !is_set("SERVERLESSPRESSO_LISTEN")) {
        arguments.extend(["--listen".to_owned(), listen.to_owned()]);
    }
    arguments.extend(flags.iter().filter(|flag| *flag != "--lan").cloned());
    arguments
}

#[cfg(unix)]
fn become_the(mut server: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;

    let error = server.exec();
    Err(anyhow::Error::new(error).context(format!("cannot start {}", binary().display())))
}

/// Ctrl-C reaches every process of the console, so waiting is enough.
#[cfg(not(unix))]
fn become_the(mut server: Command) -> Result<()> {
    run_command(&mut server)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demonstration_yields_to_what_the_caller_says() {
        let demo = "serve --demo --data data --listen 127.0.0.1:8080";
        let cases = [
            ("", "", demo),
            ("--lan", "", "serve --demo --data data --listen 0.0.0.0:8080"),
            (
                "--listen=[::1]:9000 --data elsewhere",
                "",
                "serve --demo --listen=[::1]:9000 --data elsewhere",
            ),
            (
                "--public-url https://bar.example",
                "SERVERLESSPRESSO_DATA SERVERLESSPRESSO_LISTEN",
                "serve --demo --public-url https://bar.example",
            ),
            ("--lan", "SERVERLESSPRESSO_LISTEN", "serve --demo --data data --listen 0.0.0.0:8080"),
        ];
        for (flags, environment, expected) in cases {
            let flags: Vec<_> = flags.split_whitespace().map(str::to_owned).collect();
            let is_set = |name: &str| environment.split(' ').any(|set| set == name);
            assert_eq!(arguments(&flags, is_set).join(" "), expected, "{flags:?}");
        }
    }
}
