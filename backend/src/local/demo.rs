//! The demonstration: a bar that is open, and staff to try it with.

use std::net::SocketAddr;

use domain::{Actor, BarId, Command, CommandId, Limits, Menu, PersonId, Role};

use super::House;
use super::arguments::announce;
use crate::app::Asked;
use crate::config::Settings;
use crate::key::random_base32;

/// The staff: user name, role, name.
const STAFF: [(&str, Role, &str); 4] = [
    ("barista", Role::Barista, "Bea"),
    ("barista2", Role::Barista, "Bob"),
    ("display", Role::Display, "Display"),
    ("organiser", Role::Organiser, "Olga"),
];

/// Makes the bar if there is none, gives the staff this start's password, and says so.
pub(super) async fn prepare(
    house: &House,
    address: SocketAddr,
    settings: &Settings,
    password: Option<String>,
) -> anyhow::Result<()> {
    let chosen = password.is_some();
    let password = password.unwrap_or_else(|| random_base32(10).to_lowercase());
    for (username, role, name) in STAFF {
        let person: PersonId = format!("staff-{username}").parse()?;
        house.identity.hire(username, &password, &person, role, name).await?;
    }
    let bar: BarId = "espresso".parse()?;
    if house.app.host(&bar).is_err() {
        let create = Command::CreateBar {
            name: "Espresso Bar".to_owned(),
            place: "Main foyer".to_owned(),
            limits: Limits::default(),
            menu: Menu::standard(),
        };
        house.app.create_bar(&bar, create, &asked("demo-create")?).await?;
        house.app.command_bar(&bar, Command::OpenBar, &asked("demo-open")?).await?;
    }
    announce(address, settings);
    println!("  Staff     barista, barista2, display, organiser");
    if chosen {
        println!("  Password  the one in SERVERLESSPRESSO_DEMO_PASSWORD");
    } else {
        println!("  Password  {password}");
    }
    println!();
    Ok(())
}

/// The demonstration's own commands, in the organiser's name.
fn asked(id: &str) -> anyhow::Result<Asked> {
    let actor =
        Actor { person: "staff-organiser".parse()?, role: Role::Organiser, name: None, bars: None };
    let id: CommandId = id.parse()?;
    Ok(Asked { actor, id, digest: String::new() })
}
