//! Large enough, and nothing beside the screen.

use anyhow::{Result, ensure};
use domain::limits::LimitsChange;
use domain::{Status, Step};

use super::guest::only_order;
use crate::browser::{Monitor, Phone, Size, Tablet, Window, button, desk, drink, id, within};

#[tokio::test]
async fn no_phone_scrolls_sideways() -> Result<()> {
    let _desk = desk().await?;
    tokio::try_join!(every_screen(Size::NarrowPhone), every_screen(Size::Phone))?;
    Ok(())
}

/// Every screen of the ordering app, on a phone of a size.
async fn every_screen(size: Size) -> Result<()> {
    let bar = super::bar().await?;
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    let code = bea.code().await?;
    let (bare, _) = code.url.split_once("&code=").unwrap_or((&code.url, ""));
    let phone = Phone::sized(size, bare).await?;
    phone.sees(&id("code-entry")).await?;
    fits(&phone, "typing the code").await?;

    phone.goto(&code.url).await?;
    phone.sees(&id("start-order")).await?;
    fits(&phone, "welcome").await?;
    for (shut, name) in [(true, "closed"), (false, "full")] {
        if shut {
            olga.closes().await?;
        } else {
            olga.opens().await?;
            let one = LimitsChange { max_in_progress: Some(1), ..LimitsChange::default() };
            olga.limits(one).await?;
            bea.takes("tea").await?;
        }
        phone.sees(&id("refusal")).await?;
        fits(&phone, name).await?;
    }
    bea.completes(&only_order(&bea).await?.order).await?;
    bea.collects(&only_order(&bea).await?.order).await?;

    phone.starts().await?;
    fits(&phone, "drinks").await?;
    phone.clicks(&drink("latte")).await?;
    phone.sees(&id("next")).await?;
    fits(&phone, "options").await?;
    phone.clicks(&id("next")).await?;
    // As long as a name may be, and without a place to break it.
    phone.names(&"W".repeat(domain::name::LONGEST)).await?;
    fits(&phone, "confirm").await?;
    phone.places().await?;
    fits(&phone, "waiting").await?;
    phone.clicks(&id("cancel-order")).await?;
    phone.sees(&id("confirm")).await?;
    fits(&phone, "the question").await?;

    let order = only_order(&bea).await?.order;
    bea.claims(&order).await?;
    phone.is_at(Status::Making).await?;
    fits(&phone, "being made").await?;
    bea.completes(&order).await?;
    phone.is_at(Status::Ready).await?;
    fits(&phone, "ready").await?;
    bea.collects(&order).await?;
    phone.is_at(Status::Collected).await?;
    fits(&phone, "collected").await?;
    phone.ends_clean().await
}

pub(super) async fn fits(window: &Window, screen: &str) -> Result<()> {
    // A page wider than the view is zoomed out on a phone: the screen's own width is what counts.
    let widths = "return [document.documentElement.scrollWidth, document.body.scrollWidth,
        Math.round(visualViewport.width), screen.width]";
    let [page, body, view, screen_width]: [u32; 4] = window.script(widths, &[]).await?;
    ensure!(
        page <= screen_width && body <= screen_width && view == screen_width,
        "{screen}: {page} and {body} px in a view of {view} px on a screen of {screen_width} px"
    );
    Ok(())
}

#[tokio::test]
async fn the_monitor_is_read_from_afar() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let order = bea.takes("latte").await?;
    bea.completes(&order.order).await?;
    let _desk = desk().await?;
    let monitor = Monitor::of(&bar).await?;
    let hundredth: f64 = monitor.script("return innerHeight / 100", &[]).await?;

    let qr = monitor.sees(&id("qr")).await?;
    ensure!(qr.height >= 44.0 * hundredth, "the QR is {} vh", qr.height / hundredth);
    let quiet = monitor.picture(&id("qr")).await?.quiet_zone()?;
    ensure!(quiet >= 3.8, "a quiet zone of {quiet} modules");

    let number = order.number.unwrap_or_default().to_string();
    let card = within(&id("ready"), &id(&format!("board-{number}")));
    monitor.sees(&card).await?;
    let parts = monitor.look(&within(&card, "*")).await?;
    let letters = parts.iter().find(|part| part.text == number).map_or(0.0, |part| part.font);
    ensure!(letters >= 12.0 * hundredth, "a ready number is {} vh", letters / hundredth);
    monitor.ends_clean().await
}

#[tokio::test]
async fn wet_hands_hit_the_button() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let number = bea.takes("latte").await?.number.unwrap_or_default();
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    for step in [Step::Claim, Step::Complete, Step::Collect] {
        let primary = tablet.sees(&button(number, step)).await?;
        ensure!(primary.height >= 64.0, "{step:?} is {} px high", primary.height);
        tablet.presses(number, step).await?;
    }
    tablet.has_no(number).await?;
    tablet.ends_clean().await
}
