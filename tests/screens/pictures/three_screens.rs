//! The picture at the head of README.md: monitor, tablet and phone when Ada's latte is ready.

use std::fs;

use anyhow::{Context as _, Result};
use domain::Status;
use domain::view::Zone;

use super::{a_roomy_bar, serves, takes};
use crate::browser::{Monitor, Phone, Size, Tablet, Window, album, desk};

/// The three of them around a table.
const TABLE: &str = include_str!("three_screens.html");

#[tokio::test]
#[ignore = "checks nothing: `cargo xtask screenshots` takes a picture with it"]
async fn pictures_of_three_screens_at_one_moment() -> Result<()> {
    let Some(album) = album() else {
        return Ok(());
    };
    let bar = a_roomy_bar().await?;
    let (bea, bob) = (bar.bea().await?, bar.bob().await?);
    let _desk = desk().await?;
    for place in 0..36 {
        serves(&bea, place).await?;
    }
    let mut orders = Vec::new();
    for place in [1, 2, 3, 6, 4] {
        orders.push(takes(&bea, place).await?.order);
    }
    let phone = Phone::opens(&bea.code().await?.url).await?;
    phone.starts().await?;
    phone.chooses("latte", &[("milk", "oat")]).await?;
    phone.names("Ada").await?;
    let number = phone.places().await?;
    for place in [7, 13] {
        takes(&bea, place).await?;
    }
    bob.completes(&orders[0]).await?;
    bob.claims(&orders[1]).await?;
    bea.claims(&orders[2]).await?;

    let tablet = Tablet::of("barista", &bar).await?;
    let monitor = Monitor::of(&bar).await?;
    let queue = bea.queue().await?.orders;
    let adas = queue.iter().find(|order| order.number == Some(number));
    bea.completes(&adas.context("it is in the queue")?.order).await?;
    phone.is_at(Status::Ready).await?;
    tablet.has(number, Status::Ready).await?;
    monitor.shows(number, Zone::Ready, "Ada").await?;
    let folder = album.join("three-screens");
    fs::create_dir_all(&folder)?;
    let windows: [(&Window, &str); 3] =
        [(&monitor, "monitor.png"), (&tablet, "tablet.png"), (&phone, "phone.png")];
    for (window, name) in windows {
        window.keeps_picture(&folder.join(name)).await?;
    }
    let page = folder.join("three-screens.html");
    fs::write(&page, TABLE)?;
    let table = Window::open(Size::Monitor, &format!("file://{}", page.display())).await?;
    table.is_of_size(1600, 1080).await?;
    table.keeps_picture(&folder.join("three-screens.png")).await?;
    table.ends_clean().await?;
    phone.ends_clean().await?;
    tablet.ends_clean().await?;
    monitor.ends_clean().await
}
