//! The demonstration: a bar that is open, and staff to try it with.

use std::net::SocketAddr;

use domain::api::LINK_FRAGMENT;
use domain::staff::{FIRST_ORGANISER, StaffMember};
use domain::{Actor, BarId, Command, CommandId, Limits, Menu, PersonId, Role};

use super::arguments::announce;
use crate::app::{App, Asked};
use crate::config::Settings;
use crate::key::random_base32;

/// The staff: user name, role, name.
const STAFF: [(&str, Role, &str); 4] = [
    ("barista", Role::Barista, "Bea"),
    ("barista2", Role::Barista, "Bob"),
    ("display", Role::Display, "Display"),
    (FIRST_ORGANISER, Role::Organiser, "Olga"),
];

/// Makes the bar if there is none, gives the staff this start's password, and says so.
pub(super) async fn prepare(
    app: &App,
    address: SocketAddr,
    settings: &Settings,
    password: Option<String>,
) -> anyhow::Result<()> {
    let chosen = password.is_some();
    let password = password.unwrap_or_else(|| random_base32(10).to_lowercase());
    let mut display_link = None;
    for (username, role, name) in STAFF {
        let username = username.parse()?;
        let (name, bars) = (name.to_owned(), None);
        let member = StaffMember { username, role, name, bars, has_password: true };
        let person = app.put_for_demonstration(&member, &password).await?;
        match role {
            Role::Organiser => open_bar(app, person).await?,
            Role::Display => display_link = Some(app.link_to(&member.username).await?),
            Role::Barista | Role::Customer => {}
        }
    }
    announce(address, settings);
    println!("  Staff     barista, barista2, display, organiser");
    if chosen {
        println!("  Password  the one in SERVERLESSPRESSO_DEMO_PASSWORD");
    } else {
        println!("  Password  {password}");
    }
    if let Some(link) = display_link {
        println!("  Monitor   {}/display/{LINK_FRAGMENT}{link}", settings.public_url);
        println!("            signs a display in: once, within 15 minutes");
    }
    println!();
    Ok(())
}

/// Makes the bar `espresso`, open, if there is none, in the organiser's name.
async fn open_bar(app: &App, organiser: PersonId) -> anyhow::Result<()> {
    let bar: BarId = "espresso".parse()?;
    if app.host(&bar).is_ok() {
        return Ok(());
    }
    let create = Command::CreateBar {
        name: "Espresso Bar".to_owned(),
        place: "Main foyer".to_owned(),
        limits: Limits::default(),
        menu: Menu::standard(),
    };
    let actor = Actor { person: organiser, role: Role::Organiser, name: None, bars: None };
    let asked = |id: &str| -> anyhow::Result<Asked> {
        let id: CommandId = id.parse()?;
        Ok(Asked { actor: actor.clone(), id, digest: String::new() })
    };
    app.create_bar(&bar, create, &asked("demo-create")?).await?;
    app.command_bar(&bar, Command::OpenBar, &asked("demo-open")?).await?;
    Ok(())
}
