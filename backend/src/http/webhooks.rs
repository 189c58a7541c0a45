//! Webhooks of a bar: for its organisers.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::api::{
    Empty, Replay, SavedWebhook, Webhook, WebhookAttempt, WebhookChange, WebhookSecret,
};
use domain::{Actor, BarId, Code, Mistake, Role, WebhookName};

use super::call::{Call, Named, NamedOfBar, Viewer, allow, known_bar};
use super::problem::Fault;
use crate::app::App;

type Answer<T> = Result<Json<T>, Fault>;

/// The bar of a path, for its organiser.
async fn led(app: &App, bar: &str, actor: &Actor) -> Result<BarId, Fault> {
    let bar = known_bar(app, bar, Some(actor)).await?;
    allow(actor.role == Role::Organiser)?;
    Ok(bar)
}

/// The webhook of a path. None has another name than names allow.
fn named(webhook: &str) -> Result<WebhookName, Fault> {
    webhook.parse().map_err(|_| unknown())
}

fn unknown() -> Fault {
    Fault::new(Code::NotFound)
}

pub(super) async fn list(
    State(app): State<App>,
    Named(bar): Named,
    viewer: Viewer,
) -> Answer<Vec<Webhook>> {
    let bar = led(&app, &bar, &viewer.signed_in(&app).await?.actor).await?;
    Ok(Json(app.webhooks(&bar).await?))
}

pub(super) async fn put(
    State(app): State<App>,
    NamedOfBar(bar, webhook): NamedOfBar,
    call: Call,
) -> Answer<SavedWebhook> {
    let bar = led(&app, &bar, &call.signed_in(&app).await?.actor).await?;
    let name = webhook.parse().map_err(|_| Fault::invalid("webhook", Mistake::NoWebhookName))?;
    let change: WebhookChange = call.read()?;
    Ok(Json(app.put_webhook(&bar, &name, change).await?))
}

pub(super) async fn remove(
    State(app): State<App>,
    NamedOfBar(bar, webhook): NamedOfBar,
    viewer: Viewer,
) -> Result<StatusCode, Fault> {
    let bar = led(&app, &bar, &viewer.signed_in(&app).await?.actor).await?;
    let is_gone = app.remove_webhook(&bar, &named(&webhook)?).await?;
    if is_gone { Ok(super::NOTHING) } else { Err(unknown()) }
}

pub(super) async fn secret(
    State(app): State<App>,
    NamedOfBar(bar, webhook): NamedOfBar,
    call: Call,
) -> Answer<WebhookSecret> {
    let bar = led(&app, &bar, &call.signed_in(&app).await?.actor).await?;
    let name = named(&webhook)?;
    let Empty {} = call.read()?;
    app.roll_webhook_secret(&bar, &name).await?.map(Json).ok_or_else(unknown)
}

pub(super) async fn attempts(
    State(app): State<App>,
    NamedOfBar(bar, webhook): NamedOfBar,
    viewer: Viewer,
) -> Answer<Vec<WebhookAttempt>> {
    let bar = led(&app, &bar, &viewer.signed_in(&app).await?.actor).await?;
    app.webhook_attempts(&bar, &named(&webhook)?).await?.map(Json).ok_or_else(unknown)
}

pub(super) async fn replay(
    State(app): State<App>,
    NamedOfBar(bar, webhook): NamedOfBar,
    call: Call,
) -> Answer<Webhook> {
    let bar = led(&app, &bar, &call.signed_in(&app).await?.actor).await?;
    let name = named(&webhook)?;
    let Replay { from } = call.read()?;
    app.replay_webhook(&bar, &name, from).await?.map(Json).ok_or_else(unknown)
}
