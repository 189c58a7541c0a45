//! The bar on AWS: built, deployed and taken away again. What AWS is asked is in
//! `backend/infra/deployment.py`; what is built for it is here.

mod apps;
mod flags;
mod lambda;
mod zip;

use std::ffi::OsStr;
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

/// The whole life of a deployment on the stand-in that `stand_in` is the Python of: with the apps as
/// they are in `dist` and `lambda`, a program for this very machine.
pub(crate) fn rehearse(lambda: &Path, stand_in: &Path) -> Result<()> {
    let python = python::deploy()?;
    let architecture = Architecture::of_this_machine();
    let stripped = folder().join("stripped");
    std::fs::create_dir_all(folder())?;
    run(program("strip").arg("-o").arg(&stripped).arg(lambda))?;
    let built = Built::of(lambda::pack(&stripped, architecture)?)?;
    let mut rehearsal = program(stand_in);
    rehearsal.arg("backend/infra/rehearsal.py").arg(&python);
    run(rehearsal.args(built.flags(architecture)))
}

/// What is deployed, below `target/aws`.
struct Built {
    zip: PathBuf,
    /// What is uploaded, and how.
    files: PathBuf,
    /// What the pages may do.
    policy: PathBuf,
}

impl Built {
    /// This zip, and the apps in `dist`.
    fn of(zip: PathBuf) -> Result<Self> {
        let (files, policy) = (folder().join("files.tsv"), folder().join("policy"));
        apps::write_upload(&files, &policy)?;
        Ok(Self { zip, files, policy })
    }

    /// As `deployment.py` takes them.
    fn flags(&self, architecture: Architecture) -> [&OsStr; 10] {
        [
            OsStr::new("--architecture"),
            architecture.name().as_ref(),
            "--template".as_ref(),
            TEMPLATE.as_ref(),
            "--zip".as_ref(),
            self.zip.as_ref(),
            "--files".as_ref(),
            self.files.as_ref(),
            "--policy".as_ref(),
            self.policy.as_ref(),
        ]
    }
}

fn build(steps: &mut Steps, architecture: Architecture) -> Result<Built> {
    server::build_apps(steps)?;
    let zip = steps.take("build the program for Lambda", || lambda::build(architecture))?;
    Built::of(zip)
}

fn deploy(steps: &mut Steps, flags: &Flags) -> Result<()> {
    let python = steps.take("a Python that speaks to AWS", python::deploy)?;
    steps.take("credentials and region", || run(&mut deployment(&python, "check")))?;
    let built = build(steps, flags.architecture)?;
    steps.take("deploy", || {
        let mut deploy = deployment(&python, "deploy");
        deploy.args(built.flags(flags.architecture));
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
