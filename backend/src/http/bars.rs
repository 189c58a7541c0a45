//! Bars: what they show, and what can be asked of them.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use domain::api::{BarRequest, LogPage, NewBar};
use domain::command::{Details, Item};
use domain::turned_away::TurnedAwayView;
use domain::view::{BarSummary, BarView, BoardView, CodeView, QueueView};
use domain::{BarId, Command, Limits, Menu, Mistake, Role};

use super::call::{Call, Named, Viewer, allow, known_bar};
use super::problem::Fault;
use crate::app::App;

type Answer<T> = Result<Json<T>, Fault>;

pub(super) async fn list(State(app): State<App>, viewer: Viewer) -> Answer<Vec<BarSummary>> {
    let session = viewer.session(&app).await?;
    Ok(Json(app.bars(session.map(|session| session.actor).as_ref()).await?))
}

pub(super) async fn show(
    State(app): State<App>,
    Named(bar): Named,
    viewer: Viewer,
) -> Answer<BarView> {
    let session = viewer.session(&app).await?;
    let bar = known_bar(&app, &bar, session.map(|session| session.actor).as_ref()).await?;
    Ok(Json(app.bar_view(&bar)?))
}

pub(super) async fn create(
    State(app): State<App>,
    mut call: Call,
) -> Result<(StatusCode, Json<BarView>), Fault> {
    let actor = call.signed_in(&app).await?.actor;
    // Whoever is bound to some bars would not see the new one.
    allow(actor.role == Role::Organiser && actor.bars.is_none())?;
    let asked = call.asked(actor)?;
    let NewBar { bar, name, place, limits, menu } = call.read()?;
    let command = Command::CreateBar {
        name,
        place,
        limits: limits.unwrap_or_default().applied_to(&Limits::default()),
        menu: menu.unwrap_or_else(Menu::standard),
    };
    app.create_bar(&bar, command, &asked).await?;
    Ok((StatusCode::CREATED, Json(app.bar_view(&bar)?)))
}

pub(super) async fn command(
    State(app): State<App>,
    Named(bar): Named,
    mut call: Call,
) -> Answer<BarView> {
    let actor = call.signed_in(&app).await?.actor;
    let bar = known_bar(&app, &bar, Some(&actor)).await?;
    allow(actor.role.is_staff())?;
    let asked = call.asked(actor)?;
    let command = match call.read_by_kind()? {
        BarRequest::Open {} => Command::OpenBar,
        BarRequest::Close {} => Command::CloseBar,
        BarRequest::Pause { until, reason } => Command::PauseBar { until, reason },
        BarRequest::SetAvailability { drink, group, option, available } => {
            let item = match (drink, group, option) {
                (Some(drink), None, None) => Item::Drink(drink),
                (None, Some(group), Some(option)) => Item::Option(group, option),
                _ => {
                    return Err(Fault::invalid("drink", Mistake::NoItem));
                }
            };
            Command::SetAvailability { item, available }
        }
        BarRequest::SetMenu { menu } => Command::SetMenu { menu },
        BarRequest::SetLimits { limits } => Command::SetLimits { limits },
        BarRequest::SetDetails { name, place, languages, time_zone } => {
            Command::SetDetails(Details { name, place, languages, time_zone })
        }
    };
    app.command_bar(&bar, command, &asked).await?;
    Ok(Json(app.bar_view(&bar)?))
}

/// The bar of a path, for a viewer whose role may look.
async fn watched(
    app: &App,
    bar: &str,
    viewer: &Viewer,
    may: impl Fn(Role) -> bool,
) -> Result<BarId, Fault> {
    let actor = viewer.signed_in(app).await?.actor;
    let bar = known_bar(app, bar, Some(&actor)).await?;
    allow(may(actor.role))?;
    Ok(bar)
}

pub(super) async fn board(
    State(app): State<App>,
    Named(bar): Named,
    viewer: Viewer,
) -> Answer<BoardView> {
    Ok(Json(app.board_view(&watched(&app, &bar, &viewer, Role::sees_board).await?)?))
}

pub(super) async fn queue(
    State(app): State<App>,
    Named(bar): Named,
    viewer: Viewer,
) -> Answer<QueueView> {
    Ok(Json(app.queue_view(&watched(&app, &bar, &viewer, Role::is_staff).await?)?))
}

pub(super) async fn code(
    State(app): State<App>,
    Named(bar): Named,
    viewer: Viewer,
) -> Answer<CodeView> {
    Ok(Json(app.code_view(&watched(&app, &bar, &viewer, Role::sees_board).await?)?))
}

pub(super) async fn turned_away(
    State(app): State<App>,
    Named(bar): Named,
    viewer: Viewer,
) -> Answer<TurnedAwayView> {
    let bar = watched(&app, &bar, &viewer, Role::is_staff).await?;
    Ok(Json(app.turned_away_view(&bar).await?))
}

pub(super) async fn log(
    State(app): State<App>,
    Named(bar): Named,
    Query(query): Query<BTreeMap<String, String>>,
    viewer: Viewer,
) -> Answer<LogPage> {
    let bar = watched(&app, &bar, &viewer, Role::is_staff).await?;
    let after = number(&query, "after", 0, u64::MAX)?;
    let limit = number(&query, "limit", 100, 1000)?;
    let limit = u32::try_from(limit).unwrap_or(1000);
    Ok(Json(app.log_page(&bar, after, limit).await?))
}

/// A number of the query, its standard when it is not given, capped.
pub(super) fn number(
    query: &BTreeMap<String, String>,
    field: &str,
    standard: u64,
    most: u64,
) -> Result<u64, Fault> {
    let given = query.get(field).map(|text| text.parse::<u64>()).transpose();
    let given = given.map_err(|_| Fault::invalid(field, Mistake::NoWholeNumber))?;
    Ok(given.unwrap_or(standard).min(most))
}
