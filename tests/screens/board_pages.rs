//! However many orders there are, each of them is on some page, large and whole.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use domain::OrderId;
use domain::limits::LimitsChange;
use tokio::time::Instant;

use crate::bar::{Bar, roomy};
use crate::browser::{Monitor, Window, desk, id, within};
use crate::person::{Person, command_id};
use crate::soon::{PATIENCE, settles};

/// Names of all widths and scripts; the longest there may be, and none.
const NAMES: [&str; 10] = [
    "Ada",
    "Maximilian Papadopoulos",
    "Wolfeschlegelsteinhausenbergerdorff",
    "José Antônio",
    "李小龙",
    "MAXIMILIANO WWWWWWWWWWWW",
    "Mary-Kate Olsen",
    "",
    "Bo",
    "Christopher",
];

/// Every kind of monitor: full HD, a small one, 4K, of older shapes, a projector's, and upright.
const SCREENS: [(u32, u32); 8] = [
    (1920, 1080),
    (1280, 720),
    (3840, 2160),
    (1280, 800),
    (1024, 768),
    (1080, 1920),
    (820, 1180),
    (800, 1280),
];

/// What sticks out of the screen or of its card, or is wider than its own box.
const CUT: &str = "
    const cut = [];
    for (const element of document.querySelectorAll('.monitor *')) {
        const text = element.textContent.trim();
        if (!text || element.closest('svg') || element.closest('[data-testid=connection]')) continue;
        const box = element.getBoundingClientRect();
        const card = (element.closest('.waiting-card, .ready-card') ?? document.documentElement)
            .getBoundingClientRect();
        const out = box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
        const beside = box.left < card.left - 1 || box.right > card.right + 1
            || box.top < card.top - 1 || box.bottom > card.bottom + 1;
        const wide = getComputedStyle(element).display !== 'inline'
            && element.scrollWidth > element.clientWidth + 1;
        if (out || beside || wide) cut.push(element.className + ' “' + text.slice(0, 40) + '”');
    }
    const page = document.documentElement;
    if (page.scrollHeight > innerHeight || page.scrollWidth > innerWidth) cut.push('the page scrolls');
    return cut;
";

/// Digits in the two zones which are not the number of the card they are on.
const OTHER_DIGITS: &str = "
    const others = [];
    for (const zone of document.querySelectorAll('[data-testid=ready], [data-testid=preparing]')) {
        const texts = document.createTreeWalker(zone, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const { data, parentElement: part } = texts.currentNode;
            const card = part.closest('[data-testid^=\"board-\"]')?.dataset.testid;
            const is_number = part.matches('.card-number') && card === 'board-' + data;
            if (/\\d/.test(data) && !is_number) others.push(data);
        }
    }
    return others;
";

/// Whether every number on the board is that of an order.
async fn has_no_other_digits(monitor: &Monitor) -> Result<()> {
    let others: Vec<String> = monitor.script(OTHER_DIGITS, &[]).await?;
    ensure!(others.is_empty(), "on the board are {others:?}");
    Ok(())
}

/// Whether everything on the monitor is on it wholly, once the page has heard of its size.
pub(super) async fn nothing_is_cut(window: &Window, what: &str) -> Result<()> {
    settles(async || {
        let cut: Vec<String> = window.script(CUT, &[]).await?;
        let size: Vec<u32> = window.script("return [innerWidth, innerHeight]", &[]).await?;
        ensure!(cut.is_empty(), "{what} at {size:?}: cut are {cut:#?}");
        Ok(())
    })
    .await
}

/// So many orders, the first `ready` of them on the counter; their numbers.
pub(super) async fn orders(bea: &Person, ready: usize, preparing: usize) -> Result<Vec<u32>> {
    let mut numbers = Vec::new();
    for (index, name) in NAMES.iter().cycle().take(ready + preparing).enumerate() {
        let name = Some(*name).filter(|name| !name.is_empty());
        let order = bea.takes_as(&command_id(), "latte", name).await?;
        numbers.push(order.number.context("a number")?);
        if index < ready {
            let order: OrderId = order.order;
            bea.completes(&order).await?;
        }
    }
    Ok(numbers)
}

/// The numbers on the page that is shown, in their order.
async fn shown(monitor: &Monitor, zone: &str) -> Result<Vec<u32>> {
    let cards = monitor.look(&within(&id(zone), "[data-testid^=\"board-\"]")).await?;
    let number = |testid: &str| testid.strip_prefix("board-").and_then(|text| text.parse().ok());
    Ok(cards.iter().filter_map(|card| number(card.attribute("data-testid")?)).collect())
}

#[tokio::test]
async fn with_sixty_orders_the_pages_together_are_all() -> Result<()> {
    let bar = Bar::of(crate::server::Server::start().await?).with(roomy()).await?;
    let bea = bar.bea().await?.at(&bar.id);
    let numbers = orders(&bea, 28, 32).await?;
    let _desk = desk().await?;
    let monitor = Monitor::of(&bar).await?;
    monitor.reads(&id("page"), "1/4").await?;
    // Newest first, on the first page.
    let newest = shown(&monitor, "ready").await?;
    ensure!(
        newest.first() == Some(&28) && newest.is_sorted_by(|one, next| one > next),
        "{newest:?}"
    );

    let began = Instant::now();
    let mut seen = BTreeSet::new();
    for page in ["1/4", "2/4", "3/4", "4/4", "1/4"] {
        monitor.reads(&id("page"), page).await?;
        let (ready, preparing) =
            (shown(&monitor, "ready").await?, shown(&monitor, "preparing").await?);
        ensure!(ready.len() <= 8 && preparing.len() <= 9, "{page}: {ready:?} {preparing:?}");
        seen.extend(ready.into_iter().chain(preparing));
        nothing_is_cut(&monitor, page).await?;
        has_no_other_digits(&monitor).await?;
    }
    let each = began.elapsed() / 4;
    let about_ten = Duration::from_secs(6)..Duration::from_secs(13);
    ensure!(about_ten.contains(&each), "a page is shown for {each:?}");
    ensure!(seen == numbers.into_iter().collect(), "seen were {seen:?}");
    monitor.ends_clean().await
}

