//! A Python of our own with somebody else's MQTT client, to hold our server to the standard.

use std::path::PathBuf;

use anyhow::Result;

use crate::command::{output, program, run};
use crate::{browser, workspace};

const CLIENT: &str = "paho-mqtt==2.1.0";

/// Makes `target/venv` unless it is there; returns its interpreter.
pub(crate) fn set_up() -> Result<PathBuf> {
    let folder = workspace::target().join("venv");
    let python = folder.join("bin/python");
    if output(program(&python).args(["-c", "import paho.mqtt.client"])).is_some() {
        eprintln!("    {CLIENT} is in target/venv");
        return Ok(python);
    }
    // Debian keeps what `venv` needs in a package of its own.
    if output(program("python3").args(["-c", "import ensurepip, venv"])).is_none() {
        browser::install(&["python3", "python3-venv"])?;
    }
    run(program("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    run(program(&python).args(["-m", "pip", "install", "--quiet", CLIENT]))?;
    Ok(python)
}
