//! chromedriver, the program that drives the browsers: one process for all tests, which ends with
//! them however they end.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::soon::PATIENCE;

/// What it says when it is there, followed by its port and a full stop.
const LISTENS: &str = "ChromeDriver was started successfully on port ";

/// Its standard input is a pipe that this process never closes: it closes by itself when the
/// process is gone, and then the shell ends chromedriver and every browser, all in its group.
/// The shell holds on to no output: that of a chromedriver that ends at once is at its end.
const SCRIPT: &str = "chromedriver --port=0 & exec >/dev/null; cat; kill 0";

/// It takes a port that is free for IPv4 and then wants the same for IPv6, where somebody else may
/// have it.
const TRIES: usize = 5;

static DRIVER: LazyLock<(SocketAddr, Child)> = LazyLock::new(|| {
    (1..TRIES).find_map(|_| start().ok()).map_or_else(start, Ok).expect(
        "the browser's tests need chromium and chromedriver: `cargo xtask test` installs them",
    )
});

/// Where it listens; started when first asked for.
pub(crate) fn address() -> SocketAddr {
    DRIVER.0
}

fn start() -> Result<(SocketAddr, Child)> {
    let mut process = Command::new("sh")
        .args(["-c", SCRIPT])
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut output = BufReader::new(process.stdout.take().context("no output")?);
    let mut line = String::new();
    loop {
        line.clear();
        if output.read_line(&mut line)? == 0 {
            // Nobody else will: the shell still waits for the pipe.
            process.kill()?;
            anyhow::bail!("chromedriver has not started");
        }
        if let Some(port) = line.trim().strip_prefix(LISTENS) {
            let port = port.trim_end_matches('.').parse().context("no port")?;
            return Ok(((Ipv4Addr::LOCALHOST, port).into(), process));
        }
    }
}

/// A request without a body, for windows that are being dropped: it blocks. What went wrong is
/// told already at that point, so that a failure is nothing but an absent answer.
pub(crate) fn ask(method: &str, path: &str) -> Option<Value> {
    let mut stream = TcpStream::connect(address()).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream.write_all(head.as_bytes()).ok()?;
    let mut answer = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        answer.read_line(&mut line).ok()?;
        match line.to_ascii_lowercase().split_once("content-length:") {
            Some((_, value)) => length = value.trim().parse().ok()?,
            None if line.trim().is_empty() => break,
            None => {}
        }
    }
    // The connection stays open: what is said is as long as it says.
    serde_json::from_reader(answer.take(length)).ok()
}
