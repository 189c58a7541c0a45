//! People: added, changed, dismissed.

use anyhow::Result;
use domain::Code;

use crate::bar::Bar;
use crate::browser::{Noise, Office, Tablet, desk, id};

#[tokio::test]
async fn who_is_added_signs_in_and_who_is_dismissed_does_not() -> Result<()> {
    let bar = Bar::open().await?;
    let _desk = desk().await?;
    let office = Office::at(&bar.server.url(), "staff").await?;
    office.sees(&id("staff-barista")).await?;
    office.clicks(&id("add-staff")).await?;
    office.fills("name", "Zoë").await?;
    office.clicks(&id("next")).await?;
    office.is_told_of("password", "needed").await?;
    office.keeps_pictures("staff, a mistake").await?;
    office.fills("password", "long black").await?;
    office.clicks(&id("next")).await?;
    office.sees(&id("staff-zoe")).await?;

    let tablet = Tablet::opens(&bar.server.url(), &bar).await?;
    tablet.tries_to_sign_in("zoe", "long black").await?;
    tablet.is_at_work().await?;
    tablet.reads(&id("who"), "Zoë").await?;

    // Asked before, and told at the tablet, which signs out by itself.
    office.clicks(&id("dismiss-zoe")).await?;
    office.clicks(&id("confirm")).await?;
    office.lacks(&id("staff-zoe")).await?;
    tablet.sees(&id("sign-in")).await?;
    tablet.lacks(&id("who")).await?;
    tablet.tries_to_sign_in("zoe", "long black").await?;
    tablet.is_told(Code::BadCredentials).await?;

    // Somebody has to stay.
    office.until(&id("dismiss-organiser"), "cannot go", |button| button.disabled).await?;
    tablet.ends_clean_but(&[Noise::Refusals, Noise::Outage]).await?;
    office.ends_clean().await
}

#[tokio::test]
async fn these_pages_are_the_organisers() -> Result<()> {
    let bar = Bar::open().await?;
    let _desk = desk().await?;
    let office = Office::opens(&format!("{}/barista/manage/staff", bar.server.url())).await?;
    office.tries_to_sign_in("barista", crate::server::PASSWORD).await?;
    office.mentions(&id("not-for-you"), "for organisers").await?;
    office.keeps_pictures("not for baristas").await?;
    office.tries_to_sign_in("organiser", "not the password").await?;
    office.tells(&id("notice"), "data-code", "bad_credentials").await?;
    office.signs_in("organiser", crate::server::PASSWORD).await?;
    office.clicks(&id("sign-out")).await?;
    office.sees(&id("sign-in")).await?;
    office.ends_clean_but(&[Noise::Refusals]).await
}
