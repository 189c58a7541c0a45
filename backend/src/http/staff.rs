//! Accounts of staff: for organisers only.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::api::{Empty, Link, StaffMember};
use domain::{Actor, Code, Mistake, Role, Username};

use super::call::{Call, Named, Viewer, allow};
use super::problem::Fault;
use crate::app::{App, Failure};
use crate::ports::Unavailable;
use crate::session::SignedIn;

fn organiser(session: SignedIn) -> Result<Actor, Fault> {
    allow(session.actor.role == Role::Organiser)?;
    Ok(session.actor)
}

/// The account of a path. No account has another name than user names allow.
fn named(username: &str) -> Result<Username, Fault> {
    username.parse().map_err(|_| Fault::new(Code::NotFound))
}

pub(super) async fn list(
    State(app): State<App>,
    viewer: Viewer,
) -> Result<Json<Vec<StaffMember>>, Fault> {
    let organiser = organiser(viewer.signed_in(&app).await?)?;
    Ok(Json(app.staff(&organiser).await?))
}

/// Does it wholly, even when whoever asked hangs up: what is written must also be withdrawn from
/// those it concerns.
async fn to_the_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, Failure>> + Send + 'static,
) -> Result<T, Failure> {
    tokio::spawn(work).await.map_err(Unavailable::new)?
}

pub(super) async fn put(
    State(app): State<App>,
    Named(username): Named,
    call: Call,
) -> Result<Json<StaffMember>, Fault> {
    let organiser = organiser(call.signed_in(&app).await?)?;
    let username: Username =
        username.parse().map_err(|_| Fault::invalid("username", Mistake::NoUsername))?;
    // What is no affair of theirs is 404 before anything is said about the request.
    if !app.may_put(&username, &organiser).await? {
        return Err(Fault::new(Code::NotFound));
    }
    let change = call.read()?;
    let put = async move { app.put_staff(&username, change, &organiser).await };
    to_the_end(put).await?.map(Json).ok_or(Fault::new(Code::NotFound))
}

pub(super) async fn dismiss(
    State(app): State<App>,
    Named(username): Named,
    viewer: Viewer,
) -> Result<StatusCode, Fault> {
    let organiser = organiser(viewer.signed_in(&app).await?)?;
    let username = named(&username)?;
    let dismissal = async move { app.dismiss(&username, &organiser).await };
    if to_the_end(dismissal).await? { Ok(super::NOTHING) } else { Err(Fault::new(Code::NotFound)) }
}

pub(super) async fn link(
    State(app): State<App>,
    Named(username): Named,
    call: Call,
) -> Result<(StatusCode, Json<Link>), Fault> {
    let organiser = organiser(call.signed_in(&app).await?)?;
    let username = named(&username)?;
    // What they may not know of is 404 before anything is said about the request.
    if !app.knows_of(&username, &organiser).await? {
        return Err(Fault::new(Code::NotFound));
    }
    let Empty {} = call.read()?;
    let made = async move { app.link_to_display(&username, &organiser).await };
    let link = to_the_end(made).await?.ok_or(Fault::new(Code::NotFound))?;
    Ok((StatusCode::CREATED, Json(Link { link })))
}
