//! A screen is paired with a bar once, by a link, and then needs nobody.

use anyhow::{Context as _, Result, ensure};
use domain::Code;
use domain::api::{Empty, LINK_FRAGMENT, Link, Session, path, route};
use hyper::Method;

use crate::bar::Bar;
use crate::browser::{Monitor, Noise, Window, desk, id};

/// A new link for the display, from the organiser.
async fn link(bar: &Bar) -> Result<String> {
    let olga = bar.olga().await?;
    let path = path::staff_link(&"display".parse()?);
    let Link { link } = bar.http.post(&path, Some(olga.token()), &Empty {}).await?.read()?;
    Ok(link)
}

/// The session a page keeps.
async fn kept(window: &Window) -> Result<Session> {
    let kept = "return JSON.parse(localStorage.getItem('serverlesspresso.display')).session";
    window.script(kept, &[]).await
}

#[tokio::test]
async fn a_screen_is_paired_by_opening_its_link_once() -> Result<()> {
    let bar = super::bar().await?;
    let link = link(&bar).await?;
    let fragment = format!("{LINK_FRAGMENT}{link}");
    let _desk = desk().await?;
    let monitor = Monitor::unpaired(&bar.server.url(), &bar, &fragment).await?;
    monitor.is_live().await?;
    monitor.invites().await?;
    let address: String = monitor.script("return location.href", &[]).await?;
    ensure!(!address.contains(&link) && address.ends_with("?bar=espresso"), "{address}");

    // It is remembered, also by a monitor that is always switched on with the same address.
    monitor.reload().await?;
    monitor.is_live().await?;
    monitor.goto(&format!("{}/display/?bar=espresso{fragment}", bar.server.url())).await?;
    monitor.reload().await?;
    monitor.is_live().await?;

    // Anywhere else the link is of no use any more, and that is said.
    let other = Monitor::unpaired(&bar.server.url(), &bar, &fragment).await?;
    other.tells(&id("notice"), "data-code", Code::BadCredentials.as_str()).await?;
    other.mentions(&id("notice"), "used").await?;
    other.mentions("main", "organiser").await?;
    other.sees(&id("pair")).await?;
    monitor.ends_clean_but(&[Noise::Refusals]).await?;
    other.ends_clean_but(&[Noise::Refusals]).await
}

#[tokio::test]
async fn a_link_is_typed_as_people_type() -> Result<()> {
    let bar = super::bar().await?;
    let _desk = desk().await?;
    let monitor = Monitor::unpaired(&bar.server.url(), &bar, "").await?;
    monitor.types_link("never seen").await?;
    monitor.tells(&id("notice"), "data-code", Code::BadCredentials.as_str()).await?;

    let link = link(&bar).await?;
    let (start, end) = link.split_at(5);
    let typed = format!(" {start}-{end} ").to_lowercase().replace('0', "o").replace('1', "l");
    monitor.types_link(&typed).await?;
    monitor.is_live().await?;
    ensure!(kept(&monitor).await?.actor.name.as_deref() == Some("Display"), "another account");
    monitor.ends_clean_but(&[Noise::Refusals]).await
}

#[tokio::test]
async fn a_screen_that_was_signed_out_asks_to_be_paired_again() -> Result<()> {
    let bar = super::bar().await?;
    let _desk = desk().await?;
    let fragment = format!("{LINK_FRAGMENT}{}", link(&bar).await?);
    let monitor = Monitor::unpaired(&bar.server.url(), &bar, &fragment).await?;
    monitor.is_live().await?;
    let token = kept(&monitor).await?.token;
    let request = bar.http.request(Method::DELETE, route::CURRENT_SESSION, Some(&token));
    bar.http.send(request, Vec::new()).await?;
    monitor.sees(&id("pair")).await?;
    monitor.lacks(&id("short-code")).await?;

    // A link that is opened in the page as it is, without loading it again.
    let fragment = format!("{LINK_FRAGMENT}{}", link(&bar).await?);
    monitor.script::<()>("location.hash = arguments[0]; return null", &[&fragment]).await?;
    monitor.is_live().await?;
    monitor.was_not_reloaded().await?;
    monitor.ends_clean_but(&[Noise::Refusals, Noise::Outage]).await
}

#[tokio::test]
async fn staff_may_use_a_monitor_and_sessions_are_renewed() -> Result<()> {
    let bar = super::bar().await?;
    let _desk = desk().await?;
    let monitor = Monitor::unpaired(&bar.server.url(), &bar, "").await?;
    monitor.signs_in("barista").await?;
    monitor.is_live().await?;
    let before = kept(&monitor).await?.token;

    // As if it had been handed out two days ago: more than half of it is over.
    let age = "
        const key = 'serverlesspresso.display', kept = JSON.parse(localStorage.getItem(key));
        kept.since = new Date(Date.now() - 2 * 86400e3).toISOString();
        localStorage.setItem(key, JSON.stringify(kept));
        return null;
    ";
    monitor.script::<()>(age, &[]).await?;
    monitor.reload().await?;
    crate::soon::until("another token", async || Ok(kept(&monitor).await?.token != before)).await?;
    monitor.is_live().await?;
    let renewed = kept(&monitor).await?;
    let code = bar.http.get(&path::code(&bar.id), Some(&renewed.token)).await;
    code.context("the new token holds")?;
    monitor.ends_clean().await
}

#[tokio::test]
async fn a_screen_speaks_the_language_of_its_address_or_of_whoever_pairs_it() -> Result<()> {
    let bar = super::bar().await?;
    let _desk = desk().await?;
    let monitor = Monitor::unpaired(&bar.server.url(), &bar, "").await?;
    monitor.reads(&id("pair-go"), "Pair").await?;
    monitor.clicks(&id("language")).await?;
    monitor.reads(&id("pair-go"), "Conectar").await?;
    monitor.signs_in("display").await?;
    monitor.is_live().await?;
    monitor.mentions(&id("preparing"), "Em preparo").await?;
    monitor.tells("html", "lang", "pt-BR").await?;
    monitor.goto(&format!("{}/display/?bar=espresso&lang=en", bar.server.url())).await?;
    monitor.is_live().await?;
    monitor.mentions(&id("preparing"), "Preparing").await?;
    monitor.ends_clean().await
}
