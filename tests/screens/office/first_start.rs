//! From an empty directory to a bar that takes an order.

use std::time::Duration;

use anyhow::{Result, ensure};
use domain::Status;
use tokio::time::sleep;

use crate::bar::Bar;
use crate::browser::{Noise, Office, Phone, Tablet, desk, id};
use crate::server::Server;
use crate::soon::soon;

const OLGAS: &str = "a flat white, please";

#[tokio::test]
async fn a_bar_is_founded_from_nothing() -> Result<()> {
    let server = Server::start_empty().await?;
    let link = soon("the link", link_of(&server)).await?;
    let _desk = desk().await?;
    let office = Office::opens(&link).await?;

    // The link is good once; what is done stays done.
    office.tells(&id("first-start"), "data-step", "1").await?;
    office.keeps_pictures("first start, the password").await?;
    let address: String = office.script("return location.href", &[]).await?;
    ensure!(!address.contains("link"), "{address}");
    office.fills("name", "Olga").await?;
    office.fills("password", "short").await?;
    office.clicks(&id("next")).await?;
    office.is_told_of("password", "8").await?;
    office.keeps_pictures("first start, too short").await?;
    office.fills("password", OLGAS).await?;
    office.clicks(&id("next")).await?;
    office.tells(&id("first-start"), "data-step", "2").await?;
    office.reload().await?;
    office.tells(&id("first-start"), "data-step", "2").await?;

    office.fills("name", "Café do Salão").await?;
    office.fills("place", "Hall 4").await?;
    // Read in another language, what is half typed stays.
    office.clicks(&id("language")).await?;
    office.mentions(&id("first-start"), "Passo 2 de 3").await?;
    office.finds_in("name", "Café do Salão").await?;
    office.finds_in("place", "Hall 4").await?;
    office.clicks(&id("language")).await?;
    office.fills("time_zone", "Nowhere/At-all").await?;
    office.mentions("[id=field-time_zone-about]", "No time zone").await?;
    office.fills("time_zone", "America/Sao_Paulo").await?;
    office.mentions("[id=field-time_zone-about]", "It is").await?;
    office.keeps_pictures("first start, the bar").await?;
    office.clicks(&id("next")).await?;
    office.tells(&id("first-start"), "data-step", "3").await?;
    office.keeps_pictures("first start, the barista").await?;

    office.fills("name", "Bea").await?;
    office.fills("password", "ristretto!").await?;
    office.clicks(&id("next")).await?;
    office.tells(&id("first-start"), "data-step", "4").await?;
    office.keeps_pictures("first start, the end").await?;

    let bar = Bar { id: "cafe-do-salao".parse()?, ..Bar::of(server) };
    let view = bar.guest().await?.bar().await?;
    ensure!(view.time_zone == "America/Sao_Paulo" && view.place == "Hall 4", "{view:?}");
    ensure!(view.languages == ["en", "pt-BR"], "{view:?}");

    // The same person, without signing in again, opens the bar; a guest orders; Bea makes it.
    office.clicks(&id("to-the-bar")).await?;
    office.clicks(&id("bar-open")).await?;
    office.tells(&id("bar-status"), "data-status", "open").await?;
    let tablet = Tablet::opens(&bar.server.url(), &bar).await?;
    tablet.tries_to_sign_in("bea", "ristretto!").await?;
    tablet.is_at_work().await?;
    let olga = bar.staff_with("organiser", OLGAS).await?;
    let phone = Phone::opens(&olga.code().await?.url).await?;
    let number = phone.orders_a_latte().await?;
    tablet.has(number, Status::Placed).await?;

    // The link has been used.
    let other = Office::opens(&link).await?;
    other.mentions(&id("link-said"), "does not work any more").await?;
    other.keeps_pictures("a link that was used").await?;
    other.clicks(&id("link-sign-in")).await?;
    other.signs_in("organiser", OLGAS).await?;
    other.sees(&id("bar-cafe-do-salao")).await?;
    other.ends_clean_but(&[Noise::Refusals]).await?;
    phone.ends_clean().await?;
    tablet.ends_clean().await?;
    office.ends_clean().await
}

/// The address the server prints where nobody can sign in yet.
async fn link_of(server: &Server) -> String {
    loop {
        let output = server.output();
        match output.lines().find(|line| line.contains("/barista/manage/#link=")) {
            Some(line) => return line.trim().to_owned(),
            None => sleep(Duration::from_millis(20)).await,
        }
    }
}
