//! The bar on the stand-in for AWS, behind one address, as the laptop's server is: what phones
//! reach of a deployment is CloudFront and IoT Core, and this plays both.
//!
//! It takes the flags and settings of the laptop's server that the acceptance suite uses, so that
//! the suite runs unchanged with `SERVERLESSPRESSO_BIN` set to this. Everything behind the door is
//! our template and our Lambda binary, in MiniStack with rights enforced:
//!
//! - `SERVERLESSPRESSO_STAND_IN_PYTHON`: the interpreter that has MiniStack;
//! - `SERVERLESSPRESSO_LAMBDA`: the binary, else `lambda` beside this one.

mod apps;
mod artefact;
mod authorizer;
mod aws;
#[path = "../client.rs"]
mod client;
mod door;
mod live;
mod ministack;
mod packet;
mod policy;
mod stack;

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Parser;
use domain::api::LINK_FRAGMENT;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::stack::{Settings, Stack};

/// The laptop's flags that the acceptance suite uses.
#[derive(Debug, Parser)]
struct Arguments {
    /// Address and port to listen on
    #[arg(long)]
    listen: SocketAddr,
    /// Begin with a bar `espresso` that is open, and staff to try it with
    #[arg(long)]
    demo: bool,
    /// The password of the demonstration's staff
    #[arg(long, env = "SERVERLESSPRESSO_DEMO_PASSWORD")]
    demo_password: Option<String>,
    #[command(flatten)]
    settings: Settings,
}

#[tokio::main]
async fn main() -> ExitCode {
    match serve(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: Arguments) -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let listener = TcpListener::bind(arguments.listen)
        .await
        .with_context(|| format!("{} cannot be listened on", arguments.listen))?;
    let address = listener.local_addr()?;
    let public_url = arguments.settings.public_url.clone();
    let public_url = public_url.unwrap_or_else(|| format!("http://{address}"));
    let stack = Stack::at(Path::new("data"), &arguments.settings, &public_url).await?;
    let stack = Arc::new(stack);
    let said = if arguments.demo {
        let password = arguments.demo_password.context("a password for the demonstration")?;
        let asked = json!({"do": "demonstrate", "password": password});
        stack.invoke("AdminFunctionName", &asked).await?
    } else {
        stack.invoke("AdminFunctionName", &json!({"do": "first_start_link"})).await?
    };
    announce(address, &public_url, &said);
    let router = door::router(stack, &public_url)?;
    tokio::select! {
        served = door::serve(listener, router) => served,
        _ = terminate.recv() => Ok(()),
    }
}

/// Says where the server is, and prints the link it was given, in the laptop's words.
fn announce(address: SocketAddr, public_url: &str, said: &Value) {
    println!("Serverlesspresso listens on {address}.\n");
    for (name, app) in [("link", "barista/manage"), ("display_link", "display")] {
        if let Some(link) = said.get(name).and_then(Value::as_str) {
            // A whole address, or what stands behind its `#link=`.
            let link = link.rsplit_once(LINK_FRAGMENT).map_or(link, |(_, own)| own);
            println!("  {public_url}/{app}/{LINK_FRAGMENT}{link}\n");
        }
    }
}
