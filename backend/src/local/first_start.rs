//! The first start: as long as nobody can sign in, whoever reads what the server prints can.

use crate::app::App;

/// Prints the one-time link with which the organiser's account gets its password, until it has
/// one.
pub(super) async fn announce(app: &App) -> anyhow::Result<()> {
    if let Some(link) = app.first_start_link().await? {
        println!("  Nobody can sign in yet. Open this link within 15 minutes to choose the");
        println!("  organiser's password; it works once, and every start prints a new one:\n");
        println!("  {}\n", app.settings().first_start_link(&link));
    }
    Ok(())
}
