//! Pictures for people to look at, of what no other scenario shows: screens with as many orders as
//! there may be, and three of them at one moment. `cargo xtask screenshots` takes them.

mod three_screens;

use anyhow::Result;
use domain::api::{DrinkRequest, path};
use domain::limits::LimitsChange;
use domain::menu::Options;
use domain::view::OrderView;

use crate::bar::{Bar, roomy};
use crate::browser::{Monitor, Phone, Size, Tablet, Window, desk, id};
use crate::person::{Person, command_id, slug};
use crate::server::Server;

const NAMES: [&str; 8] =
    ["Ada", "Grace", "Barbara L.", "Margaret", "Katherine", "Radia", "Edsger", "Maximilian Paul"];
/// A group and what is chosen of it.
type Chosen = (&'static str, &'static [&'static str]);

/// With options that differ from the standard; the last with as many as there are.
const DRINKS: [(&str, &[Chosen]); 6] = [
    ("latte", &[("milk", &["oat"])]),
    ("flat-white", &[]),
    ("espresso", &[("strength", &["double"])]),
    ("cappuccino", &[("milk", &["soy"]), ("size", &["large"])]),
    ("tea", &[]),
    (
        "mocha",
        &[
            ("milk", &["lactose-free"]),
            ("size", &["large"]),
            ("strength", &["double"]),
            ("decaf", &["decaf"]),
            ("extras", &["extra-hot", "vanilla-syrup", "caramel-syrup", "chocolate-dusting"]),
        ],
    ),
];

#[tokio::test]
#[ignore = "checks nothing: `cargo xtask screenshots` takes pictures with it"]
async fn pictures_of_a_bar_with_orders() -> Result<()> {
    for count in [0, 5, 40] {
        let bar = a_roomy_bar().await?;
        let bea = bar.bea().await?;
        fill(&bea, count).await?;
        let _desk = desk().await?;
        let screen = format!("{count} orders");
        let tablet = Tablet::of("barista", &bar).await?;
        tablet.keeps_pictures(&screen).await?;
        for place in 0..count {
            serves(&bea, place).await?;
        }
        tablet.clicks(&id("recall")).await?;
        tablet.sees("dialog").await?;
        tablet.keeps_pictures(&format!("recall, {screen}")).await?;
        tablet.ends_clean().await?;
        let monitor = Monitor::of(&bar).await?;
        monitor.keeps_pictures(&screen).await?;
        monitor.ends_clean().await?;
        let phone = Phone::opens(&bea.code().await?.url).await?;
        phone.sees(&id("start-order")).await?;
        phone.keeps_pictures(&format!("welcome, {screen}")).await?;
        phone.starts().await?;
        phone.chooses("latte", &[("milk", "oat"), ("size", "large")]).await?;
        phone.names("Maximilian Paul").await?;
        phone.keeps_pictures(&format!("confirm, {screen}")).await?;
        phone.places().await?;
        phone.keeps_pictures(&format!("waiting, {screen}")).await?;
        phone.ends_clean().await?;
    }
    Ok(())
}

#[tokio::test]
#[ignore = "checks nothing: `cargo xtask screenshots` takes pictures with it"]
async fn pictures_of_the_page_that_installs_a_certificate() -> Result<()> {
    let server = Server::start_set(&[("TLS_OWN_CA", "true")]).await?;
    let _desk = desk().await?;
    for size in [Size::Phone, Size::Tablet] {
        let page = Window::open(size, &format!("{}/install/", server.url())).await?;
        page.keeps_pictures("install").await?;
        page.ends_clean().await?;
    }
    Ok(())
}

/// A bar with room for everything and codes as anywhere, at an address that phones can reach.
async fn a_roomy_bar() -> Result<Bar> {
    let bar = Bar::of(Server::start_as("bar.test").await?);
    let limits = LimitsChange {
        window_seconds: Some(300),
        uses_per_window: Some(10),
        choose_seconds: Some(300),
        ..roomy()
    };
    super::set(&bar, limits).await?;
    Ok(bar)
}

/// So many orders: half of them to be made, a tenth being made, the rest ready.
async fn fill(bea: &Person, count: usize) -> Result<()> {
    for place in 0..count {
        let order = takes(bea, place).await?.order;
        if place * 2 < count {
            bea.claims(&order).await?;
        }
        if place * 5 < count * 2 {
            bea.completes(&order).await?;
        }
    }
    Ok(())
}

/// An order that somebody has had.
async fn serves(bea: &Person, place: usize) -> Result<()> {
    let order = takes(bea, place).await?.order;
    bea.completes(&order).await?;
    bea.collects(&order).await?;
    Ok(())
}

/// The order of whoever is at this place in the line.
async fn takes(bea: &Person, place: usize) -> Result<OrderView> {
    let (drink, options) = DRINKS[place % DRINKS.len()];
    let options: Options = options
        .iter()
        .map(|(group, chosen)| (slug(group), chosen.iter().map(|option| slug(option)).collect()))
        .collect();
    let name = Some(NAMES[place % NAMES.len()].to_owned());
    let request = DrinkRequest { drink: slug(drink), options, name };
    Ok(bea.posts(&path::orders(&bea.bar), &command_id(), request).await?.read()?)
}
