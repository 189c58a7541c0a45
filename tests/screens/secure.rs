//! https by the server's own authority: how a device comes to trust it, and what that is good for.

use anyhow::{Context as _, Result, ensure};
use domain::Status;
use domain::api::order_address;
use domain::text::Language;

use super::journey::{HandedOver, Way, journey};
use super::narrow::fits;
use crate::bar::Bar;
use crate::browser::{Device, Phone, Size, Tablet, Window, desk, id};
use crate::encrypted::printed;
use crate::server::Server;
use crate::soon::PATIENCE;

const HOST: &str = "bar.test";
const CERTIFICATE: &str = "/install/serverlesspresso.crt";

/// A bar with a name in its venue, and its origins over http and https.
async fn venue() -> Result<(Bar, String, String)> {
    let bar = Bar::of(Server::start_encrypted_as(HOST).await?);
    super::keep_the_code(&bar).await?;
    let port = bar.server.address().port();
    Ok((bar, format!("http://{HOST}:{port}"), format!("https://{HOST}:{port}")))
}

#[tokio::test]
async fn the_install_page_is_read_on_any_device_in_its_language() -> Result<()> {
    let (bar, http, https) = venue().await?;
    let install = printed(&bar.server, "Trust").await?;
    ensure!(install == format!("{http}/install/"), "{install}");
    let fingerprint = printed(&bar.server, "SHA-256").await?;
    let _desk = desk().await?;
    for language in Language::ALL {
        let page = Window::open_in(language, Size::NarrowPhone, &install).await?;
        let screen = format!("install, {}", language.tag());
        page.tells("html", "lang", language.tag()).await?;
        page.tells(&id("certificate"), "href", CERTIFICATE).await?;
        page.reads(&id("fingerprint"), &fingerprint).await?;
        page.tells(&id("go-on"), "href", &format!("{https}/barista/")).await?;
        for button in [id("certificate"), id("go-on")] {
            let height = page.sees(&button).await?.height;
            ensure!(height >= 64.0, "{button} is {height} px high");
        }
        fits(&page, &screen).await?;
        page.passes(&screen).await?;

        // What to do, system by system.
        let systems = page.look("summary").await?.len();
        ensure!(systems == 6, "{systems} systems");
        page.lacks("details li").await?;
        for system in 1..=systems {
            page.clicks(&format!("details:nth-of-type({system}) summary")).await?;
        }
        let steps = |seen: &[_]| seen.len() >= 2 * systems;
        page.until_all("details li", "are steps", PATIENCE, steps).await?;
        fits(&page, &format!("{screen}, every system")).await?;
        page.passes(&format!("{screen}, every system")).await?;
        page.ends_clean().await?;
    }
    Ok(())
}

/// Whoever serves has trusted devices on https; guests have a phone, and http.
#[tokio::test]
async fn trusted_devices_go_by_https_while_guests_need_not() -> Result<()> {
    let (bar, http, https) = venue().await?;
    let certificate = bar.http.get(CERTIFICATE, None).await?.body;
    let Some(trusting) = Device::trusting(&certificate).await? else {
        return Ok(());
    };
    let ours = Way { origin: &https, device: &trusting, is_secure: true };
    let theirs = Way { origin: &http, device: &Device::default(), is_secure: false };
    journey(&bar, ours, theirs, HandedOver::ByTheGuest).await?;

    let _desk = desk().await?;
    let tablet = Tablet::opens_on(&trusting, &https, &bar).await?;
    tablet.signs_in("barista").await?;
    tablet.clicks(&id("start-shift")).await?;
    tablet.tells(&id("shift"), "data-well", "true").await?;
    tablet.lacks(".shift-marks .badge").await?;

    // A phone that trusts the bar may come by https as well.
    let code = bar.bea().await?.code().await?.code;
    let address = order_address(&format!("{https}/order/"), &bar.id, &code);
    let phone = Phone::opens_on(&trusting, &address).await?;
    let live: String = phone
        .script(
            "return fetch('config.json').then(answer => answer.json()).then(it => it.live)",
            &[],
        )
        .await?;
    ensure!(live.starts_with("wss://"), "{live}");
    let number = phone.orders_a_latte().await?;
    tablet.has(number, Status::Placed).await?;
    let bea = bar.bea().await?;
    let order = bea.queue().await?.orders.pop().context("hers")?.order;
    bea.completes(&order).await?;
    phone.is_at(Status::Ready).await?;
    tablet.has(number, Status::Ready).await?;

    phone.ends_clean().await?;
    tablet.ends_clean().await
}
