//! Signing in and out.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::api::{Credentials, Empty, Session};
use domain::{Actor, Code, Role};

use super::call::{Call, Viewer};
use super::problem::Fault;
use crate::app::App;
use crate::key::random_base32;

type Begun = Result<(StatusCode, Json<Session>), Fault>;

fn begin(app: &App, actor: Actor) -> Begun {
    Ok((StatusCode::CREATED, Json(app.sessions().begin(actor, app.now()))))
}

pub(super) async fn guest(State(app): State<App>, call: Call) -> Begun {
    let Empty {} = call.read()?;
    let person = random_base32(20).parse().expect("base32 fits a person's id");
    begin(&app, Actor { person, role: Role::Customer, name: None, bars: None })
}

pub(super) async fn staff(State(app): State<App>, call: Call) -> Begun {
    let Credentials { username, password } = call.read()?;
    let actor = app.ports().identity.verify(&username, &password).await?;
    begin(&app, actor.ok_or(Fault::new(Code::BadCredentials))?)
}

pub(super) async fn renew(State(app): State<App>, call: Call) -> Begun {
    let session = call.signed_in(&app)?;
    let Empty {} = call.read()?;
    begin(&app, session.actor)
}

pub(super) async fn end(State(app): State<App>, viewer: Viewer) -> Result<StatusCode, Fault> {
    let session = viewer.signed_in(&app)?;
    app.sessions().end(&session).await?;
    Ok(super::NOTHING)
}
