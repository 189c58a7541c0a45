//! MiniStack on a free port of this machine, for as long as a test runs.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The Python that has MiniStack.
const PYTHON: &str = "SERVERLESSPRESSO_STAND_IN_PYTHON";
/// Services that run already; then none are started.
const ENDPOINT: &str = "AWS_ENDPOINT_URL";
/// A machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);
/// A port that was free may be taken when it is asked for.
const STARTS: usize = 3;

/// Runs MiniStack so that small answers leave at once: else a client that keeps its connection
/// waits 40 ms for each (Nagle, delayed ACK).
const PROGRAM: &str = "
import socketserver
socketserver.StreamRequestHandler.disable_nagle_algorithm = True
from ministack.app import main
main()
";

/// The stand-in.
pub struct MiniStack {
    endpoint: String,
    started: Option<(Child, PathBuf)>,
}

impl MiniStack {
    /// Starts it, unless one is named.
    pub async fn start() -> Self {
        if let Ok(endpoint) = std::env::var(ENDPOINT) {
            return Self { endpoint, started: None };
        }
        let python = std::env::var(PYTHON).unwrap_or_else(|_| {
            panic!("{PYTHON} must name a Python with ministack; `cargo xtask test` makes one")
        });
        for _ in 0..STARTS {
            let port = free_port();
            let directory = Path::new(env!("CARGO_TARGET_TMPDIR"))
                .join(format!("ministack-{}-{port}", std::process::id()));
            std::fs::create_dir_all(&directory).expect("a directory of its own");
            let mut child = run(&python, port, &directory);
            let is_ready = is_ready(&mut child, port).await;
            let endpoint = format!("http://127.0.0.1:{port}");
            let started = Self { endpoint, started: Some((child, directory)) };
            if is_ready {
                return started;
            }
        }
        panic!("{python} does not start MiniStack");
    }

    /// Where it answers.
    pub fn endpoint(&self) -> String {
        self.endpoint.clone()
    }
}

impl Drop for MiniStack {
    fn drop(&mut self) {
        if let Some((child, directory)) = &mut self.started {
            // It may have ended, and what it leaves behind does no harm.
            let _ = child.kill();
            let _ = child.wait();
            let _ = std::fs::remove_dir_all(directory);
        }
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

fn run(python: &str, port: u16, directory: &Path) -> Child {
    let log = std::fs::File::create(directory.join("log")).expect("a file");
    let path = std::env::var_os("PATH").unwrap_or_default();
    Command::new(python)
        .args(["-c", PROGRAM])
        .current_dir(directory)
        .env_clear()
        .env("PATH", path)
        .env("HOME", directory)
        .env("TMPDIR", directory)
        .env("BIND_HOST", "127.0.0.1")
        .env("GATEWAY_PORT", port.to_string())
        .env("MINISTACK_HOST", "localhost")
        .env("IOT_MTLS_ENABLED", "0")
        .env("SFTP_ENABLED", "0")
        .env("STATE_DIR", directory.join("state"))
        .env("S3_DATA_DIR", directory.join("s3"))
        .stdin(Stdio::null())
        .stderr(log.try_clone().expect("the same file"))
        .stdout(log)
        .spawn()
        .unwrap_or_else(|error| panic!("{python} does not run: {error}"))
}

/// Waits until it answers. False when it has ended instead.
async fn is_ready(child: &mut Child, port: u16) -> bool {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if child.try_wait().expect("it is ours").is_some() {
            return false;
        }
        if is_healthy(port).await.unwrap_or(false) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    false
}

async fn is_healthy(port: u16) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let request = "GET /_ministack/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer.starts_with("HTTP/1.1 200"))
}
