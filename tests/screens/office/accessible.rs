//! Every page of an organiser, in both languages and both themes, on devices of every width: axe
//! finds nothing, nothing is beside the screen, and no words are cut off.

use anyhow::Result;
use domain::api::{BarRequest, LINK_FRAGMENT};
use domain::limits::LimitsChange;
use domain::text::Language;
use domain::webhook::LONGEST_ADDRESS;
use domain::{Menu, Role, WebhookName};

use super::super::narrow::fits;
use crate::bar::Bar;
use crate::browser::{Noise, Office, Size, desk, id};
use crate::employer::printed_link;
use crate::server::Server;
use crate::soon::settles;

const MANAGE: &str = "/barista/manage/";
const OLGAS: &str = "a flat white, please";
/// As long as a name may be that is called out, and without a place to break it.
const LONG: &str = "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW";
/// As long as what somebody signs in with may be.
const BARISTA: &str = "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww";

#[tokio::test]
async fn axe_finds_nothing_on_the_organisers_pages_in_english() -> Result<()> {
    every_page(Language::English).await
}

#[tokio::test]
async fn axe_finds_nothing_on_the_organisers_pages_in_portuguese() -> Result<()> {
    every_page(Language::Portuguese).await
}

async fn every_page(language: Language) -> Result<()> {
    let mut bar = Bar { id: "foyer".parse()?, ..Bar::of(Server::start_empty().await?) };
    let link = printed_link(&bar.server, MANAGE).await?;
    let _desk = desk().await?;
    let start = format!("{}{MANAGE}", bar.server.url());
    let link = format!("{start}{LINK_FRAGMENT}{link}");
    let office = Office::of(language, &link).await?;
    the_first_start(&office).await?;
    the_pages_of_a_bar(&office, &bar).await?;
    the_house(&office).await?;
    what_is_nowhere(&office, &start).await?;
    what_stands_before(&office, &start, &link).await?;
    office.goto(&format!("{start}bars/foyer/menu")).await?;
    office.signs_in("organiser", OLGAS).await?;
    cut_off(&office, &mut bar).await?;
    office.ends_clean_but(&[Noise::Refusals, Noise::Outage]).await
}

/// Whether everybody can read the page as it is now, on every device.
pub(super) async fn stands(office: &Office, screen: &str) -> Result<()> {
    office.passes(screen).await?;
    for size in [Size::NarrowPhone, Size::Phone, Size::UprightTablet, Size::Tablet] {
        office.becomes(size).await?;
        let screen = format!("{screen}, {size:?}");
        settles(async || fits(office, &screen).await).await?;
    }
    Ok(())
}

async fn the_first_start(office: &Office) -> Result<()> {
    office.tells(&id("first-start"), "data-step", "1").await?;
    office.fills("password", "short").await?;
    office.clicks(&id("next")).await?;
    office.is_told_of("password", "8").await?;
    stands(office, "a password").await?;
    office.fills("password", OLGAS).await?;
    office.clicks(&id("next")).await?;
    office.tells(&id("first-start"), "data-step", "2").await?;
    office.fills("name", LONG).await?;
    office.fills("place", LONG).await?;
    stands(office, "the first bar").await?;
    office.fills("bar", "foyer").await?;
    office.clicks(&id("next")).await?;
    office.tells(&id("first-start"), "data-step", "3").await?;
    stands(office, "the first barista").await?;
    office.clicks(&id("later")).await?;
    office.tells(&id("first-start"), "data-step", "4").await?;
    stands(office, "all there").await?;
    office.clicks(&id("to-the-menu")).await?;
    office.sees(&id("row-drink-latte")).await?;
    Ok(())
}

