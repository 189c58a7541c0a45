//! The stand-in itself: MiniStack as a process beside this one, which outlives a `kill -9` of it as
//! AWS would, and nothing else (see `launcher.py`).

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};

use crate::artefact;

const LAUNCHER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/stand_in/launcher.py");
const METERED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/stand_in/metered.py");

/// How often another port is tried when somebody else took the first.
const TRIES: usize = 5;
/// How long it may take to begin on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running stand-in, which ends some time after nobody holds one of these.
pub(crate) struct Ministack {
    pub(crate) port: u16,
    _lifeline: UnixStream,
}

impl Ministack {
    /// The one that keeps its things in this directory, if there is one.
    pub(crate) fn of(folder: &Path) -> Option<Self> {
        let port = std::fs::read_to_string(folder.join("port")).ok()?.parse().ok()?;
        Some(Self { port, _lifeline: hold(&folder.join("lifeline")).ok()? })
    }

    /// A new one in a directory that is empty.
    pub(crate) async fn start(folder: &Path) -> Result<Self> {
        let python = std::env::var_os("SERVERLESSPRESSO_STAND_IN_PYTHON")
            .context("SERVERLESSPRESSO_STAND_IN_PYTHON says which Python has MiniStack")?;
        let folder = folder.canonicalize()?;
        for _ in 0..TRIES {
            let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
            let log = folder.join("ministack.log");
            let lifeline = folder.join("lifeline");
            let _ = std::fs::remove_file(&lifeline);
            let mut process = launch(Path::new(&python), &folder, &lifeline, &log, free)?;
            if listens(&mut process, free).await? {
                std::fs::write(folder.join("port"), free.to_string())?;
                return Ok(Self { port: free, _lifeline: hold(&lifeline)? });
            }
            let said = std::fs::read_to_string(&log).unwrap_or_default();
            if !said.contains("already in use") {
                bail!("MiniStack ended:\n{said}");
            }
        }
        bail!("no port is free for MiniStack")
    }
}

/// The file to which everything is to be added that AWS meters, if it is to be metered.
pub(crate) fn meter() -> Option<OsString> {
    std::env::var_os("SERVERLESSPRESSO_METER")
}

/// Its functions inherit its environment, so there is nothing in it but what they may see.
fn launch(
    python: &Path,
    folder: &Path,
    lifeline: &Path,
    log: &PathBuf,
    port: u16,
) -> Result<Child> {
    let log = File::create(log)?;
    let mut command = Command::new(python);
    match meter() {
        Some(meter) => command.arg(METERED).arg(meter),
        None => command.arg(LAUNCHER),
    };
    command.arg(lifeline).arg(artefact::folder()?).current_dir(folder).env_clear();
    for (name, value) in [
        ("PATH", "/usr/bin:/bin"),
        ("PYTHONDONTWRITEBYTECODE", "1"),
        ("BIND_HOST", "127.0.0.1"),
        ("MINISTACK_HOST", "localhost"),
        ("AUTH", "true"),
        ("IOT_MTLS_ENABLED", "0"),
        ("SFTP_ENABLED", "0"),
        ("LOG_LEVEL", "WARNING"),
        // A function has ten before it is ended.
        ("SERVERLESSPRESSO_SERVICE_SECONDS", "9"),
    ] {
        command.env(name, value);
    }
    for name in ["HOME", "TMPDIR"] {
        command.env(name, folder);
    }
    command.env("STATE_DIR", folder.join("state")).env("S3_DATA_DIR", folder.join("s3"));
    command.env("GATEWAY_PORT", port.to_string());
    command.env("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}"));
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    command.spawn().with_context(|| format!("{} cannot be started", python.display()))
}

/// Waits until it listens; no when it ended instead.
async fn listens(process: &mut Child, port: u16) -> Result<bool> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_ok() {
            return Ok(true);
        }
        if process.try_wait()?.is_some() {
            return Ok(false);
        }
        sleep(Duration::from_millis(20)).await;
    }
    bail!("MiniStack does not listen after {PATIENCE:?}")
}

/// Holds it alive, and passes on what its functions write down.
fn hold(lifeline: &Path) -> Result<UnixStream> {
    let held = UnixStream::connect(lifeline).context("MiniStack's launcher has gone")?;
    let lines = BufReader::new(held.try_clone()?).lines();
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            eprintln!("{line}");
        }
    });
    Ok(held)
}
