//! The server as a process of its own: started, stopped, killed and started again.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, bail, ensure};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

use crate::platform::Platform;
use crate::soon::soon;

/// What the demonstration's staff sign in with.
pub(crate) const PASSWORD: &str = "seven-grams-a-shot";

/// What the server says when it is there, followed by its address and a full stop.
const LISTENS: &str = "Serverlesspresso listens on ";

/// Ports of servers that last, and how many there are.
const FIRST_PORT: u16 = 20_000;
const PORTS: u16 = 12_000;

/// A running server in a directory of its own, which was empty when it started. Killed when
/// dropped.
pub(crate) struct Server {
    process: Child,
    address: SocketAddr,
    home: TempDir,
    wrapper: Vec<String>,
    begins: Begins,
    output: Arc<Mutex<String>>,
}

/// What a server begins with.
#[derive(Clone, Copy)]
enum Begins {
    /// The demonstration's bar and staff.
    WithTheDemonstration,
    /// Nothing at all.
    Empty,
}

impl Server {
    /// The demonstration, on a port of the system's choice.
    pub(crate) async fn start() -> Result<Self> {
        Self::start_under(&[]).await
    }

    /// A server of which nobody knows anything yet: no bar, no staff.
    pub(crate) async fn start_empty() -> Result<Self> {
        Self::launch(&[], (Ipv4Addr::LOCALHOST, 0).into(), Begins::Empty).await
    }

    /// The demonstration, started by another program, such as `strace` with its flags. That
    /// program must let the server have the process id it was started with.
    pub(crate) async fn start_under(wrapper: &[&str]) -> Result<Self> {
        let listen = (Ipv4Addr::LOCALHOST, 0).into();
        Self::launch(wrapper, listen, Begins::WithTheDemonstration).await
    }

    /// The demonstration, on a port that nobody else is given while the server is down: it can be
    /// killed and restarted while its clients go on.
    pub(crate) async fn start_lasting() -> Result<Self> {
        Self::start_with(|_| Vec::new()).await
    }

    /// The demonstration, started by another program. It lasts.
    pub(crate) async fn start_lasting_under(wrapper: &[&str]) -> Result<Self> {
        Self::start_with(|_| wrapper.iter().map(|&word| word.to_owned()).collect()).await
    }

    /// The demonstration, with a name for its guests: `http://<host>:<port>`. It lasts.
    pub(crate) async fn start_as(host: &str) -> Result<Self> {
        Self::start_with(|port| vec!["env".to_owned(), called(host, port)]).await
    }

    /// The same, with https beside http by an authority of its own.
    pub(crate) async fn start_encrypted_as(host: &str) -> Result<Self> {
        let own = "SERVERLESSPRESSO_TLS_OWN_CA=true";
        Self::start_with(|port| vec!["env".to_owned(), called(host, port), own.to_owned()]).await
    }

    /// The demonstration, with settings: names without `SERVERLESSPRESSO_`, and values. It lasts.
    pub(crate) async fn start_set(settings: &[(&str, &str)]) -> Result<Self> {
        let set = |(name, value): &(&str, &str)| format!("SERVERLESSPRESSO_{name}={value}");
        let settings: Vec<String> = settings.iter().map(set).collect();
        Self::start_with(|_| [&["env".to_owned()][..], &settings].concat()).await
    }

    /// The demonstration, on a port of its own, started by what `wrapper` says for that port.
    async fn start_with(wrapper: impl Fn(u16) -> Vec<String>) -> Result<Self> {
        // Below the ports that systems hand out, where a client that tries to connect in vain
        // may be connected to itself. Where to begin looking differs between parallel runs, and
        // no port is tried twice in one: that of a server which is down looks free.
        static TRIED: AtomicU16 = AtomicU16::new(0);
        let first = u16::try_from(std::process::id() % 10_000).unwrap_or(0);
        loop {
            let tried = TRIED.fetch_add(1, Ordering::Relaxed);
            ensure!(tried < PORTS, "no port is free from {FIRST_PORT} on");
            let port = FIRST_PORT + (first + tried) % PORTS;
            let address = (Ipv4Addr::LOCALHOST, port).into();
            if TcpListener::bind(address).is_ok() {
                let wrapper = wrapper(port);
                let wrapper: Vec<&str> = wrapper.iter().map(String::as_str).collect();
                match Self::launch(&wrapper, address, Begins::WithTheDemonstration).await {
                    Err(error) if format!("{error:#}").contains("cannot be listened on") => {}
                    started => return started,
                }
            }
        }
    }

