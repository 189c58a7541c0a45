//! What whoever owns the deployment may ask for. Nothing leads here but the right to invoke the
//! function.

use anyhow::Context as _;
use domain::Role;
use domain::staff::{FIRST_ORGANISER, StaffChange};
use serde::Deserialize;
use serde_json::{Value, json};

use super::invocation::Answer;
use crate::app::App;
use crate::demonstration;

/// What is asked for.
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum Asked {
    /// The link with which the first organiser chooses a password; null once there is one.
    FirstStartLink,
    /// The bar and the staff of the demonstration, with this password.
    Demonstrate { password: String },
}

/// Does what is asked for.
pub(super) async fn answer(event: Value, app: &App) -> anyhow::Result<Answer> {
    let asked = serde_json::from_value(event).context("not something to be done")?;
    let settings = app.settings();
    let (value, route) = match asked {
        Asked::FirstStartLink => {
            let link = app.first_start_link().await?;
            (json!({"link": link.map(|link| settings.first_start_link(&link))}), "first_start_link")
        }
        Asked::Demonstrate { password } => {
            // What an organiser could not choose Cognito would refuse as well, again and again.
            let (role, name) = (Role::Organiser, FIRST_ORGANISER.to_owned());
            StaffChange { password: Some(password.clone()), role, name, bars: None }.checked()?;
            let link = demonstration::prepare(app, &password).await?;
            (json!({"display_link": settings.display_link(&link)}), "demonstrate")
        }
    };
    Ok(Answer { value, route: route.to_owned(), status: 200 })
}
