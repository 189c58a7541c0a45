//! The name to call: whatever people are called, and whatever they type.

use anyhow::{Context as _, Result, ensure};
use domain::name::LONGEST;

use super::guest::only_order;
use super::narrow::fits;
use crate::browser::{Phone, Size, desk, id};
use crate::soon::until;

/// Puts a text into the one field of a selector as pasting does: keys cannot type all of them.
const PASTE: &str = "
    const field = document.querySelector(arguments[0]);
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, arguments[1]);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    return null;
";

#[tokio::test]
async fn every_name_is_called_as_it_was_given() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = Phone::sized(Size::NarrowPhone, &bea.code().await?.url).await?;
    phone.starts().await?;
    phone.chooses("latte", &[]).await?;

    // The field takes no more than can be called, and nothing of what is typed gets lost unsaid.
    let longest = "W".repeat(LONGEST);
    phone.names(&format!("{longest}WWW")).await?;
    let kept: String =
        phone.script("return document.querySelector(arguments[0]).value", &[&id("name")]).await?;
    ensure!(kept == longest, "the field has {kept:?}");
    phone.places().await?;
    is_called(&phone, &longest, &only_order(&bea).await?.name.context("a name")?).await?;

    for (given, called) in [
        ("👩🏽‍🚀 Ada 🎉", "👩🏽‍🚀 Ada 🎉"),
        ("عائشة بنت محمد", "عائشة بنت محمد"),
        ("<b>O’Brien</b> & \"Søn\"", "<b>O’Brien</b> & \"Søn\""),
        // What nobody can say is a gap; the drink is ordered all the same.
        (" Ada\tLovelace\u{7}\u{9d} ", "Ada Lovelace"),
    ] {
        phone.clicks(&id("change-order")).await?;
        phone.chooses("latte", &[]).await?;
        phone.script::<()>(PASTE, &[&id("name"), given]).await?;
        phone.clicks(&id("place-order")).await?;
        until("the name is another", async || {
            Ok(only_order(&bea).await?.name.as_deref() == Some(called))
        })
        .await?;
        is_called(&phone, called, called).await?;
    }
    phone.ends_clean().await
}

/// Reads the name on the waiting page, whole; it is the one the barista has.
async fn is_called(phone: &Phone, name: &str, barista_reads: &str) -> Result<()> {
    ensure!(name == barista_reads, "the barista reads {barista_reads:?}");
    phone.reads(".for-name", name).await?;
    fits(phone, name).await
}