    async fn launch(wrapper: &[&str], listen: SocketAddr, begins: Begins) -> Result<Self> {
        let home = tempfile::tempdir().context("no room for a directory")?;
        let wrapper: Vec<String> = wrapper.iter().map(|&word| word.to_owned()).collect();
        let output = Arc::default();
        let (process, address) = run(&wrapper, begins, home.path(), listen, &output).await?;
        Ok(Self { process, address, home, wrapper, begins, output })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The id of its process, while it runs.
    pub(crate) fn id(&self) -> Option<u32> {
        self.process.id()
    }

    /// Its origin, without a slash at its end: `http://127.0.0.1:41234`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it keeps everything.
    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Everything it has written so far, to both of its outputs, in all of its lives.
    pub(crate) fn output(&self) -> String {
        self.output.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The memory it has in use; none where that cannot be seen.
    pub(crate) fn resident_bytes(&self) -> Option<u64> {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.process.id()?)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
    }

    /// `kill -9`.
    pub(crate) async fn kill(&mut self) -> Result<()> {
        self.process.kill().await.context("the server cannot be killed")
    }

    /// SIGTERM, and how it ended.
    pub(crate) async fn stop(&mut self) -> Result<ExitStatus> {
        self.signal("-TERM").await?;
        Ok(soon("the server's end", self.process.wait()).await??)
    }

    /// Starts it again after its end, with the same data and at the same address.
    pub(crate) async fn restart(&mut self) -> Result<()> {
        let home = self.home.path();
        let started = run(&self.wrapper, self.begins, home, self.address, &self.output).await?;
        (self.process, _) = started;
        Ok(())
    }

    /// SIGSTOP: it is there, but does nothing.
    pub(crate) async fn freeze(&self) -> Result<()> {
        self.signal("-STOP").await
    }

    /// SIGCONT: it goes on where it was frozen.
    pub(crate) async fn thaw(&self) -> Result<()> {
        self.signal("-CONT").await
    }

    async fn signal(&self, signal: &str) -> Result<()> {
        let id = self.process.id().context("the server has ended already")?.to_string();
        let sent = Command::new("kill").args([signal, &id]).status().await?;
        ensure!(sent.success(), "the server cannot be sent {signal}");
        Ok(())
    }
}

/// The setting that gives a server its name for guests.
fn called(host: &str, port: u16) -> String {
    format!("SERVERLESSPRESSO_PUBLIC_URL=http://{host}:{port}")
}

/// The binary under test.
pub(crate) fn binary() -> PathBuf {
    let given = std::env::var_os("SERVERLESSPRESSO_BIN").map(PathBuf::from);
    let built = || {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let file = format!("serverlesspresso{}", std::env::consts::EXE_SUFFIX);
        root.join("target").join("release").join(file)
    };
    let binary = given.unwrap_or_else(built);
    binary.canonicalize().unwrap_or_else(|_| {
        panic!(
            "there is no server at {}: `cargo xtask build` makes it, or set SERVERLESSPRESSO_BIN",
            binary.display()
        )
    })
}

/// The Python with an MQTT client that `cargo xtask test` made.
pub(crate) fn python() -> Option<PathBuf> {
    std::env::var_os("SERVERLESSPRESSO_PYTHON").map(PathBuf::from)
}

/// The script of axe-core that `cargo xtask test` fetched.
pub(crate) fn axe() -> Option<PathBuf> {
    std::env::var_os("SERVERLESSPRESSO_AXE").map(PathBuf::from)
}

/// Whether this is `cargo xtask test`, which installs what tests need: then nothing is skipped.
pub(crate) fn everything_is_installed() -> bool {
    python().is_some()
}

/// The binary under test without flags, in an environment that says nothing about it.
pub(crate) fn command() -> Command {
    without_settings(Command::new(binary()))
}

/// What the stand-in for AWS is made of: where it is, not how it behaves.
const OF_THE_STAND_IN: [&str; 3] =
    ["SERVERLESSPRESSO_STAND_IN_PYTHON", "SERVERLESSPRESSO_LAMBDA", "SERVERLESSPRESSO_METER"];

fn without_settings(mut command: Command) -> Command {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("SERVERLESSPRESSO_") && !OF_THE_STAND_IN.contains(&&*name) {
            command.env_remove(&*name);
        }
    }
    command.stdin(Stdio::null()).kill_on_drop(true);
    command
}

async fn run(
    wrapper: &[String],
    begins: Begins,
    home: &Path,
    listen: SocketAddr,
    output: &Arc<Mutex<String>>,
) -> Result<(Child, SocketAddr)> {
    let mut command = match wrapper.split_first() {
        Some((program, flags)) => {
            let mut command = without_settings(Command::new(program));
            command.args(flags).arg(binary());
            command
        }
        None => self::command(),
    };
    command.current_dir(home).args(["--listen", &listen.to_string()]);
    match begins {
        Begins::WithTheDemonstration => {
            command.arg("--demo");
        }
        Begins::Empty => {}
    }
    command.env("SERVERLESSPRESSO_DEMO_PASSWORD", PASSWORD);
    let mut process = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("the server cannot be started")?;
    let (sender, lines) = unbounded_channel();
    let stdout = process.stdout.take().context("no output")?;
    let stderr = process.stderr.take().context("no output")?;
    tokio::spawn(keep(stdout, output.clone(), sender.clone()));
    tokio::spawn(keep(stderr, output.clone(), sender));
    let patience = Platform::is().starts_within();
    let address = timeout(patience, address_in(lines)).await;
    let address =
        address.with_context(|| format!("no address of the server in {patience:?}"))??;
    Ok((process, address))
}

/// Reads to the end, so that the server never waits for a reader.
async fn keep(
    from: impl AsyncRead + Unpin,
    output: Arc<Mutex<String>>,
    sender: UnboundedSender<String>,
) {
    let mut lines = BufReader::new(from).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
        output.push_str(&line);
        output.push('\n');
        // Nobody listens any more once the address is known.
        let _ = sender.send(line);
    }
}

async fn address_in(mut lines: UnboundedReceiver<String>) -> Result<SocketAddr> {
    let mut said = String::new();
    while let Some(line) = lines.recv().await {
        if let Some(address) = line.strip_prefix(LISTENS) {
            return address.trim_end_matches('.').parse().context("an address");
        }
        said.push_str(&line);
        said.push('\n');
    }
    bail!("the server ended before it listened:\n{said}")
}
