//! Pictures of the bar's screens with as many orders as there may be, for people to look at:
//! `cargo xtask screenshots`. Those of the guest's screens are taken where axe looks at them.

use anyhow::Result;

use crate::bar::Bar;
use crate::browser::{Monitor, Size, Tablet, desk};
use crate::person::command_id;

const NAMES: [&str; 8] =
    ["Ada", "Grace", "Barbara L.", "Margaret", "Katherine", "Radia", "Edsger", "Maximilian Paul"];
const DRINKS: [&str; 6] = ["latte", "flat-white", "espresso", "cappuccino", "tea", "mocha"];

#[tokio::test]
#[ignore = "checks nothing: `cargo xtask screenshots` takes pictures with it"]
async fn pictures_of_a_bar_with_orders() -> Result<()> {
    for count in [0, 5, 40] {
        let bar = Bar::roomy().await?;
        fill(&bar, count).await?;
        let _desk = desk().await?;
        let screen = format!("{count} orders");
        for size in [Size::Tablet, Size::UprightTablet] {
            let tablet = Tablet::sized(size, "barista", &bar).await?;
            tablet.keeps_pictures(&screen).await?;
            tablet.ends_clean().await?;
        }
        let monitor = Monitor::of(&bar).await?;
        monitor.keeps_pictures(&screen).await?;
        monitor.ends_clean().await?;
    }
    Ok(())
}

/// So many orders: half of them to be made, a tenth being made, the rest ready.
async fn fill(bar: &Bar, count: usize) -> Result<()> {
    let bea = bar.bea().await?;
    for place in 0..count {
        let (drink, name) = (DRINKS[place % DRINKS.len()], NAMES[place % NAMES.len()]);
        let order = bea.takes_as(&command_id(), drink, Some(name)).await?.order;
        if place * 2 < count {
            bea.claims(&order).await?;
        }
        if place * 5 < count * 2 {
            bea.completes(&order).await?;
        }
    }
    Ok(())
}
