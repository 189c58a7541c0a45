//! What a first visit loads, compressed as well as it can be: every byte counts on a venue's Wi-Fi.

use anyhow::{Context as _, Result, ensure};
use hyper::Method;

use crate::bar::Bar;
use crate::browser::{Monitor, Office, Phone, Tablet, Window, id};

/// A sixth of what the original's ordering app loads, 850 KiB.
const ORDERING_KIB: f64 = 140.0;
/// A sixth of what the original's three apps load, 2,476 KiB.
const TOGETHER_KIB: f64 = 420.0;

/// Every address the page has fetched, its own first.
const FETCHED: &str = "
    const begun = [...performance.getEntriesByType('navigation'),
                   ...performance.getEntriesByType('resource')];
    return [...new Set(begun.map(entry => entry.name))];
";

#[tokio::test]
async fn first_loads_are_small() -> Result<()> {
    let bar = super::bar().await?;
    let url = bar.bea().await?.code().await?.url;

    let phone = Phone::opens(&url).await?;
    phone.starts().await?;
    let ordering = loaded(&bar, &phone, "ordering").await?;
    phone.ends_clean().await?;
    let tablet = Tablet::of("barista", &bar).await?;
    let barista = loaded(&bar, &tablet, "barista").await?;
    tablet.ends_clean().await?;
    let monitor = Monitor::of(&bar).await?;
    let display = loaded(&bar, &monitor, "display").await?;
    monitor.ends_clean().await?;

    println!("{:>9.1} KiB  together", ordering + barista + display);
    // Once a day, on a good network: shown, and not a part of the sum.
    let office = Office::at(&bar.server.url(), "").await?;
    office.sees(&id("bar-espresso")).await?;
    loaded(&bar, &office, "organiser").await?;
    office.ends_clean().await?;
    // For whoever is curious, after the order.
    let steps = Phone::opens(&format!("{}/order/journey/", bar.server.url())).await?;
    steps.sees(&id("home")).await?;
    loaded(&bar, &steps, "steps").await?;
    steps.ends_clean().await?;
    ensure!(ordering <= ORDERING_KIB, "the ordering app loads {ordering:.1} KiB");
    let together = ordering + barista + display;
    ensure!(together <= TOGETHER_KIB, "the three apps load {together:.1} KiB");
    Ok(())
}

/// KiB of everything a window has fetched since it was opened, in brotli 11. What the API answered
/// is weighed as it answers now to the same person.
async fn loaded(bar: &Bar, window: &Window, name: &str) -> Result<f64> {
    let fetched: Vec<String> = window.script(FETCHED, &[]).await?;
    let session: Option<String> = window.script(TOKEN, &[]).await?;
    let mut sum = 0.0;
    for url in &fetched {
        let path = url.strip_prefix(&bar.server.url()).context("a request to another host")?;
        let path = path.split('#').next().unwrap_or(path);
        let request = bar.http.request(Method::GET, path, session.as_deref());
        let answer = bar.http.send(request.header("accept-encoding", "br"), "").await?;
        let bytes = if answer.header("content-encoding") == "br" {
            answer.body.len()
        } else {
            brotli(&answer.body)?.min(answer.body.len())
        };
        println!("{:>9.1} KiB  {name}: {path}", kib(bytes));
        sum += kib(bytes);
    }
    println!("{sum:>9.1} KiB  {name}");
    Ok(sum)
}

/// The session of the device, where there is one.
const TOKEN: &str = "
    for (const value of Object.values(localStorage)) {
        try {
            const token = JSON.parse(value)?.session?.token;
            if (token) return token;
        } catch { /* Not everything that is kept is JSON. */ }
    }
    return null;
";

fn brotli(content: &[u8]) -> Result<usize> {
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 11,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut small, &settings)?;
    Ok(small.len())
}

fn kib(bytes: usize) -> f64 {
    bytes as f64 / 1024.0
}
