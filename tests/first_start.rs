//! A new server, from its first start to the first drink.

use anyhow::{Result, ensure};
use domain::api::StaffChange;
use domain::limits::LimitsChange;
use domain::{Code, Role, Status};

use crate::bar::Bar;
use crate::employer::printed_link;
use crate::http::Refusal as _;
use crate::server::{PASSWORD, Server};
use crate::soon::until;

const MANAGE: &str = "/barista/manage/";

#[tokio::test]
async fn a_new_server_is_brought_into_service_by_its_link() -> Result<()> {
    let bar = Bar::of(Server::start_empty().await?);
    let link = printed_link(&bar.server, MANAGE).await?;
    let said = bar.server.output();
    ensure!(said.contains(&format!("{}{MANAGE}#link={link}", bar.server.url())), "{said}");

    let olga = bar.opens_link(&link).await?;
    ensure!(olga.session.actor.role == Role::Organiser, "{:?}", olga.session.actor);
    let organiser = StaffChange {
        password: Some(PASSWORD.to_owned()),
        role: Role::Organiser,
        name: "Olga".to_owned(),
        bars: None,
    };
    ensure!(olga.puts_staff("organiser", &organiser).await?.has_password, "it was set");
    olga.founds(bar.id.as_str(), LimitsChange::default()).await?;
    olga.opens().await?;
    olga.hires("bea", Role::Barista, &[]).await?;

    let bea = bar.staff("bea").await?;
    let ada = bar.guest().await?;
    let order = ada.orders(&bea.code().await?.code, "latte").await?.order;
    let made = bea.claims(&order).await?;
    ensure!((made.status, made.by.as_deref()) == (Status::Making, Some("BEA")), "{made:?}");
    bea.completes(&order).await?;
    ensure!(ada.collects(&order).await?.status == Status::Collected, "one latte");
    bar.opens_link(&link).await.map(|_| ()).refused(Code::BadCredentials)?;
    bar.staff("organiser").await?;
    Ok(())
}

#[tokio::test]
async fn every_start_prints_a_link_until_an_organiser_has_a_password() -> Result<()> {
    let mut bar = Bar::of(Server::start_empty().await?);
    let first = printed_link(&bar.server, MANAGE).await?;
    let olga = bar.opens_link(&first).await?;
    bar.server.stop().await?;
    bar.server.restart().await?;
    until("another link", async || Ok(printed_link(&bar.server, MANAGE).await? != first)).await?;
    olga.staff().await.refused(Code::NoSession)?;
    let second = printed_link(&bar.server, MANAGE).await?;
    let olga = bar.opens_link(&second).await?;
    let organiser = StaffChange {
        password: Some(PASSWORD.to_owned()),
        role: Role::Organiser,
        name: "Olga".to_owned(),
        bars: None,
    };
    olga.puts_staff("organiser", &organiser).await?;
    bar.server.stop().await?;
    bar.server.restart().await?;
    olga.staff().await?;
    ensure!(printed_link(&bar.server, MANAGE).await? == second, "no other was printed");
    bar.staff("organiser").await?;
    Ok(())
}

#[tokio::test]
async fn the_demonstration_prints_a_link_for_a_display() -> Result<()> {
    let bar = Bar::open().await?;
    let link = printed_link(&bar.server, "/display/").await?;
    let display = bar.opens_link(&link).await?;
    ensure!(display.session.actor.role == Role::Display, "{:?}", display.session.actor);
    display.board().await?;
    ensure!(!bar.server.output().contains(MANAGE), "its organiser has a password");
    Ok(())
}
