//! The demonstration: a bar that is open, and staff to try it with.

use domain::staff::{FIRST_ORGANISER, StaffMember};
use domain::{Actor, BarId, Command, CommandId, Limits, Menu, PersonId, Role};

use crate::app::{App, Asked, Failure};

/// The staff: user name, role, name.
const STAFF: [(&str, Role, &str); 4] = [
    ("barista", Role::Barista, "Bea"),
    ("barista2", Role::Barista, "Bob"),
    ("display", Role::Display, "Display"),
    (FIRST_ORGANISER, Role::Organiser, "Olga"),
];

/// Makes the bar if there is none and gives the staff this password. Answers a one-time link for
/// a display.
pub(crate) async fn prepare(app: &App, password: &str) -> anyhow::Result<String> {
    let mut display_link = String::new();
    for (username, role, name) in STAFF {
        let username = username.parse()?;
        let (name, bars) = (name.to_owned(), None);
        let member = StaffMember { username, role, name, bars, has_password: true };
        let account = app.put_for_demonstration(&member, password).await?;
        match role {
            Role::Organiser => open_bar(app, account.person).await?,
            Role::Display => display_link = app.link_to(&account).await?,
            Role::Barista | Role::Customer => {}
        }
    }
    Ok(display_link)
}

/// Makes the bar `espresso`, open, if there is none, in the organiser's name.
async fn open_bar(app: &App, organiser: PersonId) -> anyhow::Result<()> {
    let bar: BarId = "espresso".parse()?;
    match app.meet(&bar, None).await {
        Ok(_) => return Ok(()),
        Err(Failure::Rejected(_)) => {}
        Err(Failure::Unavailable(unavailable)) => return Err(unavailable.into()),
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
