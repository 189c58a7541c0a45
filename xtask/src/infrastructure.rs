//! What is deployed, checked without deploying it and without a network.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::command::{output, program, run};
use crate::workspace::{files_below, root};
use crate::{npm, python};

/// The whole deployment.
pub(crate) const TEMPLATE: &str = "backend/infra/template.yaml";

/// The template, by its schemas and by what SAM makes of it; every state machine.
pub(crate) fn lint() -> Result<()> {
    let environment = python::lint()?;
    // Started by the interpreter: what a script says of its own is wrong once the folder has moved.
    let script = |name| {
        let mut command = program(&environment);
        command.arg(environment.with_file_name(name));
        command
    };
    run(script("cfn-lint").args(["--template", TEMPLATE]))?;
    let mut sam = script("sam");
    sam.args(["validate", "--lint", "--template-file", TEMPLATE, "--region", "us-east-1"]);
    run(sam.env("SAM_CLI_TELEMETRY", "0"))?;
    state_machines()
}

fn state_machines() -> Result<()> {
    let validator = npm::asl_validator()?;
    let is_sound = |file: &Path| {
        output(program(&validator).args(["--silent", "--json-path"]).arg(file)).is_some()
    };
    let samples = root().join("xtask/samples");
    ensure!(is_sound(&samples.join("sound.asl.json")), "the check refuses a sound state machine");
    ensure!(!is_sound(&samples.join("faulty.asl.json")), "the check sees no fault in a faulty one");

    let template = std::fs::read_to_string(root().join(TEMPLATE)).context("the template")?;
    if let Some(line) = template.lines().find(|line| defines_a_state_machine(line)) {
        bail!("`{}` in {TEMPLATE}: definitions belong into files *.asl.json", line.trim());
    }
    let files = files_below(&root().join("backend/infra"))?;
    let machines = files.iter().filter(|file| file.to_string_lossy().ends_with(".asl.json"));
    let mut checked = 0;
    for machine in machines {
        run(program(&validator).arg("--json-path").arg(machine))?;
        checked += 1;
    }
    eprintln!("    state machines: {checked}, and the two samples");
    Ok(())
}

/// Whether a line of the template begins a state machine within the template.
fn defines_a_state_machine(line: &str) -> bool {
    let key = line.trim().split(':').next().unwrap_or_default();
    ["Definition", "DefinitionString"].contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A longer one would have to be put into a bucket first.
    #[test]
    fn cloudformation_takes_the_template_as_it_is() -> Result<()> {
        let length = std::fs::metadata(root().join(TEMPLATE))?.len();
        assert!(length <= 51_200, "{length} bytes");
        Ok(())
    }

    #[test]
    fn state_machines_within_the_template_are_noticed() {
        for line in ["      Definition:", "DefinitionString: !Sub |", "  Definition: {States: {}}"]
        {
            assert!(defines_a_state_machine(line), "{line}");
        }
        for line in ["DefinitionUri: order-timers.asl.json", "# Definition", "Description: a b"] {
            assert!(!defines_a_state_machine(line), "{line}");
        }
    }
}
