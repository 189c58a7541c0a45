//! Large enough for the monitor's hall and the barista's hands.

use anyhow::{Result, ensure};
use domain::Step;

use crate::browser::{Monitor, Size, Tablet, button, desk, drink, id, within};

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
    let _desk = desk().await?;
    for size in [Size::Tablet, Size::UprightTablet] {
        let tablet = Tablet::sized(size, "barista", &bar).await?;
        let is_large = async |css: &str| {
            let height = tablet.sees(css).await?.height;
            ensure!(height >= 64.0, "{css} is {height} px high on {size:?}");
            anyhow::Ok(())
        };
        let number = bea.takes("latte").await?.number.unwrap_or_default();
        for step in [Step::Claim, Step::Complete, Step::Collect] {
            is_large(&button(number, step)).await?;
            tablet.presses(number, step).await?;
        }
        tablet.has_no(number).await?;
        tablet.clicks(&id("walk-up")).await?;
        is_large(&id("place-order")).await?;
        tablet.clicks(&drink("latte")).await?;
        is_large(&id("place-order")).await?;
        tablet.ends_clean().await?;
    }
    Ok(())
}
