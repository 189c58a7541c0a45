//! The bar on AWS: built, deployed and taken away again. What AWS is asked is in
//! `backend/infra/deployment.py`; what is built for it is here.

mod apps;
mod flags;
mod lambda;
mod zip;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{program, run};
use crate::infrastructure::TEMPLATE;
use crate::steps::Steps;
use crate::{python, server, workspace};
use flags::{Architecture, Flags};

pub(crate) use apps::FOLDER as APPS_FOLDER;

/// `cargo xtask aws <command> <flags>`.
pub(crate) fn aws(steps: &mut Steps, command: &str, flags: &[String]) -> Result<()> {
    let flags = Flags::read(command, flags)?;
    match command {
        "build" => build(steps, flags.architecture).map(drop),
        "deploy" => deploy(steps, &flags),
        "url" | "users" => run(&mut deployment(&python::deploy()?, command)),
        "destroy" => {
            let mut destroy = deployment(&python::deploy()?, command);
            run(destroy.args(flags.data.then_some("--data")))
        }
        "apps" => {
            // What is missing is said before anything is built.
            let config = apps::Config::read()?;
            server::build_apps(steps)?;
            apps::for_any_host(&config)
        }
        _ => {
            bail!("there is no `cargo xtask aws {command}`; `cargo xtask help` tells what there is")
        }
    }
}

/// What `build` leaves below `target/aws`.
struct Built {
    zip: PathBuf,
    /// What is uploaded, and how.
    files: PathBuf,
    /// What the pages may do.
    policy: PathBuf,
}

fn build(steps: &mut Steps, architecture: Architecture) -> Result<Built> {
    let folder = folder();
    std::fs::create_dir_all(&folder)?;
    server::build_apps(steps)?;
    let zip = steps.take("build the program for Lambda", || lambda::build(architecture))?;
    let (files, policy) = (folder.join("files.tsv"), folder.join("policy"));
    apps::write_upload(&files, &policy)?;
    Ok(Built { zip, files, policy })
}

fn deploy(steps: &mut Steps, flags: &Flags) -> Result<()> {
    let python = steps.take("a Python that speaks to AWS", python::deploy)?;
    steps.take("credentials and region", || run(&mut deployment(&python, "check")))?;
    let built = build(steps, flags.architecture)?;
    steps.take("deploy", || {
        let mut deploy = deployment(&python, "deploy");
        deploy.args(["--architecture", flags.architecture.name(), "--template", TEMPLATE]);
        deploy.arg("--zip").arg(&built.zip).arg("--files").arg(&built.files);
        deploy.arg("--policy").arg(&built.policy);
        for setting in &flags.settings {
            deploy.args(["--set", setting]);
        }
        run(&mut deploy)
    })
}

fn deployment(python: &Path, command: &str) -> Command {
    let mut deployment = program(python);
    deployment.args(["backend/infra/deployment.py", "--version", env!("CARGO_PKG_VERSION")]);
    deployment.arg(command);
    deployment
}

fn folder() -> PathBuf {
    workspace::target().join("aws")
}
