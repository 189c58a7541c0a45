//! A guest who does not look: what calls them when the drink is ready, and why not where it cannot.

use anyhow::{Result, ensure};

use super::guest::only_order;
use crate::browser::{Phone, desk, id};

/// Counts the notes that are played from now on.
const LISTEN: &str = "
    const create = AudioContext.prototype.createOscillator;
    document.body.dataset.notes = '0';
    AudioContext.prototype.createOscillator = function () {
        document.body.dataset.notes = String(Number(document.body.dataset.notes) + 1);
        return create.call(this);
    };
    return null;
";

#[tokio::test]
async fn a_drink_that_is_ready_is_heard_and_seen() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = Phone::opens(&bea.code().await?.url).await?;
    let number = phone.orders_a_latte().await?;
    phone.script::<()>(LISTEN, &[]).await?;
    phone.mentions(".signals", "it rings when it is ready").await?;

    // The switch: off without a sound, on with one.
    phone.clicks(&id("sound")).await?;
    phone.tells(&id("sound"), "aria-checked", "false").await?;
    phone.mentions(".signals", "switched off").await?;
    phone.tells("body", "data-notes", "0").await?;
    phone.clicks(&id("sound")).await?;
    phone.tells("body", "data-notes", "3").await?;

    // Before anybody has touched it, a page is not heard, and says so.
    phone.reload().await?;
    phone.mentions(".signals", "only after a tap").await?;
    phone.script::<()>(LISTEN, &[]).await?;
    phone.clicks("main h1").await?;
    phone.mentions(".signals", "it rings when it is ready").await?;

    bea.completes(&only_order(&bea).await?.order).await?;
    phone.sees(&id("got-it")).await?;
    phone.tells("body", "data-notes", "3").await?;
    let title: String = phone.script("return document.title", &[]).await?;
    ensure!(title == format!("Ready! · {number}"), "{title}");
    phone.ends_clean().await
}