async fn the_pages_of_a_bar(office: &Office, bar: &Bar) -> Result<()> {
    let olga = bar.staff_with("organiser", OLGAS).await?;
    olga.hires(BARISTA, Role::Barista, &[&bar.id]).await?;
    olga.hires("display", Role::Display, &[&bar.id]).await?;
    olga.founds("hall-2", LimitsChange::default()).await?;
    let mut menu = Menu::standard();
    LONG.clone_into(&mut menu.drinks[0].name);
    LONG.clone_into(&mut menu.groups[0].name);
    menu.drinks[1].available = false;
    olga.tells(BarRequest::SetMenu { menu }).await?;

    office.mentions(&id("row-drink-espresso"), LONG).await?;
    office.clicks(&id("edit-drink-latte")).await?;
    office.clicks(&id("edit-group-milk")).await?;
    stands(office, "the menu").await?;
    office.clicks(&id("tile-latte")).await?;
    stands(office, "what a drink asks").await?;

    office.goes_to("limits").await?;
    office.fills("limits-uses_per_window", "15").await?;
    office.sees(&id("concern-uses_per_window")).await?;
    office.fills("limits-baristas", "0").await?;
    office.is_told_of("limits-baristas", "10000").await?;
    stands(office, "limits").await?;
    office.clicks(&id("sign-out")).await?;
    office.sees(&id("confirm")).await?;
    stands(office, "leaving unsaved changes").await?;
    office.clicks(".dialog .button:not(.danger)").await?;
    office.clicks(&id("discard")).await?;

    office.goes_to("details").await?;
    office.sees(&id("field-place")).await?;
    stands(office, "details").await?;
    office.goes_to("displays").await?;
    office.clicks(&id("pair-display")).await?;
    office.sees(&id("qr")).await?;
    stands(office, "pairing").await?;

    // As long as its name and its address may be.
    let webhook = "w".repeat(WebhookName::LONGEST);
    let nowhere = format!("http://127.0.0.1:9/{}", "w".repeat(LONGEST_ADDRESS - 19));
    olga.hooks(&webhook, &nowhere).await?;
    office.goes_to("webhooks").await?;
    office.clicks(&id(&format!("attempts-{webhook}"))).await?;
    office.sees(&id(&format!("replay-{webhook}"))).await?;
    stands(office, "webhooks").await
}

async fn the_house(office: &Office) -> Result<()> {
    office.goes_to("bars").await?;
    office.sees(&id("bar-hall-2")).await?;
    stands(office, "bars").await?;
    office.clicks(&id("new-bar")).await?;
    stands(office, "a new bar").await?;
    office.clicks(&id("never")).await?;

    office.goes_to("staff").await?;
    office.sees(&id(&format!("staff-{BARISTA}"))).await?;
    stands(office, "staff").await?;
    office.clicks(&id("add-staff")).await?;
    office.clicks(&id("at-all")).await?;
    stands(office, "somebody new").await?;
    office.clicks(&id("never")).await?;
    office.clicks(&id(&format!("dismiss-{BARISTA}"))).await?;
    office.sees(&id("confirm")).await?;
    stands(office, "dismissing").await?;
    office.clicks(".dialog .button:not(.danger)").await
}

async fn what_is_nowhere(office: &Office, start: &str) -> Result<()> {
    for (path, screen) in [("no/such/page", "nowhere"), ("bars/no-such-bar/menu", "no such bar")] {
        office.goto(&format!("{start}{path}")).await?;
        office.sees(&id("nowhere")).await?;
        stands(office, screen).await?;
    }
    Ok(())
}

async fn what_stands_before(office: &Office, start: &str, link: &str) -> Result<()> {
    office.clicks(&id("sign-out")).await?;
    office.tries_to_sign_in(BARISTA, crate::server::PASSWORD).await?;
    office.sees(&id("not-for-you")).await?;
    stands(office, "signing in").await?;

    office.goto(link).await?;
    office.sees(&id("link-said")).await?;
    stands(office, "a link that was used").await?;

    // Somebody who works the queue on this device.
    office.goto(&start.replace("manage/", "?bar=foyer")).await?;
    office.types(&id("sign-in-user"), BARISTA).await?;
    office.types(&id("sign-in-password"), crate::server::PASSWORD).await?;
    office.clicks(&id("sign-in")).await?;
    office.sees(&id("lane-placed")).await?;
    office.goto(start).await?;
    office.sees(&id("not-for-you")).await?;
    stands(office, "not for you").await?;
    office.clicks(&id("sign-out")).await?;
    office.sees(&id("field-username")).await?;
    Ok(())
}

async fn cut_off(office: &Office, bar: &mut Bar) -> Result<()> {
    office.sees(&id("row-drink-latte")).await?;
    bar.server.kill().await?;
    // Otherwise it would take half a minute to be told so.
    let unplugged = "Object.defineProperty(navigator, 'onLine', { value: false }); return null";
    office.script::<()>(unplugged, &[]).await?;
    office.tells(&id("connection"), "data-state", "offline").await?;
    stands(office, "offline").await
}
