//! The zip that Lambda is given: our binary as `bootstrap`. Made once for each binary, not once
//! for each server, and without what only debuggers read.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use hyper::body::Bytes;

/// Where things are kept that are the same for every server: beside the binary.
pub(crate) fn folder() -> Result<PathBuf> {
    let binary = binary()?;
    let folder = binary.parent().context("a binary is in a folder")?.join("stand-in-cache");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The zip's bytes.
pub(crate) fn zip() -> Result<Bytes> {
    let (binary, folder) = (binary()?, folder()?);
    let zip = folder.join("lambda.zip");
    if !is_newer(&zip, &binary) {
        // Several servers may begin at once: the last one's rename wins, and all are alike.
        let own = tempfile::tempdir_in(&folder)?;
        let bootstrap = own.path().join("bootstrap");
        run(Command::new("strip").arg("-s").arg("-o").arg(&bootstrap).arg(&binary))?;
        let python = std::env::var_os("SERVERLESSPRESSO_STAND_IN_PYTHON").unwrap_or_default();
        let made = own.path().join("lambda.zip");
        let mut pack = Command::new(python);
        pack.args(["-m", "zipfile", "-c"]).arg(&made).arg("bootstrap").current_dir(own.path());
        run(&mut pack)?;
        std::fs::rename(made, &zip)?;
    }
    Ok(std::fs::read(&zip)?.into())
}

fn binary() -> Result<PathBuf> {
    let given = std::env::var_os("SERVERLESSPRESSO_LAMBDA").map(PathBuf::from);
    let binary = match given {
        Some(binary) => binary,
        None => std::env::current_exe()?.with_file_name("lambda"),
    };
    let missing = || format!("there is no Lambda binary at {}", binary.display());
    binary.canonicalize().with_context(missing)
}

fn is_newer(made: &Path, than: &Path) -> bool {
    let at = |path: &Path| path.metadata().and_then(|file| file.modified()).ok();
    matches!((at(made), at(than)), (Some(made), Some(than)) if made > than)
}

fn run(command: &mut Command) -> Result<()> {
    let ended = command.stdin(Stdio::null()).status();
    let ended = ended.with_context(|| format!("{command:?} cannot be started"))?;
    ensure!(ended.success(), "{command:?} ended with {ended}");
    Ok(())
}
