//! Signing in and out.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::api::{Credentials, Empty, Link, Session};

use super::call::{Call, Peer, Viewer};
use super::problem::Fault;
use crate::app::App;

type Begun = Result<(StatusCode, Json<Session>), Fault>;

fn begun(session: Session) -> Begun {
    Ok((StatusCode::CREATED, Json(session)))
}

pub(super) async fn guest(State(app): State<App>, call: Call) -> Begun {
    let Empty {} = call.read()?;
    begun(app.begin_as_guest())
}

pub(super) async fn staff(State(app): State<App>, Peer(from): Peer, call: Call) -> Begun {
    let Credentials { username, password } = call.read()?;
    begun(app.sign_in(from, &username, &password).await?)
}

pub(super) async fn link(State(app): State<App>, call: Call) -> Begun {
    let Link { link } = call.read()?;
    begun(app.use_link(&link).await?)
}

pub(super) async fn renew(State(app): State<App>, call: Call) -> Begun {
    let session = call.signed_in(&app).await?;
    let Empty {} = call.read()?;
    begun(app.sessions().renew(session, app.now()))
}

pub(super) async fn end(State(app): State<App>, viewer: Viewer) -> Result<StatusCode, Fault> {
    let session = viewer.signed_in(&app).await?;
    app.sign_out(&session).await?;
    Ok(super::NOTHING)
}
