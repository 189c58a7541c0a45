//! What a window is opened on: a device, and whose certificates it trusts.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;
use tokio::process::Command;

use crate::server::everything_is_installed;

/// Starts the browser for somebody who has this folder for a home.
const SCRIPT: &str = "#!/bin/sh
export HOME='{home}'
exec \"$(command -v chromium || command -v chromium-browser || command -v google-chrome)\" \"$@\"
";

/// A device. By default it trusts those whom its maker trusts, and nobody else.
#[derive(Default)]
pub(crate) struct Device {
    home: Option<TempDir>,
}

impl Device {
    /// A device whose owner has installed this authority's certificate. None where there is no
    /// certutil to do so; `cargo xtask test` installs it.
    pub(crate) async fn trusting(certificate: &[u8]) -> Result<Option<Self>> {
        if !cfg!(target_os = "linux") {
            println!("skipped: browsers trust whom this system trusts, which is not ours to say");
            return Ok(None);
        }
        let home = tempfile::tempdir()?;
        let kept = home.path().join(".pki/nssdb");
        fs::create_dir_all(&kept)?;
        let file = home.path().join("authority.crt");
        fs::write(&file, certificate)?;
        let kept = format!("sql:{}", kept.display());
        let file = file.display().to_string();
        for arguments in [
            &["-N", "-d", &kept, "--empty-password"][..],
            &["-A", "-d", &kept, "-n", "the bar", "-t", "C,,", "-i", &file],
        ] {
            let run = Command::new("certutil").args(arguments).stdin(Stdio::null()).output().await;
            let Ok(output) = run else {
                ensure!(!everything_is_installed(), "certutil is missing: libnss3-tools has it");
                println!("skipped: there is no certutil");
                return Ok(None);
            };
            let said = String::from_utf8_lossy(&output.stderr);
            ensure!(output.status.success(), "certutil {arguments:?}: {said}");
        }
        let script = home.path().join("browser");
        fs::write(&script, SCRIPT.replace("{home}", &home.path().display().to_string()))?;
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).context("a program")?;
        Ok(Some(Self { home: Some(home) }))
    }

    /// The program that is its browser; none when it is the usual one.
    pub(super) fn browser(&self) -> Option<PathBuf> {
        self.home.as_ref().map(|home| home.path().join("browser"))
    }
}
