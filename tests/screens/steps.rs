//! Every step of an order, before the eyes of its guest and of the staff, while it goes on.

use anyhow::{Result, ensure};
use domain::text::Language;
use domain::view::OrderView;
use domain::{Status, Step};

use super::guest::only_order;
use crate::browser::{Phone, Seen, Size, Tablet, Window, desk, id, ticket, within};
use crate::platform::Platform;
use crate::soon::PATIENCE;

/// The statuses of the steps that are shown, in their order.
async fn shows(window: &Window, statuses: &[Status]) -> Result<()> {
    let names: Vec<_> = statuses.iter().map(|status| status.as_str()).collect();
    let is = |seen: &[Seen]| {
        let shown = seen.iter().map(|step| step.attribute("data-status"));
        shown.eq(names.iter().copied().map(Some))
    };
    let steps = within(&id("steps"), "[data-testid^=\"step-\"]");
    window.until_all(&steps, &format!("are {names:?}"), PATIENCE, is).await?;
    Ok(())
}

/// Axe finds nothing, in both languages and themes, and nothing is cut off at the side.
async fn is_in_order(window: &Window, screen: &str) -> Result<()> {
    for _ in Language::ALL {
        window.passes(screen).await?;
        let room = "return document.documentElement.scrollWidth - innerWidth";
        let beyond: i32 = window.script(room, &[]).await?;
        ensure!(beyond <= 0, "{screen} is {beyond} px too wide");
        window.clicks(&id("language")).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_guest_and_the_staff_follow_an_order_step_by_step() -> Result<()> {
    use Status::{Choosing, Collected, Making, Placed, Ready};
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let url = bea.code().await?.url;
    let _desk = desk().await?;
    let phone = Phone::opens(&url).await?;
    let number = phone.orders_a_latte().await?;
    let OrderView { order, .. } = only_order(&bea).await?;

    phone.clicks(&id("every-step")).await?;
    phone.reads(&id("number"), &number.to_string()).await?;
    shows(&phone, &[Choosing, Placed]).await?;
    phone.tells(&id("connection"), "data-state", "live").await?;
    phone.mentions(&id("steps"), "by you").await?;
    phone.keeps_pictures("steps-in-the-queue").await?;

    // It goes on by itself, without a reload.
    bea.claims(&order).await?;
    shows(&phone, &[Choosing, Placed, Making]).await?;
    bea.completes(&order).await?;
    shows(&phone, &[Choosing, Placed, Making, Ready]).await?;
    let steps = phone.sees(&id("steps")).await?.text;
    ensure!(!steps.contains("Bea"), "who makes it is no affair of hers: {steps}");
    is_in_order(&phone, "the steps on a phone").await?;
    phone.keeps_pictures("steps-ready").await?;

    // Staff find it by the time on its ticket, and where they find what was collected.
    let tablet = Tablet::of("barista", &bar).await?;
    tablet.clicks(&within(&ticket(number), &id("every-step"))).await?;
    shows(&tablet, &[Choosing, Placed, Making, Ready]).await?;
    tablet.clicks(&id("back")).await?;
    tablet.is_at_work().await?;
    tablet.presses(number, Step::Collect).await?;
    tablet.clicks(&id("recall")).await?;
    let row = within("dialog", &ticket(number));
    tablet.clicks(&within(&row, &id("every-step"))).await?;
    shows(&tablet, &[Choosing, Placed, Making, Ready, Collected]).await?;
    tablet.mentions(&id("steps"), "by Bea").await?;
    shows(&phone, &[Choosing, Placed, Making, Ready, Collected]).await?;
    let hops = within(&id("steps"), &id("hops"));
    match Platform::is() {
        Platform::Laptop => tablet.lacks(&hops).await?,
        Platform::Aws => {
            let all = |seen: &[Seen]| seen.len() >= 4;
            tablet.until_all(&hops, "are told", PATIENCE, all).await?;
        }
    }
    tablet.keeps_pictures("steps-of-staff").await?;
    is_in_order(&tablet, "the steps on a tablet").await?;

    phone.clicks(&id("back")).await?;
    phone.is_at(Collected).await?;
    tablet.clicks(&id("back")).await?;
    tablet.is_at_work().await?;
    phone.ends_clean().await?;
    tablet.ends_clean().await
}

#[tokio::test]
async fn who_may_not_read_the_steps_is_told_where_to_go() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let order = bea.takes("tea").await?.order;
    let there = format!("{}/order/journey/", bar.server.url());
    let _desk = desk().await?;
    let phone = Phone::sized(Size::NarrowPhone, &there).await?;
    for (query, code) in [
        (String::new(), "no-order"),
        (format!("?order={order}"), "no_session"),
        (format!("?order={order}&staff=yes"), "no_session"),
    ] {
        phone.goto(&format!("{there}{query}")).await?;
        phone.tells(&id("refusal"), "data-code", code).await?;
        phone.sees(&id("home")).await?;
        is_in_order(&phone, code).await?;
    }
    phone.goto(&bea.code().await?.url).await?;
    phone.starts().await?;
    phone.goto(&format!("{there}?order={order}")).await?;
    phone.tells(&id("refusal"), "data-code", "no_such_order").await?;
    is_in_order(&phone, "somebody else's").await?;
    phone.ends_clean_but(&[crate::browser::Noise::Refusals]).await
}
