//! A guest who does not look: what calls them when the drink is ready, and why not where it cannot.

use anyhow::{Result, ensure};
use domain::Status;
use domain::text::Language;

use super::guest::only_order;
use crate::browser::{Phone, Size, desk, id};
use crate::soon::until;

/// Writes down what the page does to be heard and felt, from its beginning.
const LISTEN: &str = "
    window.felt = { notes: 0, buzzes: 0 };
    const create = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function () {
        window.felt.notes += 1;
        return create.call(this);
    };
    Navigator.prototype.vibrate = millis => {
        window.felt.buzzes += millis > 0 ? 1 : 0;
        return true;
    };
";

/// A phone that can do nothing of the kind.
const DUMB: &str = "
    delete window.AudioContext;
    delete Navigator.prototype.vibrate;
    delete Navigator.prototype.wakeLock;
";

/// Green as a whole, whatever is drawn on it: the ground at the corners and edges of the view.
const GREEN: &str = "
    const ground = element => {
        const colour = getComputedStyle(element).backgroundColor;
        return colour === 'rgba(0, 0, 0, 0)' && element.parentElement
            ? ground(element.parentElement) : colour;
    };
    const [right, bottom] = [innerWidth - 1, innerHeight - 1];
    const at = [[0, 0], [right, 0], [0, bottom], [right, bottom], [0, bottom / 2], [right, bottom / 2]];
    return [...new Set(at.map(([x, y]) => ground(document.elementFromPoint(x, y))))];
";

#[tokio::test]
async fn a_drink_that_is_ready_is_heard_and_felt_and_seen() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = with(LISTEN, Language::English, &bea.code().await?.url).await?;
    let number = phone.orders_a_latte().await?;
    phone.mentions(".signals", "it rings when it is ready").await?;

    // The switch: off without a sound, on with one.
    phone.clicks(&id("sound")).await?;
    phone.tells(&id("sound"), "aria-checked", "false").await?;
    phone.mentions(".signals", "switched off").await?;
    feels(&phone, 0, 0).await?;
    phone.clicks(&id("sound")).await?;
    feels(&phone, 3, 0).await?;

    // Before anybody has touched it, a page is not heard, and says so.
    phone.reload().await?;
    phone.mentions(".signals", "only after a tap").await?;
    phone.clicks("main h1").await?;
    phone.mentions(".signals", "it rings when it is ready").await?;
    feels(&phone, 0, 0).await?;

    let order = only_order(&bea).await?.order;
    bea.completes(&order).await?;
    phone.sees(&id("got-it")).await?;
    feels(&phone, 3, 1).await?;
    ensure!(phone.number().await? == number, "another number");
    let green: Vec<String> = phone.script(GREEN, &[]).await?;
    ensure!(green == ["rgb(21, 128, 61)"], "not green all over: {green:?}");
    let title: String = phone.script("return document.title", &[]).await?;
    ensure!(title == format!("Ready! · {number}"), "{title}");

    // Not ready after all, and ready again: one call each time.
    bea.recalls(&order).await?;
    phone.is_at(Status::Making).await?;
    bea.completes(&order).await?;
    phone.is_at(Status::Ready).await?;
    feels(&phone, 6, 2).await?;
    phone.ends_clean().await
}

#[tokio::test]
async fn a_phone_that_cannot_call_says_why_not() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let phone = with(DUMB, Language::Portuguese, &bea.code().await?.url).await?;
    phone.orders_a_latte().await?;
    let why_not = ["este navegador não toca", "não vibra", "só páginas https"];
    for reason in why_not {
        phone.mentions(".signals", reason).await?;
    }
    phone.clicks(&id("language")).await?;
    for reason in ["this browser cannot ring", "does not vibrate", "only https pages"] {
        phone.mentions(".signals", reason).await?;
    }
    bea.completes(&only_order(&bea).await?.order).await?;
    phone.sees(&id("got-it")).await?;
    for reason in ["this browser cannot ring", "does not vibrate"] {
        phone.mentions(".signals", reason).await?;
    }
    phone.ends_clean().await
}

/// A phone whose browser is changed by a script before it opens an address.
async fn with(script: &str, language: Language, url: &str) -> Result<Phone> {
    let phone = Phone::of(language, Size::Phone, "about:blank").await?;
    phone.begins_with(script).await?;
    phone.goto(url).await?;
    Ok(phone)
}

/// Waits until so many notes were played and the phone has buzzed so often.
async fn feels(phone: &Phone, notes: u32, buzzes: u32) -> Result<()> {
    until(&format!("{notes} notes and {buzzes} buzzes"), async || {
        let felt: [u32; 2] =
            phone.script("return [window.felt.notes, window.felt.buzzes]", &[]).await?;
        Ok(felt == [notes, buzzes])
    })
    .await
}
