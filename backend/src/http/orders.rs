//! Orders: beginning one, moving it along, looking at it.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use domain::api::{DrinkRequest, OrderRequest, RedeemCode, path};
use domain::journey::JourneyView;
use domain::view::OrderView;
use domain::{Choice, Mistake, OrderCommand, OrderId, Role};

use super::bars::number;
use super::call::{Call, Named, Peer, Viewer, allow, known_bar, known_order, name_change};
use super::problem::Fault;
use crate::app::App;

/// A guest redeems a code, or staff take an order.
pub(super) async fn begin(
    State(app): State<App>,
    Named(bar): Named,
    Peer(from): Peer,
    mut call: Call,
) -> Result<impl IntoResponse, Fault> {
    let actor = call.signed_in(&app).await?.actor;
    let bar = known_bar(&app, &bar, Some(&actor)).await?;
    allow(actor.role != Role::Display)?;
    let asked = call.asked(actor)?;
    let order = if call.mentions("code") || !asked.actor.role.is_staff() && !call.mentions("drink")
    {
        let RedeemCode { code } = call.read()?;
        let scan = app.read_code(from, &bar, &code)?;
        app.redeem(&bar, scan, &asked).await?
    } else {
        let DrinkRequest { drink, options, name } = call.read()?;
        let name = name_change(name.as_deref())?.flatten();
        app.take_order(&bar, Choice { drink, options }, name, &asked).await?
    };
    let view = app.order_view(&order, &asked.actor).await?;
    Ok((StatusCode::CREATED, [(header::LOCATION, path::order(&order))], Json(view)))
}

pub(super) async fn show(
    State(app): State<App>,
    Named(order): Named,
    viewer: Viewer,
) -> Result<Json<OrderView>, Fault> {
    let actor = viewer.signed_in(&app).await?.actor;
    let order = known_order(&app, &order, &actor).await?;
    app.check_known(&order, &actor).await?;
    allow(actor.role != Role::Display)?;
    Ok(Json(app.order_view(&order, &actor).await?))
}

pub(super) async fn journey(
    State(app): State<App>,
    Named(order): Named,
    viewer: Viewer,
) -> Result<Json<JourneyView>, Fault> {
    let actor = viewer.signed_in(&app).await?.actor;
    let order = known_order(&app, &order, &actor).await?;
    app.check_known(&order, &actor).await?;
    allow(actor.role != Role::Display)?;
    Ok(Json(app.journey(&order, &actor).await?))
}

pub(super) async fn command(
    State(app): State<App>,
    Named(order): Named,
    mut call: Call,
) -> Result<Json<OrderView>, Fault> {
    let actor = call.signed_in(&app).await?.actor;
    let order = known_order(&app, &order, &actor).await?;
    // What is not there, or somebody else's, is 404 before anything is said about the request.
    app.check_known(&order, &actor).await?;
    allow(actor.role != Role::Display)?;
    let asked = call.asked(actor)?;
    let if_version = call.take("if_version")?;
    let (command, name) = match call.read_by_kind()? {
        OrderRequest::Place { drink, options, name } => {
            (OrderCommand::Place(Choice { drink, options }), name)
        }
        OrderRequest::Change { drink, options, name } => {
            (OrderCommand::Change(Choice { drink, options }), name)
        }
        OrderRequest::Claim {} => (OrderCommand::Claim, None),
        OrderRequest::Release {} => (OrderCommand::Release, None),
        OrderRequest::Complete {} => (OrderCommand::Complete, None),
        OrderRequest::Recall {} => (OrderCommand::Recall, None),
        OrderRequest::Collect {} => (OrderCommand::Collect, None),
        OrderRequest::Return {} => (OrderCommand::Return, None),
        OrderRequest::Cancel { reason } => (OrderCommand::Cancel { reason }, None),
    };
    let name = name_change(name.as_deref())?;
    app.command_order(&order, command, if_version, name, &asked).await?;
    Ok(Json(app.order_view(&order, &asked.actor).await?))
}

pub(super) async fn mine(
    State(app): State<App>,
    Query(query): Query<BTreeMap<String, String>>,
    viewer: Viewer,
) -> Result<Json<Vec<OrderView>>, Fault> {
    let actor = viewer.signed_in(&app).await?.actor;
    let limit = u32::try_from(number(&query, "limit", 20, 100)?).unwrap_or(100);
    let before = query.get("before").map(|before| before.parse::<OrderId>()).transpose();
    let before = before.map_err(|_| Fault::invalid("before", Mistake::NoOrderId))?;
    Ok(Json(app.orders_of(&actor, before.as_ref(), limit).await?))
}
