//! The harness itself: what would go unnoticed if it were blind.

use anyhow::{Result, ensure};

use super::narrow::fits;
use crate::browser::{Noise, Size, Window, desk, id};
use crate::soon::soon;

/// Each of these must be noticed.
const OFFENCES: [(&str, &str); 5] = [
    ("console-api", "console.error('spilt')"),
    ("javascript", "setTimeout(() => { throw new Error('spilt') })"),
    ("javascript", "Promise.reject(new Error('spilt'))"),
    (
        "security",
        "document.head.append(Object.assign(document.createElement('style'), { textContent: '*{}' }))",
    ),
    ("network", "fetch('no-such-file.txt').catch(() => {})"),
];

#[tokio::test]
async fn what_the_browser_complains_about_is_noticed() -> Result<()> {
    let bar = super::bar().await?;
    let url = bar.bea().await?.code().await?.url;
    let _desk = desk().await?;
    for (source, offence) in OFFENCES {
        let window = Window::open(Size::Phone, &url).await?;
        window.sees(&id("start-order")).await?;
        window.script::<()>(&format!("{offence}; return null"), &[]).await?;
        let complaint = window.complains_in_spite_of(&[Noise::Refusals, Noise::Outage]).await?;
        ensure!(complaint.contains(source), "{offence}: {complaint}");
    }
    Ok(())
}

#[tokio::test]
async fn a_page_that_is_loaded_again_or_too_wide_is_noticed() -> Result<()> {
    let bar = super::bar().await?;
    let url = bar.bea().await?.code().await?.url;
    let _desk = desk().await?;
    let window = Window::open(Size::Phone, &url).await?;
    window.sees(&id("start-order")).await?;
    fits(&window, "welcome").await?;
    let cut = "document.querySelector('main h1').style.height = arguments[0]; return null";
    window.script::<()>(cut, &["12px"]).await?;
    ensure!(fits(&window, "half a line").await.is_err(), "cut at its end, and not noticed");
    window.script::<()>(cut, &[""]).await?;
    let widen = "const wide = document.body.appendChild(document.createElement('div'));
        wide.style.width = '400px'; wide.style.height = '1px'; return null";
    window.script::<()>(widen, &[]).await?;
    ensure!(fits(&window, "a wide one").await.is_err(), "wider than the phone, and not noticed");

    window.was_not_reloaded().await?;
    window.script::<()>("location.reload(); return null", &[]).await?;
    let noticed = async { while window.was_not_reloaded().await.is_ok() {} };
    soon("a reload is noticed", noticed).await?;
    window.sees(&id("start-order")).await?;
    window.ends_clean().await
}
