//! What a start with `--demo` says.

use std::net::SocketAddr;

use super::arguments::announce;
use crate::app::App;
use crate::config::Settings;
use crate::demonstration;
use crate::key::random_base32;

/// Makes the demonstration, with a password for this start if none was chosen, and says so.
pub(super) async fn prepare(
    app: &App,
    address: SocketAddr,
    settings: &Settings,
    password: Option<String>,
) -> anyhow::Result<()> {
    let chosen = password.is_some();
    let password = password.unwrap_or_else(|| random_base32(10).to_lowercase());
    let display_link = demonstration::prepare(app, &password).await?;
    announce(address, settings);
    println!("  Staff     barista, barista2, display, organiser");
    if chosen {
        println!("  Password  the one in SERVERLESSPRESSO_DEMO_PASSWORD");
    } else {
        println!("  Password  {password}");
    }
    println!("  Monitor   {}", settings.display_link(&display_link));
    println!("            signs a display in: once, within 15 minutes");
    println!();
    Ok(())
}
