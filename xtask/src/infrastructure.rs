//! What is deployed, checked without deploying it and without a network.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::command::{output, program, run};
use crate::workspace::{files_below, root};
use crate::{npm, python};

/// The whole deployment.
pub(crate) const TEMPLATE: &str = "backend/infra/template.yaml";

/// What extends a bar by its events alone, each a stack of its own.
const EXTENSIONS: &str = "backend/infra/extensions";

/// The templates, by their schemas and by what SAM makes of them; every state machine.
pub(crate) fn lint() -> Result<()> {
    let environment = python::lint()?;
    // Started by the interpreter: what a script says of its own is wrong once the folder has moved.
    let script = |name| {
        let mut command = program(&environment);
        command.arg(environment.with_file_name(name));
        command
    };
    let templates = templates()?;
    run(script("cfn-lint").arg("--template").args(&templates))?;
    for template in &templates {
        let mut sam = script("sam");
        sam.args(["validate", "--lint", "--region", "us-east-1", "--template-file"]).arg(template);
        run(sam.env("SAM_CLI_TELEMETRY", "0"))?;
    }
    state_machines()
}

/// The deployment's and the extensions'.
fn templates() -> Result<Vec<PathBuf>> {
    let mut templates = files_below(&root().join(EXTENSIONS))?;
    templates.retain(|file| file.extension().is_some_and(|ending| ending == "yaml"));
    ensure!(!templates.is_empty(), "there is no template in {EXTENSIONS}");
    templates.insert(0, root().join(TEMPLATE));
    Ok(templates)
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
    fn cloudformation_takes_the_templates_as_they_are() -> Result<()> {
        for template in templates()? {
            let length = std::fs::metadata(&template)?.len();
            assert!(length <= 51_200, "{}: {length} bytes", template.display());
        }
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
