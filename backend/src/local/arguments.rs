//! Flags and environment of the laptop's server.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use domain::webhook::{FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS};

use crate::config::{Delays, GUEST_REQUESTS_PER_MINUTE, Settings, origin};

/// A coffee bar that takes orders by phone: everything in one process.
#[derive(Debug, Parser)]
#[command(name = "serverlesspresso", version, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

impl Arguments {
    /// What to do; serving is what is done when nothing is said.
    pub(super) fn command(self) -> Command {
        self.command.unwrap_or(Command::Serve(self.serve))
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve the bar (this is what happens without a command, too)
    Serve(Serve),
}

#[derive(Clone, Debug, Args)]
pub(super) struct Serve {
    /// Where everything is kept
    #[arg(long, env = "SERVERLESSPRESSO_DATA", value_name = "DIR", default_value = "data")]
    pub(super) data: PathBuf,

    /// Address and port to listen on; 0.0.0.0:8080 lets the venue's phones in
    #[arg(
        long,
        env = "SERVERLESSPRESSO_LISTEN",
        value_name = "ADDR:PORT",
        default_value = "127.0.0.1:8080"
    )]
    pub(super) listen: SocketAddr,

    /// Where phones reach this server; the machine's address in the local network, if it listens
    /// there
    #[arg(long, env = "SERVERLESSPRESSO_PUBLIC_URL", value_name = "URL", value_parser = origin)]
    public_url: Option<String>,

    /// Other origins whose pages may use the API, separated by commas
    #[arg(
        long,
        env = "SERVERLESSPRESSO_ALLOWED_ORIGINS",
        value_name = "ORIGINS",
        value_delimiter = ','
    )]
    pub(super) allowed_origins: Vec<String>,

    /// Failed sign-ins in a row, from one address for one user name, before it has to wait
    #[arg(
        long,
        env = "SERVERLESSPRESSO_SIGN_IN_TRIES",
        value_name = "N",
        default_value_t = Delays::default().free
    )]
    sign_in_tries: u32,

    /// The longest wait in seconds after failed sign-ins
    #[arg(
        long,
        env = "SERVERLESSPRESSO_SIGN_IN_LONGEST_DELAY",
        value_name = "SECONDS",
        default_value_t = Delays::default().longest_seconds
    )]
    sign_in_longest_delay: u32,

    /// Codes that nobody knows, in a row, from one address, before it has to wait
    #[arg(
        long,
        env = "SERVERLESSPRESSO_UNKNOWN_CODES",
        value_name = "N",
        default_value_t = Delays::OF_CODES.free
    )]
    unknown_codes: u32,

    /// Requests a guest may make in a minute, all at once if need be
    #[arg(
        long,
        env = "SERVERLESSPRESSO_GUEST_REQUESTS",
        value_name = "N",
        default_value_t = GUEST_REQUESTS_PER_MINUTE,
        value_parser = clap::value_parser!(u32).range(1..=60_000)
    )]
    pub(super) guest_requests: u32,

    /// The wait in seconds before a webhook that was not reached is tried again, the first time
    #[arg(
        long,
        env = "SERVERLESSPRESSO_WEBHOOK_FIRST_WAIT",
        value_name = "SECONDS",
        default_value_t = FIRST_WAIT_SECONDS,
        value_parser = clap::value_parser!(u32).range(1..=i64::from(LONGEST_WAIT_SECONDS))
    )]
    pub(super) webhook_first_wait: u32,

    /// Let whoever reaches this server read /metrics, not this machine alone
    #[arg(long, env = "SERVERLESSPRESSO_OPEN_METRICS")]
    pub(super) open_metrics: bool,

    /// The server's certificate for https, and those it was signed with, in PEM
    #[arg(long, env = "SERVERLESSPRESSO_TLS_CERT", value_name = "FILE")]
    pub(super) tls_cert: Option<PathBuf>,

    /// The private key of that certificate, in PEM
    #[arg(long, env = "SERVERLESSPRESSO_TLS_KEY", value_name = "FILE")]
    pub(super) tls_key: Option<PathBuf>,

    /// Speak https with a certificate authority of this server's own, which staff devices are
    /// told to trust at /install/
    #[arg(long, env = "SERVERLESSPRESSO_TLS_OWN_CA")]
    pub(super) tls_own_ca: bool,

    /// Begin with a bar `espresso` that is open, and staff to try it with
    #[arg(long)]
    pub(super) demo: bool,

    /// The password of the demonstration's staff; a random one is printed when there is none
    #[arg(long, env = "SERVERLESSPRESSO_DEMO_PASSWORD", hide_env_values = true, hide = true)]
    pub(super) demo_password: Option<String>,
}

impl Serve {
    /// What failed sign-ins cost.
    pub(super) fn sign_in_delays(&self) -> Delays {
        Delays {
            free: self.sign_in_tries,
            longest_seconds: self.sign_in_longest_delay,
            ..Delays::default()
        }
    }

    pub(super) fn unknown_code_delays(&self) -> Delays {
        Delays { free: self.unknown_codes, ..Delays::OF_CODES }
    }

    /// Where phones reach a server that listens on `address`.
    pub(super) fn public_url(&self, address: SocketAddr) -> String {
        self.public_url.clone().unwrap_or_else(|| {
            let host = if address.ip().is_unspecified() {
                lan_address().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
            } else {
                address.ip()
            };
            format!("http://{}", SocketAddr::new(host, address.port()))
        })
    }
}

/// The first address of this machine that others in the local network can reach.
fn lan_address() -> Option<IpAddr> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let addresses = interfaces.iter().filter(|interface| !interface.is_loopback());
    let mut addresses: Vec<IpAddr> = addresses.map(|interface| interface.ip()).collect();
    // Private IPv4 first: that is what a venue's Wi-Fi hands out.
    addresses.sort_by_key(|address| match address {
        IpAddr::V4(v4) if v4.is_private() => 0,
        IpAddr::V4(v4) if !v4.is_link_local() => 1,
        IpAddr::V4(_) => 2,
        IpAddr::V6(_) => 3,
    });
    addresses.first().copied()
}

/// Says where the server is.
pub(super) fn announce(address: SocketAddr, settings: &Settings) {
    println!("Serverlesspresso listens on {address}.\n");
    println!("  Guests    {}/order/", settings.public_url);
    println!("  Baristas  {}/barista/", settings.public_url);
    println!("  Display   {}/display/", settings.public_url);
    println!();
}
