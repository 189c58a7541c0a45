//! A Python of our own with other people's clients, to hold our server to the standards: an MQTT
//! client, and a program that knows an API by its description alone.

use std::path::PathBuf;

use anyhow::Result;

use crate::command::{output, program, run};
use crate::{browser, workspace};

const CLIENTS: [&str; 3] =
    ["paho-mqtt==2.1.0", "schemathesis==4.32.5", "openapi-spec-validator==0.9.0"];
/// What says that they are there.
const PRESENT: &str = "import paho.mqtt.client, schemathesis, openapi_spec_validator";

/// Makes `target/venv` unless it is there; returns its interpreter.
pub(crate) fn set_up() -> Result<PathBuf> {
    let folder = workspace::target().join("venv");
    let python = folder.join("bin/python");
    if output(program(&python).args(["-c", PRESENT])).is_some() {
        eprintln!("    {} are in target/venv", CLIENTS.join(", "));
        return Ok(python);
    }
    // Debian keeps what `venv` needs in a package of its own.
    if output(program("python3").args(["-c", "import ensurepip, venv"])).is_none() {
        browser::install(&["python3", "python3-venv"])?;
    }
    run(program("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    run(program(&python).args(["-m", "pip", "install", "--quiet"]).args(CLIENTS))?;
    Ok(python)
}
