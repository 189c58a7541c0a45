//! Webhooks: made, watched and removed on the organiser's page.

use anyhow::{Context as _, Result, ensure};
use fantoccini::key::Key;

use super::accessible::stands;
use crate::browser::{Office, desk, id, within};
use crate::receiver::Receiver;
use crate::soon::settles;
use crate::webhooks::hasty;

#[tokio::test]
async fn a_webhook_is_made_watched_and_removed_by_keyboard() -> Result<()> {
    let bar = hasty().await?;
    let (olga, bea) = (bar.olga().await?, bar.bea().await?);
    let mut receiver = Receiver::listen().await?;
    let _desk = desk().await?;
    let office = Office::at(&bar.server.url(), "bars/espresso/webhooks").await?;
    office.sees(&id("new-webhook")).await?;
    office.keeps_pictures("webhooks, none").await?;
    office.fills("name", "Tills").await?;
    office.fills("url", "not an address").await?;
    office.keys(Key::Enter).await?;
    office.is_told_of("url", "http").await?;
    office.fills("url", &receiver.url()).await?;
    office.keys(Key::Enter).await?;

    // The secret is there to be written down, once.
    let secret = office.sees(&id("secret")).await?.text;
    ensure!(secret.starts_with("whsec_"), "{secret}");
    stands(&office, "webhooks, a secret").await?;
    office.tabs_to("secret-kept").await?;
    office.keys(Key::Enter).await?;
    office.lacks(&id("new-secret")).await?;

    // Nobody is there.
    receiver.leave().await;
    bea.takes("tea").await?;
    settles(async || {
        ensure!(!olga.attempts("tills").await?.is_empty(), "it is tried");
        Ok(())
    })
    .await?;
    office.tabs_to("attempts-tills").await?;
    office.keys(Key::Enter).await?;
    let newest = within(&id("list-tills"), "li:first-child");
    office.mentions(&newest, "Not reached").await?;
    office.mentions(&newest, "again at").await?;
    office.mentions(&id("state-tills"), "Failed").await?;
    stands(&office, "webhooks, nobody there").await?;

    // There again, and sent again from where it stood.
    receiver.come_back().await?;
    let [webhook] = &olga.webhooks().await?[..] else { anyhow::bail!("one") };
    office.fills("from", &(webhook.delivered + 1).to_string()).await?;
    office.keys(Key::Enter).await?;
    office.lacks(&format!("{}[aria-busy]", id("replay-tills"))).await?;
    bea.takes("latte").await?;
    let last = olga.has_seen(0).await?.last().context("the latte")?.seq;
    settles(async || {
        let attempts = olga.attempts("tills").await?;
        ensure!(attempts[0].is_delivered() && attempts[0].last == last, "{attempts:?}");
        Ok(())
    })
    .await?;
    receiver.deliveries().last().context("the latte")?.is_signed_with(&secret)?;
    for expanded in ["false", "true"] {
        office.tabs_to("attempts-tills").await?;
        office.keys(Key::Enter).await?;
        office.tells(&id("attempts-tills"), "aria-expanded", expanded).await?;
    }
    office.mentions(&newest, "204").await?;
    office.reads(&id("state-tills"), &format!("Sent up to entry {last}.")).await?;
    office.keeps_pictures("webhooks, delivered").await?;

    office.tabs_to("remove-tills").await?;
    office.keys(Key::Enter).await?;
    office.sees(&id("confirm")).await?;
    stands(&office, "webhooks, removing one").await?;
    office.tabs_to("confirm").await?;
    office.keys(Key::Enter).await?;
    office.lacks(&id("webhook-tills")).await?;
    ensure!(olga.webhooks().await?.is_empty(), "it is gone");
    office.ends_clean().await
}
