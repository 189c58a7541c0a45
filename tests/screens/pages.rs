//! Forty tickets on a tablet: pages, oldest first, with nothing cut off; and how late they are.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Result, ensure};
use domain::{Slug, Status, Step};

use super::shift::take;
use crate::bar::Bar;
use crate::browser::{Seen, Size, Tablet, desk, id, lane, ticket, within};

/// How long a filter coffee of 20 seconds takes to be late, and then some.
const SOON_LATE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn forty_tickets_are_read_page_by_page() -> Result<()> {
    let bar = Bar::roomy().await?;
    let bea = bar.bea().await?;
    let mut taken = Vec::new();
    let menu: Vec<Slug> = bea
        .bar()
        .await?
        .menu
        .into_iter()
        .flat_map(|menu| menu.drinks)
        .map(|drink| drink.slug)
        .collect();
    for drink in menu.iter().cycle().take(40) {
        taken.push(take(&bar, drink.as_str()).await?);
    }
    let _desk = desk().await?;
    for (size, fit) in [(Size::Tablet, 3), (Size::UprightTablet, 4)] {
        let tablet = Tablet::sized(size, "barista", &bar).await?;
        tablet.tells(&lane(Status::Placed), "data-count", "40").await?;
        let button = within(&lane(Status::Placed), "[data-command=\"claim\"]");
        let mut seen = Vec::new();
        let (mut page, mut places) = (1, Vec::new());
        loop {
            let turned = |said: &Seen| said.text.starts_with(&format!("{page}/"));
            let said = tablet.until(&id("page-placed"), "turns", turned).await?.text;
            nothing_is_cut(&tablet).await?;
            seen.extend(tickets(&tablet).await?);
            let tops = tops(&tablet, &button).await?;
            ensure!(places.is_empty() || places.starts_with(&tops), "{tops:?} after {places:?}");
            places = if places.is_empty() { tops } else { places };
            if said.ends_with(&format!("/{page}")) {
                break;
            }
            page += 1;
            tablet.clicks(&id("page-on-placed")).await?;
        }
        ensure!(places.len() == fit, "{size:?} shows {} tickets of a lane", places.len());
        ensure!(seen == taken, "{size:?}: {seen:?} of {taken:?}");
        tablet.ends_clean().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_next_ticket_comes_under_the_same_button() -> Result<()> {
    let bar = super::bar().await?;
    let mut taken = Vec::new();
    for drink in ["latte", "tea", "mocha", "espresso"] {
        taken.push(take(&bar, drink).await?);
    }
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    let button = within(&lane(Status::Placed), "[data-command=\"claim\"]");
    tablet.sees(&ticket(taken[0])).await?;
    let before = tops(&tablet, &button).await?;
    tablet.presses(taken[0], Step::Claim).await?;
    tablet.has(taken[0], Status::Making).await?;
    let after = tops(&tablet, &button).await?;
    ensure!(before == after, "{before:?} is now {after:?}");
    tablet.ends_clean().await
}

#[tokio::test]
async fn a_promise_runs_out_before_the_baristas_eyes() -> Result<()> {
    let bar = super::bar().await?;
    let number = take(&bar, "filter").await?;
    let _desk = desk().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    let mut shapes = BTreeSet::new();
    for (age, words) in [("on-time", "on time"), ("soon", "due soon"), ("late", "late")] {
        let is = |seen: &[Seen]| {
            seen.first().and_then(|ticket| ticket.attribute("data-age")) == Some(age)
        };
        tablet.until_all(&ticket(number), age, SOON_LATE, is).await?;
        tablet.mentions(&ticket(number), words).await?;
        let shape = shape_of_age(&tablet, number).await?;
        ensure!(shapes.insert(shape.clone()), "{age} looks like another age: {shape}");
    }
    tablet.keeps_pictures("late").await?;
    tablet.ends_clean().await
}

/// The mark before a ticket's age, whatever its colour.
async fn shape_of_age(tablet: &Tablet, number: u32) -> Result<String> {
    let shape = "
        const mark = getComputedStyle(document.querySelector(arguments[0]), '::before');
        const shape = ['content', 'width', 'height', 'borderWidth', 'borderRadius', 'clipPath'];
        return shape.map(name => name + ': ' + mark[name]).join('; ');
    ";
    tablet.script(shape, &[&within(&ticket(number), ".ticket-age")]).await
}

/// The numbers of the tickets that are shown, from the top down.
async fn tickets(tablet: &Tablet) -> Result<Vec<u32>> {
    let numbers = "return [...document.querySelectorAll('.ticket')]
        .map(ticket => Number(ticket.dataset.testid.slice('ticket-'.length)))";
    tablet.script(numbers, &[]).await
}

/// How far from the top of the screen the elements of a selector are.
async fn tops(tablet: &Tablet, css: &str) -> Result<Vec<i32>> {
    let tops = "return [...document.querySelectorAll(arguments[0])]
        .map(element => Math.round(element.getBoundingClientRect().top))";
    tablet.script(tops, &[css]).await
}

/// Nothing of a ticket is beyond its edges, no lane is scrolled, nothing is beside the screen.
async fn nothing_is_cut(tablet: &Tablet) -> Result<()> {
    let cut = "
        const beyond = (inner, outer) => inner.left < outer.left - 1 || inner.right > outer.right + 1
            || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;
        const parts = [...document.querySelectorAll('.ticket')].flatMap(ticket => {
            const edges = ticket.getBoundingClientRect();
            return [...ticket.querySelectorAll('*')]
                .filter(part => beyond(part.getBoundingClientRect(), edges));
        });
        const scrolled = [...document.querySelectorAll('.lane-tickets, .lane, .tools, body')]
            .filter(part => part.scrollHeight > part.clientHeight + 1
                || part.scrollWidth > part.clientWidth + 1);
        return [...parts, ...scrolled]
            .map(part => part.className + ': ' + part.textContent.slice(0, 60));
    ";
    let cut: Vec<String> = tablet.script(cut, &[]).await?;
    ensure!(cut.is_empty(), "cut off: {cut:?}");
    Ok(())
}