#[tokio::test]
async fn upright_the_pages_together_are_all_as_well() -> Result<()> {
    let bar = Bar::roomy().await?;
    let bea = bar.bea().await?;
    let numbers = orders(&bea, 30, 30).await?;
    let _desk = desk().await?;
    let monitor = Monitor::of(&bar).await?;
    monitor.is_of_size(1080, 1920).await?;
    let (mut pages, mut seen) = (BTreeSet::new(), BTreeSet::new());
    while pages.len() < 5 {
        let is_new = |page: &str| page.ends_with("/5") && !pages.contains(page);
        let mark =
            monitor.until(&id("page"), "is another of five", |mark| is_new(&mark.text)).await?;
        let page = mark.text;
        let (ready, preparing) =
            (shown(&monitor, "ready").await?, shown(&monitor, "preparing").await?);
        nothing_is_cut(&monitor, &page).await?;
        has_no_other_digits(&monitor).await?;
        // One that has turned meanwhile comes again.
        if monitor.sees(&id("page")).await?.text == page {
            ensure!((ready.len(), preparing.len()) == (6, 6), "{page}: {ready:?} {preparing:?}");
            seen.extend(ready.into_iter().chain(preparing));
            pages.insert(page);
        }
    }
    ensure!(seen == numbers.into_iter().collect(), "seen were {seen:?}");
    monitor.ends_clean().await
}

#[tokio::test]
async fn every_monitor_is_read_from_afar_and_cuts_nothing() -> Result<()> {
    let bar = super::bar().await?;
    super::set(
        &bar,
        LimitsChange {
            max_in_progress: Some(1000),
            max_wait_seconds: Some(86_400),
            ..LimitsChange::default()
        },
    )
    .await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let monitor = Monitor::of(&bar).await?;
    monitor.invites().await?;
    let mut so_far = 0;
    for (ready, preparing, ahead) in
        [(0, 0, 0), (1, 3, 0), (2, 9, 90), (5, 15, 0), (19, 8, 90), (0, 0, 980)]
    {
        so_far += orders(&bea, ready, preparing).await?.len();
        if let Some(newest) = bea.board().await?.ready.first() {
            monitor.counts_from(ahead).await?;
            let newest = newest.number + ahead;
            monitor.sees(&within(&id("ready"), &id(&format!("board-{newest}")))).await?;
        }
        for (width, height) in SCREENS {
            monitor.is_of_size(width, height).await?;
            let what = format!("{so_far} orders after {ahead}");
            settles(async || is_large(&monitor, width, height, &what).await).await?;
            nothing_is_cut(&monitor, &what).await?;
        }
        monitor.is_of_size(1920, 1080).await?;
    }
    monitor.ends_clean().await
}

/// The figures of the product page, which are hundredths of the screen's height. One that hangs
/// upright is nearly twice as high: 3.7 of its hundredths are 6.5 of the same one lying.
async fn is_large(monitor: &Monitor, width: u32, height: u32, what: &str) -> Result<()> {
    let hundredth = f64::from(height) / 100.0;
    let qr = monitor.sees(&id("qr")).await?.height / hundredth;
    ensure!(qr >= 44.0, "{what} at {width}x{height}: the QR is {qr} vh");
    let of_others = if width > height { 6.5 } else { 3.7 };
    for (zone, least) in [("ready", 12.0), ("preparing", of_others)] {
        for number in monitor.look(&within(&id(zone), ".card-number")).await? {
            let (size, text) = (number.font / hundredth, number.text);
            ensure!(size >= least, "{what} at {width}x{height}: {zone} {text} is {size} vh");
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_is_new_is_seen_to_be_new() -> Result<()> {
    let bar = super::bar().await?;
    let bea = bar.bea().await?;
    let _desk = desk().await?;
    let monitor = Monitor::of(&bar).await?;
    monitor.invites().await?;
    monitor.prefers_less_motion(false).await?;
    let order = bea.takes("latte").await?;
    bea.completes(&order.order).await?;
    let card = within(&id("ready"), &id(&format!("board-{}", order.number.unwrap_or_default())));
    monitor.sees(&format!("{card}[data-fresh]")).await?;
    let style = "
        const style = getComputedStyle(document.querySelector(arguments[0]));
        return [style.animationName !== 'none', parseFloat(style.animationDuration), style.outlineStyle];
    ";
    let (moves, seconds, border): (bool, f64, String) = monitor.script(style, &[&card]).await?;
    ensure!(moves && seconds >= 0.34, "a flash each {seconds} s");
    ensure!(border == "none", "{border}");
    monitor.prefers_less_motion(true).await?;
    let (moves, _, border): (bool, f64, String) = monitor.script(style, &[&card]).await?;
    ensure!(!moves && border == "solid", "moves: {moves}, border: {border}");
    // Before long it is like the others.
    let fresh = format!("{card}[data-fresh]");
    monitor.until_all(&fresh, "is over", PATIENCE * 2, <[_]>::is_empty).await?;
    monitor.ends_clean().await
}
